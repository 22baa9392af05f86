import { curlOf } from './curl-of';

it('sends the record as it came, with quotes that no shell ends early', () => {
  const command = curlOf({ raw: { note: "it's $HOME" }, canonical: {} }, 'http://localhost:7700');
  expect(command).toBe(
    `curl -X POST http://localhost:7700/v1/events -H "Authorization: Bearer $WRITE_KEY" -H 'Content-Type: application/json' -d '{"note":"it'\\''s $HOME"}'`,
  );
});

it('falls back on the canonical form when the record is kept no longer', () => {
  expect(curlOf({ raw: null, canonical: { system: 'ivr' } }, 'http://x')).toContain(`-d '{"system":"ivr"}'`);
});

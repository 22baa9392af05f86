import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findMapping } from './find-mapping';

const root = path.join(__dirname, '../../..');
let folder: string;
beforeAll(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-mapping-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a mapping is named, or is a document of one’s own', () => {
  expect(findMapping('queue_log', root).format.kind).toBe('lines');
  expect(findMapping('bank-calls', root).name).toBe('bank-calls');
  const own = path.join(folder, 'own.json');
  writeFileSync(
    own,
    JSON.stringify({
      name: 'own',
      format: { kind: 'ndjson' },
      events: [{ fields: { sourceEventId: '{id}', occurredAt: '{at}', system: 'web', type: 'clicked' } }],
    }),
  );
  expect(findMapping(own, root)).toMatchObject({ name: 'own', zone: 'UTC', negativeSpan: 'post' });
});

it('what is no mapping is refused in a sentence', () => {
  expect(() => findMapping('nothing', root)).toThrow(/There is no mapping "nothing": name one of .*queue_log/);
  const broken = path.join(folder, 'broken.json');
  writeFileSync(broken, '{');
  expect(() => findMapping(broken, root)).toThrow('is not JSON');
  writeFileSync(broken, '{"name":"x"}');
  expect(() => findMapping(broken, root)).toThrow('is no mapping document: format');
});

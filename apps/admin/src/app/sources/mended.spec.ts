import { editOf } from './mended';

const record = { system: 'ivr', occurredAt: 'yesterday', attributes: { a: 1 } };

it('names the fields that changed, and null for one that was taken away', () => {
  expect(editOf(record, '{"system":"ivr","occurredAt":"2026-05-01T10:00:00Z"}')).toEqual({ occurredAt: '2026-05-01T10:00:00Z', attributes: null });
});

it('is nothing when nothing changed, whatever the spaces', () => {
  expect(editOf(record, JSON.stringify(record, null, 2))).toBeUndefined();
});

it('refuses what is no JSON object', () => {
  expect(editOf(record, '{')).toBeNull();
  expect(editOf(record, '[1]')).toBeNull();
  expect(editOf('a line of a log', '{}')).toBeNull();
});

import fc from 'fast-check';
import { sameData } from './same-data';

it('judges plain data as its JSON does', () => {
  const data = fc.jsonValue({ maxDepth: 3 });
  const text = (value: unknown): string => JSON.stringify(sorted(value));
  fc.assert(fc.property(data, data, (a, b) => sameData(a, b) === (text(a) === text(b))));
  fc.assert(fc.property(data, (a) => sameData(a, JSON.parse(JSON.stringify(a)))));
});

it('takes an undefined field for an absent one', () => {
  expect(sameData({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(sameData({ a: 1 }, { a: 1, b: undefined })).toBe(true);
  expect(sameData({ a: 1 }, { a: 1, b: null })).toBe(false);
  expect(sameData({ a: 1, b: 2 }, { a: 1 })).toBe(false);
  expect(sameData([1], { 0: 1 })).toBe(false);
  expect(sameData({ 0: 1 }, [1])).toBe(false);
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value === 0 ? 0 : value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  );
}

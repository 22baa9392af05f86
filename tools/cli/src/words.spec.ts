import { calendarOf, duration, percent } from './words';

it('a duration is said in its two greatest units', () => {
  expect([250, 45_000, 90 * 60_000, 3 * 86_400_000, 86_400_000 + 60_000].map(duration)).toEqual(['250 ms', '45 s', '1 h 30 min', '3 d', '1 d']);
});

it('a share has no needless digits', () => {
  expect([1000, 985, 0].map(percent)).toEqual(['100 %', '98.5 %', '0 %']);
});

it('a span says the day once where it is the same', () => {
  const { span } = calendarOf('Europe/Berlin');
  const at = Date.UTC(2026, 6, 1, 7, 0, 0);
  expect(span(at, at)).toBe('1 Jul 2026 09:00:00');
  expect(span(at, at + 61_000)).toBe('1 Jul 2026 09:00:00–09:01:01');
  expect(span(at, at + 86_400_000)).toBe('1 Jul 2026 09:00:00 → 2 Jul 2026 09:00:00');
});

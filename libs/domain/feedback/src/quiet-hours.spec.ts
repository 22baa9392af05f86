import fc from 'fast-check';
import { afterQuietHours } from './quiet-hours';

const berlin = { zone: 'Europe/Berlin', fromMinute: 20 * 60, untilMinute: 9 * 60, weekends: true };
const hour = 3_600_000;

it('lets the day pass and moves the night to its end', () => {
  const noon = Date.UTC(2026, 2, 3, 11);
  expect(afterQuietHours(noon, berlin)).toBe(noon);
  expect(afterQuietHours(Date.UTC(2026, 2, 3, 20), berlin)).toBe(Date.UTC(2026, 2, 4, 8)); // 21:00 → 9:00 of the next day
  expect(afterQuietHours(Date.UTC(2026, 2, 3, 2), berlin)).toBe(Date.UTC(2026, 2, 3, 8)); // 3:00 → 9:00 of the same day
  expect(afterQuietHours(Date.UTC(2026, 2, 3, 19), berlin)).toBe(Date.UTC(2026, 2, 4, 8)); // 20:00 sharp is quiet
  expect(afterQuietHours(Date.UTC(2026, 2, 3, 8), berlin)).toBe(Date.UTC(2026, 2, 3, 8)); // 9:00 sharp is not
});

it('ends the night by the wall clock when the clocks change', () => {
  // 29 March 2026: 2:00 becomes 3:00. 22:00 of the 28th is 21:00 UTC, 9:00 of the 29th is 7:00 UTC.
  expect(afterQuietHours(Date.UTC(2026, 2, 28, 21), berlin)).toBe(Date.UTC(2026, 2, 29, 7));
  // 25 October 2026: 3:00 becomes 2:00. 22:00 of the 24th is 20:00 UTC, 9:00 of the 25th is 8:00 UTC.
  expect(afterQuietHours(Date.UTC(2026, 9, 24, 20), berlin)).toBe(Date.UTC(2026, 9, 25, 8));
  // Lord Howe moves by half an hour.
  const island = { ...berlin, zone: 'Australia/Lord_Howe' };
  expect(afterQuietHours(Date.UTC(2026, 9, 3, 12), island)).toBe(Date.UTC(2026, 9, 3, 22));
});

it('steps over a weekend that is quiet, and over the night before Monday', () => {
  const weekdays = { ...berlin, weekends: false };
  const saturday = Date.UTC(2026, 2, 7, 11);
  expect(afterQuietHours(saturday, weekdays)).toBe(Date.UTC(2026, 2, 9, 8));
  expect(afterQuietHours(Date.UTC(2026, 2, 6, 20), weekdays)).toBe(Date.UTC(2026, 2, 9, 8)); // Friday 21:00
});

it('is never quiet when both ends are equal, and may be quiet at noon', () => {
  const at = Date.UTC(2026, 2, 3, 11, 30);
  expect(afterQuietHours(at, { ...berlin, fromMinute: 600, untilMinute: 600 })).toBe(at);
  expect(afterQuietHours(at, { ...berlin, fromMinute: 12 * 60, untilMinute: 13 * 60 })).toBe(Date.UTC(2026, 2, 3, 12));
});

it('never goes back, never waits more than a weekend, and what it gives is not quiet', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
      fc.integer({ min: 0, max: 1439 }),
      fc.integer({ min: 0, max: 1439 }),
      fc.boolean(),
      fc.constantFrom('Europe/Berlin', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia'),
      (at, fromMinute, untilMinute, weekends, zone) => {
        const quiet = { zone, fromMinute, untilMinute, weekends };
        const then = afterQuietHours(at, quiet);
        expect(then).toBeGreaterThanOrEqual(at);
        expect(then - at).toBeLessThan(4 * 24 * hour);
        expect(afterQuietHours(then, quiet)).toBe(then);
      },
    ),
  );
});

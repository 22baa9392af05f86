import type { Instant } from '@throughline/contracts';

export const second = 1000;
export const minute = 60 * second;
export const hour = 60 * minute;
export const day = 24 * hour;

export const startOfDay = (at: Instant): Instant => Math.floor(at / day) * day;

function nthSunday(year: number, month: number, nth: number): Instant {
  const first = Date.UTC(year, month, 1);
  return first + ((7 - new Date(first).getUTCDay()) % 7) * day + (nth - 1) * 7 * day;
}

const changes = new Map<number, readonly [Instant, Instant]>();

/** The two clock changes of a year in the eastern United States, as instants. */
export function clockChanges(year: number): readonly [Instant, Instant] {
  let found = changes.get(year);
  if (!found) changes.set(year, (found = [nthSunday(year, 2, 2) + 7 * hour, nthSunday(year, 10, 1) + 6 * hour]));
  return found;
}

/** Milliseconds to add to an instant for the wall clock of the centre (eastern United States). */
export function wallOffsetMs(at: Instant): number {
  const [spring, autumn] = clockChanges(new Date(at).getUTCFullYear());
  return at >= spring && at < autumn ? -4 * hour : -5 * hour;
}

/** Hour of the day on the centre's wall clock, with fraction. */
export function wallHour(at: Instant): number {
  return ((at + wallOffsetMs(at)) % day) / hour;
}

/** Opening hours of the centre on its own wall clock. */
export const opensAtHour = 8;
export const closesAtHour = 21;

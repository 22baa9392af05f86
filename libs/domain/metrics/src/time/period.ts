import type { Instant } from '@throughline/contracts';
import { Temporal } from 'temporal-polyfill';
import { bucketStart, type Bucket } from './buckets';

/** Whole days on the clocks of a zone. */
export interface Period {
  readonly from: Instant;
  /** Exclusive. */
  readonly until: Instant;
  /** `2026-10-26`, and the last day, inclusive. */
  readonly firstDay: string;
  readonly lastDay: string;
  readonly days: number;
}

export interface ComparedPeriod extends Period {
  /** `the 28 days before`. */
  readonly words: string;
}

export const compares = ['prev', 'year', 'none'] as const;
export type Compare = (typeof compares)[number];

/** A number of days up to a day, or two days. */
export type Range = { readonly days: number; readonly lastDay: string } | { readonly firstDay: string; readonly lastDay: string };

/** Longest period that is answered. */
export const mostDays = 1100;

const written = /^(?:(\d{1,4})d|(\d{4}-\d{2}-\d{2})\.\.(\d{4}-\d{2}-\d{2}))$/;

/** Reads `28d` (up to `lastDay`, inclusive) or `2026-10-26..2026-11-22`; nothing when it is neither, or longer than answered. */
export function readRange(text: string, lastDay: string): Range | undefined {
  const [, days, first, last] = written.exec(text) ?? [];
  if (days !== undefined) return Number(days) >= 1 && Number(days) <= mostDays ? { days: Number(days), lastDay } : undefined;
  if (first === undefined || last === undefined || !isDay(first) || !isDay(last)) return undefined;
  const length = Temporal.PlainDate.from(first).until(Temporal.PlainDate.from(last)).days + 1;
  return length >= 1 && length <= mostDays ? { firstDay: first, lastDay: last } : undefined;
}

/** Whether this is a day of the calendar, written `2026-11-22`. */
export function isDay(text: string): boolean {
  try {
    return /^\d{4}-\d{2}-\d{2}$/.test(text) && Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
  } catch {
    return false;
  }
}

/** The day of an instant on the clocks of a zone. */
export const dayOf = (instant: Instant, zone: string): string =>
  Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone).toPlainDate().toString();

/** The period of a range, from the first moment of its first day to the first moment after its last. */
export function periodOf(range: Range, zone: string): Period {
  const last = Temporal.PlainDate.from(range.lastDay);
  return periodBetween('days' in range ? last.subtract({ days: range.days - 1 }) : Temporal.PlainDate.from(range.firstDay), last, zone);
}

/** The period to compare with: as many days right before, or the same weekdays a year (364 days) before. */
export function comparedPeriod(period: Period, compare: Compare, zone: string): ComparedPeriod | null {
  if (compare === 'none') return null;
  const back = { days: compare === 'prev' ? period.days : 364 };
  const [first, last] = [period.firstDay, period.lastDay].map((day) => Temporal.PlainDate.from(day).subtract(back)) as [Temporal.PlainDate, Temporal.PlainDate];
  const words = compare === 'year' ? 'the same days a year before' : period.days === 1 ? 'the day before' : `the ${period.days} days before`;
  return { ...periodBetween(first, last, zone), words };
}

function periodBetween(first: Temporal.PlainDate, last: Temporal.PlainDate, zone: string): Period {
  return {
    from: first.toZonedDateTime(zone).epochMilliseconds,
    until: last.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds,
    firstDay: first.toString(),
    lastDay: last.toString(),
    days: first.until(last).days + 1,
  };
}

/** How finely a period is drawn: hours up to two days, days up to a quarter, then weeks, then months. */
export function bucketFor(days: number): Bucket {
  if (days <= 2) return 'hour';
  if (days <= 92) return 'day';
  return days <= 400 ? 'week' : 'month';
}

/** Thirteen is a quarter of weeks. */
export const sparkBuckets = 13;

/** The period of a tile's small line: thirteen days, weeks or months, the last of which holds the period's last day. */
export function sparkOf(period: Period, zone: string): { readonly bucket: Bucket; readonly from: Instant; readonly until: Instant } {
  const bucket = period.days <= 13 ? 'day' : period.days <= 92 ? 'week' : 'month';
  const lastStart = bucketStart(period.until - 1, bucket, zone);
  const first = Temporal.Instant.fromEpochMilliseconds(lastStart).toZonedDateTimeISO(zone).toPlainDate();
  const back = sparkBuckets - 1;
  const from = first.subtract(bucket === 'day' ? { days: back } : bucket === 'week' ? { days: 7 * back } : { months: back });
  return { bucket, from: from.toZonedDateTime(zone).epochMilliseconds, until: period.until };
}

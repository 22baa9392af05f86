import type { Instant } from '@throughline/contracts';
import { Temporal } from 'temporal-polyfill';

export const buckets = ['hour', 'day', 'week', 'month'] as const;
/** Weeks begin on Monday. */
export type Bucket = (typeof buckets)[number];

const zoneName = /^[A-Za-z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+){0,2}$/;

/** Looking a zone up costs as much as a small answer. Names are known in any case of their letters: no more are remembered than there are zones. */
const knownZones = new Set<string>();
const zonesRemembered = 600;

/** Whether this is the name of a zone of the IANA database; an offset such as `+02:00` is none. */
export function isZone(zone: string): boolean {
  if (knownZones.has(zone)) return true;
  if (!zoneName.test(zone)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    if (knownZones.size < zonesRemembered) knownZones.add(zone);
    return true;
  } catch {
    return false;
  }
}

const at = (instant: Instant, zone: string): Temporal.ZonedDateTime => Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(zone);
const startOf = (date: Temporal.PlainDate, zone: string): Instant => date.toZonedDateTime(zone).epochMilliseconds;

/**
 * The start of the bucket that an instant falls into, on the clocks of the zone: the one definition, in SQL too, which is given the starts.
 * An hour keeps the offset it has, so that the hour which a zone lives twice is two buckets, and a day has 23 or 25 of them.
 */
export function bucketStart(instant: Instant, bucket: Bucket, zone: string): Instant {
  const local = at(instant, zone);
  if (bucket === 'hour') return instant - ((local.minute * 60 + local.second) * 1000 + local.millisecond);
  const date = local.toPlainDate();
  if (bucket === 'day') return startOf(date, zone);
  if (bucket === 'week') return startOf(date.subtract({ days: date.dayOfWeek - 1 }), zone);
  return startOf(date.with({ day: 1 }), zone);
}

/** The start of the bucket after the one that begins at `start`. */
export function nextBucketStart(start: Instant, bucket: Bucket, zone: string): Instant {
  if (bucket === 'hour') return bucketStart(start + 3_600_000, bucket, zone);
  const date = at(start, zone).toPlainDate();
  return startOf(date.add(bucket === 'day' ? { days: 1 } : bucket === 'week' ? { days: 7 } : { months: 1 }), zone);
}

/** The starts of all buckets that meet the period, in order; the first may begin before `from`. */
export function bucketStarts(from: Instant, until: Instant, bucket: Bucket, zone: string): Instant[] {
  const starts: Instant[] = [];
  for (let start = bucketStart(from, bucket, zone); start < until; start = nextBucketStart(start, bucket, zone)) starts.push(start);
  return starts;
}

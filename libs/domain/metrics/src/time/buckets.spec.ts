import fc from 'fast-check';
import { buckets, bucketStart, bucketStarts, isZone, nextBucketStart } from './buckets';

const iso = (instant: number): string => new Date(instant).toISOString();
const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns', 'Pacific/Apia'];

describe('time buckets', () => {
  it('has 23 hours on the day Berlin loses one', () => {
    const hours = bucketStarts(Date.UTC(2026, 2, 28, 23), Date.UTC(2026, 2, 29, 22), 'hour', 'Europe/Berlin');
    expect(hours).toHaveLength(23);
    expect(nextBucketStart(hours[0]!, 'day', 'Europe/Berlin')).toBe(Date.UTC(2026, 2, 29, 22));
  });

  it('has 25 hours on the day Berlin gains one, the hour lived twice as two', () => {
    const hours = bucketStarts(Date.UTC(2026, 9, 24, 22), Date.UTC(2026, 9, 25, 23), 'hour', 'Europe/Berlin');
    expect(hours).toHaveLength(25);
    expect(new Set(hours).size).toBe(25);
  });

  it('shifts Lord Howe by half an hour, and its days stay whole', () => {
    const days = bucketStarts(Date.UTC(2026, 3, 3, 13), Date.UTC(2026, 3, 7), 'day', 'Australia/Lord_Howe');
    expect(days.map(iso)).toEqual(['2026-04-03T13:00:00.000Z', '2026-04-04T13:00:00.000Z', '2026-04-05T13:30:00.000Z', '2026-04-06T13:30:00.000Z']);
  });

  it('begins a day in Kolkata at half past six in the evening of London’s winter', () => {
    expect(iso(bucketStart(Date.UTC(2026, 10, 22, 20), 'day', 'Asia/Kolkata'))).toBe('2026-11-22T18:30:00.000Z');
  });

  it('begins weeks on Monday and months on the first, at local midnight', () => {
    const at = Date.UTC(2026, 2, 29, 12);
    expect(iso(bucketStart(at, 'week', 'Europe/Berlin'))).toBe('2026-03-22T23:00:00.000Z');
    expect(iso(nextBucketStart(bucketStart(at, 'week', 'Europe/Berlin'), 'week', 'Europe/Berlin'))).toBe('2026-03-29T22:00:00.000Z');
    expect(iso(bucketStart(at, 'month', 'Europe/Berlin'))).toBe('2026-02-28T23:00:00.000Z');
  });

  it('puts every instant into exactly one bucket, in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2027, 0, 1) }),
        fc.constantFrom(...zones),
        fc.constantFrom(...buckets),
        (at, zone, bucket) => {
          const start = bucketStart(at, bucket, zone);
          expect(start).toBeLessThanOrEqual(at);
          expect(nextBucketStart(start, bucket, zone)).toBeGreaterThan(at);
          expect(bucketStart(start, bucket, zone)).toBe(start);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('knows zones by their names only', () => {
    expect(['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'America/Argentina/Ushuaia'].every(isZone)).toBe(true);
    expect(['+02:00', '', 'Berlin', 'Europe/Nowhere', "UTC'; drop table x", 'UTC '].some(isZone)).toBe(false);
  });
});

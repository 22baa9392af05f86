import { bucketFor, comparedPeriod, dayOf, periodOf, readRange, sparkOf } from './period';

const berlin = 'Europe/Berlin';
const read = (text: string) => readRange(text, '2026-11-22')!;

describe('a period', () => {
  it('of 28 days ends with its last day and begins 28 days before the next', () => {
    const period = periodOf(read('28d'), berlin);
    expect(period).toMatchObject({ firstDay: '2026-10-26', lastDay: '2026-11-22', days: 28 });
    expect(new Date(period.from).toISOString()).toBe('2026-10-25T23:00:00.000Z');
    expect(comparedPeriod(period, 'prev', berlin)).toMatchObject({
      firstDay: '2026-09-28',
      lastDay: '2026-10-25',
      words: 'the 28 days before',
      until: period.from,
    });
  });

  it('over the change of the clocks is an hour shorter or longer than its days', () => {
    const { from, until } = periodOf(read('2026-10-25..2026-10-25'), berlin);
    expect((until - from) / 3_600_000).toBe(25);
    const spring = periodOf(read('2026-03-29..2026-03-29'), berlin);
    expect((spring.until - spring.from) / 3_600_000).toBe(23);
  });

  it('is compared with the same weekdays a year before, or with nothing', () => {
    const period = periodOf(read('7d'), 'UTC');
    expect(comparedPeriod(period, 'year', 'UTC')).toMatchObject({ firstDay: '2025-11-17', lastDay: '2025-11-23', words: 'the same days a year before' });
    expect(comparedPeriod(period, 'none', 'UTC')).toBeNull();
    expect(comparedPeriod(periodOf(read('1d'), 'UTC'), 'prev', 'UTC')!.words).toBe('the day before');
  });

  it.each(['0d', '28', '28d ', '2026-02-30..2026-03-01', '2026-03-02..2026-03-01', '2020-01-01..2026-01-01', '9999d', ''])('is not read from "%s"', (text) => {
    expect(readRange(text, '2026-11-22')).toBeUndefined();
  });

  it('is drawn by hours, days, weeks or months', () => {
    expect([1, 2, 3, 92, 93, 400, 401].map(bucketFor)).toEqual(['hour', 'hour', 'day', 'day', 'week', 'week', 'month']);
  });

  it('has a small line of thirteen weeks up to its own last', () => {
    const spark = sparkOf(periodOf(read('28d'), berlin), berlin);
    expect(spark.bucket).toBe('week');
    expect([dayOf(spark.from, berlin), dayOf(spark.until - 1, berlin)]).toEqual(['2026-08-24', '2026-11-22']);
    expect(sparkOf(periodOf(read('365d'), berlin), berlin).bucket).toBe('month');
    expect(dayOf(sparkOf(periodOf(read('7d'), berlin), berlin).from, berlin)).toBe('2026-11-10');
  });
});

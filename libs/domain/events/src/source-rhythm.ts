import type { Instant } from '@throughline/contracts';

const hourMs = 3_600_000;
const weekHours = 168;
const dayHours = 24;

/** Events of one source that arrived in one hour; `hour` is its start. Hours without events are left out. */
export interface HourCount {
  readonly hour: Instant;
  readonly count: number;
}

/** How many events an hour usually brings. `sameHour`: learned from the same hour of the week; `sameTime`: of the day; `recent`: from the last hours alone, a first guess. */
export interface UsualRate {
  readonly basis: 'sameHour' | 'sameTime' | 'recent';
  readonly samples: number;
  readonly expected: number;
  readonly low: number;
  readonly high: number;
}

const leastSamples = 3;
const weeksBack = 8;
const recentHours = 6;

/** What a source usually brings, hour by hour, learned from what it brought. Knows nothing before `since`, when the source first sent. */
export class SourceRhythm {
  private readonly counts: ReadonlyMap<Instant, number>;

  constructor(
    hours: readonly HourCount[],
    private readonly since: Instant,
  ) {
    this.counts = new Map(hours.map(({ hour, count }) => [hour, count]));
  }

  /** What the hour that begins at `hour` should bring, from complete hours before it; null while nothing can be said. */
  usualAt(hour: Instant): UsualRate | null {
    const back = (stepHours: number, most: number): number[] =>
      Array.from({ length: most }, (_, index) => hour - (index + 1) * stepHours * hourMs)
        .filter((start) => start >= this.since)
        .map((start) => this.counts.get(start) ?? 0);
    const sameHour = back(weekHours, weeksBack);
    if (sameHour.length >= leastSamples) return bandOf('sameHour', sameHour);
    const sameTime = back(dayHours, weeksBack);
    if (sameTime.length >= leastSamples) return bandOf('sameTime', sameTime);
    // The fullest hour may be a back-fill: it is no rhythm.
    const recent = back(1, recentHours).sort((a, b) => a - b);
    return recent.length > leastSamples ? bandOf('recent', recent.slice(0, -1)) : null;
  }

  /** How many events should have come between two instants; hours of which nothing is known count as none. */
  expectedBetween(from: Instant, to: Instant): number {
    let expected = 0;
    for (let hour = Math.floor(from / hourMs) * hourMs; hour < to; hour += hourMs) {
      const share = (Math.min(to, hour + hourMs) - Math.max(from, hour)) / hourMs;
      expected += share * (this.usualAt(hour)?.expected ?? 0);
    }
    return expected;
  }
}

/** Median and a band of three deviations, by the median absolute deviation or by chance alone (√n), whichever is wider: one odd week does not move it. */
function bandOf(basis: UsualRate['basis'], values: readonly number[]): UsualRate {
  const expected = medianOf(values);
  const deviation = Math.max(1.4826 * medianOf(values.map((value) => Math.abs(value - expected))), Math.sqrt(Math.max(expected, 1)));
  return { basis, samples: values.length, expected, low: Math.max(0, expected - 3 * deviation), high: expected + 3 * deviation };
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

export type SourceSilence =
  | { readonly state: 'never' }
  | { readonly state: 'ok' | 'learning'; readonly lastAt: Instant }
  /** So many events should have come since. */
  | { readonly state: 'silent'; readonly lastAt: Instant; readonly missed: number };

/** With fewer missed than this chance alone may have made the pause: at e⁻¹⁶ for each event not once in years. */
const missedForAlarm = 16;
/** Sources talk in fits and starts: less than what is usual is taken for granted. */
const caution = 0.7;

/** Whether a source has fallen silent: what should have come since its last event and did not. */
export function judgeSilence(rhythm: SourceRhythm, lastAt: Instant | null, now: Instant): SourceSilence {
  if (lastAt === null) return { state: 'never' };
  const missed = caution * rhythm.expectedBetween(lastAt, now);
  if (missed >= missedForAlarm) return { state: 'silent', lastAt, missed: Math.round(missed) };
  return { state: rhythm.usualAt(Math.floor(now / hourMs) * hourMs) === null ? 'learning' : 'ok', lastAt };
}

import type { Instant } from '@throughline/contracts';

const dayMs = 86_400_000;

/** [from, to). */
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}

export interface EffectPeriods {
  readonly before: Period;
  /** The halves of `before`, for the trend. */
  readonly early: Period;
  readonly late: Period;
  readonly after: Period;
}

const beforeDays = 42;
/** The first days of practice count for neither side. */
const settleDays = 3;

/**
 * The calendar windows in which the coached and those they are compared with are looked at, the same for all: six weeks before the first of them began, and from a few days
 * after the last began until the day of re-measuring, which was set beforehand. Nobody can wait for a good moment: what comes after that day does not count.
 */
export function effectPeriods(
  plans: readonly { readonly startedAt: Instant; readonly remeasureAt: Instant }[],
  now: Instant,
  knownAfterDays: number,
): EffectPeriods {
  const first = Math.min(...plans.map(({ startedAt }) => startedAt));
  const last = Math.max(...plans.map(({ startedAt }) => startedAt));
  const until = Math.max(...plans.map(({ remeasureAt }) => remeasureAt));
  const from = first - beforeDays * dayMs;
  const middle = first - (beforeDays / 2) * dayMs;
  const after = last + settleDays * dayMs;
  return {
    before: { from, to: first },
    early: { from, to: middle },
    late: { from: middle, to: first },
    after: { from: after, to: Math.max(after, Math.min(until, now - knownAfterDays * dayMs)) },
  };
}

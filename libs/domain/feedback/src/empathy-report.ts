import type { SurveySettings } from '@throughline/contracts';
import { poolRatings, type RatingSums } from './partial-pooling';

/** The customers' empathy ratings of one agent, team, queue or system: how often each of the five was given. Means of the long form count at the nearest whole number. */
export interface EmpathyRatings extends RatingSums {
  readonly counts: readonly [number, number, number, number, number];
}

/**
 * `unknown`: nobody answered. `hidden`: too few to show without showing who said it. `early`: a value, drawn towards the mean of all, that puts nobody before anybody.
 * `steady`: enough answers for an order (Mercer and others, Family Practice 22, 2005, find about fifty for a professional).
 */
export type EmpathyState = 'unknown' | 'hidden' | 'early' | 'steady';

export interface EmpathyLine {
  readonly key: string;
  readonly n: number;
  readonly state: EmpathyState;
  /** 1–5; null while unknown or hidden, as is what follows. */
  readonly mean: number | null;
  readonly interval: readonly [number, number] | null;
  readonly own: number | null;
  /** How far the value is drawn towards the mean of all, 0–1. */
  readonly shrinkage: number | null;
  /** Share of the best rating: a mean hides how many gave the maximum. */
  readonly topBox: number | null;
  readonly counts: readonly number[] | null;
}

/** Customer-rated empathy of each group with its interval; what rests on too few answers says so instead. Hidden groups still help to estimate the others. */
export function empathyReport(groups: readonly EmpathyRatings[], shown: SurveySettings['shown']): EmpathyLine[] {
  const pooled = new Map(poolRatings(groups, [1, 5]).map((one) => [one.key, one]));
  return groups.map(({ key, n, counts }) => {
    const state: EmpathyState = n === 0 ? 'unknown' : n < shown.valuesFrom ? 'hidden' : n < shown.orderFrom ? 'early' : 'steady';
    const value = pooled.get(key);
    if (!value || state === 'unknown' || state === 'hidden')
      return { key, n, state, mean: null, interval: null, own: null, shrinkage: null, topBox: null, counts: null };
    return { key, n, state, mean: value.mean, interval: value.interval, own: value.own, shrinkage: value.shrinkage, topBox: counts[4] / n, counts };
  });
}

/** The ratings of each team: those of its agents together, sorted by team. An agent without a team is in none. */
export function ratingsOfTeams(agents: readonly EmpathyRatings[], teamOf: ReadonlyMap<string, string>): EmpathyRatings[] {
  const teams = new Map<string, EmpathyRatings>();
  for (const { key, n, sum, sumOfSquares, counts } of agents) {
    const team = teamOf.get(key);
    if (team === undefined) continue;
    const so = teams.get(team) ?? { key: team, n: 0, sum: 0, sumOfSquares: 0, counts: [0, 0, 0, 0, 0] };
    const together = so.counts.map((count, index) => count + counts[index]!) as unknown as EmpathyRatings['counts'];
    teams.set(team, { key: team, n: so.n + n, sum: so.sum + sum, sumOfSquares: so.sumOfSquares + sumOfSquares, counts: together });
  }
  return [...teams.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

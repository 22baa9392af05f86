import type { Instant } from '@throughline/contracts';
import { changeTable, type ChangeTable } from './change-table';
import { poolAgents } from './pool-agents';
import { regressMeans, tInterval } from './regress-means';
import { leastContacts, remeasureAt, type ContactRate } from './remeasure-date';
import { addTallies, meanOf, pooledVariance, type Tally } from './tally';

/** One agent's contacts before and after, in the metric's unit. */
export interface AgentPeriods {
  readonly agent: string;
  readonly before: Tally;
  readonly after: Tally;
}

export interface EffectQuestion {
  readonly coached: readonly AgentPeriods[];
  readonly controls: readonly AgentPeriods[];
  /** What every agent did before, whoever they are compared with: how far low means come back by themselves is seen in all. */
  readonly everybody: readonly { readonly agent: string; readonly before: Tally }[];
  /** `waitingList`: a lot decided who was coached. `matched`: the supervisor did, and like agents were looked for. */
  readonly comparison: 'waitingList' | 'matched';
  readonly better: 'higher' | 'lower';
  readonly pickedBecauseLow: boolean;
  /** How fast contacts come, by coached agent: for the day on which there will be enough. */
  readonly rates: ReadonlyMap<string, ContactRate>;
  readonly now: Instant;
  readonly level?: number;
  readonly least?: number;
}

export interface Interval {
  readonly change: number;
  readonly low: number;
  readonly high: number;
}

export interface MeasuredEffect {
  readonly kind: 'measured';
  readonly verdict: 'worked' | 'worse' | 'noClearEffect';
  /** In the metric's unit: how much more the coached changed than the others did. */
  readonly effect: number;
  readonly low: number;
  readonly high: number;
  readonly error: number;
  readonly freedom: number;
  readonly coachedAgents: number;
  readonly controlAgents: number;
  readonly contacts: number;
  /** What a look at the coached alone would say, contacts taken as independent; beside it the whole table of four means. */
  readonly naive: Interval;
  readonly table: ChangeTable;
  /** How far the coached would have come back by themselves, as the spread of agents and their numbers of contacts tell; what is low by chance rises. */
  readonly expectedReturn: number;
  readonly warnings: readonly EffectWarning[];
}

/** `regressionToTheMean`: picked because low, and much of the naive change is return. `fewAgents`: the interval is honest and wide. */
export type EffectWarning = 'regressionToTheMean' | 'fewAgents';

export interface TooFew {
  readonly kind: 'tooFew';
  readonly why: 'contactsBefore' | 'contactsAfter' | 'controls';
  /** When there will be enough; null where waiting does not help. */
  readonly remeasureAt: Instant | null;
  readonly fewest: number;
  readonly least: number;
  readonly coachedAgents: number;
  readonly controlAgents: number;
}

export type EffectEstimate = MeasuredEffect | TooFew;

const leastControls = 3;

/**
 * Did coaching work? Difference in differences between the coached and those they are compared with, the agent being the cluster.
 *
 * With a waiting list drawn by lot: the mean change of the coached minus that of those who wait. With matched agents the coached were chosen by the very number that is compared, so
 * what was low by chance comes back by itself and the plain difference would call that an effect; there the mean after is compared at equal, partially pooled, mean before:
 * the choice hung on what was seen before, and given that it is no longer confounded.
 *
 * Sources: Card and Krueger 1994 (AER 84, 772–793) for the comparison; Donald and Lang 2007 for inference over few clusters; Rubin 1977 (J. Educational Statistics 2, 1–26) for
 * assignment on the basis of a covariate; Abadie and Imbens 2011 (JBES 29, 1–11) for what matching leaves over; Morris 1983 for the pooled mean before.
 */
export function estimateEffect(question: EffectQuestion): EffectEstimate {
  const { coached, better, level = 0.95, least = leastContacts } = question;
  const controls = question.controls.filter(({ before, after }) => before.n >= least && after.n >= least);
  const short = tooFew(question, controls, least);
  if (short) return short;
  const agents = [...coached, ...controls];
  const variance = pooledVariance(agents.flatMap(({ before, after }) => [before, after])) ?? 0;
  const pooled = new Map(poolAgents(question.everybody.map(({ agent, before }) => ({ agent, tally: before }))).map((one) => [one.agent, one.pooled]));
  const treated = new Set(coached.map(({ agent }) => agent));
  const centre = agents.reduce((total, { agent }) => total + pooled.get(agent)!, 0) / agents.length;
  const byLot = question.comparison === 'waitingList';
  const rows = agents.map(({ agent, before, after }) => {
    const coachedHere = treated.has(agent) ? 1 : 0;
    return byLot
      ? { y: meanOf(after) - meanOf(before), v: variance * (1 / before.n + 1 / after.n), x: [1, coachedHere] }
      : { y: meanOf(after), v: variance / after.n, x: [1, coachedHere, pooled.get(agent)! - centre] };
  });
  // Where every agent stood at the same mean there is nothing to hold equal.
  const fitted = regressMeans(rows) ?? regressMeans(rows.map(({ y, v, x }) => ({ y, v, x: x.slice(0, 2) })));
  if (!fitted)
    return short ?? { kind: 'tooFew', why: 'controls', remeasureAt: null, fewest: controls.length, least: leastControls, ...counts(coached, controls) };
  const effect = fitted.coefficients[1]!;
  const error = fitted.errors[1]!;
  const interval = tInterval(effect, error, fitted.freedom, level);
  const table = changeTable(coached, controls);
  const { mean: change, error: changeError } = table.changeCoached;
  const naive = { change, ...tInterval(change, changeError, Math.max(addTallies(coached.flatMap(({ before, after }) => [before, after])).n - 2, 1), level) };
  const expectedReturn = coached.reduce((total, { agent, before }) => total + pooled.get(agent)! - meanOf(before), 0) / coached.length;
  const warnings: EffectWarning[] = [];
  if (question.pickedBecauseLow && Math.abs(expectedReturn) >= Math.abs(naive.change) / 4) warnings.push('regressionToTheMean');
  if (fitted.freedom < 8) warnings.push('fewAgents');
  return {
    kind: 'measured',
    verdict: verdictOf(interval, better),
    effect,
    ...interval,
    error,
    freedom: fitted.freedom,
    ...counts(coached, controls),
    contacts: addTallies(agents.flatMap(({ before, after }) => [before, after])).n,
    naive,
    table,
    expectedReturn,
    warnings,
  };
}

const counts = (coached: readonly unknown[], controls: readonly unknown[]): { coachedAgents: number; controlAgents: number } => ({
  coachedAgents: coached.length,
  controlAgents: controls.length,
});

/** An interval that holds zero says nothing either way. */
export function verdictOf({ low, high }: { readonly low: number; readonly high: number }, better: 'higher' | 'lower'): MeasuredEffect['verdict'] {
  if (low <= 0 && high >= 0) return 'noClearEffect';
  return low > 0 === (better === 'higher') ? 'worked' : 'worse';
}

function tooFew({ coached, rates, now }: EffectQuestion, controls: readonly AgentPeriods[], least: number): TooFew | null {
  const base = { kind: 'tooFew', ...counts(coached, controls) } as const;
  const before = Math.min(...coached.map((agent) => agent.before.n));
  if (coached.length === 0 || before < least) return { ...base, why: 'contactsBefore', remeasureAt: null, fewest: coached.length === 0 ? 0 : before, least };
  const after = Math.min(...coached.map((agent) => agent.after.n));
  const whenEnough = (): Instant | null =>
    remeasureAt(
      coached.map((agent) => ({ have: agent.after.n, rate: rates.get(agent.agent) ?? { contacts: 0, days: 0 } })),
      now,
      least,
    );
  if (after < least) return { ...base, why: 'contactsAfter', remeasureAt: whenEnough(), fewest: after, least };
  if (controls.length < leastControls) return { ...base, why: 'controls', remeasureAt: null, fewest: controls.length, least: leastControls };
  return null;
}

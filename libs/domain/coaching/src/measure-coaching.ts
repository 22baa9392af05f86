import type { CoachingMetric, Instant, PlanEffect } from '@throughline/contracts';
import { metricReadings } from './coaching-metrics';
import type { CoachingPlan } from './coaching-plan';
import { effectPeriods, type EffectPeriods, type Period } from './effect-periods';
import { estimateEffect, type AgentPeriods, type EffectEstimate } from './estimate-effect';
import { matchControls, type BeforeCoaching } from './match-controls';
import { leastContacts, type ContactRate } from './remeasure-date';
import { addTallies, meanOf, noTally, type Tally } from './tally';

/** One agent's contacts in the windows of an effect, in the metric's unit. */
export interface AgentWindows {
  readonly agent: string;
  readonly early: Tally;
  readonly late: Tally;
  readonly after: Tally;
}

/** A plan whose practice has begun. */
export type StartedPlan = CoachingPlan & { readonly startedAt: Instant };

export const hasStarted = (plan: CoachingPlan): plan is StartedPlan => plan.startedAt !== null && plan.result !== 'withdrawn';

export interface CoachingMeasure {
  readonly metric: CoachingMetric;
  readonly periods: EffectPeriods;
  readonly coached: readonly string[];
  readonly controls: readonly string[];
  readonly estimate: EffectEstimate;
  /** A plan was written down after its practice began: nobody could know its result, but nobody saw it promised either. */
  readonly recordedAfterwards: boolean;
}

const dayMs = 86_400_000;
const perAgent = 4;
const leastForOne = 12;

/**
 * The effect of plans that are measured together, from what every agent did in their windows. Those coached for the same number meanwhile are no comparison.
 * @param plans with one metric; at least one
 * @param busy agents with a plan on this metric of their own within the windows
 */
export function measureCoaching(plans: readonly StartedPlan[], windows: readonly AgentWindows[], busy: ReadonlySet<string>, now: Instant): CoachingMeasure {
  const [first] = plans;
  if (!first) throw new Error('There is no plan to measure.');
  const { metric } = first.goal;
  const reading = metricReadings[metric];
  const periods = effectPeriods(plans, now, reading.knownAfterDays);
  const coached = [...new Set(plans.map(({ agent }) => agent))].sort();
  const none = (agent: string): AgentWindows => ({ agent, early: noTally, late: noTally, after: noTally });
  const of = new Map(windows.map((one) => [one.agent, one]));
  const ofCoached = coached.map((agent) => of.get(agent) ?? none(agent));
  const free = windows.filter(({ agent }) => !coached.includes(agent) && !busy.has(agent));
  const waiting = plans.flatMap(({ comparison }) => (comparison.kind === 'waitingList' ? comparison.waiting : []));
  const byLot = plans.every(({ comparison }) => comparison.kind === 'waitingList');
  const controls = byLot ? free.filter(({ agent }) => waiting.includes(agent)) : matched(ofCoached, free);
  return {
    metric,
    periods,
    coached,
    controls: controls.map(({ agent }) => agent).sort(),
    recordedAfterwards: plans.some(({ since }) => since !== null),
    estimate: estimateEffect({
      coached: ofCoached.map(periodsOf),
      controls: controls.map(periodsOf),
      everybody: [...free, ...ofCoached].map(periodsOf),
      comparison: byLot ? 'waitingList' : 'matched',
      better: reading.better,
      pickedBecauseLow: plans.some(({ pickedBecauseLow }) => pickedBecauseLow),
      rates: new Map(ofCoached.map((one) => [one.agent, rateOf(one, periods)])),
      now,
    }),
  };
}

const before = ({ early, late }: AgentWindows): Tally => addTallies([early, late]);
const periodsOf = (one: AgentWindows): AgentPeriods => ({ agent: one.agent, before: before(one), after: one.after });

function matched(coached: readonly AgentWindows[], free: readonly AgentWindows[]): AgentWindows[] {
  const like = (one: AgentWindows): BeforeCoaching => ({
    agent: one.agent,
    mean: meanOf(before(one)),
    trend: one.early.n > 0 && one.late.n > 0 ? meanOf(one.late) - meanOf(one.early) : null,
  });
  const known = coached.filter((one) => before(one).n > 0);
  const candidates = free.filter((one) => before(one).n >= leastContacts && one.after.n >= leastContacts);
  const each = Math.max(perAgent, Math.ceil(leastForOne / Math.max(known.length, 1)));
  const names = new Set(matchControls(known.map(like), candidates.map(like), each).flatMap(({ controls }) => controls));
  return candidates.filter(({ agent }) => names.has(agent));
}

/** As it is since practice began, or as it was before while that is a week or less. */
function rateOf(one: AgentWindows, { before: was, after }: EffectPeriods): ContactRate {
  const days = ({ from, to }: Period): number => (to - from) / dayMs;
  return days(after) > 7 ? { contacts: one.after.n, days: days(after) } : { contacts: before(one).n, days: days(was) };
}

/** What is written into a plan when it is closed. */
export function effectForPlan({ estimate }: CoachingMeasure, measuredAt: Instant): PlanEffect {
  const agents = { coachedAgents: estimate.coachedAgents, controlAgents: estimate.controlAgents, measuredAt };
  if (estimate.kind === 'tooFew') return { verdict: 'tooFew', effect: null, low: null, high: null, naiveChange: null, contacts: estimate.fewest, ...agents };
  const { verdict, effect, low, high, contacts, naive } = estimate;
  return { verdict, effect, low, high, naiveChange: naive.change, contacts, ...agents };
}

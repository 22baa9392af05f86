import type { CoachingMetric, PlanDeed } from '@throughline/contracts';
import { metricReadings, ownPlan, planStateAt, type CoachingPlan } from '@throughline/domain-coaching';
import type { z } from 'zod';
import type { EvidenceContact } from './agent-tallies';
import type { EffectAnswer, metricReading, PlanAnswer, PlansAnswer } from './coaching-answers';
import type { ReadEffect } from './effect-reader';

/** Names of agents and their teams, where the directory knows them. */
export interface AgentNames {
  nameOf(agent: string): string;
  teamOf(agent: string): string | null;
}

export function readingOf(id: CoachingMetric): z.infer<typeof metricReading> {
  const { metric, title, unit, of, ink, better } = metricReadings[id];
  return { metric, title, unit, of, ink, better };
}

/** A plan as a list shows it. @param own the reader is the coached agent */
export function planRowOf(id: string, plan: CoachingPlan, names: AgentNames, now: number, own: boolean): PlansAnswer['plans'][number] {
  return {
    id,
    agent: plan.agent,
    agentName: names.nameOf(plan.agent),
    team: names.teamOf(plan.agent),
    coach: plan.coach,
    state: planStateAt(plan, now),
    result: plan.result,
    goal: plan.goal,
    group: own ? null : plan.group,
    startedAt: plan.startedAt,
    remeasureAt: plan.remeasureAt,
    closedAt: plan.closedAt,
    exercisesDone: plan.exercises.filter((exercise) => exercise.id in plan.doneAt).length,
    exercises: plan.exercises.length,
  };
}

/** @param known what is known of the contacts that are evidence. @param reader the coached agent where they read it themselves */
export function planAnswerOf(
  id: string,
  plan: CoachingPlan,
  names: AgentNames,
  known: ReadonlyMap<string, EvidenceContact>,
  now: number,
  reader: string | null,
): PlanAnswer {
  const seen = reader === null ? plan : ownPlan(plan, reader);
  if (seen === null) throw new Error('A plan that its reader may not see was answered.');
  const own = reader !== null;
  return {
    ...planRowOf(id, plan, names, now, own),
    metric: readingOf(seen.goal.metric),
    exercises: seen.exercises.map((exercise) => ({ ...exercise, doneAt: seen.doneAt[exercise.id] ?? null })),
    evidence: seen.evidence.map((one) => {
      const { at = null, intent = null, channel = null } = known.get(one.contact) ?? {};
      return { ...one, at, intent, channel };
    }),
    draftedAt: seen.draftedAt,
    since: seen.since,
    effect: seen.effect,
    steps: plan.steps.length,
    own,
    pickedBecauseLow: own ? null : plan.pickedBecauseLow,
    comparison: own ? null : plan.comparison,
    history: own ? [] : plan.steps.map(({ id: step, at, by, deed }) => ({ id: step, at, by, kind: deed.kind, words: wordsOf(deed) })),
  };
}

/** What a step adds in words; empty where its kind says all. */
function wordsOf(deed: PlanDeed): string {
  switch (deed.kind) {
    case 'practised':
    case 'noted':
    case 'closed':
      return deed.note;
    case 'postponed':
    case 'withdrawn':
    case 'reopened':
      return deed.reason;
    case 'reassigned':
      return deed.coach;
    default:
      return '';
  }
}

/** @param visible whether an agent's name may be shown to the reader: those outside their teams are counted, not named */
export function effectAnswerOf({ plans, measure }: ReadEffect, names: AgentNames, visible: (agent: string) => boolean): EffectAnswer {
  const { estimate, periods, metric, recordedAfterwards } = measure;
  const [first] = plans;
  return {
    metric: readingOf(metric),
    group: first?.plan.group ?? null,
    plans: plans.filter(({ plan }) => visible(plan.agent)).map(({ id, plan }) => ({ id, agent: plan.agent, agentName: names.nameOf(plan.agent) })),
    comparison: plans.every(({ plan }) => plan.comparison.kind === 'waitingList') ? 'waitingList' : 'matched',
    periods: { before: periods.before, after: periods.after },
    recordedAfterwards,
    pickedBecauseLow: plans.some(({ plan }) => plan.pickedBecauseLow),
    estimate: estimate.kind === 'tooFew' ? estimate : { ...estimate, warnings: [...estimate.warnings] },
  };
}

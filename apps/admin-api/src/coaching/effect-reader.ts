import { Injectable } from '@nestjs/common';
import {
  effectPeriods,
  hasStarted,
  measureCoaching,
  metricReadings,
  noTally,
  type CoachingMeasure,
  type CoachingPlan,
  type StartedPlan,
} from '@throughline/domain-coaching';
import { AgentTallies } from './agent-tallies';
import { PlanReader, type StoredPlan } from './plan-reader';

export interface ReadEffect {
  /** The plans that are measured together. */
  readonly plans: readonly { readonly id: string; readonly plan: StartedPlan }[];
  readonly measure: CoachingMeasure;
}

/** Loads what an effect rests on and asks the rule. */
@Injectable()
export class EffectReader {
  constructor(
    private readonly plans: PlanReader,
    private readonly tallies: AgentTallies,
  ) {}

  /** The effect of a plan, together with its group's where it has one; null while it has not started. */
  async of(id: string, plan: CoachingPlan, now: number): Promise<ReadEffect | null> {
    if (!hasStarted(plan)) return null;
    const all = (await this.plans.byMetric(plan.goal.metric)).filter(started);
    const together = plan.group === null ? [{ id, plan }] : all.filter((other) => other.plan.group === plan.group);
    const ids = new Set(together.map((one) => one.id));
    const of = together.map((one) => one.plan);
    const { knownAfterDays } = metricReadings[plan.goal.metric];
    const { before, early, late, after } = effectPeriods(of, now, knownAfterDays);
    const sums = await this.tallies.read(
      plan.goal.metric,
      [
        { key: 'early', ...early },
        { key: 'late', ...late },
        { key: 'after', ...after },
      ],
      null,
      now,
    );
    const agents = [...new Set([...sums.values()].flatMap((byAgent) => [...byAgent.keys()]))];
    const windows = agents.map((agent) => ({
      agent,
      early: sums.get('early')!.get(agent) ?? noTally,
      late: sums.get('late')!.get(agent) ?? noTally,
      after: sums.get('after')!.get(agent) ?? noTally,
    }));
    const busy = new Set(
      all
        .filter((other) => !ids.has(other.id) && other.plan.startedAt < after.to && (other.plan.closedAt ?? Infinity) > before.from)
        .map((other) => other.plan.agent),
    );
    return { plans: together, measure: measureCoaching(of, windows, busy, now) };
  }
}

const started = (one: StoredPlan): one is { id: string; plan: StartedPlan } => hasStarted(one.plan);

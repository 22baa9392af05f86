import { takeCoachingStep, type AuditNote, type PlanStep } from '@throughline/contracts';
import { planOf, takeStep } from '@throughline/domain-coaching';
import { CommandServer, type JetStreamBus } from '@throughline/messaging';
import type { Client } from 'pg';
import type { z } from 'zod';

/** The views of feedback that coaching reads, each over a plain table of the same columns. */
export const coachingTables: Readonly<Record<string, string>> = {
  'feedback.coaching_plan': `plan_id uuid primary key, agent text, coach text, metric text, group_name text, stage text, result text, drafted_at timestamptz,
     started_at timestamptz, remeasure_at timestamptz, closed_at timestamptz, steps integer`,
  'feedback.coaching_step': 'plan_id uuid, place integer, id uuid, at timestamptz, by_name text, deed json',
};

/** For tests: answers steps of plans as feedback does, with the same rule, into those tables and the audit. */
export function keepPlans(bus: JetStreamBus, owner: Client, audit: (note: AuditNote | undefined, outcome: string) => Promise<void>): CommandServer {
  const commands = new CommandServer(bus, 'feedback');
  const plans = new Map<string, PlanStep[]>();
  commands.answer(takeCoachingStep, async ({ planId, after, step }, note): Promise<z.infer<typeof takeCoachingStep.reply>> => {
    const steps = plans.get(planId) ?? [];
    if (steps.some(({ id }) => id === step.id)) return { kind: 'repeated', planId, steps: steps.length };
    if (steps.length === 0 && step.deed.kind !== 'drafted') return { kind: 'notFound' };
    if (steps.length !== after) return { kind: 'conflict', planId, steps: steps.length };
    const taken = takeStep(planOf(steps), step);
    if (taken.kind === 'refused') return taken;
    plans.set(planId, [...taken.plan.steps]);
    await savePlan(owner, planId, taken.plan.steps);
    await audit(note, 'taken');
    return { kind: 'taken', planId, steps: taken.plan.steps.length };
  });
  return commands;
}

async function savePlan(owner: Client, planId: string, steps: readonly PlanStep[]): Promise<void> {
  const plan = planOf(steps)!;
  const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());
  await owner.query('delete from feedback.coaching_plan where plan_id = $1', [planId]);
  await owner.query('insert into feedback.coaching_plan values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)', [
    planId,
    plan.agent,
    plan.coach,
    plan.goal.metric,
    plan.group,
    plan.stage,
    plan.result,
    instant(plan.draftedAt),
    instant(plan.startedAt),
    instant(plan.remeasureAt),
    instant(plan.closedAt),
    steps.length,
  ]);
  const last = steps.at(-1)!;
  await owner.query('insert into feedback.coaching_step values ($1, $2, $3, $4, $5, $6)', [
    planId,
    steps.length,
    last.id,
    instant(last.at),
    last.by,
    JSON.stringify(last.deed),
  ]);
}

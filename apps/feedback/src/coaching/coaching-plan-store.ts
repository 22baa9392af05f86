import { Injectable } from '@nestjs/common';
import { planStepSchema, type PlanStep } from '@throughline/contracts';
import { instantText, type Transaction } from '@throughline/database';
import type { CoachingPlan } from '@throughline/domain-coaching';

interface StepRow {
  readonly id: string;
  readonly at: Date;
  readonly by_name: string;
  readonly deed: unknown;
}

/** Plans as their steps. */
@Injectable()
export class CoachingPlanStore {
  /** The steps of a plan in order, with the plan locked until the transaction ends; empty when there is none. */
  async lockSteps(tx: Transaction, planId: string): Promise<PlanStep[]> {
    await tx.query('select 1 from feedback.coaching_plan where plan_id = $1 for update', [planId]);
    const rows = await tx.query<StepRow>('select id, at, by_name, deed from feedback.coaching_step where plan_id = $1 order by place', [planId]);
    return rows.map(({ id, at, by_name: by, deed }) => planStepSchema.parse({ id, at: at.getTime(), by, deed }));
  }

  /** How many plans of an agent are not closed. */
  async openPlans(tx: Transaction, agent: string): Promise<number> {
    // Two drafts for one agent go one after the other.
    await tx.query('select pg_advisory_xact_lock(hashtextextended($1, 7110))', [agent]);
    const [row] = await tx.query<{ open: number }>(`select count(*)::integer as open from feedback.coaching_plan where agent = $1 and stage <> 'closed'`, [
      agent,
    ]);
    return row?.open ?? 0;
  }

  /** Writes the plan's last step and what its lists are cut by. */
  async save(tx: Transaction, planId: string, plan: CoachingPlan): Promise<void> {
    const step = plan.steps.at(-1)!;
    const instant = (at: number | null): string | null => (at === null ? null : instantText(at));
    await tx.execute(
      `insert into feedback.coaching_plan (plan_id, agent, coach, metric, group_name, stage, result, drafted_at, started_at, remeasure_at, closed_at, steps)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (plan_id) do update set coach = excluded.coach, metric = excluded.metric, stage = excluded.stage, result = excluded.result,
         started_at = excluded.started_at, remeasure_at = excluded.remeasure_at, closed_at = excluded.closed_at, steps = excluded.steps`,
      [
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
        plan.steps.length,
      ],
    );
    await tx.execute('insert into feedback.coaching_step (plan_id, place, id, at, by_name, deed) values ($1, $2, $3, $4, $5, $6)', [
      planId,
      plan.steps.length,
      step.id,
      instantText(step.at),
      step.by,
      JSON.stringify(step.deed),
    ]);
  }
}

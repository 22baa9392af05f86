import { Injectable } from '@nestjs/common';
import { planStepSchema, type CoachingMetric, type PlanStep } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { planOf, type CoachingPlan } from '@throughline/domain-coaching';

export interface StoredPlan {
  readonly id: string;
  readonly plan: CoachingPlan;
}

interface StepRow {
  readonly plan_id: string;
  readonly id: string;
  readonly at: Date;
  readonly by_name: string;
  readonly deed: unknown;
}

/** Plans as feedback keeps them: each is the fold of its steps. */
@Injectable()
export class PlanReader {
  constructor(private readonly database: Database) {}

  /** The newest first; those of the agents in scope alone. */
  async list(agents: readonly string[] | null, filter: { readonly agent?: string | undefined } = {}): Promise<StoredPlan[]> {
    const rows = await this.database.query<StepRow>(
      `select s.plan_id, s.id, s.at, s.by_name, s.deed from feedback.read_coaching_step s
       join (select plan_id, drafted_at from feedback.read_coaching_plan
             where ($1::text[] is null or agent = any($1)) and ($2::text is null or agent = $2) order by drafted_at desc, plan_id limit 500) p on p.plan_id = s.plan_id
       order by p.drafted_at desc, s.plan_id, s.place`,
      [agents, filter.agent ?? null],
    );
    return folded(rows);
  }

  /** Null where there is none, or none in scope. */
  async one(id: string, agents: readonly string[] | null): Promise<CoachingPlan | null> {
    const rows = await this.database.query<StepRow>(
      `select s.plan_id, s.id, s.at, s.by_name, s.deed from feedback.read_coaching_step s
       join feedback.read_coaching_plan p on p.plan_id = s.plan_id
       where s.plan_id = $1 and ($2::text[] is null or p.agent = any($2)) order by s.place`,
      [id, agents],
    );
    return folded(rows)[0]?.plan ?? null;
  }

  /** Plans that are measured by one number, whoever they are of: whom an effect compares must not hang on who asks. */
  async byMetric(metric: CoachingMetric): Promise<StoredPlan[]> {
    const rows = await this.database.query<StepRow>(
      `select s.plan_id, s.id, s.at, s.by_name, s.deed from feedback.read_coaching_step s
       join feedback.read_coaching_plan p on p.plan_id = s.plan_id where p.metric = $1 order by s.plan_id, s.place`,
      [metric],
    );
    return folded(rows);
  }
}

/** Rows come plan by plan, in the order of their steps. */
function folded(rows: readonly StepRow[]): StoredPlan[] {
  const plans = new Map<string, PlanStep[]>();
  for (const { plan_id: planId, id, at, by_name: by, deed } of rows) {
    const steps = plans.get(planId) ?? [];
    if (steps.length === 0) plans.set(planId, steps);
    steps.push(planStepSchema.parse({ id, at: at.getTime(), by, deed }));
  }
  return [...plans].map(([id, steps]) => ({ id, plan: planOf(steps)! }));
}

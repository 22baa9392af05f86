import { Injectable } from '@nestjs/common';
import { takeCoachingStep, type AuditNote } from '@throughline/contracts';
import { Database, recordChange } from '@throughline/database';
import { mayOpenPlan, planOf, takeStep } from '@throughline/domain-coaching';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';
import { CoachingPlanStore } from './coaching-plan-store';

type Request = z.infer<typeof takeCoachingStep.request>;
type Reply = z.infer<typeof takeCoachingStep.reply>;

/** Takes one step in one plan, or says why not. The plan's row is locked meanwhile, so steps come one after the other. */
@Injectable()
export class OnTakeCoachingStep implements CommandHandler<Request, Reply> {
  readonly command = takeCoachingStep;

  constructor(
    private readonly database: Database,
    private readonly plans: CoachingPlanStore,
  ) {}

  answer({ planId, after, step }: Request, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      // The agent first, then the plan: every step locks in this order.
      const open = step.deed.kind === 'drafted' ? await this.plans.openPlans(tx, step.deed.agent) : 0;
      const steps = await this.plans.lockSteps(tx, planId);
      if (steps.some(({ id }) => id === step.id)) return { kind: 'repeated', planId, steps: steps.length };
      if (steps.length === 0 && step.deed.kind !== 'drafted') return { kind: 'notFound' };
      if (steps.length !== after) return { kind: 'conflict', planId, steps: steps.length };
      const allowed = mayOpenPlan(open);
      if (allowed.kind === 'refused') return allowed;
      const before = planOf(steps);
      const taken = takeStep(before, step);
      if (taken.kind === 'refused') return taken;
      await this.plans.save(tx, planId, taken.plan);
      await recordChange(tx, note, 'taken', { before: { stage: before?.stage ?? null }, after: { stage: taken.plan.stage } });
      return { kind: 'taken', planId, steps: taken.plan.steps.length };
    });
  }
}

import { z } from 'zod';
import { planStepSchema } from '../coaching/coaching-plan';
import { defineCommand } from './define-command';

/**
 * Takes a step in a coaching plan; `drafted` opens it. `after` is the number of steps the author had seen: when others came in between, the answer is `conflict`
 * and nothing changes.
 */
export const takeCoachingStep = defineCommand({
  name: 'feedback.takeCoachingStep',
  request: z.strictObject({ planId: z.uuid(), after: z.int().min(0), step: planStepSchema }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('taken'), planId: z.uuid(), steps: z.int() }),
    z.object({ kind: z.literal('repeated'), planId: z.uuid(), steps: z.int() }),
    z.object({ kind: z.literal('conflict'), planId: z.uuid(), steps: z.int() }),
    z.object({ kind: z.literal('notFound') }),
    z.object({ kind: z.literal('refused'), reason: z.string() }),
  ]),
  example: {
    planId: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c13',
    after: 2,
    step: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c14', at: 1_767_225_600_000, by: 'supervisor', deed: { kind: 'started' } },
  },
});

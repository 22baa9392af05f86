import { findingSchema } from '@throughline/contracts';
import { z } from 'zod';

export const queueQuery = z.object({
  state: z.enum(['open', 'mine', 'done', 'all']).default('open'),
  reason: z.enum(['lowEmpathy', 'differs', 'randomSample']).optional(),
});

export const reviewBody = z.strictObject({
  /** Of the review, as the reader had seen it. */
  version: z.int().min(1),
  deed: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('assign') }),
    z.strictObject({ kind: z.literal('release') }),
    z.strictObject({ kind: z.literal('reopen') }),
    z.strictObject({ kind: z.literal('skip'), reason: z.string().trim().min(3).max(500) }),
    z.strictObject({
      kind: z.literal('finish'),
      note: z.string().trim().max(4_000).nullable().default(null),
      findings: z
        .array(findingSchema.partial({ id: true }))
        .max(20)
        .default([]),
      empathy: z
        .array(z.strictObject({ agent: z.string().min(1).max(200), value: z.int().min(1).max(5) }))
        .max(20)
        .default([]),
    }),
  ]),
});

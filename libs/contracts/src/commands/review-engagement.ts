import { z } from 'zod';
import { defineCommand } from './define-command';

export const findingSchema = z.strictObject({
  id: z.uuid(),
  cause: z.enum(['people', 'process', 'technology']),
  /** The agent it is about; only a finding about people names one. */
  agent: z.string().min(1).max(200).nullable(),
  eventId: z.uuid().nullable(),
  note: z.string().max(2_000).nullable(),
});
export type ReviewFinding = z.infer<typeof findingSchema>;

const deed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('assign'), to: z.string().min(1).max(200) }),
  z.strictObject({ kind: z.literal('release') }),
  z.strictObject({ kind: z.literal('skip'), reason: z.string().min(3).max(500) }),
  z.strictObject({
    kind: z.literal('finish'),
    note: z.string().max(4_000).nullable(),
    findings: z.array(findingSchema).max(20),
    /** The reviewer's own rating of each agent's empathy, 1–5. */
    empathy: z.array(z.strictObject({ agent: z.string().min(1).max(200), value: z.int().min(1).max(5) })).max(20),
    /** The agents about whom the reviewer may speak; what is known of others stays as it is. null or absent: all. */
    within: z.array(z.string().min(1).max(200)).max(10_000).nullable().optional(),
  }),
  z.strictObject({ kind: z.literal('reopen') }),
]);
export type ReviewDeed = z.infer<typeof deed>;

const request = z.strictObject({ anchor: z.uuid(), version: z.int().min(1), at: z.int().min(0), by: z.string().min(1).max(200), deed });
const reply = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('done'), version: z.int() }),
  z.object({ kind: z.literal('conflict'), version: z.int(), by: z.string().nullable() }),
  z.object({ kind: z.literal('notFound') }),
  z.object({ kind: z.literal('refused'), reason: z.string() }),
]);

/** Does something with an engagement in the review queue. `version` is the one the author had seen: when somebody else was faster the answer is `conflict`. */
export const reviewEngagement = defineCommand<z.infer<typeof request>, z.infer<typeof reply>>({
  name: 'feedback.review',
  request,
  reply,
  example: {
    anchor: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f',
    version: 1,
    at: 1_767_225_600_000,
    by: 'qa',
    deed: { kind: 'assign', to: 'qa' },
  },
});

import { z } from 'zod';

/** Who does it. `id` tells two people apart where a second one must agree; a token (`isPerson` false) cannot be that second one. */
export const segmentAuthor = z.strictObject({ id: z.uuid(), name: z.string().min(1).max(200), isPerson: z.boolean() });
export type SegmentAuthor = z.infer<typeof segmentAuthor>;

export const ruleProblem = z.object({ nodeId: z.string().nullable(), words: z.string() });

/** The draft as it stands: what the other side wrote, for whoever was not the first. */
export const segmentDraft = z.object({
  name: z.string(),
  description: z.string(),
  rule: z.unknown(),
  revision: z.int(),
  by: z.string(),
  at: z.int(),
});
export type SegmentDraft = z.infer<typeof segmentDraft>;

export const segmentConflict = z.object({ kind: z.literal('conflict'), theirs: segmentDraft });
export const segmentRefusal = z.object({ kind: z.literal('refused'), reason: z.string(), problems: z.array(ruleProblem).optional() });
export const noSegment = z.object({ kind: z.literal('notFound') });

import { z } from 'zod';
import { defineCommand } from './define-command';
import { segmentRefusal } from './segment-reply';

/**
 * Counts whom a rule would hold now, without storing anything: from a sample (`exact` false), or of everybody. Refused when the rule cannot be run, is too dear, takes longer
 * than five seconds; `busy` when four counts run already.
 */
export const previewSegment = defineCommand({
  name: 'scoring.previewSegment',
  request: z.strictObject({ id: z.uuid().nullable(), rule: z.unknown(), exact: z.boolean() }),
  reply: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('counted'),
      size: z.int(),
      low: z.int(),
      high: z.int(),
      /** Customers asked, of how many. */
      sample: z.int(),
      of: z.int(),
      /** For each leaf that counts: of the customers asked, how many it holds for by itself. */
      leaves: z.array(z.object({ id: z.string(), held: z.int() })),
      ms: z.number(),
    }),
    segmentRefusal,
    z.object({ kind: z.literal('busy') }),
  ]),
  example: { id: null, rule: { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [] } }, exact: false },
});
export type SegmentCount = Extract<z.infer<typeof previewSegment.reply>, { kind: 'counted' }>;

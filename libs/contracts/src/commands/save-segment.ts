import { z } from 'zod';
import { defineCommand } from './define-command';
import { noSegment, segmentAuthor, segmentConflict, segmentRefusal } from './segment-reply';

/**
 * Writes the draft of a segment; with `basedOn` null it is a new one, and asking again with the same id and content changes nothing. `basedOn` is the revision that was
 * changed: when the draft is another by now, the answer is `conflict`. A draft may be incomplete; its rule must have the form of one (`libs/domain/segments` reads it).
 */
export const saveSegment = defineCommand({
  name: 'scoring.saveSegment',
  request: z.strictObject({
    id: z.uuid(),
    basedOn: z.int().min(1).nullable(),
    name: z.string().trim().min(1).max(120),
    description: z.string().trim().max(2000),
    rule: z.unknown(),
    by: segmentAuthor,
  }),
  reply: z.discriminatedUnion('kind', [z.object({ kind: z.literal('saved'), revision: z.int() }), segmentConflict, segmentRefusal, noSegment]),
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c21',
    basedOn: null,
    name: 'Unresolved bills',
    description: '',
    rule: { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [] } },
    by: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01', name: 'ci-analyst', isPerson: true },
  },
});

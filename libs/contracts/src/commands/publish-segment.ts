import { z } from 'zod';
import { defineCommand } from './define-command';
import { noSegment, segmentAuthor, segmentConflict, segmentRefusal } from './segment-reply';

/**
 * Makes the draft of this revision the version in force. Where many people come or go (`secondPerson`), the first call only asks: the answer is `waits`, and somebody else
 * calls with the same revision to agree. The customers are worked out in the background; `read_segment_run` shows how far.
 */
export const publishSegment = defineCommand({
  name: 'scoring.publishSegment',
  request: z.strictObject({ id: z.uuid(), revision: z.int().min(1), note: z.string().trim().min(3).max(1000), by: segmentAuthor }),
  reply: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('published'), version: z.int(), size: z.int() }),
    z.object({ kind: z.literal('waits'), reason: z.string(), sizeBefore: z.int(), sizeAfter: z.int() }),
    segmentConflict,
    segmentRefusal,
    noSegment,
  ]),
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c21',
    revision: 3,
    note: '21 days instead of 14: the letters take longer',
    by: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01', name: 'ci-analyst', isPerson: true },
  },
});

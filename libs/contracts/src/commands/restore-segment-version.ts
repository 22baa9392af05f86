import { z } from 'zod';
import { defineCommand } from './define-command';
import { noSegment, segmentAuthor, segmentConflict, segmentRefusal } from './segment-reply';

/** Makes the rule of a former version the draft again; it is in force once it is published. */
export const restoreSegmentVersion = defineCommand({
  name: 'scoring.restoreSegmentVersion',
  request: z.strictObject({ id: z.uuid(), version: z.int().min(1), basedOn: z.int().min(1), by: segmentAuthor }),
  reply: z.discriminatedUnion('kind', [z.object({ kind: z.literal('saved'), revision: z.int() }), segmentConflict, segmentRefusal, noSegment]),
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c21',
    version: 1,
    basedOn: 4,
    by: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01', name: 'ci-analyst', isPerson: true },
  },
});

import { z } from 'zod';
import { defineCommand } from './define-command';
import { noSegment, segmentAuthor, segmentRefusal } from './segment-reply';

/** Takes a segment out of use, or with `retired` false back into it: everybody leaves it, its versions and its past stay. Refused while another segment asks for it. */
export const retireSegment = defineCommand({
  name: 'scoring.retireSegment',
  request: z.strictObject({ id: z.uuid(), retired: z.boolean(), by: segmentAuthor }),
  reply: z.discriminatedUnion('kind', [z.object({ kind: z.literal('done') }), segmentRefusal, noSegment]),
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c21',
    retired: true,
    by: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01', name: 'ci-analyst', isPerson: true },
  },
});

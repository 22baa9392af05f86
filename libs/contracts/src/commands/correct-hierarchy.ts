import { correctionSchema } from '../hierarchy/correction';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

/** Records a person's correction; the customers that hold its events are rebuilt with it. */
export const correctHierarchy = defineCommand({
  name: 'sessionization.correct',
  request: correctionSchema,
  reply: recordReply,
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c12',
    at: 1_767_225_600_000,
    by: 'ci-analyst',
    kind: 'cut',
    level: 'interaction',
    eventId: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f',
  },
});

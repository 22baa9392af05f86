import { decisionSchema } from '../identity/decision';
import { recordReply } from './command-reply';
import { defineCommand } from './define-command';

/** Records a person's word on identity. */
export const decideIdentity = defineCommand({
  name: 'identity.decide',
  request: decisionSchema,
  reply: recordReply,
  example: {
    id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11',
    at: 1_767_225_600_000,
    by: 'ci-analyst',
    kind: 'same',
    a: { kind: 'email', namespace: '', value: 'dana@example.com' },
    b: { kind: 'customerNumber', namespace: '', value: '4711' },
  },
});

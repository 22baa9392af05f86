import { z } from 'zod';
import { withdrawReply } from './command-reply';
import { defineCommand } from './define-command';

/** Takes a decision back: the world is as if it had never been, the audit aside. */
export const withdrawDecision = defineCommand({
  name: 'identity.withdraw',
  request: z.object({ decisionId: z.uuid(), by: z.string().min(1).max(200) }),
  reply: withdrawReply,
  example: { decisionId: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11', by: 'ci-analyst' },
});

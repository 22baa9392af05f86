import { z } from 'zod';
import { withdrawReply } from './command-reply';
import { defineCommand } from './define-command';

/** Takes a decision back: the world is as if it had never been, the audit aside. */
export const withdrawDecision = defineCommand({
  name: 'withdraw',
  owner: 'identity',
  request: z.object({ decisionId: z.uuid(), by: z.string().min(1).max(200) }),
  reply: withdrawReply,
});

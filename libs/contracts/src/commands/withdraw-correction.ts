import { z } from 'zod';
import { withdrawReply } from './command-reply';
import { defineCommand } from './define-command';

/** Takes a correction back: the hierarchy is as if it had never been made. */
export const withdrawCorrection = defineCommand({
  name: 'withdraw',
  owner: 'sessionization',
  request: z.object({ correctionId: z.uuid(), by: z.string().min(1).max(200) }),
  reply: withdrawReply,
});

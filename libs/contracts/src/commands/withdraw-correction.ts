import { z } from 'zod';
import { withdrawReply } from './command-reply';
import { defineCommand } from './define-command';

/** Takes a correction back: the hierarchy is as if it had never been made. */
export const withdrawCorrection = defineCommand({
  name: 'sessionization.withdraw',
  request: z.object({ correctionId: z.uuid(), by: z.string().min(1).max(200) }),
  reply: withdrawReply,
  example: { correctionId: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c12', by: 'ci-analyst' },
});

import { z } from 'zod';
import { defineMessage } from './define-message';

/** The facts of these customers were scored anew. */
export const scoreChanged = defineMessage({
  name: 'score.changed',
  version: 1,
  owner: 'scoring',
  payload: z.object({ customerIds: z.array(z.uuid()) }),
  example: { customerIds: ['0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11'] },
});
export type ScoreChanged = { customerIds: string[] };

import { z } from 'zod';
import { replayRequestSchema } from '../http/quarantine';
import { defineCommand } from './define-command';

const item = z.object({ id: z.string(), status: z.string(), reason: z.string().optional(), pointer: z.string().optional(), fix: z.string().optional() });

/** Lets kept records in again, judged as any posted record is. At most a hundred at a time: the answer comes when all of them are committed. */
export const replayQuarantine = defineCommand({
  name: 'ingestion.replayQuarantine',
  request: replayRequestSchema.refine(({ limit, ids }) => limit <= 100 && (ids?.length ?? 0) <= 100, {
    path: ['limit'],
    message: 'at most a hundred at a time',
  }),
  reply: z.object({
    kind: z.literal('tried'),
    dryRun: z.boolean(),
    tried: z.int(),
    replayed: z.int(),
    stillQuarantined: z.int(),
    items: z.array(item),
  }),
  example: { ids: ['0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c15'], limit: 100, dryRun: false, by: 'developer' },
});

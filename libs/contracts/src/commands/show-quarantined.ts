import { z } from 'zod';
import { defineCommand } from './define-command';

/** The record of one kept item, redacted as it is stored. Read by its owner alone: no view shows bodies that were refused. */
export const showQuarantined = defineCommand({
  name: 'ingestion.showQuarantined',
  request: z.object({ id: z.uuid() }),
  reply: z.discriminatedUnion('kind', [z.object({ kind: z.literal('found'), record: z.unknown() }), z.object({ kind: z.literal('notFound') })]),
  example: { id: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c15' },
});

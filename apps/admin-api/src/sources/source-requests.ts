import { quarantineReasons } from '@throughline/contracts';
import { z } from 'zod';

const source = z.string().min(1).max(64);
const cursor = z.string().max(80);

export const eventsQuery = z.object({
  source: source.optional(),
  /** `system` or `system.type`: `ivr`, `agent.connected`. */
  type: z
    .string()
    .regex(/^[a-z]+(\.[A-Za-z]+)?$/, 'is a system, or a system and a type: agent.connected')
    .optional(),
  customer: z.uuid().optional(),
  /** From the last answer: what arrived since. Without it the newest are given. */
  cursor: cursor.optional(),
  /** An event, in place of a cursor: the newest of those that arrived before it are given. */
  before: z.uuid().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

export const keptQuery = z.object({
  source: source.optional(),
  reason: z.enum(quarantineReasons).optional(),
  state: z.enum(['open', 'replayed']).default('open'),
  cursor: cursor.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
});

/** A hundred records at a time: a page that replays a group asks again and again and shows how far it is. */
export const replayBody = z
  .strictObject({
    ids: z.array(z.uuid()).min(1).max(100),
    /** Top-level fields of one record, mended; null takes one away. */
    edit: z.record(z.string(), z.unknown()).optional(),
    dryRun: z.boolean().default(false),
  })
  .refine(({ ids, edit }) => edit === undefined || ids.length === 1, { path: ['edit'], message: 'an edit needs exactly one id' });

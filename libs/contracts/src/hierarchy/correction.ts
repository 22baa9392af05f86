import { z } from 'zod';
import { families } from '../event/vocabulary';

const level = z.enum(['interaction', 'engagement']);
const eventId = z.uuid();

/**
 * A person's correction of the hierarchy, as a fact: it names events, so it survives every rebuild; it is withdrawn, never changed.
 * - `join`: the nodes of `level` that hold the two events are one.
 * - `cut`: no edge of `level` crosses from before the event to it or later.
 * - `move`: the transaction of the event loses its edges of `level` and is tied to the node that holds `toEventId`.
 * - `relabel`: what the customer wanted, in the transaction of the event, was `family`.
 */
export const correctionSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('join'), level, eventId, toEventId: eventId }),
    z.object({ kind: z.literal('cut'), level, eventId }),
    z.object({ kind: z.literal('move'), level, eventId, toEventId: eventId }),
    z.object({ kind: z.literal('relabel'), eventId, family: z.enum(families), intent: z.string().min(1).max(200).optional() }),
  ])
  .and(z.object({ id: z.uuid(), at: z.int(), by: z.string().min(1).max(200), reason: z.string().max(1000).optional() }));
export type Correction = z.infer<typeof correctionSchema>;

import type { Level } from '@throughline/contracts';
import { compareRefs } from './event-order';
import type { Journey } from './hierarchy';

/**
 * The node of `level` that now holds the event: how any id that was ever shown is read, since an id is its level and its anchor event.
 * Null: the event is gone, or nothing of that level holds it (an item without interaction, or outside every engagement).
 */
export function resolveNode(journey: Journey, level: Level, eventId: string): string | null {
  const transaction = journey.transactions.find(({ events }) => events.some(({ id }) => id === eventId));
  if (!transaction) return null;
  if (level === 'journey') return journey.customerId;
  if (level === 'transaction') return transaction.id;
  if (level === 'interaction') return transaction.interaction?.id ?? null;
  const event = transaction.events.find(({ id }) => id === eventId)!;
  const node = transaction.nodes.findLast(({ from }) => compareRefs(from, event) <= 0)?.node ?? transaction.id;
  const component = journey.memberships.find((membership) => membership.node === node)?.component;
  return journey.engagements.find(({ components }) => component !== undefined && components.includes(component))?.id ?? null;
}

import type { Received } from './message-bus';

/** The distinct ids of a batch of messages, sorted: rows are locked in id order, and a thousand messages about one customer are one piece of work. */
export function mergeIds<Payload>(batch: readonly Received<Payload>[], idsOf: (payload: Payload) => readonly string[]): string[] {
  return idsInOrder(batch, idsOf).sort();
}

/** The distinct ids of a batch of messages in the order in which they came, for work that is cut into parts of which the earlier must be done first. */
export function idsInOrder<Payload>(batch: readonly Received<Payload>[], idsOf: (payload: Payload) => readonly string[]): string[] {
  return [...new Set(batch.flatMap(({ payload }) => idsOf(payload)))];
}

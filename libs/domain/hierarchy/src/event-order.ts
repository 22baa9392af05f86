import type { EventRef } from './hierarchy';

/** The total order of events, `(occurredAt, sourceSequence, id)`, on their places. */
export function compareRefs(a: EventRef, b: EventRef): number {
  return a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export function refOf(event: EventRef): EventRef {
  return { id: event.id, occurredAt: event.occurredAt, sourceSequence: event.sourceSequence };
}

export function earlierRef(a: EventRef, b: EventRef): EventRef {
  return compareRefs(a, b) <= 0 ? a : b;
}

/** Code unit order: the same in every process, whatever its locale. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

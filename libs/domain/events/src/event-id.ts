import { v5 } from 'uuid';

/** Namespace of all ids that the house derives. */
const house = '3d8b1a86-9c5e-5d0f-9a4b-6a1f3f6f2b10';

const sources = new Map<string, Uint8Array>();

/** The canonical id of a source's record: UUIDv5 of source and the source's own id, the same whenever and however often the record arrives. */
export function eventIdOf(source: string, sourceEventId: string): string {
  let namespace = sources.get(source);
  if (namespace === undefined) sources.set(source, (namespace = v5(source, house, new Uint8Array(16))));
  return v5(sourceEventId, namespace);
}

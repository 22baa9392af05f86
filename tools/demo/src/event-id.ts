import { v5 } from 'uuid';
import type { SourceName } from './demo-event';

/** Namespace of the platform's event ids, as its documentation gives it: a survey system has to name the event that it asks about. */
const platform = '3d8b1a86-9c5e-5d0f-9a4b-6a1f3f6f2b10';
const namespaces = new Map<string, Uint8Array>();

/** The id that the platform gives to a record of a source. */
export function eventIdOf(source: SourceName | string, sourceEventId: string): string {
  let namespace = namespaces.get(source);
  if (namespace === undefined) namespaces.set(source, (namespace = v5(source, platform, new Uint8Array(16))));
  return v5(sourceEventId, namespace);
}

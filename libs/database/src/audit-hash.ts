import { createHash } from 'node:crypto';

/** An entry as its hash sees it. `details` is the JSON text as stored; `at` is in milliseconds. */
export interface HashedEntry {
  readonly place: number;
  readonly at: number;
  readonly actorKind: string;
  readonly actorId: string | null;
  readonly actorName: string;
  readonly action: string;
  readonly target: string;
  readonly details: string;
  readonly address: string | null;
  readonly sessionId: string | null;
  readonly traceId: string | null;
}

/** SHA-256 over the hash of the entry before and every field of this one: changing, removing or inserting an entry changes all hashes after it. */
export function auditHash(previous: Buffer, entry: HashedEntry): Buffer {
  const { place, at, actorKind, actorId, actorName, action, target, details, address, sessionId, traceId } = entry;
  const fields = [place, at, actorKind, actorId, actorName, action, target, details, address, sessionId, traceId];
  return createHash('sha256').update(previous).update(JSON.stringify(fields)).digest();
}

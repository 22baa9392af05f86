import type { CanonicalEvent, QuarantineReason } from '@throughline/contracts';
import { eventIdOf, type TakenIn } from '@throughline/domain-events';

/** An item of a batch, ready for the transaction. */
export interface PreparedEvent {
  readonly kind: 'event';
  readonly eventId: string;
  readonly revision: number;
  /** 32 hexadecimal digits. */
  readonly fingerprint: string;
  readonly event: CanonicalEvent;
  readonly original: string;
  readonly adapter: string;
  readonly sanitized: number;
  readonly redacted: number;
}

export interface PreparedQuarantine {
  readonly kind: 'quarantined';
  readonly eventId: string;
  readonly fingerprint: string;
  readonly source: string;
  readonly adapter: string;
  readonly reason: QuarantineReason;
  readonly pointer: string;
  readonly fix: string;
  readonly sourceEventId: string | null;
  readonly receivedAt: number;
  readonly record: string;
  readonly sanitized: number;
  readonly redacted: number;
}

export type Prepared = PreparedEvent | PreparedQuarantine;

/** What the transaction needs of a judged record; null for a rejected one, which is not stored. */
export function prepare(taken: TakenIn, source: string, adapter: string, receivedAt: number): Prepared | null {
  if (taken.kind === 'rejected') return null;
  const { fingerprint } = taken;
  if (taken.kind === 'event') {
    const { event, original, sanitized, redacted } = taken;
    return { kind: 'event', eventId: event.id, revision: event.revision, fingerprint, event, original, adapter, sanitized, redacted };
  }
  const { reason, pointer, fix, sourceEventId, original, sanitized, redacted } = taken;
  const eventId = eventIdOf(source, sourceEventId ?? `content:${fingerprint}`);
  return { kind: 'quarantined', eventId, fingerprint, source, adapter, reason, pointer, fix, sourceEventId, receivedAt, record: original, sanitized, redacted };
}

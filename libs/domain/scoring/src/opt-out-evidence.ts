import { compareEvents, type CanonicalEvent, type Channel, type Family, type Instant, type OptOutReason } from '@throughline/contracts';

/** What one event shows of why a caller left a menu. */
export interface OptOutSign {
  /** `earlierContact`: it began another contact before this call. `talk`: who talked to the caller afterwards named the matter. */
  readonly kind: 'earlierContact' | 'notUnderstood' | 'askedForPerson' | 'cameBack' | 'atNode' | 'talk';
  readonly eventId: string;
  readonly at: Instant;
  readonly channel: Channel;
  /** Of the menu, where the event names one. */
  readonly node: string | null;
  /** What the matter was, of `talk`. */
  readonly family: Family | null;
}

/**
 * The events that a reason rests on (`whyOptedOut`), each as what it shows, in the order of time. `enteredAt`: when the caller entered the menu. Nothing that was said or typed is in a sign.
 * Equal events give equal signs, in whatever order they come.
 */
export function optOutEvidence(reason: OptOutReason, enteredAt: Instant, events: readonly CanonicalEvent[]): OptOutSign[] {
  return [...events].sort(compareEvents).map((event) => {
    const kind = kindOf(reason, enteredAt, event);
    return { kind, eventId: event.id, at: event.occurredAt, channel: event.channel, node: nodeOf(event), family: kind === 'talk' ? familyOf(event) : null };
  });
}

function kindOf(reason: OptOutReason, enteredAt: Instant, { occurredAt, system, type }: CanonicalEvent): OptOutSign['kind'] {
  if (occurredAt < enteredAt) return 'earlierContact';
  if (system !== 'ivr') return 'talk';
  if (type === 'invalidInput') return 'notUnderstood';
  if (type === 'keyPressed' || type === 'said') return 'askedForPerson';
  return reason === 'frustration' ? 'cameBack' : 'atNode';
}

function nodeOf({ system, type, attributes }: CanonicalEvent): string | null {
  const node = attributes['node'];
  return system === 'ivr' && (type === 'nodeEntered' || type === 'entered') && typeof node === 'string' && node !== '' ? node.slice(0, 200) : null;
}

const familyOf = ({ intents }: CanonicalEvent): Family | null =>
  intents.find(({ by, family }) => (by === 'disposition' || by === 'person') && family !== 'unknown')?.family ?? null;

import { compareEvents, vocabulary, type CanonicalEvent, type IdentitySettings, type Instant } from '@throughline/contracts';
import { keyWord, valueKeyOf, type ValueKey } from './normalise';

/** A naming value on one event. */
export interface NamingValue {
  readonly key: ValueKey;
  readonly rank: number;
  /** False: the event only acts for it. */
  readonly subject: boolean;
  readonly verified: boolean;
}

/** All that the identity rule reads of an event: its keys, normalised, and its place in time. */
export interface EventFacts {
  readonly id: string;
  readonly revision: number;
  readonly at: Instant;
  readonly sequence: number;
  /** `endedAt ?? occurredAt`. */
  readonly end: Instant;
  readonly internal: boolean;
  readonly naming: readonly NamingValue[];
  /** In the order in which they are asked: contact links, session key, devices and cookies. */
  readonly carriers: readonly ValueKey[];
  readonly session: ValueKey | null;
  readonly client: string | null;
}

/** A place in the total order of events. */
export interface Moment {
  readonly at: Instant;
  readonly sequence: number;
  readonly id: string;
}

export function compareMoments(a: Moment, b: Moment): number {
  return a.at - b.at || a.sequence - b.sequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const linkOrder = new Map<string, number>(vocabulary.contactLinkKinds.map((kind, index) => [kind, index]));

/** Reads an event's keys (docs/rules.md 1.1). An internal event keeps only its session key and contact links. */
export function readEvent(event: CanonicalEvent, settings: IdentitySettings): EventFacts {
  const internal = event.purpose === 'internal';
  const naming: { key: ValueKey; rank: number; subject: boolean; verified: boolean }[] = [];
  const devices: ValueKey[] = [];
  if (!internal)
    for (const identifier of event.identifiers) {
      if (identifier.role === 'mentioned') continue;
      const rule = settings.kinds[identifier.kind];
      const key = valueKeyOf(identifier, event.source, settings);
      if (key === null) continue;
      const subject = identifier.role === 'subject';
      if (rule.class === 'carrier') {
        if (subject && !devices.includes(key)) devices.push(key);
        continue;
      }
      const known = naming.find((value) => value.key === key);
      if (!known) naming.push({ key, rank: rule.rank, subject, verified: identifier.verified });
      else if (known.subject === subject) known.verified ||= identifier.verified;
      else if (subject) Object.assign(known, { subject, verified: identifier.verified });
    }
  const suffix = event.startedBy === 'callback' ? '/callback' : '';
  const links = event.contactLinks
    .map((link) => ({ order: linkOrder.get(link.kind) ?? 0, namespace: link.namespace, value: link.value + suffix, kind: link.kind }))
    .sort((a, b) => a.order - b.order || compareText(a.namespace, b.namespace) || compareText(a.value, b.value))
    .map((link) => `link:${link.kind}:${keyWord(link.namespace)}:${link.value}`);
  const session = event.sessionKey === undefined ? null : `session:${keyWord(event.source)}:${event.sessionKey}`;
  return {
    id: event.id,
    revision: event.revision,
    at: event.occurredAt,
    sequence: event.sourceSequence,
    end: event.endedAt ?? event.occurredAt,
    internal,
    naming,
    carriers: [...new Set([...links, ...(session === null ? [] : [session]), ...devices.sort(compareText)])],
    session,
    client: event.clientKey ?? null,
  };
}

export const momentOf = (facts: EventFacts): Moment => ({ at: facts.at, sequence: facts.sequence, id: facts.id });

export const compareFacts = (a: EventFacts, b: EventFacts): number =>
  compareEvents({ occurredAt: a.at, sourceSequence: a.sequence, id: a.id }, { occurredAt: b.at, sourceSequence: b.sequence, id: b.id });

export const isDevice = (carrier: ValueKey): boolean => carrier.startsWith('device:') || carrier.startsWith('cookie:');

import fc from 'fast-check';
import { defaultHierarchySettings as settings, type CanonicalEvent, type Correction, type Family } from '@throughline/contracts';
import type { OwnedEvent } from './hierarchy';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const start = Date.UTC(2026, 2, 2);

/** Every limit of the rule, for gaps at it, one millisecond below and one above. */
const limits = [
  ...Object.values(settings.transactionGapMs),
  settings.keyReuseMs,
  ...[settings.interactionGapMs.standard, settings.interactionGapMs.withAsynchronous, settings.interactionGapMs.betweenMessaging],
  settings.agentItemMs,
  settings.borrowMs,
  settings.keySilenceMs,
  ...Object.values(settings.families).flatMap(({ windowMs, reopenMs }) => [windowMs, reopenMs]),
];

const gap = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(0, 1, minute, 5 * minute, 20 * minute, hour, 3 * hour, 9 * hour) },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.constantFrom(...limits.filter((limit) => limit <= 4 * hour)), fc.constantFrom(-1, 0, 1)).map(([limit, by]) => limit + by),
  },
  { weight: 2, arbitrary: fc.tuple(fc.constantFrom(...limits), fc.constantFrom(-1, 0, 1)).map(([limit, by]) => limit + by) },
  { weight: 1, arbitrary: fc.integer({ min: 0, max: 20 * day }) },
);

type Shape = Partial<CanonicalEvent> & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>;

const shape: fc.Arbitrary<Shape> = fc.oneof(
  fc.constantFrom<Shape>(
    { system: 'ivr', type: 'entered', channel: 'voice' },
    { system: 'ivr', type: 'left', channel: 'voice' },
    { system: 'acd', type: 'enqueued', channel: 'voice', queue: 'q1' },
    { system: 'acd', type: 'callbackAccepted', channel: 'voice', queue: 'q1' },
    { system: 'acd', type: 'abandoned', channel: 'voice', queue: 'q2' },
    { system: 'agent', type: 'connected', channel: 'voice', agent: 'a1' },
    { system: 'agent', type: 'ended', channel: 'voice', agent: 'a2', ending: 'technical' },
    { system: 'agent', type: 'attempted', channel: 'voice', agent: 'a1', presence: 'away', initiator: 'agent' },
    { system: 'agent', type: 'monitored', channel: 'voice', agent: 'a3', presence: 'observer' },
    { system: 'agent', type: 'connected', channel: 'voice', agent: 'a1', startedBy: 'callback', initiator: 'agent' },
  ),
  fc.constantFrom<Shape>(
    { system: 'chat', type: 'messageReceived', channel: 'chat' },
    { system: 'messaging', type: 'messageReceived', channel: 'messaging' },
    { system: 'email', type: 'messageReceived', channel: 'email' },
    { system: 'email', type: 'messageSent', channel: 'email', presence: 'away', initiator: 'agent', agent: 'a1' },
    { system: 'web', type: 'pageViewed', channel: 'web', clientKey: 'b1' },
    { system: 'web', type: 'pageViewed', channel: 'app', clientKey: 'b2' },
    { system: 'crm', type: 'noteWritten', channel: 'voice', presence: 'away', initiator: 'agent', agent: 'a1' },
    { system: 'crm', type: 'ticketChanged', channel: 'voice', presence: 'away', initiator: 'system' },
    { system: 'order', type: 'placed', channel: 'web', presence: 'away', initiator: 'system' },
    { system: 'order', type: 'delivered', channel: 'web', presence: 'away', initiator: 'system' },
    { system: 'field', type: 'arrived', channel: 'field' },
    { system: 'survey', type: 'answered', channel: 'email', purpose: 'feedback' },
    { system: 'campaign', type: 'sent', channel: 'email', presence: 'none', purpose: 'marketing', initiator: 'system' },
  ),
);

const some = <T>(of: fc.Arbitrary<T>, weight: number): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: 10 - weight, arbitrary: fc.constant(undefined) }, { weight, arbitrary: of });

const key = fc.record({
  kind: fc.constantFrom('ticket' as const, 'order' as const, 'thread' as const),
  value: fc.constantFrom('1', '2'),
  state: some(fc.constantFrom('opened' as const, 'closed' as const, 'reopened' as const, 'cancelled' as const), 5),
});
const families: readonly Family[] = ['fault', 'billing', 'purchase', 'delivery', 'information', 'unknown'];

const draft = fc.record({
  gap,
  shape,
  lasts: some(fc.constantFrom(0, minute, 10 * minute, hour, 30 * hour), 2),
  sequence: fc.constantFrom(0, 0, 1),
  session: some(fc.constantFrom('s1', 's2'), 3),
  link: some(fc.constantFrom('l1', 'l2', 'l3'), 3),
  key: some(key, 4),
  secondKey: some(key, 1),
  intent: some(
    fc.record({ family: fc.constantFrom(...families), by: fc.constantFrom('statement' as const, 'text' as const), confidence: fc.constantFrom(499, 500, 900) }),
    4,
  ),
  outcome: some(fc.constantFrom('resolved' as const, 'sold' as const, 'cancelled' as const, 'unresolved' as const), 2),
  about: some(fc.nat(30), 4),
  decidedBy: fc.constantFrom('customerNumber::1', 'customerNumber::1', null),
});

/** One customer's events in order of time, full of equal times, reused keys and links, and gaps at the limits. */
export function journeyEvents(maxLength: number): fc.Arbitrary<OwnedEvent[]> {
  return fc.array(draft, { minLength: 1, maxLength, size: 'max' }).map((drafts) => {
    let at = start;
    const idOf = (place: number): string => `00000000-0000-5000-a000-${String((place * 7919) % 100_003).padStart(12, '0')}`;
    return drafts.map(({ gap: after, shape: fields, lasts, sequence, session, link, key: first, secondKey, intent, outcome, about, decidedBy }, place) => {
      at += after;
      const issueKeys = [first, secondKey].flatMap((each) =>
        each ? [{ kind: each.kind, namespace: '', value: each.value, ...(each.state && { state: each.state }) }] : [],
      );
      const event: CanonicalEvent = {
        id: idOf(place),
        revision: 0,
        source: 'desk',
        sourceEventId: String(place),
        sourceSequence: sequence,
        occurredAt: at,
        receivedAt: at,
        initiator: 'customer',
        presence: 'live',
        purpose: 'service',
        identifiers: [],
        contactLinks: link ? [{ kind: 'call', namespace: '', value: link }] : [],
        issueKeys,
        intents: intent ? [{ intent: 'wish', ...intent }] : [],
        attributes: {},
        ...fields,
        ...(lasts !== undefined && { endedAt: at + lasts }),
        ...(session && { sessionKey: session }),
        ...(outcome && { outcome }),
        ...(fields.purpose === 'feedback' && about !== undefined && { aboutEventId: idOf(about % drafts.length) }),
      };
      return { event, decidedBy };
    });
  });
}

/** Corrections that name events of the list. */
export function correctionsOf(events: readonly OwnedEvent[]): fc.Arbitrary<Correction[]> {
  const eventId = fc.constantFrom(...events.map(({ event }) => event.id));
  const level = fc.constantFrom('interaction' as const, 'engagement' as const);
  const one = fc.oneof(
    fc.record({ kind: fc.constantFrom('join' as const, 'move' as const), level, eventId, toEventId: eventId }),
    fc.record({ kind: fc.constant('cut' as const), level, eventId }),
    fc.record({ kind: fc.constant('relabel' as const), eventId, family: fc.constantFrom(...families) }),
  );
  return fc
    .array(fc.tuple(one, fc.nat(3)), { maxLength: 3 })
    .map((corrections) =>
      corrections.map(
        ([correction, at], place) => ({ ...correction, id: `00000000-0000-4000-8000-00000000000${place}`, at: start + at, by: 'eva' }) as Correction,
      ),
    );
}

import type { CanonicalEvent, Decision, Identifier, IdentifierKind } from '@throughline/contracts';
import fc from 'fast-check';

const hour = 3_600_000;
const day = 24 * hour;

/** Builds an event for a test; everything not given is plain. */
export function eventOf(given: Partial<CanonicalEvent> & { readonly id: string; readonly occurredAt: number }): CanonicalEvent {
  return {
    revision: 0,
    source: 'src',
    sourceEventId: given.id,
    sourceSequence: 0,
    receivedAt: 0,
    system: 'web',
    type: 'pageViewed',
    channel: 'web',
    initiator: 'customer',
    presence: 'live',
    purpose: 'service',
    identifiers: [],
    contactLinks: [],
    issueKeys: [],
    intents: [],
    attributes: {},
    ...given,
  };
}

export const identifierOf = (kind: IdentifierKind, value: string, rest: Partial<Identifier> = {}): Identifier => ({
  kind,
  namespace: '',
  value,
  verified: false,
  role: 'subject',
  ...rest,
});

export const uuidOf = (n: number): string => `00000000-0000-4000-8000-${n.toString(16).padStart(12, '0')}`;

const kinds: readonly IdentifierKind[] = [
  'customerNumber',
  'customerNumber',
  'contract',
  'crmContact',
  'login',
  'email',
  'email',
  'phone',
  'phone',
  'socialHandle',
  'cookie',
  'device',
];

const anIdentifier: fc.Arbitrary<Identifier> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    value: fc.constantFrom('a1', 'b2', 'c3', 'd4', 'e5'),
    namespace: fc.constantFrom('', '', '', 'n'),
    verified: fc.boolean(),
    role: fc.constantFrom('subject' as const, 'subject' as const, 'subject' as const, 'subject' as const, 'actingFor' as const, 'mentioned' as const),
  })
  .map((identifier) =>
    identifier.kind === 'phone' ? { ...identifier, value: `+1555010${'a1b2c3d4e5'.indexOf(identifier.value)}123`.slice(0, 12) } : identifier,
  );

/** Instants around the limits of the rule: 24 h, 30 d, 90 d, 180 d and 365 d, each with one millisecond to either side. */
const anInstant = fc
  .tuple(
    fc.constantFrom(0, 0, 1, 2, 365, 366, 731),
    fc.constantFrom(0, 1, 30, 89, 90, 91, 180),
    fc.constantFrom(0, 0, hour, 23 * hour, 24 * hour),
    fc.constantFrom(-1, 0, 0, 0, 1),
  )
  .map(([d, e, h, ms]) => 1_000 * day + d * day + e * day + h + ms);

interface Drawn {
  readonly identifiers: readonly Identifier[];
  readonly occurredAt: number;
  readonly lasts: number | undefined;
  readonly sequence: number;
  readonly session: string | undefined;
  readonly client: string | undefined;
  readonly links: readonly string[];
  readonly callback: boolean;
  readonly internal: boolean;
}

const aDrawn: fc.Arbitrary<Drawn> = fc.record({
  identifiers: fc.array(anIdentifier, { maxLength: 3 }),
  occurredAt: anInstant,
  lasts: fc.constantFrom(undefined, undefined, 0, hour, 2 * day),
  sequence: fc.constantFrom(0, 0, 1),
  session: fc.constantFrom(undefined, 's1', 's2'),
  client: fc.constantFrom(undefined, 'c1', 'c2'),
  links: fc.subarray(['x', 'y']),
  callback: fc.constantFrom(false, false, false, true),
  internal: fc.constantFrom(false, false, false, false, false, true),
});

function toEvent(drawn: Drawn, n: number, revision = 0): CanonicalEvent {
  return eventOf({
    id: uuidOf(n),
    revision,
    occurredAt: drawn.occurredAt,
    sourceSequence: drawn.sequence,
    identifiers: drawn.identifiers,
    contactLinks: drawn.links.map((value) => ({ kind: 'call', namespace: '', value })),
    ...(drawn.lasts === undefined ? {} : { endedAt: drawn.occurredAt + drawn.lasts }),
    ...(drawn.session === undefined ? {} : { sessionKey: drawn.session }),
    ...(drawn.client === undefined ? {} : { clientKey: drawn.client }),
    ...(drawn.callback ? { startedBy: 'callback' as const } : {}),
    ...(drawn.internal ? { purpose: 'internal' as const } : {}),
  });
}

/** Events of a small crowded world, in no order. */
export const someEvents = (maxLength: number): fc.Arbitrary<CanonicalEvent[]> =>
  fc.array(aDrawn, { minLength: 1, maxLength }).map((all) => all.map((drawn, n) => toEvent(drawn, n)));

/** A correction of one of the events: another reading at a higher revision, at the same instant. */
export const aCorrection = (events: readonly CanonicalEvent[]): fc.Arbitrary<CanonicalEvent> =>
  fc
    .tuple(fc.nat(events.length - 1), aDrawn)
    .map(([n, drawn]) => ({ ...toEvent(drawn, n, 1), occurredAt: events[n]!.occurredAt, endedAt: events[n]!.occurredAt + hour }));

const aRef = anIdentifier.map(({ kind, value, namespace }) => ({ kind, value, namespace }));

export const someDecisions = (maxLength: number): fc.Arbitrary<Decision[]> =>
  fc
    .array(
      fc.oneof(
        fc.record({ kind: fc.constant('same' as const), a: aRef, b: aRef }),
        fc.record({ kind: fc.constant('different' as const), a: aRef, b: aRef }),
        fc.record({ kind: fc.constant('household' as const), a: aRef, b: aRef }),
        fc.record({ kind: fc.constant('assign' as const), value: aRef, to: aRef, from: anInstant, until: fc.option(anInstant, { nil: undefined }) }),
      ),
      { maxLength },
    )
    .chain((all) => fc.tuple(fc.constant(all), fc.array(anInstant, { minLength: all.length, maxLength: all.length })))
    .map(([all, ats]) => all.map((decision, n) => ({ ...decision, id: uuidOf(0xd00000 + n), at: ats[n]!, by: 'tester' }) as Decision));

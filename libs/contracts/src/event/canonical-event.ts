import { z } from 'zod';
import {
  channels,
  contactLinkKinds,
  endings,
  eventTypes,
  families,
  identifierKinds,
  identifierRoles,
  initiators,
  intentSources,
  issueKeyKinds,
  issueKeyStates,
  outcomes,
  presences,
  purposes,
  systems,
  type Channel,
  type ContactLinkKind,
  type Ending,
  type EventType,
  type Family,
  type IdentifierKind,
  type IdentifierRole,
  type Initiator,
  type IntentSource,
  type IssueKeyKind,
  type IssueKeyState,
  type Outcome,
  type Presence,
  type Purpose,
  type System,
} from './vocabulary';

/** UTC milliseconds since 1970. A day is always 86,400,000 of them. */
export type Instant = number;

/** A value that may point at a customer, as the source sent it; `libs/domain/identity` normalises it for matching. `namespace` tells apart the customer numbers of two companies or systems; '' is the installation's own. */
export interface Identifier {
  readonly kind: IdentifierKind;
  readonly namespace: string;
  readonly value: string;
  readonly verified: boolean;
  readonly role: IdentifierRole;
}

export interface ContactLink {
  readonly kind: ContactLinkKind;
  readonly namespace: string;
  readonly value: string;
}

export interface IssueKey {
  readonly kind: IssueKeyKind;
  readonly namespace: string;
  readonly value: string;
  readonly state?: IssueKeyState;
}

export interface Intent {
  readonly intent: string;
  readonly family: Family;
  /** 0–1000. */
  readonly confidence: number;
  readonly by: IntentSource;
}

/**
 * One discrete contact between customer and organisation, in the slim form from which every rule starts.
 * `id` is UUIDv5 of source and the source's own event id, so the same record has the same id whenever it arrives.
 */
export interface CanonicalEvent {
  readonly id: string;
  /** Of a record the vendor corrects: the greatest wins. 0 where the source has none. */
  readonly revision: number;
  readonly source: string;
  readonly sourceEventId: string;
  readonly sourceSequence: number;
  readonly occurredAt: Instant;
  /** Only for records that are spans; never before `occurredAt`. */
  readonly endedAt?: Instant;
  /** No rule reads it. */
  readonly receivedAt: Instant;
  readonly system: System;
  readonly type: EventType;
  readonly channel: Channel;
  readonly initiator: Initiator;
  readonly presence: Presence;
  readonly purpose: Purpose;
  readonly identifiers: readonly Identifier[];
  readonly sessionKey?: string;
  readonly clientKey?: string;
  readonly contactLinks: readonly ContactLink[];
  readonly issueKeys: readonly IssueKey[];
  readonly agent?: string;
  readonly queue?: string;
  readonly site?: string;
  readonly intents: readonly Intent[];
  readonly ending?: Ending;
  readonly outcome?: Outcome;
  /** The leg was started by calling the customer back: it reads its contact links as `<value>/callback` and as issue keys `callback`. */
  readonly startedBy?: 'callback';
  /** Feedback only: the event it was asked about. */
  readonly aboutEventId?: string;
  readonly amount?: { readonly minorUnits: number; readonly currency: string };
  readonly textRef?: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The total order of events everywhere: `(occurredAt, sourceSequence, id)`. */
export function compareEvents(
  a: Pick<CanonicalEvent, 'occurredAt' | 'sourceSequence' | 'id'>,
  b: Pick<CanonicalEvent, 'occurredAt' | 'sourceSequence' | 'id'>,
): number {
  return a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

const word = z.string().min(1).max(200);
const instant = z.int().min(0).max(253_402_300_799_999);

/** Checks a stored or composed canonical event. What clients send is the wider `postedEvent` of `http/`. */
export const canonicalEventSchema: z.ZodType<CanonicalEvent> = z
  .strictObject({
    id: z.uuid(),
    revision: z.int().min(0),
    source: word,
    sourceEventId: word,
    sourceSequence: z.int().min(0),
    occurredAt: instant,
    endedAt: instant.optional(),
    receivedAt: instant,
    system: z.enum(systems),
    type: z.string() as unknown as z.ZodType<EventType>,
    channel: z.enum(channels),
    initiator: z.enum(initiators),
    presence: z.enum(presences),
    purpose: z.enum(purposes),
    identifiers: z.array(
      z.strictObject({
        kind: z.enum(identifierKinds),
        namespace: z.string().max(100),
        value: z.string().max(500),
        verified: z.boolean(),
        role: z.enum(identifierRoles),
      }),
    ),
    sessionKey: word.optional(),
    clientKey: word.optional(),
    contactLinks: z.array(z.strictObject({ kind: z.enum(contactLinkKinds), namespace: z.string().max(100), value: word })),
    issueKeys: z.array(z.strictObject({ kind: z.enum(issueKeyKinds), namespace: z.string().max(100), value: word, state: z.enum(issueKeyStates).optional() })),
    agent: word.optional(),
    queue: word.optional(),
    site: word.optional(),
    intents: z.array(z.strictObject({ intent: word, family: z.enum(families), confidence: z.int().min(0).max(1000), by: z.enum(intentSources) })),
    ending: z.enum(endings).optional(),
    outcome: z.enum(outcomes).optional(),
    startedBy: z.literal('callback').optional(),
    aboutEventId: z.uuid().optional(),
    amount: z.strictObject({ minorUnits: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }).optional(),
    textRef: word.optional(),
    attributes: z.record(z.string(), z.unknown()),
  })
  .superRefine((event, context) => {
    if (!(eventTypes[event.system] as readonly string[]).includes(event.type))
      context.addIssue({
        code: 'custom',
        path: ['type'],
        message: `"${event.type}" is no type of system "${event.system}"; use one of: ${eventTypes[event.system].join(', ')}`,
      });
    if (event.endedAt !== undefined && event.endedAt < event.occurredAt)
      context.addIssue({ code: 'custom', path: ['endedAt'], message: 'endedAt is before occurredAt' });
  }) as unknown as z.ZodType<CanonicalEvent>;

import { z } from 'zod';
import {
  channels,
  contactLinkKinds,
  endings,
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
} from '../event/vocabulary';

const word = z.string().min(1).max(200);
const time = z.union([z.string().max(64), z.int()]).describe('RFC 3339 with a zone, or integer milliseconds since 1970 UTC');

/**
 * What a client posts to `POST /v1/events`: the canonical event with defaults. Only `sourceEventId`, `occurredAt`, `system` and `type` are required.
 * This schema is the published contract; `libs/domain/events` checks by hand for speed and a property test holds the two together.
 */
export const postedEventSchema = z.strictObject({
  sourceEventId: word.describe('The id the source itself gives the record; the same id is never stored twice'),
  occurredAt: time,
  endedAt: time.nullish().describe('Only for records that are spans'),
  system: z.enum(systems),
  type: word.describe('A type of that system, e.g. ivr: keyPressed'),
  revision: z.int().min(0).max(2_147_483_647).nullish().describe('Of a record the source corrects: the greatest wins'),
  sourceSequence: z.int().min(0).nullish().describe('Order of events of one millisecond'),
  channel: z.enum(channels).nullish(),
  initiator: z.enum(initiators).nullish(),
  presence: z.enum(presences).nullish(),
  purpose: z.enum(purposes).nullish(),
  identifiers: z
    .array(
      z.strictObject({
        kind: z.enum(identifierKinds),
        value: z.string().min(1).max(500),
        namespace: z.string().max(100).nullish(),
        verified: z.boolean().nullish(),
        role: z.enum(identifierRoles).nullish(),
      }),
    )
    .max(50)
    .nullish(),
  sessionKey: word.nullish(),
  clientKey: word.nullish(),
  contactLinks: z
    .array(z.strictObject({ kind: z.enum(contactLinkKinds), value: word, namespace: z.string().max(100).nullish().describe('Default: the source') }))
    .max(50)
    .nullish(),
  issueKeys: z
    .array(z.strictObject({ kind: z.enum(issueKeyKinds), value: word, namespace: z.string().max(100).nullish(), state: z.enum(issueKeyStates).nullish() }))
    .max(50)
    .nullish(),
  agent: word.nullish(),
  queue: word.nullish(),
  site: word.nullish(),
  intents: z
    .array(
      z.strictObject({
        intent: word,
        family: z.enum(families).nullish(),
        confidence: z.int().min(0).max(1000).nullish(),
        by: z.enum(intentSources).nullish(),
      }),
    )
    .max(20)
    .nullish(),
  ending: z.enum(endings).nullish(),
  outcome: z.enum(outcomes).nullish(),
  startedBy: z.literal('callback').nullish(),
  aboutEventId: z.uuid().nullish(),
  amount: z.strictObject({ minorUnits: z.int(), currency: z.string().regex(/^[A-Z]{3}$/) }).nullish(),
  textRef: word.nullish(),
  text: z.string().max(100_000).nullish().describe('Kept as attributes.text after redaction'),
  attributes: z.record(z.string(), z.unknown()).nullish(),
  sentAt: time.nullish().describe('Transport: says nothing about the event, left out of the comparison of duplicates'),
});
export type PostedEvent = z.infer<typeof postedEventSchema>;

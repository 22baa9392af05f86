import {
  vocabulary,
  type CanonicalEvent,
  type ContactLink,
  type EventType,
  type Identifier,
  type Intent,
  type IssueKey,
  type QuarantineReason,
  type SourceSettings,
  type System,
} from '@throughline/contracts';
import { defaultsOf } from './event-defaults';
import { eventIdOf } from './event-id';
import { parseTime } from './parse-time';

/** The canonical form, or why there is none: `quarantined` items are kept for mending, `rejected` ones (no usable id) are not stored. `pointer` is a JSON pointer into the posted event. */
export type CanonicalResult =
  | { readonly kind: 'event'; readonly event: CanonicalEvent }
  | { readonly kind: 'quarantined'; readonly reason: QuarantineReason; readonly pointer: string; readonly fix: string }
  | { readonly kind: 'rejected'; readonly reason: 'invalid_id' | 'not_an_object'; readonly pointer: string; readonly fix: string };

const dayMs = 86_400_000;
/** The farthest instant a date can have: 9999-12-31. */
const latestInstant = 253_402_300_799_999;
const attributesDefault: Readonly<Record<string, unknown>> = {};

/** Thrown inside this file only, where a nested check finds the item at fault; never leaves it. */
class Fault {
  constructor(
    readonly reason: QuarantineReason,
    readonly pointer: string,
    readonly fix: string,
  ) {}
}

const fields = new Set([
  'sourceEventId',
  'occurredAt',
  'endedAt',
  'system',
  'type',
  'revision',
  'sourceSequence',
  'channel',
  'initiator',
  'presence',
  'purpose',
  'identifiers',
  'sessionKey',
  'clientKey',
  'contactLinks',
  'issueKeys',
  'agent',
  'queue',
  'site',
  'intents',
  'ending',
  'outcome',
  'startedBy',
  'aboutEventId',
  'amount',
  'textRef',
  'text',
  'attributes',
  'sentAt',
]);

/** Fields of the posted form that say nothing about the event: two deliveries that differ only in them are one. */
export const postedTransportFields: ReadonlySet<string> = new Set(['sentAt']);

/**
 * The canonical event of a posted one, with the defaults of system, type and source. Times are RFC 3339 with a zone or integer milliseconds.
 * A time more than 24 h ahead of `receivedAt` (`too_far_ahead`), before 1970 or after 9999 (`time_out_of_range`) or beyond the source's horizon (`too_old`) is kept aside and listed: no rule may see it, and it holds up nobody.
 */
export function toCanonicalEvent(posted: unknown, source: SourceSettings, receivedAt: number): CanonicalResult {
  if (!isObject(posted)) return { kind: 'rejected', reason: 'not_an_object', pointer: '', fix: 'send each event as a JSON object' };
  const sourceEventId = posted['sourceEventId'];
  if (typeof sourceEventId !== 'string' || sourceEventId.length === 0 || sourceEventId.length > 200)
    return {
      kind: 'rejected',
      reason: 'invalid_id',
      pointer: '/sourceEventId',
      fix: 'give the id that the source itself uses for the record: a text of 1 to 200 characters',
    };
  try {
    return canonical(posted, sourceEventId, source, receivedAt);
  } catch (fault) {
    if (fault instanceof Fault) return { kind: 'quarantined', reason: fault.reason, pointer: fault.pointer, fix: fault.fix };
    throw fault;
  }
}

function canonical(posted: Record<string, unknown>, sourceEventId: string, source: SourceSettings, receivedAt: number): CanonicalResult {
  for (const name in posted)
    if (!fields.has(name))
      throw new Fault('invalid', `/${escapePointer(name)}`, `"${name.slice(0, 60)}" is no field of an event; put it under "attributes"${similar(name)}`);
  const system = posted['system'] as System;
  const types = typeof system === 'string' && Object.hasOwn(vocabulary.eventTypes, system) ? (vocabulary.eventTypes[system] as readonly string[]) : undefined;
  if (types === undefined) throw new Fault('invalid', '/system', `use one of: ${vocabulary.systems.join(', ')}`);
  const type = posted['type'] as EventType;
  if (!types.includes(type))
    throw new Fault('invalid', '/type', `for system "${system}" use one of: ${types.join(', ')}; keep the vendor's own word under "attributes"`);
  const occurredAt = timeOf(posted['occurredAt'], '/occurredAt');
  if (occurredAt === undefined)
    throw new Fault('invalid', '/occurredAt', 'say when it happened: RFC 3339 with a zone, e.g. "2026-03-02T15:05:00Z", or milliseconds since 1970');
  if (occurredAt > receivedAt + dayMs)
    throw new Fault('too_far_ahead', '/occurredAt', "the time lies more than 24 h in the future: correct the source's clock or zone, then replay");
  if (occurredAt < receivedAt - source.horizonDays * dayMs)
    throw new Fault('too_old', '/occurredAt', `older than the source's horizon of ${source.horizonDays} days: raise "horizonDays" of the source, then replay`);
  let endedAt = timeOf(posted['endedAt'], '/endedAt');
  let attributes = attributesOf(posted['attributes']);
  if (endedAt !== undefined && endedAt < occurredAt) {
    if (source.negativeSpan === 'quarantine')
      throw new Fault('negative_span', '/endedAt', 'it ends before it begins: correct it, or set "negativeSpan" of the source to "repair"');
    attributes = {
      ...attributes,
      repaired: [...repairsIn(attributes), `negative_span: ended ${occurredAt - endedAt} ms before it began; the end was left out`],
    };
    endedAt = undefined;
  }
  const text = optionalText(posted, 'text', 100_000);
  if (text !== undefined) attributes = { ...attributes, text };
  const byDefault = defaultsOf(system, type);
  const sessionKey = optionalText(posted, 'sessionKey', 200);
  const clientKey = optionalText(posted, 'clientKey', 200);
  const agent = optionalText(posted, 'agent', 200);
  const queue = optionalText(posted, 'queue', 200);
  const site = optionalText(posted, 'site', 200);
  const ending = optionalWord(posted, 'ending', vocabulary.endings);
  const outcome = optionalWord(posted, 'outcome', vocabulary.outcomes);
  const startedBy = optionalWord(posted, 'startedBy', callback);
  const aboutEventId = optionalText(posted, 'aboutEventId', 36);
  if (aboutEventId !== undefined && !uuid.test(aboutEventId))
    throw new Fault('invalid', '/aboutEventId', 'give the event id (a UUID) that the answer to the posted event named');
  const amount = amountOf(posted['amount']);
  const textRef = optionalText(posted, 'textRef', 200);
  const event: Writable<CanonicalEvent> = {
    id: eventIdOf(source.name, sourceEventId),
    revision: optionalInteger(posted, 'revision', 2_147_483_647) ?? 0,
    source: source.name,
    sourceEventId,
    sourceSequence: optionalInteger(posted, 'sourceSequence', Number.MAX_SAFE_INTEGER) ?? 0,
    occurredAt,
    receivedAt,
    system,
    type,
    channel: optionalWord(posted, 'channel', vocabulary.channels) ?? byDefault.channel,
    initiator: optionalWord(posted, 'initiator', vocabulary.initiators) ?? byDefault.initiator,
    presence: optionalWord(posted, 'presence', vocabulary.presences) ?? byDefault.presence,
    purpose: optionalWord(posted, 'purpose', vocabulary.purposes) ?? byDefault.purpose,
    identifiers: listOf(posted['identifiers'], '/identifiers', 50, source.name, identifierOf),
    contactLinks: listOf(posted['contactLinks'], '/contactLinks', 50, source.name, contactLinkOf),
    issueKeys: listOf(posted['issueKeys'], '/issueKeys', 50, source.name, issueKeyOf),
    intents: listOf(posted['intents'], '/intents', 20, source.name, intentOf),
    attributes,
  };
  if (endedAt !== undefined) event.endedAt = endedAt;
  if (sessionKey !== undefined) event.sessionKey = sessionKey;
  if (clientKey !== undefined) event.clientKey = clientKey;
  if (agent !== undefined) event.agent = agent;
  if (queue !== undefined) event.queue = queue;
  if (site !== undefined) event.site = site;
  if (ending !== undefined) event.ending = ending;
  if (outcome !== undefined) event.outcome = outcome;
  if (startedBy !== undefined) event.startedBy = startedBy;
  if (aboutEventId !== undefined) event.aboutEventId = aboutEventId;
  if (amount !== undefined) event.amount = amount;
  if (textRef !== undefined) event.textRef = textRef;
  return { kind: 'event', event };
}

type Writable<Type> = { -readonly [Key in keyof Type]: Type[Key] };

const callback = ['callback'] as const;
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const none: readonly never[] = [];

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const escapePointer = (name: string): string => name.replaceAll('~', '~0').replaceAll('/', '~1');

function similar(name: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z]/g, '')
    .slice(0, 60);
  for (const field of fields) {
    const known = field.toLowerCase();
    if (plain === known || plain === `${known}s` || plain === `${known}id` || `${plain}s` === known || nearly(plain, known))
      return `, or did you mean "${field}"?`;
  }
  return '';
}

/** One letter left out, added or changed. */
function nearly(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1 || a.length < 4) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  return a.slice(start + (a.length >= b.length ? 1 : 0)) === b.slice(start + (b.length >= a.length ? 1 : 0));
}

function timeOf(value: unknown, pointer: string): number | undefined {
  if (value === undefined || value === null) return undefined;
  let at: number;
  if (typeof value === 'number') {
    if (!Number.isInteger(value)) throw new Fault('invalid', pointer, 'milliseconds are whole numbers');
    at = value;
  } else if (typeof value === 'string') {
    const parsed = parseTime(value);
    if (parsed.kind === 'noZone') throw new Fault('invalid', pointer, 'the time has no zone: end it with "Z" or an offset such as "+02:00"');
    if (parsed.kind === 'invalid') {
      if (/^[+-]?\d{5,}-|^[+-]?infinity$|^-\d/i.test(value)) throw new Fault('time_out_of_range', pointer, 'no such time between 1970 and 9999');
      throw new Fault('invalid', pointer, 'write the time as RFC 3339 with a zone, e.g. "2026-03-02T15:05:00.000Z", or as milliseconds since 1970');
    }
    at = parsed.at;
  } else throw new Fault('invalid', pointer, 'a time is a text (RFC 3339 with a zone) or a number (milliseconds since 1970)');
  if (at < 0 || at > latestInstant) throw new Fault('time_out_of_range', pointer, 'no such time between 1970 and 9999');
  return at;
}

function attributesOf(value: unknown): Readonly<Record<string, unknown>> {
  if (value === undefined || value === null) return attributesDefault;
  if (!isObject(value)) throw new Fault('invalid', '/attributes', 'attributes is an object');
  return value;
}

const repairsIn = (attributes: Readonly<Record<string, unknown>>): readonly unknown[] =>
  Array.isArray(attributes['repaired']) ? (attributes['repaired'] as unknown[]) : none;

function optionalText(posted: Record<string, unknown>, name: string, limit: number): string | undefined {
  const value = posted[name];
  if (value === undefined || value === null) return undefined;
  return textOf(value, `/${name}`, name === 'text' ? 0 : 1, limit);
}

function textOf(value: unknown, pointer: string, least: number, limit: number): string {
  if (typeof value !== 'string') throw new Fault('invalid', pointer, 'send it as a text');
  if (value.length < least) throw new Fault('invalid', pointer, 'it is empty: leave the field out instead');
  if (value.length > limit) throw new Fault('invalid', pointer, `at most ${limit} characters`);
  return value;
}

function optionalWord<Word extends string>(posted: Record<string, unknown>, name: string, words: readonly Word[]): Word | undefined {
  const value = posted[name];
  if (value === undefined || value === null) return undefined;
  return wordOf(value, `/${name}`, words);
}

function wordOf<Word extends string>(value: unknown, pointer: string, words: readonly Word[]): Word {
  if (typeof value === 'string' && (words as readonly string[]).includes(value)) return value as Word;
  throw new Fault('invalid', pointer, `use one of: ${words.join(', ')}`);
}

function optionalInteger(posted: Record<string, unknown>, name: string, limit: number): number | undefined {
  const value = posted[name];
  if (value === undefined || value === null) return undefined;
  return integerOf(value, `/${name}`, limit);
}

function integerOf(value: unknown, pointer: string, limit: number): number {
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > limit)
    throw new Fault('invalid', pointer, `a whole number from 0 to ${limit}`);
  return value;
}

function listOf<Item>(
  value: unknown,
  pointer: string,
  limit: number,
  source: string,
  itemOf: (item: Record<string, unknown>, pointer: string, source: string) => Item,
): readonly Item[] {
  if (value === undefined || value === null) return none;
  if (!Array.isArray(value)) throw new Fault('invalid', pointer, 'send a list');
  if (value.length > limit) throw new Fault('invalid', pointer, `at most ${limit}`);
  return value.map((item, index) => {
    const at = `${pointer}/${index}`;
    if (!isObject(item)) throw new Fault('invalid', at, 'send an object');
    return itemOf(item, at, source);
  });
}

function onlyFields(item: Record<string, unknown>, pointer: string, known: readonly string[]): void {
  for (const name in item)
    if (!known.includes(name)) throw new Fault('invalid', `${pointer}/${escapePointer(name)}`, `only ${known.join(', ')} may stand here`);
}

const identifierFields = ['kind', 'value', 'namespace', 'verified', 'role'] as const;
function identifierOf(item: Record<string, unknown>, pointer: string): Identifier {
  onlyFields(item, pointer, identifierFields);
  const verified = item['verified'];
  if (verified !== undefined && verified !== null && typeof verified !== 'boolean') throw new Fault('invalid', `${pointer}/verified`, 'true or false');
  return {
    kind: wordOf(item['kind'], `${pointer}/kind`, vocabulary.identifierKinds),
    namespace: namespaceOf(item, pointer) ?? '',
    value: textOf(item['value'], `${pointer}/value`, 1, 500),
    verified: verified ?? false,
    role: item['role'] === undefined || item['role'] === null ? 'subject' : wordOf(item['role'], `${pointer}/role`, vocabulary.identifierRoles),
  };
}

const contactLinkFields = ['kind', 'value', 'namespace'] as const;
function contactLinkOf(item: Record<string, unknown>, pointer: string, source: string): ContactLink {
  onlyFields(item, pointer, contactLinkFields);
  return {
    kind: wordOf(item['kind'], `${pointer}/kind`, vocabulary.contactLinkKinds),
    namespace: namespaceOf(item, pointer) ?? source,
    value: textOf(item['value'], `${pointer}/value`, 1, 200),
  };
}

const issueKeyFields = ['kind', 'value', 'namespace', 'state'] as const;
function issueKeyOf(item: Record<string, unknown>, pointer: string): IssueKey {
  onlyFields(item, pointer, issueKeyFields);
  const state = item['state'] === undefined || item['state'] === null ? undefined : wordOf(item['state'], `${pointer}/state`, vocabulary.issueKeyStates);
  return {
    kind: wordOf(item['kind'], `${pointer}/kind`, vocabulary.issueKeyKinds),
    namespace: namespaceOf(item, pointer) ?? '',
    value: textOf(item['value'], `${pointer}/value`, 1, 200),
    ...(state === undefined ? undefined : { state }),
  };
}

const intentFields = ['intent', 'family', 'confidence', 'by'] as const;
function intentOf(item: Record<string, unknown>, pointer: string): Intent {
  onlyFields(item, pointer, intentFields);
  return {
    intent: textOf(item['intent'], `${pointer}/intent`, 1, 200),
    family: item['family'] === undefined || item['family'] === null ? 'unknown' : wordOf(item['family'], `${pointer}/family`, vocabulary.families),
    confidence: item['confidence'] === undefined || item['confidence'] === null ? 1000 : integerOf(item['confidence'], `${pointer}/confidence`, 1000),
    by: item['by'] === undefined || item['by'] === null ? 'disposition' : wordOf(item['by'], `${pointer}/by`, vocabulary.intentSources),
  };
}

function namespaceOf(item: Record<string, unknown>, pointer: string): string | undefined {
  const value = item['namespace'];
  return value === undefined || value === null ? undefined : textOf(value, `${pointer}/namespace`, 0, 100);
}

const amountFields = ['minorUnits', 'currency'] as const;
function amountOf(value: unknown): { minorUnits: number; currency: string } | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw new Fault('invalid', '/amount', 'an object of minorUnits and currency');
  onlyFields(value, '/amount', amountFields);
  const minorUnits = value['minorUnits'];
  const currency = value['currency'];
  if (typeof minorUnits !== 'number' || !Number.isSafeInteger(minorUnits))
    throw new Fault('invalid', '/amount/minorUnits', 'a whole number of the smallest unit, e.g. cents');
  if (typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency)) throw new Fault('invalid', '/amount/currency', 'three capital letters, e.g. EUR');
  return { minorUnits, currency };
}

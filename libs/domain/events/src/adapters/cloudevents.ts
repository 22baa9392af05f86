import type { SourceSettings } from '@throughline/contracts';
import type { Adapted, Adapter } from './adapter';
import { systemAndType } from './event-words';
import {
  addIdentifier,
  addUserId,
  emptyDraft,
  finished,
  identifierKindOf,
  isRecord,
  readKnownProperties,
  stateOfKeys,
  wordIn,
  type Draft,
} from './known-properties';

/**
 * CloudEvents 1.0 in structured form (binary requests are turned into it by `cloudEventOfHeaders`), with the correlation extension and the identity extensions of Webex CJDS (`identity`, `identitytype`, `previousidentity`).
 * The id is source and id together, as the specification says. System and type are read from the words of `type`; an unknown type is kept as a CRM note without presence, so that it hangs on the journey, takes part in no contact, and can be mapped later.
 * A `subject` without a slash, where no `identity` is given, names the user; `call/…`, `ticket/…` name what they say.
 */
export const cloudevents: Adapter = {
  name: 'cloudevents',
  transport: new Set(['traceparent', 'tracestate', 'recordedtime']),
  adapt(record, source, receivedAt): Adapted {
    const id = record['id'];
    if (typeof id !== 'string' || id.length === 0) return { kind: 'rejected', reason: 'invalid_id', pointer: '/id', fix: '"id" is a text that is not empty' };
    const origin = record['source'];
    if (typeof origin !== 'string' || origin.length === 0)
      return { kind: 'rejected', reason: 'invalid', pointer: '/source', fix: '"source" is a URI reference' };
    if (typeof record['type'] !== 'string' || record['type'] === '')
      return { kind: 'rejected', reason: 'invalid', pointer: '/type', fix: '"type" is a text that is not empty' };
    if (typeof record['specversion'] !== 'string' || !record['specversion'].startsWith('1.'))
      return { kind: 'rejected', reason: 'invalid', pointer: '/specversion', fix: '"specversion" is "1.0"' };
    const sourceEventId = `${origin}#${id}`;
    if (sourceEventId.length > 200)
      return { kind: 'rejected', reason: 'invalid_id', pointer: '/id', fix: '"source" and "id" together have at most 199 characters' };
    return { kind: 'posted', posted: finished(draftOf(record, sourceEventId, record['type'], source, receivedAt)) };
  },
};

function draftOf(record: Record<string, unknown>, sourceEventId: string, type: string, source: SourceSettings, receivedAt: number): Draft {
  const data = isRecord(record['data']) ? record['data'] : {};
  const draft = emptyDraft();
  draft['sourceEventId'] = sourceEventId;
  draft['occurredAt'] = record['time'] ?? receivedAt;
  readIdentity(draft, record, source);
  readKnownProperties(draft, data);
  const correlation = wordIn(record['correlationid']);
  if (correlation !== undefined) draft.contactLinks.push({ kind: 'related', value: correlation });
  const node = wordIn(data['node']) ?? wordIn(data['ivr_node']) ?? wordIn(data['ivrNode']);
  const known = systemAndType(type, { agent: draft['agent'] !== undefined, node: node !== undefined, key: data['key'] !== undefined });
  draft['system'] = known?.system ?? 'crm';
  draft['type'] = known?.type ?? 'noteWritten';
  if (known === null) {
    draft['presence'] = 'none';
    draft['initiator'] = 'system';
  }
  stateOfKeys(draft, String(draft['type']));
  draft['attributes'] = attributesOf(record);
  return draft;
}

const subjectKinds: Readonly<Record<string, readonly ['contact' | 'issue', string]>> = {
  call: ['contact', 'call'],
  contact: ['contact', 'chain'],
  conversation: ['contact', 'conversation'],
  ticket: ['issue', 'ticket'],
  case: ['issue', 'case'],
  order: ['issue', 'order'],
};

function readIdentity(draft: Draft, record: Record<string, unknown>, source: SourceSettings): void {
  const kind = identifierKindOf(record['identitytype']);
  const identity = wordIn(record['identity'], 500);
  if (identity !== undefined) {
    addIdentifier(draft, kind ?? guessKind(identity) ?? source.userId.kind, identity);
    const previous = wordIn(record['previousidentity'], 500);
    if (previous !== undefined) addIdentifier(draft, guessKind(previous) ?? kind ?? source.userId.kind, previous);
  }
  const subject = wordIn(record['subject'], 500);
  if (subject === undefined) return;
  const [head, ...tail] = subject.split('/');
  if (tail.length === 0) {
    if (identity !== undefined) return;
    const guessed = guessKind(subject);
    if (guessed === null) addUserId(draft, subject, source);
    else addIdentifier(draft, guessed, subject);
    return;
  }
  const value = wordIn(tail.join('/'));
  const meaning = Object.hasOwn(subjectKinds, head!.toLowerCase()) ? subjectKinds[head!.toLowerCase()] : undefined;
  if (value === undefined) return;
  if (meaning?.[0] === 'contact') {
    draft.contactLinks.push({ kind: meaning[1], value });
    draft['sessionKey'] ??= value;
  } else if (meaning?.[0] === 'issue') draft.issueKeys.push({ kind: meaning[1], value });
  else {
    const named = identifierKindOf(head);
    if (named !== null) addIdentifier(draft, named, value);
  }
}

function guessKind(value: string): 'email' | 'phone' | null {
  if (/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(value)) return 'email';
  return /^\+\d[\d ()-]{6,}$/.test(value) ? 'phone' : null;
}

function attributesOf(record: Record<string, unknown>): Record<string, unknown> {
  const attributes: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record))
    if (name !== 'specversion' && name !== 'datacontenttype' && name !== 'data_base64' && value !== null && value !== undefined) attributes[name] = value;
  return attributes;
}

/** The structured event that a binary-mode request means: `ce-…` headers (lower-case names, percent-encoded values) and the body as data. */
export function cloudEventOfHeaders(headers: Readonly<Record<string, string | readonly string[] | undefined>>, data: unknown): Record<string, unknown> {
  const event: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (!name.startsWith('ce-') || typeof value !== 'string') continue;
    const attribute = name.slice(3);
    if (/^[a-z0-9]{1,40}$/.test(attribute) && attribute !== 'data') event[attribute] = decoded(value);
  }
  const contentType = headers['content-type'];
  if (typeof contentType === 'string') event['datacontenttype'] = contentType;
  if (data !== undefined) event['data'] = data;
  return event;
}

/** NUL, or half of a surrogate pair. */
const unclean = /[\0\p{Cs}]/gu;

function decoded(value: string): string {
  try {
    return decodeURIComponent(value).replace(unclean, '\uFFFD');
  } catch {
    return value.replace(unclean, '\uFFFD');
  }
}

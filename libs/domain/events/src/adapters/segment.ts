import type { SourceSettings } from '@throughline/contracts';
import { parseTime } from '../parse-time';
import type { Adapted, Adapter } from './adapter';
import { systemAndType } from './event-words';
import {
  addIdentifier,
  addUserId,
  channelOf,
  emptyDraft,
  finished,
  identifierKindOf,
  isRecord,
  readKnownProperties,
  stateOfKeys,
  wordIn,
  type Draft,
} from './known-properties';

const callTypes = new Set(['identify', 'track', 'page', 'screen', 'group', 'alias']);
const dayMs = 86_400_000;
/** A record made longer before it was sent carries a time that somebody set on purpose; no clock is that wrong and no queue that long. */
const statedTimeMs = 7 * dayMs;

/**
 * The Segment HTTP Tracking API, which RudderStack and Jitsu share (https://www.twilio.com/docs/segment/connections/sources/catalog/libraries/server/http-api).
 *
 * Identity: `userId` becomes what the source's setting `userId` says, by default a login in the common namespace; `anonymousId` and alias' `previousId` become cookies, which carry identity but tie no two users together,
 * so two users of one browser stay apart while identify and alias bring the anonymous past to the user. `groupId` is an account the user acts for. `traits` give e-mail and phone; `context.externalIds` by their type.
 *
 * Time: `receivedAt − (sentAt − timestamp)`, Segment's rule for wrong clocks, where only one time is given and it lies within seven days before the sending. A record with both `timestamp` and another
 * `originalTimestamp`, or one made long before it was sent (an import of the past), means the time it states. The sender's own words stay in `attributes`.
 */
export const segment: Adapter = {
  name: 'segment',
  transport: new Set(['sentAt', 'receivedAt', 'writeKey', '_metadata', 'integrations', 'rudderId', 'request_ip']),
  adapt(record, source, receivedAt): Adapted {
    const type = record['type'];
    if (typeof type !== 'string' || !callTypes.has(type))
      return { kind: 'rejected', reason: 'invalid', pointer: '/type', fix: `"type" is one of ${[...callTypes].join(', ')}` };
    const userId = wordIn(record['userId'], 500);
    const anonymousId = wordIn(record['anonymousId'], 500);
    if (userId === undefined && anonymousId === undefined && !(type === 'alias' && wordIn(record['previousId'], 500) !== undefined))
      return { kind: 'rejected', reason: 'no_user_anon_id', pointer: '/userId', fix: 'give "userId" or "anonymousId"' };
    const messageId = record['messageId'];
    if (typeof messageId !== 'string' || messageId.length === 0 || messageId.length > 200)
      return { kind: 'rejected', reason: 'invalid_id', pointer: '/messageId', fix: 'give a "messageId" of 1 to 200 characters; the client libraries make one' };
    return { kind: 'posted', posted: finished(draftOf(record, type, { messageId, userId, anonymousId }, source, receivedAt)) };
  },
};

interface Ids {
  readonly messageId: string;
  readonly userId: string | undefined;
  readonly anonymousId: string | undefined;
}

function draftOf(record: Record<string, unknown>, type: string, ids: Ids, source: SourceSettings, receivedAt: number): Draft {
  const context = isRecord(record['context']) ? record['context'] : {};
  const properties = isRecord(record['properties']) ? record['properties'] : {};
  const traits = { ...(isRecord(context['traits']) ? context['traits'] : {}), ...(isRecord(record['traits']) ? record['traits'] : {}) };
  const draft = emptyDraft();
  draft['sourceEventId'] = ids.messageId;
  draft['occurredAt'] = timeOf(record, receivedAt);
  readIdentity(draft, record, type, ids, context, type === 'group' ? {} : traits, source);
  readKnownProperties(draft, properties);
  const session = wordIn(context['sessionId']);
  draft['sessionKey'] ??= session;
  const device = isRecord(context['device']) ? wordIn(context['device']['id']) : undefined;
  if (device !== undefined) addIdentifier(draft, 'device', device);
  draft['clientKey'] = device ?? (ids.anonymousId !== undefined && ids.anonymousId.length <= 200 ? ids.anonymousId : undefined);
  readKind(draft, record, type, properties, context, ids);
  draft['attributes'] = attributesOf(record, type, traits, context);
  return draft;
}

function readIdentity(
  draft: Draft,
  record: Record<string, unknown>,
  type: string,
  ids: Ids,
  context: Record<string, unknown>,
  traits: Record<string, unknown>,
  source: SourceSettings,
): void {
  addUserId(draft, ids.userId, source);
  addIdentifier(draft, 'cookie', ids.anonymousId);
  if (type === 'alias') addIdentifier(draft, 'cookie', record['previousId']);
  addIdentifier(draft, 'email', traits['email']);
  addIdentifier(draft, 'phone', traits['phone']);
  const group = type === 'group' ? record['groupId'] : context['groupId'];
  addIdentifier(draft, 'account', group, { role: 'actingFor' });
  if (Array.isArray(context['externalIds']))
    for (const external of (context['externalIds'] as unknown[]).slice(0, 20)) {
      if (!isRecord(external)) continue;
      const kind = identifierKindOf(external['type']);
      if (kind !== null) addIdentifier(draft, kind, external['id'], external['collection'] === 'accounts' ? { role: 'actingFor' } : {});
    }
}

function readKind(
  draft: Draft,
  record: Record<string, unknown>,
  type: string,
  properties: Record<string, unknown>,
  context: Record<string, unknown>,
  ids: Ids,
): void {
  const name = wordIn(record['event'], 300) ?? '';
  const sentByServer = (context['channel'] ?? record['channel']) === 'server';
  if (type === 'track') {
    const known = systemAndType(name, {
      agent: draft['agent'] !== undefined,
      node: wordIn(properties['ivr_node']) !== undefined,
      key: properties['key'] !== undefined,
    });
    draft['system'] = known?.system ?? 'web';
    draft['type'] = known?.type ?? 'clicked';
    if (/^email /i.test(name)) {
      draft['channel'] = 'email';
      draft['purpose'] = 'marketing';
      if (known === null && !/clicked/i.test(name)) draft['presence'] = 'none';
    } else if (known === null && draft['channel'] === undefined) draft['channel'] = channelOf(context['channel'] === 'browser' ? 'web' : context['channel']);
    stateOfKeys(draft, String(draft['type']));
    return;
  }
  draft['system'] = 'web';
  draft['type'] = type === 'page' || type === 'screen' ? 'pageViewed' : 'identified';
  if (type === 'screen' || context['channel'] === 'mobile') draft['channel'] = 'app';
  // Who somebody is, said by a server or in passing, takes none of the customer's time; a sign-in in the browser does.
  if (type === 'group' || type === 'alias' || (type === 'identify' && (ids.anonymousId === undefined || sentByServer))) {
    draft['presence'] = 'none';
    draft['initiator'] = 'system';
  }
}

function attributesOf(
  record: Record<string, unknown>,
  type: string,
  traits: Record<string, unknown>,
  context: Record<string, unknown>,
): Record<string, unknown> {
  const attributes: Record<string, unknown> = { call: type };
  for (const name of ['event', 'name', 'category', 'userId', 'anonymousId', 'groupId', 'previousId', 'timestamp', 'originalTimestamp', 'properties'] as const)
    if (record[name] !== undefined && record[name] !== null) attributes[name] = record[name];
  if (Object.keys(traits).length > 0) attributes['traits'] = traits;
  const kept = Object.entries(context).filter(([name]) => name !== 'library' && name !== 'traits');
  if (kept.length > 0) attributes['context'] = Object.fromEntries(kept);
  return attributes;
}

function timeOf(record: Record<string, unknown>, receivedAt: number): unknown {
  const timestamp = record['timestamp'];
  const original = record['originalTimestamp'];
  const stated = timestamp ?? original;
  if (stated === undefined || stated === null) return receivedAt;
  if (timestamp !== undefined && original !== undefined && timestamp !== original) return timestamp;
  const made = millisecondsOf(stated);
  const sent = millisecondsOf(record['sentAt']);
  if (made === null || sent === null || sent - made > statedTimeMs || made - sent > dayMs) return stated;
  return Math.max(0, receivedAt - Math.max(0, sent - made));
}

function millisecondsOf(value: unknown): number | null {
  if (typeof value === 'number') return Number.isInteger(value) ? value : null;
  if (typeof value !== 'string') return null;
  const parsed = parseTime(value);
  return parsed.kind === 'time' ? parsed.at : null;
}

import type { SourceSettings } from '@throughline/contracts';
import type { Adapted, Adapter } from './adapter';
import { systemAndType } from './event-words';
import { addIdentifier, addUserId, emptyDraft, finished, isRecord, readKnownProperties, stateOfKeys, wordIn, type Draft } from './known-properties';

/** PostHog's capture and batch events (https://posthog.com/docs/api/capture). `distinct_id` is the user unless it looks like an anonymous one (a bare UUID, as the client makes it); `$create_alias` and `$identify` name the anonymous id beside it. */
export const posthog: Adapter = {
  name: 'posthog',
  transport: new Set(['sent_at', 'api_key', 'offset']),
  adapt(record, source, receivedAt): Adapted {
    const properties = isRecord(record['properties']) ? record['properties'] : {};
    const event = wordIn(record['event'], 300);
    const distinctId = wordIn(record['distinct_id'], 500) ?? wordIn(properties['distinct_id'], 500);
    if (event === undefined) return { kind: 'rejected', reason: 'invalid', pointer: '/event', fix: 'name the "event"' };
    if (distinctId === undefined) return { kind: 'rejected', reason: 'invalid', pointer: '/distinct_id', fix: 'give a "distinct_id"' };
    const id = wordIn(record['uuid']) ?? wordIn(properties['$insert_id']);
    if (id === undefined) return { kind: 'rejected', reason: 'invalid_id', pointer: '/uuid', fix: 'give a "uuid"; the client libraries make one' };
    return { kind: 'posted', posted: finished(draftOf(record, properties, event, distinctId, id, source, receivedAt)) };
  },
};

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

function draftOf(
  record: Record<string, unknown>,
  properties: Record<string, unknown>,
  event: string,
  distinctId: string,
  id: string,
  source: SourceSettings,
  receivedAt: number,
): Draft {
  const draft = emptyDraft();
  draft['sourceEventId'] = id;
  draft['occurredAt'] = record['timestamp'] ?? receivedAt;
  const set = { ...(isRecord(properties['$set_once']) ? properties['$set_once'] : {}), ...(isRecord(properties['$set']) ? properties['$set'] : {}) };
  if (event === '$groupidentify') addIdentifier(draft, 'account', properties['$group_key'], { role: 'actingFor' });
  else if (uuid.test(distinctId)) addIdentifier(draft, 'cookie', distinctId);
  else addUserId(draft, distinctId, source);
  addIdentifier(draft, 'cookie', properties['$anon_distinct_id']);
  if (event === '$create_alias' || event === '$merge_dangerously') addIdentifier(draft, 'cookie', properties['alias']);
  addIdentifier(draft, 'email', set['email']);
  addIdentifier(draft, 'phone', set['phone']);
  readKnownProperties(draft, properties);
  draft['sessionKey'] ??= wordIn(properties['$session_id']);
  draft['clientKey'] ??= wordIn(properties['$device_id']);
  const known = systemAndType(event, {
    agent: draft['agent'] !== undefined,
    node: wordIn(properties['ivr_node']) !== undefined,
    key: properties['key'] !== undefined,
  });
  draft['system'] = known?.system ?? 'web';
  draft['type'] = event === '$pageview' || event === '$screen' ? 'pageViewed' : event.startsWith('$') ? 'identified' : (known?.type ?? 'clicked');
  if (event.startsWith('$') && event !== '$pageview' && event !== '$screen') {
    draft['system'] = 'web';
    draft['presence'] = 'none';
    draft['initiator'] = 'system';
  } else if (event.startsWith('$')) draft['system'] = 'web';
  if (event === '$screen') draft['channel'] = 'app';
  stateOfKeys(draft, String(draft['type']));
  draft['attributes'] = { event, distinct_id: distinctId, ...(record['timestamp'] === undefined ? {} : { timestamp: record['timestamp'] }), properties };
  return draft;
}

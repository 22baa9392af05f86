import type { SourceSettings } from '@throughline/contracts';
import type { Adapted, Adapter } from './adapter';
import { systemAndType } from './event-words';
import { addIdentifier, addUserId, emptyDraft, finished, isRecord, readKnownProperties, stateOfKeys, wordIn, type Draft } from './known-properties';

/** One event of a Snowplow tracker's payload (`…/tp2`, payload_data): `uid` is the user, `duid` and `nuid` the browser, `sid` the session; times are texts of milliseconds, `ttm` the true one. */
export const snowplow: Adapter = {
  name: 'snowplow',
  transport: new Set(['stm']),
  adapt(record, source, receivedAt): Adapted {
    const id = wordIn(record['eid']);
    if (id === undefined) return { kind: 'rejected', reason: 'invalid_id', pointer: '/eid', fix: 'give the event id "eid"' };
    return { kind: 'posted', posted: finished(draftOf(record, id, source, receivedAt)) };
  },
};

function draftOf(record: Record<string, unknown>, id: string, source: SourceSettings, receivedAt: number): Draft {
  const draft = emptyDraft();
  const self = unstructured(record['ue_pr']);
  draft['sourceEventId'] = id;
  draft['occurredAt'] = milliseconds(record['ttm']) ?? milliseconds(record['dtm']) ?? receivedAt;
  addUserId(draft, record['uid'], source);
  addIdentifier(draft, 'cookie', record['duid']);
  addIdentifier(draft, 'cookie', record['nuid'] ?? record['tnuid']);
  readKnownProperties(draft, self.data);
  draft['sessionKey'] ??= wordIn(record['sid']);
  draft['clientKey'] ??= wordIn(record['duid']);
  const name = record['e'] === 'se' ? [record['se_ca'], record['se_ac']].filter((word) => typeof word === 'string').join(' ') : self.name;
  const known = record['e'] === 'se' || record['e'] === 'ue' ? systemAndType(name, { agent: draft['agent'] !== undefined, node: false, key: false }) : null;
  draft['system'] = known?.system ?? 'web';
  draft['type'] = record['e'] === 'pv' ? 'pageViewed' : (known?.type ?? 'clicked');
  stateOfKeys(draft, String(draft['type']));
  draft['attributes'] = Object.keys(self.data).length > 0 ? { ...record, event: self.name, properties: self.data } : { ...record };
  return draft;
}

const milliseconds = (value: unknown): number | undefined =>
  typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : typeof value === 'number' ? value : undefined;

/** Name and data of a self-describing event: the vendor and name stand in its schema's address. */
function unstructured(value: unknown): { name: string; data: Record<string, unknown> } {
  try {
    const outer: unknown = typeof value === 'string' ? JSON.parse(value) : value;
    const inner = isRecord(outer) ? outer['data'] : undefined;
    if (!isRecord(inner)) return { name: '', data: {} };
    const schema = typeof inner['schema'] === 'string' ? inner['schema'] : '';
    return {
      name: schema
        .replace(/^iglu:/, '')
        .split('/')
        .slice(0, 2)
        .join(' '),
      data: isRecord(inner['data']) ? inner['data'] : {},
    };
  } catch {
    return { name: '', data: {} };
  }
}

import type { CanonicalEvent } from '@throughline/contracts';
import { defaultHierarchySettings } from '@throughline/contracts';
import type { Migration } from '@throughline/database';
import type { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';
import { coachingTables } from './coaching/test-plans';
import { maturityTables } from './maturity/test-evidence';
import { factTables } from './metrics/test-facts';
import { segmentTables } from './segments/test-segments';
import { sourceTables } from './sources/test-arrivals';
import { feedbackTables } from './surveys/test-feedback';

/** For tests: the views of the other services, each over a plain table of the same columns. */
class CreateViews1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const membership = 'rule text, other_event uuid, value text, gap_ms bigint, limit_ms bigint, confidence integer';
    const views: Record<string, string> = {
      ...factTables,
      ...segmentTables,
      ...coachingTables,
      ...maturityTables,
      ...feedbackTables,
      ...sourceTables,
      'ingestion.event': 'event_id uuid, revision integer, source text, occurred_at timestamptz, received_at timestamptz, body json',
      'ingestion.quarantine': `id uuid, event_id uuid, source text, adapter text, stage text, reason text, pointer text, fix text, source_event_id text,
         received_at timestamptz, attempts integer, state text, replayed_at timestamptz`,
      'ingestion.source': 'name text, disabled_at timestamptz',
      'ingestion.write_key':
        'key_id uuid, source text, prefix text, label text, made_by text, created_at timestamptz, last_used_at timestamptz, revoked_at timestamptz',
      'identity.customer': 'customer_id uuid, kind text, resolves_to uuid',
      'identity.former_customer': 'customer_id uuid, former_id uuid',
      'identity.customer_event': 'customer_id uuid, event_id uuid, owner_rule text, decided_by text, owner_confidence integer',
      'identity.customer_revision': 'customer_id uuid, revision bigint',
      'identity.identifier': 'customer_id uuid, kind text, namespace text, value text, rule text, event_id uuid, confidence integer',
      'identity.review': 'id text, kind text, detail text, customer_id uuid',
      'identity.failed_event': 'event_id uuid',
      'sessionization.journey_head':
        'customer_id uuid, built_revision bigint, settings_version integer, events integer, first_at timestamptz, last_at timestamptz, stale boolean, due_since timestamptz',
      'sessionization.transaction': `customer_id uuid, id text, anchor uuid, kind text, source text, system text, channel text, agent text, queue text, start_at timestamptz,
         end_at timestamptz, ended boolean, parent_level text, parent_id text, parent_anchor uuid, ${membership}`,
      'sessionization.event_transaction':
        'customer_id uuid, event_id uuid, transaction_id text, transaction_anchor uuid, occurred_at timestamptz, source_sequence bigint, rule text, gap_ms bigint, limit_ms bigint',
      'sessionization.interaction': 'customer_id uuid, id text, anchor uuid, kind text, start_at timestamptz, end_at timestamptz',
      'sessionization.part': `customer_id uuid, interaction_id text, interaction_anchor uuid, place bigint, start_at timestamptz,
         share integer, family text, keys json, engagement_id text, engagement_anchor uuid, ${membership}`,
      'sessionization.engagement': `customer_id uuid, id text, anchor uuid, families json, first_at timestamptz, last_at timestamptz, last_activity_at timestamptz,
         window_ms bigint, phases json, repeat_of text, follows text`,
      'sessionization.event_engagement': 'customer_id uuid, event_id uuid, engagement_id text',
      'sessionization.settings': 'version integer, settings jsonb, activated_at timestamptz, activated_by text, done integer, total integer',
      'sessionization.correction': 'id uuid, event_id uuid, to_event_id uuid, recorded_at timestamptz, withdrawn_at timestamptz',
      'sessionization.failed_customer': 'customer_id uuid, reason text, failed_at timestamptz',
    };
    await runner.query('create schema ingestion; create schema identity; create schema sessionization; create schema scoring; create schema feedback');
    for (const [table, columns] of Object.entries(views)) {
      await runner.query(`create table ${table} (${columns})`);
      await runner.query(`create view ${table.replace('.', '.read_')} as select * from ${table}`);
    }
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

export const viewMigrations: readonly Migration[] = [CreateViews1763000000001];

export const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11');

export const minute = 60_000;
export const noon = Date.UTC(2026, 2, 2, 12);
export const dana = idOf('dana');
export const formerDana = idOf('former dana');

/** A keyed event of somebody's call; its id is that of its name. */
export const eventOf = (name: string, occurredAt: number): CanonicalEvent => ({
  id: idOf(name),
  revision: 0,
  source: 'pbx',
  sourceEventId: name,
  sourceSequence: 0,
  occurredAt,
  receivedAt: occurredAt,
  system: 'ivr',
  type: 'entered',
  channel: 'voice',
  initiator: 'customer',
  presence: 'live',
  purpose: 'service',
  identifiers: [],
  contactLinks: [],
  issueKeys: [],
  intents: [],
  attributes: {},
});

/**
 * Dana's small story: at noon a call (IVR with two events, then an agent) about two things, 700 ‰ a fault (engagement 1, closed later as resolved) and 300 ‰ billing
 * (engagement 2); a day later an e-mail to everybody, which hangs on the journey. Her id was once another.
 */
export async function tellDana(client: Client): Promise<void> {
  const events = [eventOf('ivr/1', noon), eventOf('ivr/2', noon + minute), eventOf('agent/1', noon + 2 * minute), eventOf('blast/1', noon + 1440 * minute)];
  const at = (ms: number): string => new Date(ms).toISOString();
  const [ivr, , agent, blast] = events.map(({ id }) => id) as [string, string, string, string];
  const insert = async (table: string, ...rows: Record<string, unknown>[]): Promise<void> => {
    for (const row of rows) {
      const names = Object.keys(row);
      await client.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
    }
  };
  const alone = { rule: 'alone', confidence: 1000 };
  const owned = { customer_id: dana };
  await insert(
    'ingestion.event',
    ...events.map((event) => ({ event_id: event.id, source: 'pbx', occurred_at: at(event.occurredAt), body: JSON.stringify(event) })),
  );
  await insert('identity.customer', { ...owned, kind: 'customer' }, { customer_id: formerDana, kind: 'customer', resolves_to: dana });
  await insert('identity.former_customer', { ...owned, former_id: formerDana });
  await insert(
    'identity.customer_event',
    ...events.map(({ id }) => ({ ...owned, event_id: id, owner_rule: 'identifier', decided_by: 'phone::+15550101', owner_confidence: 1000 })),
  );
  await insert('identity.customer_revision', { ...owned, revision: 4 });
  const link = { rule: 'alone', event_id: ivr, confidence: 1000 };
  await insert(
    'identity.identifier',
    { ...owned, kind: 'phone', namespace: '', value: '+15550101', ...link },
    { ...owned, kind: 'customerNumber', namespace: 'crm', value: 'A4711', ...link },
  );
  await insert('identity.review', { ...owned, id: 'r1', kind: 'refused', detail: 'two customer numbers' });
  await insert('sessionization.settings', {
    version: 1,
    settings: JSON.stringify(defaultHierarchySettings),
    activated_at: at(noon),
    activated_by: 'installation',
    done: 1,
    total: 1,
  });
  await insert('sessionization.journey_head', {
    ...owned,
    built_revision: 4,
    settings_version: 1,
    events: 4,
    first_at: at(noon),
    last_at: at(noon + 1440 * minute),
    stale: false,
  });
  const voice = { ...owned, source: 'pbx', channel: 'voice', kind: 'contact' };
  const linked = { rule: 'link', value: 'call::1', confidence: 1000 };
  const call = { parent_level: 'interaction', parent_id: `int_${ivr}`, parent_anchor: ivr };
  await insert(
    'sessionization.transaction',
    {
      ...voice,
      id: `tx_${ivr}`,
      anchor: ivr,
      system: 'ivr',
      start_at: at(noon),
      end_at: at(noon + minute),
      ended: false,
      ...call,
      ...linked,
      other_event: agent,
    },
    {
      ...voice,
      id: `tx_${agent}`,
      anchor: agent,
      system: 'agent',
      agent: 'ann',
      start_at: at(noon + 2 * minute),
      end_at: at(noon + 5 * minute),
      ended: true,
      ...call,
      ...linked,
      other_event: ivr,
    },
    {
      ...voice,
      kind: 'item',
      id: `tx_${blast}`,
      anchor: blast,
      system: 'campaign',
      start_at: at(noon + 1440 * minute),
      end_at: at(noon + 1440 * minute),
      ended: true,
      parent_level: 'journey',
      rule: 'unengaged',
      confidence: 1000,
    },
  );
  await insert(
    'sessionization.event_transaction',
    ...events.map(({ id, occurredAt }, index) => {
      const anchor = index === 1 ? ivr : id;
      return {
        ...owned,
        event_id: id,
        transaction_id: `tx_${anchor}`,
        transaction_anchor: anchor,
        occurred_at: at(occurredAt),
        source_sequence: 0,
        rule: index < 2 ? 'session' : 'alone',
        gap_ms: index === 1 ? minute : null,
        limit_ms: 1440 * minute,
      };
    }),
  );
  await insert('sessionization.interaction', { ...owned, id: `int_${ivr}`, anchor: ivr, kind: 'contact', start_at: at(noon), end_at: at(noon + 5 * minute) });
  const part = { ...owned, interaction_id: `int_${ivr}`, interaction_anchor: ivr, keys: '[]', ...alone };
  await insert(
    'sessionization.part',
    {
      ...part,
      place: 1,
      start_at: at(noon),
      share: 700,
      family: 'fault',
      keys: '["ticket:crm:K1"]',
      engagement_id: `eng_${ivr}`,
      engagement_anchor: ivr,
    },
    {
      ...part,
      place: 2,
      start_at: at(noon + 2 * minute),
      share: 300,
      family: 'billing',
      engagement_id: `eng_${agent}`,
      engagement_anchor: agent,
    },
  );
  await insert(
    'sessionization.event_engagement',
    { ...owned, event_id: ivr, engagement_id: `eng_${ivr}` },
    { ...owned, event_id: idOf('ivr/2'), engagement_id: `eng_${ivr}` },
    { ...owned, event_id: agent, engagement_id: `eng_${agent}` },
  );
  const engagement = { ...owned, last_activity_at: at(noon + 5 * minute), last_at: at(noon + 5 * minute), window_ms: 14 * 1440 * minute };
  await insert(
    'sessionization.engagement',
    {
      ...engagement,
      id: `eng_${ivr}`,
      anchor: ivr,
      families: '["fault"]',
      first_at: at(noon),
      phases: JSON.stringify([{ from: noon + 60 * minute, closedAs: 'resolved', keyOpen: false }]),
    },
    { ...engagement, id: `eng_${agent}`, anchor: agent, families: '["billing"]', first_at: at(noon + 2 * minute), phases: '[]' },
  );
}

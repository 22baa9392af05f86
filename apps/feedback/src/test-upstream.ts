import type { CanonicalEvent, Instant } from '@throughline/contracts';
import type { Migration } from '@throughline/database';
import type { Phase } from '@throughline/domain-hierarchy';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';

/** For tests: the views of the other services that feedback reads, each over a plain table of the same columns. */
class CreateUpstream1763000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const tables: Record<string, string> = {
      'ingestion.event': 'event_id uuid, body json',
      'identity.customer': 'customer_id uuid, resolves_to uuid',
      'identity.former_customer': 'customer_id uuid, former_id uuid',
      'identity.customer_event': 'customer_id uuid, event_id uuid',
      'identity.identifier': 'customer_id uuid, kind text, namespace text, value text, confidence integer',
      'sessionization.transaction': 'customer_id uuid, system text, source text, start_at timestamptz',
      'sessionization.event_transaction': 'customer_id uuid, event_id uuid, transaction_id text',
      'sessionization.event_engagement': 'customer_id uuid, event_id uuid, engagement_id text',
      'sessionization.engagement':
        'customer_id uuid, anchor uuid, last_activity_at timestamptz, last_at timestamptz, window_ms bigint, phases json, due_at timestamptz',
      'scoring.engagement': 'customer_id uuid, anchor uuid, closed_at timestamptz, idle_at timestamptz, agents text[], frustration integer',
      'scoring.answer': 'customer_id uuid, engagement uuid, question text, value double precision, agent text, system text',
      'scoring.customer': 'customer_id uuid, engagements integer',
    };
    await runner.query('create schema ingestion; create schema identity; create schema sessionization; create schema scoring');
    for (const [table, columns] of Object.entries(tables)) {
      await runner.query(`create table ${table} (${columns})`);
      await runner.query(`create view ${table.replace('.', '.read_')} as select * from ${table}`);
    }
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

export const upstreamMigrations: readonly Migration[] = [CreateUpstream1763000000002];

export const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11');
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Tuesday 3 March 2026, 12:00 in Berlin. */
export const noon = Date.UTC(2026, 2, 3, 11);

type Said = Partial<CanonicalEvent> & Pick<CanonicalEvent, 'system' | 'type' | 'channel'> & { readonly transaction: string };

/** The hands of the services before. */
export class Upstream {
  private constructor(readonly client: Client) {}

  static async open(ownerUrl: string): Promise<Upstream> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    return new Upstream(client);
  }

  async insert(table: string, ...rows: readonly Record<string, unknown>[]): Promise<void> {
    for (const row of rows) {
      const names = Object.keys(row);
      await this.client.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
    }
  }

  async customer(name: string, email: string | null = `${name.replaceAll(' ', '.')}@example.com`): Promise<string> {
    const id = idOf(name);
    await this.insert('identity.customer', { customer_id: id, resolves_to: null });
    if (email !== null) await this.insert('identity.identifier', { customer_id: id, kind: 'email', namespace: '', value: email, confidence: 1000 });
    return id;
  }

  /** An engagement of these events that ended at `endedAt`; gives its anchor, the first event. */
  async engagement(customerId: string, name: string, endedAt: Instant, closedAs: Phase['closedAs'], said: readonly Said[]): Promise<string> {
    const anchor = idOf(`${name}/0`);
    for (const [index, { transaction, ...fields }] of said.entries()) {
      const event: CanonicalEvent = {
        id: idOf(`${name}/${index}`),
        revision: 0,
        source: 'test',
        sourceEventId: `${name}/${index}`,
        sourceSequence: index,
        occurredAt: endedAt - (said.length - index) * minute,
        receivedAt: endedAt,
        initiator: 'customer',
        presence: 'live',
        purpose: 'service',
        identifiers: [],
        contactLinks: [],
        issueKeys: [],
        intents: [],
        attributes: {},
        ...fields,
      };
      await this.insert('ingestion.event', { event_id: event.id, body: JSON.stringify(event) });
      await this.insert('identity.customer_event', { customer_id: customerId, event_id: event.id });
      await this.insert('sessionization.event_transaction', { customer_id: customerId, event_id: event.id, transaction_id: `${name}/${transaction}` });
      await this.insert('sessionization.event_engagement', { customer_id: customerId, event_id: event.id, engagement_id: `eng_${anchor}` });
    }
    const phases: Phase[] = [
      { from: endedAt - hour, closedAs: null, keyOpen: true },
      { from: endedAt, closedAs, keyOpen: false },
    ];
    await this.insert('sessionization.engagement', {
      customer_id: customerId,
      anchor,
      last_activity_at: new Date(endedAt),
      last_at: new Date(endedAt),
      window_ms: 14 * day,
      phases: JSON.stringify(phases),
      due_at: new Date(endedAt + 14 * day),
    });
    return anchor;
  }

  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row & Record<string, unknown>>(text, [...values])).rows;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

/** A phone menu, then a person. */
export const menuAndPerson: readonly Said[] = [
  { system: 'ivr', type: 'entered', channel: 'voice', transaction: 'ivr' },
  { system: 'agent', type: 'connected', channel: 'voice', transaction: 'talk', agent: 'agent-07' },
  { system: 'agent', type: 'ended', channel: 'voice', transaction: 'talk', agent: 'agent-07' },
];

export const quietLog = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

import type { CanonicalEvent } from '@throughline/contracts';
import type { Migration } from '@throughline/database';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';

/** For tests: what ingestion and identity show of themselves, as plain tables that a test fills. */
class CreateUpstream1763000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema ingestion;
      create table ingestion.event (event_id uuid primary key, revision integer, source text, occurred_at timestamptz, received_at timestamptz, body json);
      create view ingestion.read_event as select * from ingestion.event;
      create schema identity;
      create table identity.customer_event (customer_id uuid, event_id uuid, occurred_at timestamptz, decided_by text, source_sequence bigint, primary key (customer_id, event_id));
      create index on identity.customer_event (event_id);
      create index on identity.customer_event (customer_id, occurred_at);
      create view identity.read_customer_event as select customer_id, event_id, occurred_at, decided_by, source_sequence from identity.customer_event;
      create table identity.customer_change (customer_id uuid, revision bigint, from_at timestamptz, to_at timestamptz, primary key (customer_id, revision));
      create view identity.read_customer_change as select * from identity.customer_change;
      create table identity.customer_revision (customer_id uuid primary key, revision bigint);
      create view identity.read_customer_revision as select * from identity.customer_revision;
    `);
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

export const upstreamMigrations: readonly Migration[] = [CreateUpstream1763000000000];

const namespace = '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11';

/** A stable id for a name. */
export const idOf = (name: string): string => v5(name, namespace);

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Monday 2 March 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 2, 2, 12);

/** A live chat event of the customer unless said otherwise; `name` makes its id. */
export function eventOf(name: string, occurredAt: number, more: Partial<CanonicalEvent> = {}): CanonicalEvent {
  return {
    id: idOf(name),
    revision: 0,
    source: 'test',
    sourceEventId: name,
    sourceSequence: 0,
    occurredAt,
    receivedAt: occurredAt,
    system: 'chat',
    type: 'messageReceived',
    channel: 'chat',
    initiator: 'customer',
    presence: 'live',
    purpose: 'service',
    identifiers: [],
    contactLinks: [],
    issueKeys: [],
    intents: [],
    attributes: {},
    ...more,
  };
}

/** The hands of ingestion and identity. */
export class Upstream {
  private constructor(private readonly client: Client) {}

  static async open(ownerUrl: string): Promise<Upstream> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    return new Upstream(client);
  }

  /** Gives the customer these events (a known event is replaced) and raises its revision. */
  async give(customerId: string, ...events: readonly CanonicalEvent[]): Promise<void> {
    await this.giveMany(events.map((event) => [customerId, event]));
  }

  /** As `give` for many customers with one statement each. */
  async giveMany(owned: readonly (readonly [customerId: string, event: CanonicalEvent])[]): Promise<void> {
    await this.store(owned.map(([, event]) => event));
    const { rows: before } = await this.client.query<{ customer_id: string; at: number }>(
      `select customer_id, round(date_part('epoch', occurred_at) * 1000) as at from identity.customer_event where event_id = any($1::uuid[])`,
      [owned.map(([, event]) => event.id)],
    );
    await this.client.query(
      `insert into identity.customer_event select c, e, to_timestamp(t / 1000), 'test', s
       from unnest($1::uuid[], $2::uuid[], $3::double precision[], $4::bigint[]) as r (c, e, t, s)
       on conflict (customer_id, event_id) do update set occurred_at = excluded.occurred_at, source_sequence = excluded.source_sequence`,
      [
        owned.map(([customerId]) => customerId),
        owned.map(([, event]) => event.id),
        owned.map(([, event]) => event.occurredAt),
        owned.map(([, event]) => event.sourceSequence),
      ],
    );
    await this.raise([
      ...owned.map(([customerId, { occurredAt }]): [string, number] => [customerId, occurredAt]),
      ...before.map(({ customer_id: customerId, at }): [string, number] => [customerId, at]),
    ]);
  }

  /** Takes events away from the customer and raises its revision. */
  async take(customerId: string, ...eventIds: readonly string[]): Promise<void> {
    const { rows } = await this.client.query<{ at: number }>(
      `delete from identity.customer_event where customer_id = $1 and event_id = any($2::uuid[]) returning date_part('epoch', occurred_at) * 1000 as at`,
      [customerId, eventIds],
    );
    await this.raise(rows.map(({ at }) => [customerId, Math.round(at)]));
  }

  /** Raises the revision of a customer without a change, over its whole time. */
  async ring(customerId: string): Promise<void> {
    await this.raise([
      [customerId, 0],
      [customerId, noon + 10_000 * day],
    ]);
  }

  private async raise(changes: readonly (readonly [customerId: string, at: number])[]): Promise<void> {
    await this.client.query(
      `with changed as (select c, min(t) as from_ms, max(t) as to_ms from unnest($1::uuid[], $2::double precision[]) as r (c, t) group by c),
       raised as (insert into identity.customer_revision as r select c, 1 from changed on conflict (customer_id) do update set revision = r.revision + 1 returning *)
       insert into identity.customer_change
       select customer_id, revision, to_timestamp(from_ms / 1000), to_timestamp(to_ms / 1000) from raised join changed on c = customer_id`,
      [changes.map(([customerId]) => customerId), changes.map(([, at]) => at)],
    );
  }

  /** Any statement as the owner of everything. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row & Record<string, unknown>>(text, [...values])).rows;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async store(events: readonly CanonicalEvent[]): Promise<void> {
    await this.client.query(
      `insert into ingestion.event (event_id, revision, source, occurred_at, received_at, body)
       select (e->>'id')::uuid, 0, 'test', now(), now(), e from json_array_elements($1::json) as r (e)
       on conflict (event_id) do update set body = excluded.body`,
      [JSON.stringify(events)],
    );
  }
}

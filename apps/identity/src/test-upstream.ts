import type { CanonicalEvent, Identifier, IdentifierKind } from '@throughline/contracts';
import type { Migration } from '@throughline/database';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';

/** For tests: what ingestion shows of itself, as a plain table that a test fills. */
class CreateUpstream1763000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema ingestion;
      create table ingestion.event (event_id uuid primary key, revision integer, source text, occurred_at timestamptz, received_at timestamptz, body json);
      create view ingestion.read_event as select * from ingestion.event;
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

export const identifierOf = (kind: IdentifierKind, value: string, more: Partial<Identifier> = {}): Identifier => ({
  kind,
  namespace: '',
  value,
  verified: false,
  role: 'subject',
  ...more,
});

/** A page view of the customer unless said otherwise; `name` makes its id. */
export function eventOf(name: string, occurredAt: number, identifiers: readonly Identifier[] = [], more: Partial<CanonicalEvent> = {}): CanonicalEvent {
  return {
    id: idOf(name),
    revision: 0,
    source: 'test',
    sourceEventId: name,
    sourceSequence: 0,
    occurredAt,
    receivedAt: occurredAt,
    system: 'web',
    type: 'pageViewed',
    channel: 'web',
    initiator: 'customer',
    presence: 'live',
    purpose: 'service',
    identifiers,
    contactLinks: [],
    issueKeys: [],
    intents: [],
    attributes: {},
    ...more,
  };
}

/** The hands of ingestion, and the eyes of a reader. */
export class Upstream {
  private constructor(private readonly client: Client) {}

  static async open(ownerUrl: string): Promise<Upstream> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    return new Upstream(client);
  }

  /** Stores events as ingestion would; a known one is replaced. Gives their ids. */
  async accept(...events: readonly CanonicalEvent[]): Promise<string[]> {
    await this.client.query(
      `insert into ingestion.event (event_id, revision, source, occurred_at, received_at, body)
       select (e->>'id')::uuid, (e->>'revision')::int, e->>'source', to_timestamp((e->>'occurredAt')::float8 / 1000), now() - interval '1 minute', e from json_array_elements($1::json) as r (e)
       on conflict (event_id) do update set body = excluded.body, revision = excluded.revision`,
      [JSON.stringify(events)],
    );
    return events.map(({ id }) => id);
  }

  /** Any statement as the owner of everything. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row & Record<string, unknown>>(text, [...values])).rows;
  }

  /** Owner of each event, by event id. */
  async owners(): Promise<Map<string, string>> {
    const rows = await this.query<{ event_id: string; customer_id: string }>('select event_id, customer_id from identity.read_customer_event');
    return new Map(rows.map((row) => [row.event_id, row.customer_id]));
  }

  async revisions(): Promise<Map<string, number>> {
    const rows = await this.query<{ customer_id: string; revision: string }>('select customer_id, revision from identity.read_customer_revision');
    return new Map(rows.map((row) => [row.customer_id, Number(row.revision)]));
  }

  /** Every stored row of identity but the audit (decisions, revisions, outbox, lease), as one comparable text. Flush the resolver before. */
  async everything(): Promise<string> {
    const [row] = await this.query<{ text: string }>(comparable);
    return row!.text;
  }

  async close(): Promise<void> {
    await this.client.end();
  }
}

const comparable = `
  select string_agg(line, E'\\n' order by line) as text from (
    select 'naming_value ' || t::text as line from identity.naming_value t
    union all select 'carrier ' || t::text from identity.carrier t
    union all select 'link ' || t::text from identity.link t
    union all select 'session_sighting ' || t::text from identity.session_sighting t
    union all select 'sighting ' || value_key || ' ' || id from (select distinct value_key, unnest(event_ids)::text as id from identity.sighting) t
    union all select 'founding ' || t::text from identity.founding t
    union all select 'review ' || t::text from identity.review t
    union all select 'review_node ' || t::text from identity.review_node t
    union all select 'customer_event ' || t::text from identity.customer_event t
    union all select 'identifier ' || t::text from identity.identifier t
    union all select 'household ' || t::text from identity.household t
    union all select 'failed_event ' || t::text from identity.failed_event t
    union all select 'customer ' || row(customer_id, kind, resolves_to)::text from identity.customer
  ) as lines`;

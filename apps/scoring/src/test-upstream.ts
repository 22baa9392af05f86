import { defaultHierarchySettings, type CanonicalEvent } from '@throughline/contracts';
import type { Migration } from '@throughline/database';
import { buildJourney, type EventRef, type Journey, type NodeFrom } from '@throughline/domain-hierarchy';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';

/** For tests: what ingestion, identity and sessionization show of themselves, as plain tables that a test fills. */
class CreateUpstream1763000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema ingestion;
      create table ingestion.read_event_rows (event_id uuid primary key, body json);
      create view ingestion.read_event as select * from ingestion.read_event_rows;

      create schema identity;
      create table identity.customer_event (customer_id uuid, event_id uuid, occurred_at timestamptz, source_sequence bigint, primary key (customer_id, event_id));
      create index on identity.customer_event (customer_id, occurred_at);
      create view identity.read_customer_event as select * from identity.customer_event;
      create table identity.customer_change (customer_id uuid, revision bigint, from_at timestamptz, to_at timestamptz, primary key (customer_id, revision));
      create view identity.read_customer_change as select * from identity.customer_change;
      create table identity.customer (customer_id uuid primary key, kind text);
      create view identity.read_customer as select * from identity.customer;
      create table identity.identifier (customer_id uuid, kind text);
      create view identity.read_identifier as select * from identity.identifier;

      create schema sessionization;
      create table sessionization.journey_head (customer_id uuid primary key, built_revision bigint, rewritten integer default 0);
      create view sessionization.read_journey_head as select * from sessionization.journey_head;
      create table sessionization.rebuild (under_way boolean);
      insert into sessionization.rebuild values (false);
      create view sessionization.read_rebuild as select * from sessionization.rebuild;
      create table sessionization.transaction (customer_id uuid, anchor uuid, kind text, system text, channel text, agent text, queue text, live_start_at timestamptz,
        live_end_at timestamptz, parent_level text, parent_anchor uuid, primary key (customer_id, anchor));
      create view sessionization.read_transaction as select * from sessionization.transaction;
      create table sessionization.event_transaction (customer_id uuid, event_id uuid, transaction_anchor uuid, primary key (customer_id, event_id));
      create view sessionization.read_event_transaction as select * from sessionization.event_transaction;
      create table sessionization.interaction (customer_id uuid, anchor uuid, kind text, start_at timestamptz, end_at timestamptz, live_start_at timestamptz,
        live_end_at timestamptz, primary key (customer_id, anchor));
      create view sessionization.read_interaction as select * from sessionization.interaction;
      create table sessionization.part (customer_id uuid, interaction_anchor uuid, place integer, engagement_anchor uuid, start_at timestamptz, end_at timestamptz, live_ms bigint,
        share integer, family text, family_by text, intent_confidence integer, failed text, primary key (customer_id, interaction_anchor, place));
      create view sessionization.read_part as select * from sessionization.part;
      create table sessionization.engagement (customer_id uuid, anchor uuid, first_at timestamptz, last_at timestamptz, last_activity_at timestamptz, window_ms bigint, phases json,
        primary key (customer_id, anchor));
      create view sessionization.read_engagement as select * from sessionization.engagement;
      create table sessionization.event_engagement (customer_id uuid, event_id uuid, engagement_id text, primary key (customer_id, event_id));
      create view sessionization.read_event_engagement as select * from sessionization.event_engagement;
    `);
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

export const upstreamMigrations: readonly Migration[] = [CreateUpstream1763000000000];

/** A stable id for a name. */
export const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a11');

const anchorOf = (nodeId: string): string => nodeId.slice(nodeId.indexOf('_') + 1);
const isFrom = ({ from }: NodeFrom, { occurredAt, sourceSequence, id }: EventRef): boolean =>
  from.occurredAt < occurredAt ||
  (from.occurredAt === occurredAt && (from.sourceSequence < sourceSequence || (from.sourceSequence === sourceSequence && from.id <= id)));
const instant = (at: number | undefined): string | null => (at === undefined ? null : new Date(at).toISOString());

/** The hands of ingestion, identity and sessionization: a customer's journey is built by the real rule. */
export class Upstream {
  private readonly revisions = new Map<string, number>();

  private constructor(private readonly client: Client) {}

  static async open(ownerUrl: string): Promise<Upstream> {
    const client = new Client({ connectionString: ownerUrl });
    await client.connect();
    return new Upstream(client);
  }

  /** The customer has these events from now on; `changed` are those that came or went (all when left out). */
  async set(customerId: string, events: readonly CanonicalEvent[], changed: readonly CanonicalEvent[] = events, kind = 'customer'): Promise<void> {
    const revision = (this.revisions.get(customerId) ?? 0) + 1;
    this.revisions.set(customerId, revision);
    const times = changed.map(({ occurredAt }) => occurredAt);
    await this.client.query('begin');
    await this.client.query('insert into identity.customer values ($1, $2) on conflict do nothing', [customerId, kind]);
    await this.client.query('insert into identity.customer_change values ($1, $2, $3, $4)', [
      customerId,
      revision,
      instant(Math.min(...times)),
      instant(Math.max(...times)),
    ]);
    await this.client.query('delete from identity.customer_event where customer_id = $1', [customerId]);
    await this.insert(
      'ingestion.read_event_rows',
      events.map(({ id, ...body }) => [id, JSON.stringify({ id, ...body })]),
      'on conflict (event_id) do update set body = excluded.body',
    );
    await this.insert(
      'identity.customer_event',
      events.map(({ id, occurredAt, sourceSequence }) => [customerId, id, instant(occurredAt), sourceSequence]),
    );
    await this.build(customerId, events);
    await this.client.query(
      'insert into sessionization.journey_head (customer_id, built_revision) values ($1, $2) on conflict (customer_id) do update set built_revision = excluded.built_revision',
      [customerId, revision],
    );
    await this.client.query('commit');
  }

  /** The hierarchy was built anew for a reason of its own, with these corrections of it: here, that all is one engagement's worth of another family. */
  async rewrite(customerId: string, text: string, values: readonly unknown[] = []): Promise<void> {
    await this.client.query(text, [...values]);
    await this.client.query('update sessionization.journey_head set rewritten = rewritten + 1 where customer_id = $1', [customerId]);
  }

  /** Any statement as the owner of everything. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return (await this.client.query<Row & Record<string, unknown>>(text, [...values])).rows;
  }

  async close(): Promise<void> {
    await this.client.end();
  }

  private async build(customerId: string, events: readonly CanonicalEvent[]): Promise<void> {
    for (const table of ['transaction', 'event_transaction', 'interaction', 'part', 'engagement', 'event_engagement'])
      await this.client.query(`delete from sessionization.${table} where customer_id = $1`, [customerId]);
    const owned = events.map((event) => ({ event, decidedBy: 'customerNumber::1' }));
    const journey = buildJourney({ customerId, events: owned, corrections: [], settings: defaultHierarchySettings });
    const engagementOf = engagementsOf(journey);
    await this.insert(
      'sessionization.transaction',
      journey.transactions.map((row) => {
        const engagement = engagementOf(row.nodes.find((node) => isFrom(node, row.anchor))?.node ?? row.id);
        const level = row.interaction ? 'interaction' : engagement ? 'engagement' : 'journey';
        const parent = row.interaction ? anchorOf(row.interaction.id) : engagement;
        return [
          customerId,
          row.anchor.id,
          row.kind,
          row.system,
          row.channel,
          row.agent,
          row.queue,
          instant(row.live?.startAt),
          instant(row.live?.endAt),
          level,
          parent,
        ];
      }),
    );
    const placed = journey.transactions.flatMap((row) =>
      row.events.map((event) => ({
        id: event.id,
        transaction: row.anchor.id,
        engagement: engagementOf(row.nodes.findLast((node) => isFrom(node, event))?.node ?? row.id),
      })),
    );
    await this.insert(
      'sessionization.event_transaction',
      placed.map(({ id, transaction }) => [customerId, id, transaction]),
    );
    await this.insert(
      'sessionization.event_engagement',
      placed.flatMap(({ id, engagement }) => (engagement ? [[customerId, id, `eng_${engagement}`]] : [])),
    );
    await this.insert(
      'sessionization.interaction',
      journey.interactions.map((row) => [
        customerId,
        row.anchor.id,
        row.kind,
        instant(row.startAt),
        instant(row.endAt),
        instant(row.live?.startAt),
        instant(row.live?.endAt),
      ]),
    );
    await this.insert(
      'sessionization.part',
      journey.interactions.flatMap(({ anchor, parts }) =>
        parts.map((part, place) => [
          customerId,
          anchor.id,
          place + 1,
          engagementOf(part.node),
          instant(part.startAt),
          instant(part.endAt),
          part.liveMs,
          part.share,
          part.family,
          part.familyBy,
          part.intentConfidence,
          part.failed,
        ]),
      ),
    );
    await this.insert(
      'sessionization.engagement',
      journey.engagements.map((row) => [
        customerId,
        row.anchor.id,
        instant(row.firstAt),
        instant(row.lastAt),
        instant(row.lastActivityAt),
        row.windowMs,
        JSON.stringify(row.phases),
      ]),
    );
  }

  private async insert(table: string, rows: readonly (readonly unknown[])[], suffix = ''): Promise<void> {
    const width = rows[0]?.length ?? 0;
    for (let start = 0; start < rows.length; start += 500) {
      const part = rows.slice(start, start + 500);
      const text = part.map((_, row) => `(${Array.from({ length: width }, (__, column) => `$${row * width + column + 1}`).join(', ')})`).join(', ');
      await this.client.query(`insert into ${table} values ${text} ${suffix}`, part.flat());
    }
  }
}

function engagementsOf(journey: Journey): (node: string) => string | null {
  const ofComponent = new Map(journey.engagements.flatMap(({ components, anchor }) => components.map((component) => [component, anchor.id] as const)));
  const componentOf = new Map(journey.memberships.map(({ node, component }) => [node, component]));
  return (node) => ofComponent.get(componentOf.get(node) ?? '') ?? null;
}

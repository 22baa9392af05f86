import { Injectable } from '@nestjs/common';
import type { CanonicalEvent } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { Problem } from '@throughline/service';
import type { EngagementRow, EventRow, HeadRow, IdentifierRow, InteractionRow, OwnerRow, PartRow, ScoreRow, TransactionRow, TreeRows } from './tree-rows';

export interface TreePage {
  /** Transactions at most. */
  readonly limit: number;
  /** Of an earlier answer: go on with older transactions. */
  readonly cursor?: string | undefined;
}

/** Events shown of one transaction, at most. */
const eventsOfTransaction = 500;

const ms = (column: string): string => `round(date_part('epoch', ${column}) * 1000) as ${column.slice(column.indexOf('.') + 1)}`;
const membership = 'rule, other_event, value, gap_ms::double precision, limit_ms::double precision, confidence';

/** Reads one customer's tree by a constant number of indexed statements, however long the journey is. */
@Injectable()
export class TreeStore {
  constructor(private readonly database: Database) {}

  async read(customerId: string, page: TreePage): Promise<TreeRows> {
    const [head, formerIds, identifiers, reviews, newest] = await Promise.all([
      this.head(customerId),
      this.formerIds(customerId),
      this.identifiers(customerId),
      this.reviews(customerId),
      this.transactions(customerId, page),
    ]);
    const transactions = newest.slice(0, page.limit);
    const anchorsOf = (level: string): string[] =>
      transactions.flatMap(({ parent_level, parent_anchor }) => (parent_level === level && parent_anchor ? [parent_anchor] : []));
    const interactionAnchors = [...new Set(anchorsOf('interaction'))];
    const [events, interactions, parts, scores] = await Promise.all([
      this.events(customerId, transactions),
      this.interactions(customerId, interactionAnchors),
      this.parts(customerId, interactionAnchors),
      this.scores(customerId, interactionAnchors),
    ]);
    const engagementAnchors = new Set(anchorsOf('engagement'));
    for (const { engagement_anchor } of parts) if (engagement_anchor) engagementAnchors.add(engagement_anchor);
    const eventIds = events.map(({ event_id }) => event_id);
    const [engagements, bodies, owners] = await Promise.all([
      this.engagements(customerId, [...engagementAnchors]),
      this.bodies(eventIds),
      this.owners(customerId, eventIds),
    ]);
    const last = transactions.at(-1);
    const cursor = newest.length > page.limit && last ? `${last.start_at}_${last.anchor}` : undefined;
    return { head, formerIds, identifiers, reviews, transactions, events, interactions, parts, scores, engagements, bodies, owners, cursor };
  }

  private async head(customerId: string): Promise<HeadRow> {
    const [row] = await this.database.query<HeadRow>(
      `select r.revision::double precision, h.built_revision::double precision, h.settings_version, s.settings, h.stale, h.events, ${ms('h.first_at')}, ${ms('h.last_at')},
         (select max(version) from sessionization.read_settings) as active_version
       from (select $1::uuid as customer_id) c
       left join identity.read_customer_revision r on r.customer_id = c.customer_id
       left join sessionization.read_journey_head h on h.customer_id = c.customer_id
       left join sessionization.read_settings s on s.version = h.settings_version`,
      [customerId],
    );
    return row!;
  }

  private async formerIds(customerId: string): Promise<string[]> {
    const rows = await this.database.query<{ id: string }>(
      'select distinct former_id as id from identity.read_former_customer where customer_id = $1 and former_id <> $1 order by former_id limit 1000',
      [customerId],
    );
    return rows.map((row) => row.id);
  }

  private identifiers(customerId: string): Promise<IdentifierRow[]> {
    return this.database.query<IdentifierRow>(
      `select kind, namespace, value, rule, event_id, confidence from identity.read_identifier where customer_id = $1 order by kind, namespace, value limit 1000`,
      [customerId],
    );
  }

  private reviews(customerId: string): Promise<{ id: string; kind: string; detail: string }[]> {
    return this.database.query('select id, kind, detail from identity.read_review where customer_id = $1 order by id limit 100', [customerId]);
  }

  private transactions(customerId: string, { limit, cursor }: TreePage): Promise<TransactionRow[]> {
    const from = cursor === undefined ? undefined : parseCursor(cursor);
    return this.database.query<TransactionRow>(
      `select id, anchor, kind, source, system, channel, agent, (select a.name from admin_api.read_agent a where a.agent_id = t.agent) as agent_name, queue,
         ${ms('start_at')}, ${ms('end_at')}, ended, parent_level, parent_id, parent_anchor, ${membership}
       from sessionization.read_transaction t
       where customer_id = $1 and ($2::double precision is null or t.start_at <= to_timestamp($2 / 1000))
         and ($2::double precision is null or (t.start_at, t.anchor) < (to_timestamp($2 / 1000), $3::uuid))
       order by t.start_at desc, t.anchor desc limit $4`,
      [customerId, from?.startAt ?? null, from?.anchor ?? null, limit + 1],
    );
  }

  private events(customerId: string, transactions: readonly TransactionRow[]): Promise<EventRow[]> {
    return this.database.query<EventRow>(
      `select transaction_id, event_id, rule, gap_ms, limit_ms, events from (
         select transaction_id, event_id, rule, gap_ms::double precision, limit_ms::double precision, occurred_at, source_sequence,
           count(*) over (partition by transaction_anchor)::integer as events,
           row_number() over (partition by transaction_anchor order by occurred_at, source_sequence, event_id) as place
         from sessionization.read_event_transaction where customer_id = $1 and transaction_anchor = any($2::uuid[])) e
       where place <= ${eventsOfTransaction} order by occurred_at, source_sequence, event_id`,
      [customerId, transactions.map(({ anchor }) => anchor)],
    );
  }

  private interactions(customerId: string, anchors: readonly string[]): Promise<InteractionRow[]> {
    return this.database.query<InteractionRow>(
      `select id, anchor, kind, ${ms('start_at')}, ${ms('end_at')} from sessionization.read_interaction where customer_id = $1 and anchor = any($2::uuid[])`,
      [customerId, anchors],
    );
  }

  private parts(customerId: string, interactionAnchors: readonly string[]): Promise<PartRow[]> {
    return this.database.query<PartRow>(
      `select interaction_id, engagement_id, engagement_anchor, ${ms('start_at')}, share, family, keys, ${membership}
       from sessionization.read_part p where customer_id = $1 and interaction_anchor = any($2::uuid[]) order by p.start_at, place`,
      [customerId, interactionAnchors],
    );
  }

  private scores(customerId: string, interactionAnchors: readonly string[]): Promise<ScoreRow[]> {
    return this.database.query<ScoreRow>(
      `select anchor, intent, intent_confidence as "intentConfidence", frustration, ledger
       from scoring.read_contact where customer_id = $1 and anchor = any($2::uuid[])`,
      [customerId, interactionAnchors],
    );
  }

  private engagements(customerId: string, anchors: readonly string[]): Promise<EngagementRow[]> {
    return this.database.query<EngagementRow>(
      `select id, families, ${ms('first_at')}, ${ms('last_at')}, ${ms('last_activity_at')}, window_ms::double precision, phases, repeat_of, follows
       from sessionization.read_engagement e where customer_id = $1 and anchor = any($2::uuid[]) order by e.first_at, e.anchor`,
      [customerId, anchors],
    );
  }

  private async bodies(eventIds: readonly string[]): Promise<CanonicalEvent[]> {
    const rows = await this.database.query<{ body: CanonicalEvent }>('select body from ingestion.read_event where event_id = any($1::uuid[])', [eventIds]);
    return rows.map(({ body }) => body);
  }

  private owners(customerId: string, eventIds: readonly string[]): Promise<OwnerRow[]> {
    return this.database.query<OwnerRow>(
      'select event_id, owner_rule, decided_by, owner_confidence from identity.read_customer_event where customer_id = $1 and event_id = any($2::uuid[])',
      [customerId, eventIds],
    );
  }
}

function parseCursor(cursor: string): { startAt: number; anchor: string } {
  const parts = /^(\d{1,15})_([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor);
  if (!parts) throw new Problem(400, 'The cursor is not one of ours', 'Take it from "more.cursor" of the last answer, or leave it out.');
  return { startAt: Number(parts[1]), anchor: parts[2]! };
}

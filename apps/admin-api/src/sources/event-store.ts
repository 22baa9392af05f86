import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { writeCursor, type ArrivalCursor } from './arrival-cursor';
import type { EventAnswer, EventsAnswer } from './source-answers';

export interface EventFilter {
  readonly source?: string | undefined;
  readonly system?: string | undefined;
  readonly type?: string | undefined;
  readonly customer?: string | undefined;
  readonly limit: number;
}

interface Row {
  readonly id: string;
  readonly source: string;
  readonly system: string;
  readonly type: string;
  readonly channel: string;
  readonly occurred: Date;
  readonly received: Date;
  readonly customer: string | null;
}

interface DetailRow extends Row {
  readonly revision: number;
  readonly body: Record<string, unknown>;
  readonly owner_rule: string | null;
}

const hourMs = 3_600_000;
/** How far back the newest are looked for, step by step: the index of arrivals is coarse, and most of the time the last hour is enough. */
const reaches = [hourMs, 24 * hourMs, 31 * 24 * hourMs, Infinity] as const;
/** A transaction may commit this long after it wrote its `received_at`: what the next answer reads again. */
const lateMs = 10_000;

const columns = `e.event_id as id, e.source, e.body->>'system' as system, e.body->>'type' as type, e.body->>'channel' as channel, e.occurred_at as occurred,
  e.received_at as received, o.customer_id as customer`;
const joined = 'ingestion.read_event e left join identity.read_customer_event o on o.event_id = e.event_id';
const chosen = `($1::text is null or e.source = $1) and ($2::text is null or e.body->>'system' = $2) and ($3::text is null or e.body->>'type' = $3)
  and ($4::uuid is null or o.customer_id = $4)`;

/** Events in the order in which they arrived: all of them, none sampled away. */
@Injectable()
export class EventStore {
  constructor(private readonly database: Database) {}

  /** The newest ones. */
  async newest(filter: EventFilter, now: number): Promise<EventsAnswer> {
    const events = await this.backFrom('infinity', noId, now, filter);
    return { events, cursor: firstCursor(events, now), more: false };
  }

  /** The newest of those that arrived before this event; null when there is no such event. */
  async before(id: string, filter: EventFilter): Promise<EventsAnswer | null> {
    const [place] = await this.database.query<{ at: Date }>('select received_at as at from ingestion.read_event where event_id = $1', [id]);
    if (!place) return null;
    const found = await this.backFrom(place.at.toISOString(), id, place.at.getTime(), { ...filter, limit: filter.limit + 1 });
    const events = found.slice(-filter.limit);
    const last = events.at(-1);
    return { events, cursor: writeCursor(last ? { at: last.receivedAt, id: last.id } : { at: place.at.getTime(), id }), more: found.length > events.length };
  }

  /** The newest that lie before a place in the order of arrival, the oldest first. `from`: where the search begins to reach back. */
  private async backFrom(at: string, id: string, from: number, filter: EventFilter): Promise<EventsAnswer['events']> {
    for (const reach of reaches) {
      const rows = await this.database.query<Row>(
        `select ${columns} from ${joined} where ${chosen} and e.received_at >= $5::timestamptz and e.received_at <= $6::timestamptz
           and (e.received_at, e.event_id) < ($6::timestamptz, $7::uuid) order by e.received_at desc, e.event_id desc limit $8`,
        [...valuesOf(filter), new Date(reach === Infinity ? 0 : from - reach).toISOString(), at, id, filter.limit],
      );
      if (rows.length >= filter.limit || reach === Infinity) return rows.reverse().map(eventOf);
    }
    throw new Error('The last reach has no end.');
  }

  /** What arrived after the cursor, the oldest first. */
  async after(cursor: ArrivalCursor, filter: EventFilter): Promise<EventsAnswer> {
    const rows = await this.database.query<Row>(
      `select ${columns} from ${joined} where ${chosen} and e.received_at >= $5::timestamptz and (e.received_at, e.event_id) > ($5::timestamptz, $6::uuid)
       order by e.received_at, e.event_id limit $7`,
      [...valuesOf(filter), new Date(cursor.at).toISOString(), cursor.id, filter.limit + 1],
    );
    const more = rows.length > filter.limit;
    const events = rows.slice(0, filter.limit).map(eventOf);
    const last = events.at(-1);
    return { events, cursor: more && last ? writeCursor({ at: last.receivedAt, id: last.id }) : nextCursor(events, cursor), more };
  }

  async one(id: string): Promise<EventAnswer | null> {
    const [row] = await this.database.query<DetailRow>(`select ${columns}, e.revision, e.body, o.owner_rule from ${joined} where e.event_id = $1`, [id]);
    if (!row) return null;
    const [raw] = await this.database.query<{ record: string; adapter: string }>(
      `select record, adapter from ingestion.read_original_body
       where received_at between $1::timestamptz - interval '1 second' and $1::timestamptz + interval '1 second' and event_id = $2 order by revision desc limit 1`,
      [row.received.toISOString(), id],
    );
    const [node] = row.customer
      ? await this.database.query<{ transaction: string; parent_level: string; parent: string | null; engagement: string | null }>(
          `select t.id as transaction, t.parent_level, t.parent_id as parent,
             (select g.engagement_id from sessionization.read_event_engagement g where g.customer_id = e.customer_id and g.event_id = e.event_id limit 1) as engagement
           from sessionization.read_event_transaction e
           join sessionization.read_transaction t on t.customer_id = e.customer_id and t.anchor = e.transaction_anchor
           where e.customer_id = $1 and e.event_id = $2`,
          [row.customer, id],
        )
      : [];
    return {
      ...eventOf(row),
      canonical: row.body,
      raw: raw ? parsedOrText(raw.record) : null,
      adapter: raw?.adapter ?? null,
      linked: {
        ownerRule: row.owner_rule,
        transactionId: node?.transaction ?? null,
        interactionId: node?.parent_level === 'interaction' ? node.parent : null,
        engagementId: node?.engagement ?? (node?.parent_level === 'engagement' ? node.parent : null),
      },
    };
  }
}

const noId = '00000000-0000-0000-0000-000000000000';

const valuesOf = ({ source, system, type, customer }: EventFilter): unknown[] => [source ?? null, system ?? null, type ?? null, customer ?? null];

/** After the newest were shown: what was left out before the first of them is not told later as if it were new. */
function firstCursor(events: EventsAnswer['events'], now: number): string {
  const [first, last] = [events[0], events.at(-1)];
  if (!first || !last) return writeCursor({ at: now - lateMs, id: noId });
  return writeCursor(first.receivedAt > last.receivedAt - lateMs ? { at: first.receivedAt, id: first.id } : { at: last.receivedAt - lateMs, id: noId });
}

/** A little before the last one: what commits late is seen with the next answer, and what was seen comes once more. */
function nextCursor(events: EventsAnswer['events'], before: ArrivalCursor): string {
  const last = events.at(-1);
  return writeCursor(last ? { at: last.receivedAt - lateMs, id: noId } : before);
}

function eventOf({ occurred, received, customer, id, source, system, type, channel }: Row): EventsAnswer['events'][number] {
  return { id, source, system, type, channel, occurredAt: occurred.getTime(), receivedAt: received.getTime(), customerId: customer };
}

function parsedOrText(record: string): unknown {
  try {
    return JSON.parse(record) as unknown;
  } catch {
    return record;
  }
}

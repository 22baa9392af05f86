import type { CanonicalEvent } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import type { ScoredEngagement, ScoredInteraction, ScoredPart, ScoredTransaction, Span } from '@throughline/domain-scoring';

/** A span of one customer's time of which the hierarchy is read; null: all of it. */
export interface Wanted {
  readonly customerId: string;
  readonly span: Span | null;
  /** Interactions that are read whatever the span. */
  readonly interactions: readonly string[];
}

/** What was read of one customer: every interaction that touches the span whole, and the loose events in it. */
export interface JourneyPart {
  readonly transactions: ScoredTransaction[];
  readonly interactions: ScoredInteraction[];
  events: number;
}

const ms = (column: string, name: string): string => `round(date_part('epoch', ${column}) * 1000) as "${name}"`;
/** Every instant that a canonical event may have. */
const all: Span = { startAt: Date.UTC(1000, 0), endAt: Date.UTC(9999, 0) };

/** All engagements of these customers, facts only. */
export async function readEngagements(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, ScoredEngagement[]>> {
  const byCustomer = new Map<string, ScoredEngagement[]>(customerIds.map((id) => [id, []]));
  if (customerIds.length === 0) return byCustomer;
  const rows = await tx.query<ScoredEngagement & { customerId: string }>(
    `select e.* from unnest($1::uuid[]) as w (id) cross join lateral (
       select customer_id as "customerId", anchor, ${ms('first_at', 'firstAt')}, ${ms('last_at', 'lastAt')}, ${ms('last_activity_at', 'lastActivityAt')},
         window_ms::double precision as "windowMs", phases
       from sessionization.read_engagement where customer_id = w.id offset 0) e`,
    [customerIds],
  );
  for (const { customerId, ...engagement } of rows) byCustomer.get(customerId)!.push(engagement);
  return byCustomer;
}

/** The parts of the hierarchy that these spans touch, with the events. Throws when an event of the hierarchy is not stored. */
export async function readParts(tx: Transaction, wanted: readonly Wanted[]): Promise<Map<string, JourneyPart>> {
  const parts = new Map<string, JourneyPart>(wanted.map(({ customerId }) => [customerId, { transactions: [], interactions: [], events: 0 }]));
  if (wanted.length === 0) return parts;
  const touched = await readTouched(tx, wanted);
  const interactions = await readInteractions(tx, touched);
  for (const { customerId, ...interaction } of interactions) parts.get(customerId)!.interactions.push(interaction);
  await readTransactions(tx, wanted, parts);
  return parts;
}

interface Named {
  readonly customerId: string;
  readonly anchor: string;
}

const columnsOf = (named: readonly Named[]): [string[], string[]] => [named.map(({ customerId }) => customerId), named.map(({ anchor }) => anchor)];

/** The interactions with an event in the span, and those asked for by name. */
async function readTouched(tx: Transaction, wanted: readonly Wanted[]): Promise<Named[]> {
  const rows = await tx.query<Named>(
    `select distinct w.id as "customerId", t.parent_anchor as anchor
     from unnest($1::uuid[], $2::double precision[], $3::double precision[]) as w (id, from_ms, to_ms)
     cross join lateral (select event_id from identity.read_customer_event
       where customer_id = w.id and occurred_at between to_timestamp(w.from_ms / 1000) and to_timestamp(w.to_ms / 1000) offset 0) e
     cross join lateral (select transaction_anchor from sessionization.read_event_transaction where customer_id = w.id and event_id = e.event_id offset 0) x
     cross join lateral (select parent_level, parent_anchor from sessionization.read_transaction where customer_id = w.id and anchor = x.transaction_anchor offset 0) t
     where t.parent_level = 'interaction'`,
    spansOf(wanted.map(({ customerId, span }) => ({ customerId, span: span ?? all }))),
  );
  const found = new Map(rows.map((row) => [`${row.customerId}|${row.anchor}`, row]));
  for (const { customerId, interactions } of wanted) for (const anchor of interactions) found.set(`${customerId}|${anchor}`, { customerId, anchor });
  return [...found.values()];
}

const spansOf = (spans: readonly { customerId: string; span: Span }[]): [string[], number[], number[]] => [
  spans.map(({ customerId }) => customerId),
  spans.map(({ span }) => span.startAt),
  spans.map(({ span }) => span.endAt),
];

async function readInteractions(tx: Transaction, named: readonly Named[]): Promise<(ScoredInteraction & { customerId: string })[]> {
  if (named.length === 0) return [];
  const rows = await tx.query<{
    customerId: string;
    anchor: string;
    kind: 'contact' | 'attempt';
    startAt: number;
    endAt: number;
    liveStartAt: number | null;
    liveEndAt: number | null;
  }>(
    `select w.id as "customerId", i.* from unnest($1::uuid[], $2::uuid[]) as w (id, anchor) cross join lateral (
       select anchor, kind, ${ms('start_at', 'startAt')}, ${ms('end_at', 'endAt')}, ${ms('live_start_at', 'liveStartAt')}, ${ms('live_end_at', 'liveEndAt')}
       from sessionization.read_interaction where customer_id = w.id and anchor = w.anchor offset 0) i`,
    columnsOf(named),
  );
  const parts = await tx.query<ScoredPart & { customerId: string; interaction: string }>(
    `select w.id as "customerId", w.anchor as interaction, p.* from unnest($1::uuid[], $2::uuid[]) as w (id, anchor) cross join lateral (
       select engagement_anchor as engagement, ${ms('start_at', 'startAt')}, ${ms('end_at', 'endAt')}, live_ms::double precision as "liveMs", share, family,
         family_by as "familyBy", intent_confidence as "intentConfidence", failed, place
       from sessionization.read_part where customer_id = w.id and interaction_anchor = w.anchor and family is not null order by place offset 0) p
     order by w.id, w.anchor, p.place`,
    columnsOf(named),
  );
  const partsOf = new Map<string, ScoredPart[]>();
  for (const { customerId, interaction, ...part } of parts) {
    const name = `${customerId}|${interaction}`;
    const list = partsOf.get(name);
    if (list) list.push(part);
    else partsOf.set(name, [part]);
  }
  return rows.map(({ customerId, anchor, kind, startAt, endAt, liveStartAt, liveEndAt }) => ({
    customerId,
    anchor,
    kind,
    startAt,
    endAt,
    live: liveStartAt === null || liveEndAt === null ? null : { startAt: liveStartAt, endAt: liveEndAt },
    parts: partsOf.get(`${customerId}|${anchor}`) ?? [],
  }));
}

interface RefRow {
  readonly customerId: string;
  readonly id: string;
  readonly at: number;
  readonly sequence: number;
  readonly transaction: string;
}

/** The transactions of the interactions that were read, whole, and the loose events in the spans. */
async function readTransactions(tx: Transaction, wanted: readonly Wanted[], parts: ReadonlyMap<string, JourneyPart>): Promise<void> {
  const spans = wanted.map(({ customerId, span }) => ({ customerId, span: span && around(span, parts.get(customerId)!.interactions) }));
  const refs = await tx.query<RefRow>(
    `select w.id as "customerId", e.event_id as id, ${ms('e.occurred_at', 'at')}, e.source_sequence::double precision as sequence, x.transaction_anchor as transaction
     from unnest($1::uuid[], $2::double precision[], $3::double precision[]) as w (id, from_ms, to_ms)
     cross join lateral (select event_id, occurred_at, source_sequence from identity.read_customer_event
       where customer_id = w.id and occurred_at between to_timestamp(w.from_ms / 1000) and to_timestamp(w.to_ms / 1000) offset 0) e
     cross join lateral (select transaction_anchor from sessionization.read_event_transaction where customer_id = w.id and event_id = e.event_id offset 0) x`,
    spansOf(spans.map(({ customerId, span }) => ({ customerId, span: span ?? all }))),
  );
  const transactions = await readTransactionRows(tx, refs);
  const spanOf = new Map(wanted.map(({ customerId, span }) => [customerId, span ?? all]));
  const isWanted = (transaction: TransactionRow | undefined, at: number): boolean => {
    if (!transaction) return false;
    const span = spanOf.get(transaction.customerId)!;
    if (transaction.interaction === null) return at >= span.startAt && at <= span.endAt;
    return parts.get(transaction.customerId)!.interactions.some(({ anchor }) => anchor === transaction.interaction);
  };
  const used = refs.filter((ref) => isWanted(transactions.get(`${ref.customerId}|${ref.transaction}`), ref.at));
  const bodies = await readBodies(tx, used);
  const eventsOf = new Map<TransactionRow, CanonicalEvent[]>();
  for (const ref of used.sort((a, b) => a.at - b.at || a.sequence - b.sequence || (a.id < b.id ? -1 : 1))) {
    const transaction = transactions.get(`${ref.customerId}|${ref.transaction}`)!;
    const event = bodies.get(ref.id);
    if (!event) throw new Error(`event ${ref.id} is in the hierarchy but is not stored`);
    const placed =
      event.occurredAt === ref.at && event.sourceSequence === ref.sequence ? event : { ...event, occurredAt: ref.at, sourceSequence: ref.sequence };
    const list = eventsOf.get(transaction);
    if (list) list.push(placed);
    else eventsOf.set(transaction, [placed]);
  }
  for (const [{ customerId, ...transaction }, events] of eventsOf) {
    const part = parts.get(customerId)!;
    part.transactions.push({ ...transaction, events });
    part.events += events.length;
  }
}

function around(span: Span, interactions: readonly ScoredInteraction[]): Span {
  return interactions.reduce(({ startAt, endAt }, one) => ({ startAt: Math.min(startAt, one.startAt), endAt: Math.max(endAt, one.endAt) }), span);
}

type TransactionRow = Omit<ScoredTransaction, 'events'> & { readonly customerId: string };

async function readTransactionRows(tx: Transaction, refs: readonly RefRow[]): Promise<Map<string, TransactionRow>> {
  const named = [...new Map(refs.map(({ customerId, transaction }) => [`${customerId}|${transaction}`, { customerId, anchor: transaction }])).values()];
  if (named.length === 0) return new Map();
  const rows = await tx.query<
    Omit<TransactionRow, 'live' | 'interaction' | 'engagement'> & {
      liveStartAt: number | null;
      liveEndAt: number | null;
      parentLevel: string;
      parentAnchor: string | null;
    }
  >(
    `select w.id as "customerId", t.* from unnest($1::uuid[], $2::uuid[]) as w (id, anchor) cross join lateral (
       select anchor, kind, system, channel, agent, queue, ${ms('live_start_at', 'liveStartAt')}, ${ms('live_end_at', 'liveEndAt')},
         parent_level as "parentLevel", parent_anchor as "parentAnchor"
       from sessionization.read_transaction where customer_id = w.id and anchor = w.anchor offset 0) t`,
    columnsOf(named),
  );
  const attached = rows.filter(({ kind, parentLevel }) => kind !== 'contact' && parentLevel === 'interaction');
  const engagements = await readEngagementsOf(tx, attached);
  return new Map(
    rows.map(({ liveStartAt, liveEndAt, parentLevel, parentAnchor, ...row }) => [
      `${row.customerId}|${row.anchor}`,
      {
        ...row,
        live: liveStartAt === null || liveEndAt === null ? null : { startAt: liveStartAt, endAt: liveEndAt },
        interaction: parentLevel === 'interaction' ? parentAnchor : null,
        engagement: parentLevel === 'engagement' ? parentAnchor : (engagements.get(`${row.customerId}|${row.anchor}`) ?? null),
      },
    ]),
  );
}

/** In which engagement events hang, by `customer|event`; one that hangs in none is not in it. */
export async function readEngagementsOf(tx: Transaction, events: readonly Named[]): Promise<Map<string, string>> {
  if (events.length === 0) return new Map();
  const rows = await tx.query<Named & { engagement: string }>(
    `select w.id as "customerId", w.event as anchor, substr(g.engagement_id, 5) as engagement from unnest($1::uuid[], $2::uuid[]) as w (id, event)
     cross join lateral (select engagement_id from sessionization.read_event_engagement where customer_id = w.id and event_id = w.event offset 0) g`,
    columnsOf(events),
  );
  return new Map(rows.map(({ customerId, anchor, engagement }) => [`${customerId}|${anchor}`, engagement]));
}

async function readBodies(tx: Transaction, refs: readonly RefRow[]): Promise<Map<string, CanonicalEvent>> {
  if (refs.length === 0) return new Map();
  const rows = await tx.query<{ body: CanonicalEvent }>('select body from ingestion.read_event where event_id = any($1::uuid[])', [
    `{${refs.map(({ id }) => id).join(',')}}`,
  ]);
  return new Map(rows.map(({ body }) => [body.id, body]));
}

/** First and last instant at which anything of these customers occurred. */
export async function readSeen(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, { firstAt: number; lastAt: number }>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx.query<{ id: string; firstAt: number; lastAt: number }>(
    `select w.id, ${ms('f.at', 'firstAt')}, ${ms('l.at', 'lastAt')} from unnest($1::uuid[]) as w (id)
     cross join lateral (select occurred_at as at from identity.read_customer_event where customer_id = w.id order by occurred_at limit 1) f
     cross join lateral (select occurred_at as at from identity.read_customer_event where customer_id = w.id order by occurred_at desc limit 1) l`,
    [customerIds],
  );
  return new Map(rows.map(({ id, firstAt, lastAt }) => [id, { firstAt, lastAt }]));
}

import { selectRows, type Row, type RowTable, type Transaction } from '@throughline/database';
import type { ContactReading, EngagementExtent, EngagementShare, ItemReading, Readings, Span } from '@throughline/domain-scoring';
import { noRows, type FactRows } from './fact-rows';
import { extentTable, factNames, factTables, readingTable, shareTable, type FactTable } from './score-tables';

/** Instants that a stored contact must touch: `[startAt, endAt]` of one customer. */
export interface SpanOf {
  readonly customerId: string;
  readonly span: Span;
}

export interface Keyed {
  readonly customerId: string;
  readonly anchor: string;
}

const spanArrays = (spans: readonly SpanOf[]): [string[], number[], number[]] => [
  spans.map(({ customerId }) => customerId),
  spans.map(({ span }) => span.startAt),
  spans.map(({ span }) => span.endAt),
];

const empty = (): { contacts: ContactReading[]; items: ItemReading[] } => ({ contacts: [], items: [] });

function readingsFrom(rows: readonly { customer_id: string; kind: string; body: string }[], customerIds: readonly string[]): Map<string, Readings> {
  const byCustomer = new Map(customerIds.map((id) => [id, empty()]));
  for (const { customer_id: id, kind, body } of rows) {
    if (kind === 'contact') byCustomer.get(id)!.contacts.push(JSON.parse(body) as ContactReading);
    else byCustomer.get(id)!.items.push(JSON.parse(body) as ItemReading);
  }
  return byCustomer;
}

/** Stored readings of which anything lies in the span. */
export async function readReadingsIn(tx: Transaction, spans: readonly SpanOf[]): Promise<Map<string, Readings>> {
  const ids = spans.map(({ customerId }) => customerId);
  if (spans.length === 0) return new Map();
  const rows = await tx.query<{ customer_id: string; kind: string; body: string }>(
    `select r.* from unnest($1::uuid[], $2::double precision[], $3::double precision[]) as w (id, from_ms, to_ms)
     cross join lateral (select customer_id, kind, body from scoring.reading
       where customer_id = w.id and to_at >= to_timestamp(w.from_ms / 1000) and from_at <= to_timestamp(w.to_ms / 1000) offset 0) r`,
    spanArrays(spans),
  );
  return readingsFrom(rows, ids);
}

/** First and last instant of all stored contacts of which anything lies in the span. */
export async function readHulls(tx: Transaction, spans: readonly SpanOf[]): Promise<Map<string, Span>> {
  if (spans.length === 0) return new Map();
  const rows = await tx.query<Span & { id: string }>(
    `select w.id, round(date_part('epoch', min(r.from_at)) * 1000) as "startAt", round(date_part('epoch', max(r.to_at)) * 1000) as "endAt"
     from unnest($1::uuid[], $2::double precision[], $3::double precision[]) as w (id, from_ms, to_ms)
     cross join lateral (select from_at, to_at from scoring.reading
       where customer_id = w.id and kind = 'contact' and to_at >= to_timestamp(w.from_ms / 1000) and from_at <= to_timestamp(w.to_ms / 1000) offset 0) r
     group by w.id`,
    spanArrays(spans),
  );
  return new Map(rows.map(({ id, startAt, endAt }) => [id, { startAt, endAt }]));
}

/** Stored items that hang in these engagements. */
export async function readItemsOf(tx: Transaction, engagements: readonly Keyed[]): Promise<Map<string, ItemReading[]>> {
  const found = new Map<string, ItemReading[]>();
  if (engagements.length === 0) return found;
  const rows = await tx.query<{ customer_id: string; body: string }>(
    `select r.* from unnest($1::uuid[], $2::uuid[]) as w (id, engagement)
     cross join lateral (select customer_id, body from scoring.reading where customer_id = w.id and engagement = w.engagement offset 0) r`,
    [engagements.map(({ customerId }) => customerId), engagements.map(({ anchor }) => anchor)],
  );
  for (const { customer_id: id, body } of rows) {
    const list = found.get(id);
    if (list) list.push(JSON.parse(body) as ItemReading);
    else found.set(id, [JSON.parse(body) as ItemReading]);
  }
  return found;
}

/** Stored answers that hang in no engagement. */
export async function readUnhungAnswers(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, ItemReading[]>> {
  const found = new Map<string, ItemReading[]>();
  if (customerIds.length === 0) return found;
  const rows = await tx.query<{ customer_id: string; body: string }>(
    `select r.* from unnest($1::uuid[]) as w (id)
     cross join lateral (select customer_id, body from scoring.reading where customer_id = w.id and kind = 'answers' and engagement is null offset 0) r`,
    [customerIds],
  );
  for (const { customer_id: id, body } of rows) {
    const list = found.get(id);
    if (list) list.push(JSON.parse(body) as ItemReading);
    else found.set(id, [JSON.parse(body) as ItemReading]);
  }
  return found;
}

/** Stored answers about one of these events. */
export async function readAnswersAbout(tx: Transaction, events: readonly Keyed[]): Promise<Map<string, ItemReading[]>> {
  const found = new Map<string, ItemReading[]>();
  if (events.length === 0) return found;
  const rows = await tx.query<{ customer_id: string; body: string }>(
    `select r.* from unnest($1::uuid[], $2::uuid[]) as w (id, event)
     cross join lateral (select customer_id, body from scoring.reading where customer_id = w.id and about = w.event offset 0) r`,
    [events.map(({ customerId }) => customerId), events.map(({ anchor }) => anchor)],
  );
  for (const { customer_id: id, body } of rows) {
    const list = found.get(id);
    if (list) list.push(JSON.parse(body) as ItemReading);
    else found.set(id, [JSON.parse(body) as ItemReading]);
  }
  return found;
}

/** Who of these customers has a stored answer: most have none, and then nobody needs to ask by event. */
export async function readWhoAnswered(tx: Transaction, customerIds: readonly string[]): Promise<ReadonlySet<string>> {
  if (customerIds.length === 0) return new Set();
  const rows = await tx.query<{ id: string }>(
    `select w.id from unnest($1::uuid[]) as w (id) where exists (select from scoring.reading r where r.customer_id = w.id and r.kind = 'answers')`,
    [customerIds],
  );
  return new Set(rows.map(({ id }) => id));
}

/** First and last instant of the engagements of these customers, as they were when they were scored. */
export async function readExtents(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, EngagementExtent[]>> {
  const byCustomer = new Map<string, EngagementExtent[]>(customerIds.map((id) => [id, []]));
  for (const row of await readRowsOf(tx, extentTable, customerIds))
    byCustomer.get(row[0] as string)!.push({ anchor: row[1] as string, firstAt: row[2] as number, lastAt: row[3] as number });
  return byCustomer;
}

/** Shares of these engagements, as stored rows. */
export async function readShareRows(tx: Transaction, engagements: readonly Keyed[]): Promise<Row[]> {
  return readRowsBy(tx, shareTable, engagements, 'engagement');
}

export const shareFrom = (row: Row): EngagementShare => JSON.parse(row[6] as string) as EngagementShare;

/** Of these engagements those with a stored share outside the span whose family comes from elsewhere. */
export async function readUnsettled(tx: Transaction, engagements: readonly Keyed[], spanOf: ReadonlyMap<string, Span>): Promise<Map<string, Set<string>>> {
  const found = new Map<string, Set<string>>();
  if (engagements.length === 0) return found;
  const rows = await tx.query<Keyed>(
    `select w.id as "customerId", w.engagement as anchor from unnest($1::uuid[], $2::uuid[], $3::double precision[], $4::double precision[]) as w (id, engagement, from_ms, to_ms)
     where exists (select from scoring.engagement_share s where s.customer_id = w.id and s.engagement = w.engagement and not s.settled
       and (s.at > to_timestamp(w.to_ms / 1000) or s.ended_at < to_timestamp(w.from_ms / 1000)))`,
    [
      engagements.map(({ customerId }) => customerId),
      engagements.map(({ anchor }) => anchor),
      engagements.map(({ customerId }) => spanOf.get(customerId)!.startAt),
      engagements.map(({ customerId }) => spanOf.get(customerId)!.endAt),
    ],
  );
  for (const { customerId, anchor } of rows) found.set(customerId, (found.get(customerId) ?? new Set()).add(anchor));
  return found;
}

/** All stored rows of these customers. */
export async function readRowsOf(tx: Transaction, table: RowTable, customerIds: readonly string[]): Promise<Row[]> {
  if (customerIds.length === 0) return [];
  return (await tx.query<Record<string, Row[number]>>(selectRows(table), [customerIds])).map((row) => Object.values(row));
}

/** The stored rows with these names; `by` is the column that holds the name. */
async function readRowsBy(tx: Transaction, table: RowTable, keys: readonly Keyed[], by: 'anchor' | 'engagement' = 'anchor'): Promise<Row[]> {
  if (keys.length === 0) return [];
  const rows = await tx.query<Record<string, Row[number]>>(selectNamed(table, by), [
    keys.map(({ customerId }) => customerId),
    keys.map(({ anchor }) => anchor),
  ]);
  return rows.map((row) => Object.values(row));
}

const selectNamed = (table: RowTable, by: 'anchor' | 'engagement'): string =>
  `select r.* from unnest($1::uuid[], $2::uuid[]) as w (id, name) cross join lateral (${selectRows(table, `customer_id = w.id and ${by} = w.name`)} offset 0) r`;

/** Which stored rows a change may replace: by table their anchors; or all rows of some customers. */
export type StoredNames = Record<FactTable, Keyed[]>;
export const noNames = (): StoredNames => ({ contact: [], ledger: [], engagement: [], stay: [], visit: [], answer: [] });

/** The stored fact rows of these customers whole, and of the others by name. */
export async function readFactRows(tx: Transaction, whole: readonly string[], names: StoredNames): Promise<FactRows> {
  const rows = noRows();
  for (const name of factNames) {
    rows[name].push(...(await readRowsOf(tx, factTables[name], whole)));
    const keys = [...new Map(names[name].map((key) => [`${key.customerId}|${key.anchor}`, key])).values()];
    rows[name].push(...(await readRowsBy(tx, factTables[name], keys)));
  }
  return rows;
}

/** All stored readings of these customers, as rows. */
export const readReadingRows = (tx: Transaction, customerIds: readonly string[]): Promise<Row[]> => readRowsOf(tx, readingTable, customerIds);

import type { Transaction } from '@throughline/database';
import type { RowKind } from '@throughline/domain-metrics';
import type { KeptFact } from './kept-rows';

const instant = (column: string, name: string): string => `round(date_part('epoch', ${column}) * 1000) as "${name}"`;
const cut = 'queue, channel, intent, family, agent, site';

/** What is kept of the rows of each kind: as much as its metrics and filters look at. Placeholders count nowhere as customers. */
const selects: Readonly<Record<RowKind, string>> = {
  contact: `select customer_id as "customerId", ${cut}, ${instant('at', 'at')}, ${instant('ended_at', 'endedAt')}, started_by as "startedBy", transactions, looks_resolved as "looksResolved",
    ${instant('repeat_at', 'repeatAt')}, ${instant('channel_repeat_at', 'channelRepeatAt')}, frustration from scoring.read_contact where true`,
  engagement: `select customer_id as "customerId", ${cut}, ${instant('at', 'at')}, ${instant('first_contact_end_at', 'firstContactEndAt')}, closed_as as "closedAs", ${instant('closed_at', 'closedAt')},
    ${instant('resolved_at', 'resolvedAt')}, ${instant('idle_at', 'idleAt')}, steps, ${instant('next_same_intent_at', 'nextSameIntentAt')}, said_solved as "saidSolved",
    ${instant('said_solved_at', 'saidSolvedAt')}, false_success as "falseSuccess" from scoring.read_engagement where true`,
  queueStay: `select customer_id as "customerId", ${cut}, ${instant('at', 'at')}, abandoned from scoring.read_queue_stay where true`,
  answer: `select customer_id as "customerId", ${cut}, ${instant('at', 'at')}, question, value from scoring.read_answer where true`,
  customer: `select customer_id as "customerId", last_channel as channel, last_intent as intent, ${instant('first_at', 'firstAt')}, ${instant('last_at', 'lastAt')}, ${instant('left_at', 'leftAt')}
    from scoring.read_customer where known`,
};

/** How many rows of the kind there are. */
export async function countFacts(tx: Transaction, kind: RowKind): Promise<number> {
  const [row] = await tx.query<{ n: number }>(`select count(*)::integer as n from (${selects[kind]}) f`);
  return row!.n;
}

/** What the rows of a kind are put in order by. */
const orders: Readonly<Record<RowKind, string>> = { contact: 'at', engagement: 'at', queueStay: 'at', answer: 'at', customer: 'first_at' };

/** All rows of a kind in the order of their dates, 5,000 at once. */
export async function readAllFacts(tx: Transaction, kind: RowKind, take: (facts: readonly KeptFact[]) => void): Promise<void> {
  await tx.execute(`declare every_fact no scroll cursor for ${selects[kind]} order by ${orders[kind]}`);
  for (;;) {
    const facts = await tx.query<KeptFact>('fetch 5000 from every_fact');
    if (facts.length === 0) break;
    take(facts);
  }
  await tx.execute('close every_fact');
}

export const readFactsOf = (tx: Transaction, kind: RowKind, customerIds: readonly string[]): Promise<KeptFact[]> =>
  tx.query<KeptFact>(`${selects[kind]} and customer_id = any($1::uuid[])`, [customerIds]);

/** A snapshot of the database: `since` its xmin, all transactions before which it sees. */
export async function readSnapshot(tx: Transaction): Promise<{ since: string }> {
  const [row] = await tx.query<{ since: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as since');
  return row!;
}

/** Whose facts were written by a transaction that a snapshot with this xmin may not have seen. What another server wrote before a restore (above xmax) says nothing. */
export async function readWhoChanged(tx: Transaction, since: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    'select customer_id as id from scoring.read_score_head where saved_in >= $1::xid8 and saved_in < pg_snapshot_xmax(pg_current_snapshot())',
    [since],
  );
  return rows.map(({ id }) => id);
}

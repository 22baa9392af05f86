import type { Row, Transaction } from '@throughline/database';
import { customerTotals, type CustomerTotals, type OrderReading } from '@throughline/domain-scoring';
import type { CustomerScore } from './customer-score';
import type { FactRows } from './fact-rows';
import { readSeen } from './hierarchy-reader';
import { readRowsOf } from './score-store';
import { customerTable, engagementTable } from './score-tables';
import { writeDifference } from './write-rows';

/** A scored customer, and the stored rows of facts and readings that it replaced. */
export interface CustomerChange {
  readonly score: CustomerScore;
  readonly stored: FactRows;
  /** Stored readings of orders. */
  readonly before: readonly Row[];
}

interface Lasts {
  readonly id: string;
  readonly intent: string | null;
  readonly channel: string | null;
  readonly frustration: number | null;
  readonly leftAt: number | null;
}

const zero: CustomerTotals = { engagements: 0, openEngagementsHint: 0, contacts: 0, spent: 0, orders: 0 };
const names = ['engagements', 'openEngagementsHint', 'contacts', 'spent', 'orders'] as const;
const columnOf = (name: string): number => customerTable.columns.findIndex(([column]) => column === name);
const placeOf: Readonly<Record<(typeof names)[number], number>> = {
  engagements: columnOf('engagements'),
  openEngagementsHint: columnOf('open_engagements_hint'),
  contacts: columnOf('contacts'),
  spent: columnOf('spent'),
  orders: columnOf('orders'),
};
const closedAs = engagementTable.columns.findIndex(([column]) => column === 'closed_as');

/** Writes the row of each customer: sums by difference, so that they cost no more for a long past; the rest from the ends of indexes. Call it after the facts are written. */
export async function saveCustomers(tx: Transaction, changes: readonly CustomerChange[]): Promise<void> {
  const ids = changes.map(({ score }) => score.customerId);
  const stored = await readRowsOf(tx, customerTable, ids);
  const storedOf = new Map(stored.map((row) => [row[0] as string, row]));
  const seen = await readSeen(tx, ids);
  const lasts = new Map((await readLasts(tx, ids)).map((row) => [row.id, row]));
  const replaced = countStored(changes[0]?.stored);
  const rows = changes.flatMap(({ score, before }): Row[] => {
    const { customerId, customer, facts, fresh, span } = score;
    const times = seen.get(customerId);
    if (!times || customer.kind === 'internal') return [];
    const inSpan = fresh.items.filter(({ at }) => span === null || (at >= span.startAt && at <= span.endAt));
    const now = customerTotals(facts!, inSpan);
    const was = score.isWhole ? zero : plus(replaced.get(customerId) ?? zero, customerTotals({ contacts: [], engagements: [] }, before.map(orderFrom)), 1);
    const base = score.isWhole ? zero : totalsOf(storedOf.get(customerId));
    const totals = plus(plus(base, now, 1), was, -1);
    const last = lasts.get(customerId)!;
    return [
      [
        customerId,
        customer.kind === 'customer',
        times.firstAt,
        times.lastAt,
        totals.engagements,
        totals.openEngagementsHint,
        totals.contacts,
        last.intent ?? 'unknown',
        last.channel,
        totals.spent,
        totals.orders,
        last.leftAt,
        last.frustration ?? 0,
      ],
    ];
  });
  await writeDifference(tx, customerTable, stored, rows);
}

const orderFrom = (row: Row): OrderReading => JSON.parse(row[7] as string) as OrderReading;

function totalsOf(row: Row | undefined): CustomerTotals {
  return row ? (Object.fromEntries(names.map((name) => [name, row[placeOf[name]] as number])) as unknown as CustomerTotals) : zero;
}

function plus(a: CustomerTotals, b: CustomerTotals, sign: 1 | -1): CustomerTotals {
  return Object.fromEntries(names.map((name) => [name, a[name] + sign * b[name]])) as unknown as CustomerTotals;
}

/** By customer what the replaced rows of contacts and engagements count. */
function countStored(stored: FactRows | undefined): ReadonlyMap<string, CustomerTotals> {
  const counts = new Map<string, CustomerTotals>();
  const add = (row: Row, more: Partial<CustomerTotals>): void =>
    void counts.set(row[0] as string, plus(counts.get(row[0] as string) ?? zero, { ...zero, ...more }, 1));
  for (const row of stored?.contact ?? []) add(row, { contacts: 1 });
  for (const row of stored?.engagement ?? []) add(row, { engagements: 1, openEngagementsHint: row[closedAs] === null ? 1 : 0 });
  return counts;
}

async function readLasts(tx: Transaction, customerIds: readonly string[]): Promise<Lasts[]> {
  if (customerIds.length === 0) return [];
  return tx.query<Lasts>(
    `select w.id, l.intent, l.channel, l.frustration, case when s.sold is null then round(date_part('epoch', d.at) * 1000) end as "leftAt"
     from unnest($1::uuid[]) as w (id)
     left join lateral (select intent, channel, frustration from scoring.contact where customer_id = w.id order by at desc, anchor desc limit 1) l on true
     left join lateral (select at from scoring.engagement where customer_id = w.id and family = 'cancellation' and closed_as in ('lost', 'cancelled') order by at desc limit 1) d on true
     left join lateral (select 1 as sold from scoring.engagement where customer_id = w.id and closed_as = 'sold' and at > d.at limit 1) s on true`,
    [customerIds],
  );
}

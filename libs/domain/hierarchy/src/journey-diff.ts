import type { Engagement, EventInTransaction, Interaction, Journey, NodeMembership, Transaction } from './hierarchy';
import { sameData } from './same-data';

export interface RowChanges<Row> {
  readonly upsert: readonly Row[];
  /** Keys of rows that are no more. */
  readonly remove: readonly string[];
}

/** An event's row: in which transaction it is, and why. */
export interface EventRow extends EventInTransaction {
  readonly transactionId: string;
}

/** Which engagement a component belongs to. */
export interface ComponentRow {
  readonly component: string;
  readonly engagementId: string;
}

/** The rows by which two journeys of one customer differ, per table. A transaction that only gained an event is upserted, and one event row with it. */
export interface JourneyDiff {
  readonly transactions: RowChanges<Transaction>;
  readonly events: RowChanges<EventRow>;
  readonly interactions: RowChanges<Interaction>;
  readonly memberships: RowChanges<NodeMembership>;
  readonly engagements: RowChanges<Engagement>;
  readonly components: RowChanges<ComponentRow>;
}

const none = { upsert: [], remove: [] };
export const noChanges: JourneyDiff = { transactions: none, events: none, interactions: none, memberships: none, engagements: none, components: none };

export function diffJourneys(before: Pick<Journey, 'transactions' | 'interactions' | 'memberships' | 'engagements'>, after: typeof before): JourneyDiff {
  return {
    transactions: changes(before.transactions, after.transactions, ({ id }) => id),
    events: changes(eventRows(before.transactions), eventRows(after.transactions), ({ id }) => id),
    interactions: changes(before.interactions, after.interactions, ({ id }) => id),
    memberships: changes(before.memberships, after.memberships, ({ node }) => node),
    engagements: changes(before.engagements, after.engagements, ({ id }) => id),
    components: changes(componentRows(before.engagements), componentRows(after.engagements), ({ component }) => component),
  };
}

export function eventRows(transactions: readonly Transaction[]): EventRow[] {
  return transactions.flatMap(({ id, events }) => events.map((event) => ({ ...event, transactionId: id })));
}

export function componentRows(engagements: readonly Engagement[]): ComponentRow[] {
  return engagements.flatMap(({ id, components }) => components.map((component) => ({ component, engagementId: id })));
}

function changes<Row>(before: readonly Row[], after: readonly Row[], keyOf: (row: Row) => string): RowChanges<Row> {
  const old = new Map(before.map((row) => [keyOf(row), row]));
  const upsert: Row[] = [];
  for (const row of after) {
    const key = keyOf(row);
    const other = old.get(key);
    old.delete(key);
    if (!other || !sameData(other, row)) upsert.push(row);
  }
  return { upsert, remove: [...old.keys()] };
}

import { columnLiterals, copyRows, deleteRows, differenceOf, sortedByKey, upsertRows, type Row, type RowTable, type Transaction } from '@throughline/database';
import type { Journey, JourneyDiff, JourneyHead, Sealed } from '@throughline/domain-hierarchy';
import { addRowsOf, anchorOf, eventRow, noRows, type JourneyRows } from './journey-rows';
import { journeyTables, sealedComponentTable, sealedKeyTable, sealedNodeTable, stateTable } from './journey-tables';
import { packHead } from './state-text';

const tables = [...journeyTables, sealedKeyTable, sealedNodeTable, sealedComponentTable, stateTable] as const;
const statements = tables.map((table) => ({ table, upsert: upsertRows(table), remove: deleteRows(table) }));
const eventsAt = 1;
const sealedAt = journeyTables.length;
const stateAt = sealedAt + 3;

/** From here on `COPY` is cheaper than one statement with arrays. */
const manyRows = 20;

interface TableWrites {
  /** Of keys that are new for certain. */
  readonly inserts: Row[];
  readonly upserts: Row[];
  readonly deletes: Row[];
}

/** Everything that one transaction writes of its customers' hierarchies, gathered and then written by one statement a table, rows in key order. */
export class JourneyWrites {
  private readonly writes: readonly TableWrites[] = tables.map(() => ({ inserts: [], upserts: [], deletes: [] }));

  /** The rows by which a journey differs from the stored ones. `isKnown` says of an event whether it has a row already. */
  change(customer: string, diff: JourneyDiff, isKnown: (eventId: string) => boolean): void {
    const rows = noRows();
    const lists = { interactions: diff.interactions.upsert, memberships: diff.memberships.upsert };
    addRowsOf(
      customer,
      {
        ...lists,
        transactions: diff.transactions.upsert.map((row) => ({ ...row, events: [] })),
        engagements: diff.engagements.upsert.map((row) => ({ ...row, components: [] })),
      },
      rows,
    );
    for (const event of diff.events.upsert) {
      const row = eventRow(customer, anchorOf(event.transactionId), event);
      if (isKnown(event.id)) rows[eventsAt].push(row);
      else this.writes[eventsAt]!.inserts.push(row);
    }
    for (const { component, engagementId } of diff.components.upsert) rows[5].push([customer, component, anchorOf(engagementId)]);
    for (const [index, list] of rows.entries()) for (const row of list) this.writes[index]!.upserts.push(row);
    const removed = [diff.transactions, diff.events, diff.interactions, diff.memberships, diff.engagements, diff.components];
    for (const [index, { remove }] of removed.entries())
      for (const key of remove) this.writes[index]!.deletes.push([customer, tables[index]!.columns[1]![1] === 'uuid' ? anchorOf(key) : key]);
  }

  /** What differs between the stored rows of some customers and their whole journeys. */
  replace(stored: JourneyRows, journeys: readonly Journey[]): void {
    const wanted = noRows();
    for (const journey of journeys) addRowsOf(journey.customerId, journey, wanted);
    for (const [index, table] of journeyTables.entries()) {
      const { inserts, updates, deletes } = differenceOf(table, stored[index]!, wanted[index]!);
      const writes = this.writes[index]!;
      for (const row of inserts) writes.inserts.push(row);
      for (const row of updates) writes.upserts.push(row);
      for (const row of deletes) writes.deletes.push(row);
    }
  }

  /** What the customer's next change starts from. */
  keep(customer: string, head: JourneyHead, sealed: Sealed | null): void {
    this.writes[stateAt]!.upserts.push([customer, packHead(head)]);
    if (!sealed) return;
    const [keys, nodes, components] = [sealedAt, sealedAt + 1, sealedAt + 2].map((index) => this.writes[index]!.upserts);
    for (const key of sealed.keys) keys!.push([customer, key.key, JSON.stringify(key)]);
    for (const node of sealed.nodes) nodes!.push([customer, node.id, JSON.stringify(node)]);
    for (const component of sealed.components) {
      const state = JSON.stringify(component);
      for (const label of component.labels) components!.push([customer, label, state]);
    }
  }

  /** Writes it all. Gives the number of rows of the hierarchy written; what is kept for the next change is not counted. */
  async flush(tx: Transaction): Promise<number> {
    let written = 0;
    for (const [index, { table, upsert, remove }] of statements.entries()) {
      const { inserts, upserts, deletes } = this.writes[index]!;
      const copied = inserts.length >= manyRows ? sortedByKey(table, inserts) : [];
      const rest = sortedByKey(table, copied.length > 0 ? upserts : [...inserts, ...upserts]);
      if (deletes.length > 0) await tx.execute(remove, columnLiterals(table, sortedByKey(table, deletes), table.key));
      if (rest.length > 0) await tx.execute(upsert, columnLiterals(table, rest));
      if (copied.length > 0) await tx.copyInto(table.name, namesOf(table), copyRows(table, copied));
      if (index < sealedAt) written += deletes.length + rest.length + copied.length;
    }
    return written;
  }
}

const namesOf = (table: RowTable): string[] => table.columns.map(([name]) => name);

/** Forgets what was kept for the next change of these customers: it is a full build. */
export async function forgetState(tx: Transaction, customerIds: readonly string[]): Promise<void> {
  if (customerIds.length === 0) return;
  for (const { name } of [sealedKeyTable, sealedNodeTable, sealedComponentTable, stateTable])
    await tx.execute(`delete from ${name} where customer_id = any($1::uuid[])`, [customerIds]);
}

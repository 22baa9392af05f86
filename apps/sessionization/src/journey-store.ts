import type { Transaction } from '@throughline/database';
import type { Journey } from '@throughline/domain-hierarchy';
import { addRowsOf, noRows, type JourneyRows } from './journey-rows';
import { journeyTables } from './journey-tables';
import { differenceOf } from './row-difference';
import { columnLiterals, copyRows, deleteRows, selectRows, upsertRows, type Row } from './row-table';

const statements = journeyTables.map((table) => ({ table, select: selectRows(table), upsert: upsertRows(table), remove: deleteRows(table) }));

/** All stored rows of these customers. */
export async function readJourneyRows(tx: Pick<Transaction, 'query'>, customerIds: readonly string[]): Promise<JourneyRows> {
  if (customerIds.length === 0) return noRows();
  const tables: Row[][] = [];
  for (const { select } of statements) tables.push((await tx.query<Record<string, Row[number]>>(select, [customerIds])).map((row) => Object.values(row)));
  return tables as unknown as JourneyRows;
}

/** From here on `COPY` is cheaper than one statement with arrays. */
const manyRows = 20;

/** Writes what differs between the stored rows and those of `journeys`: rows in key order, equal rows are not touched. Gives the number of rows written. */
export async function saveJourneys(tx: Transaction, stored: JourneyRows, journeys: readonly Journey[]): Promise<number> {
  const wanted = noRows();
  for (const journey of journeys) addRowsOf(journey.customerId, journey, wanted);
  let written = 0;
  for (const [index, { table, upsert, remove }] of statements.entries()) {
    const { inserts, updates, deletes } = differenceOf(table, stored[index]!, wanted[index]!);
    if (deletes.length > 0) written += await tx.execute(remove, columnLiterals(table, deletes, table.key));
    const copied = inserts.length >= manyRows ? inserts : [];
    const upserts = copied.length > 0 ? updates : [...inserts, ...updates];
    if (upserts.length > 0) written += await tx.execute(upsert, columnLiterals(table, upserts));
    if (copied.length > 0) {
      await tx.copyInto(
        table.name,
        table.columns.map(([name]) => name),
        copyRows(table, copied),
      );
      written += copied.length;
    }
  }
  return written;
}

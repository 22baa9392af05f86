import type { Transaction } from '@throughline/database';
import type { Journey } from '@throughline/domain-hierarchy';
import { addRowsOf, noRows, type JourneyRows } from './journey-rows';
import { journeyTables } from './journey-tables';
import { differenceOf } from './row-difference';
import { columnLiterals, deleteRows, selectRows, upsertRows, type Row } from './row-table';

const statements = journeyTables.map((table) => ({ table, select: selectRows(table), upsert: upsertRows(table), remove: deleteRows(table) }));

export interface Written {
  readonly upserted: number;
  readonly deleted: number;
}

/** All stored rows of these customers. */
export async function readJourneyRows(tx: Pick<Transaction, 'query'>, customerIds: readonly string[]): Promise<JourneyRows> {
  if (customerIds.length === 0) return noRows();
  const tables: Row[][] = [];
  for (const { select } of statements) tables.push((await tx.query<Record<string, Row[number]>>(select, [customerIds])).map((row) => Object.values(row)));
  return tables as unknown as JourneyRows;
}

/** Writes what differs between the stored rows and those of `journeys`: one statement a table, rows in key order. Equal rows are not touched. */
export async function saveJourneys(tx: Transaction, stored: JourneyRows, journeys: readonly Journey[]): Promise<Written> {
  const wanted = noRows();
  for (const journey of journeys) addRowsOf(journey, wanted);
  let upserted = 0;
  let deleted = 0;
  for (const [index, { table, upsert, remove }] of statements.entries()) {
    const { upserts, deletes } = differenceOf(table, stored[index]!, wanted[index]!);
    if (upserts.length > 0) upserted += await tx.execute(upsert, columnLiterals(table, upserts));
    if (deletes.length > 0) deleted += await tx.execute(remove, columnLiterals(table, deletes, table.key));
  }
  return { upserted, deleted };
}

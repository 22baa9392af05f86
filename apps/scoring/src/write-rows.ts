import { columnLiterals, copyRows, deleteRows, differenceOf, sortedByKey, upsertRows, type Row, type RowTable, type Transaction } from '@throughline/database';

/** From here on `COPY` is cheaper than one statement with arrays. */
const manyRows = 20;

/** Writes what makes the stored rows the wanted ones: one statement a kind of change, rows in key order. Gives how many it wrote. */
export async function writeDifference(tx: Transaction, table: RowTable, stored: readonly Row[], wanted: readonly Row[]): Promise<number> {
  const { inserts, updates, deletes } = differenceOf(table, stored, wanted);
  const copied = inserts.length >= manyRows ? sortedByKey(table, inserts) : [];
  const rest = sortedByKey(table, copied.length > 0 ? updates : [...inserts, ...updates]);
  if (deletes.length > 0) await tx.execute(deleteRows(table), columnLiterals(table, sortedByKey(table, deletes), table.key));
  if (rest.length > 0) await tx.execute(upsertRows(table), columnLiterals(table, rest));
  if (copied.length > 0)
    await tx.copyInto(
      table.name,
      table.columns.map(([name]) => name),
      copyRows(table, copied),
    );
  return inserts.length + updates.length + deletes.length;
}

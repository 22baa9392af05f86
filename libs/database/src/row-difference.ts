import type { Row, RowTable } from './row-table';

export interface RowDifference {
  /** Rows of new keys. */
  readonly inserts: readonly Row[];
  /** Rows of known keys with another value. */
  readonly updates: readonly Row[];
  /** Rows that are no more. */
  readonly deletes: readonly Row[];
}

/** What has to be written so that `stored` becomes `wanted`. Equal rows are in no list: they are not touched. */
export function differenceOf(table: RowTable, stored: readonly Row[], wanted: readonly Row[]): RowDifference {
  if (stored.length === 0) return { inserts: wanted, updates: [], deletes: [] };
  const left = new Map(stored.map((row) => [keyOf(table, row), row]));
  const inserts: Row[] = [];
  const updates: Row[] = [];
  for (const row of wanted) {
    const key = keyOf(table, row);
    const before = left.get(key);
    if (!before) inserts.push(row);
    else if (!equal(before, row)) updates.push(row);
    left.delete(key);
  }
  return { inserts, updates, deletes: [...left.values()] };
}

function keyOf(table: RowTable, row: Row): string {
  let key = String(row[0]);
  for (let index = 1; index < table.key; index += 1) key += `|${String(row[index])}`;
  return key;
}

function equal(a: Row, b: Row): boolean {
  for (let index = 0; index < a.length; index += 1) if (a[index] !== b[index]) return false;
  return true;
}

/** The rows in the order in which every writer takes row locks, so that two of them cannot deadlock. */
export function sortedByKey(table: RowTable, rows: readonly Row[]): Row[] {
  return [...rows].sort((a, b) => {
    for (let index = 0; index < table.key; index += 1) {
      if (a[index]! < b[index]!) return -1;
      if (a[index]! > b[index]!) return 1;
    }
    return 0;
  });
}

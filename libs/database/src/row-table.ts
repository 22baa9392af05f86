import { arrayLiteral } from './array-literal';
import { instantText } from './instant-text';
import { cutJsonTexts, jsonTexts } from './json-texts';

/** How a column travels: instants as milliseconds, JSON as text, everything else as it is. `jsonText` is JSON that Postgres keeps without reading it. */
export type ColumnKind = 'uuid' | 'text' | 'integer' | 'instant' | 'boolean' | 'json' | 'jsonText';

/** What a stored row holds, in the order of its table's columns. Two rows are equal when every value is. */
export type RowValue = string | number | boolean | null;
export type Row = readonly RowValue[];

/** A customer-family table as the store sees it. The first column is `customer_id`; the first `key` columns are the primary key. */
export interface RowTable {
  readonly name: string;
  readonly key: number;
  readonly columns: readonly (readonly [name: string, kind: ColumnKind])[];
  /** More assignments of the upsert, where a column that is not in the row depends on a change. */
  readonly onChange?: string;
}

const arrayType = { uuid: 'uuid[]', text: 'text[]', integer: 'bigint[]', instant: 'double precision[]', boolean: 'boolean[]' } as const;
/** SQL of a column's values, one parameter. */
const list = (kind: ColumnKind, number: number): string =>
  `unnest(${kind === 'json' || kind === 'jsonText' ? cutJsonTexts(number) : `$${number}::${arrayType[kind]}`})`;

/** Binary fractions of a second round to the microsecond, so every millisecond until year 9999 comes back as it went in. */
const written = (name: string, kind: ColumnKind): string => {
  if (kind === 'instant') return `to_timestamp(${name} / 1000)`;
  return kind === 'json' ? `${name}::json` : name;
};
const read = (name: string, kind: ColumnKind): string =>
  kind === 'instant'
    ? `round(date_part('epoch', ${name}) * 1000)`
    : kind === 'integer'
      ? `${name}::double precision`
      : kind === 'json'
        ? `${name}::text`
        : name;

/** `select` of all rows of the customers in `$1`, as arrays: run it with `rowMode: 'array'` or read the values in order. */
export function selectRows(table: RowTable, where = 'customer_id = any($1::uuid[])'): string {
  return `select ${table.columns.map(([name, kind]) => `${read(name, kind)} as ${name}`).join(', ')} from ${table.name} where ${where}`;
}

/**
 * One statement for all rows. The conflict target is the primary key, so it finds its rows by index whatever the planner knows of the table. A JSON column travels as
 * one text (`jsonTexts`).
 */
export function upsertRows(table: RowTable): string {
  const names = table.columns.map(([name]) => name);
  const lists = table.columns.map(([, kind], index) => list(kind, index + 1));
  const values = table.columns.map(([name, kind]) => written(`r.${name}`, kind));
  const changed = names.slice(table.key).map((name) => `${name} = excluded.${name}`);
  if (table.onChange) changed.push(table.onChange);
  return `insert into ${table.name} as stored (${names.join(', ')})
    select ${values.join(', ')} from rows from (${lists.join(', ')}) as r (${names.join(', ')})
    on conflict (${names.slice(0, table.key).join(', ')}) do update set ${changed.join(', ')}`;
}

/** Deletes the rows of these keys. */
export function deleteRows(table: RowTable): string {
  const key = table.columns.slice(0, table.key);
  const lists = key.map(([, kind], index) => list(kind, index + 1));
  return `delete from ${table.name} as stored using rows from (${lists.join(', ')}) as r (${key.map(([name]) => name).join(', ')})
    where ${key.map(([name]) => `stored.${name} = r.${name}`).join(' and ')}`;
}

/** The rows as `COPY` takes them: for new keys only, it knows no conflict. */
export function* copyRows(table: RowTable, rows: readonly Row[]): Generator<RowValue[]> {
  const instants = table.columns.flatMap(([, kind], index) => (kind === 'instant' ? [index] : []));
  for (const row of rows) {
    const copy = [...row];
    for (const index of instants) if (copy[index] !== null) copy[index] = instantText(copy[index] as number);
    yield copy;
  }
}

/** The rows as one parameter a column: much cheaper than handing arrays to the driver. */
export function columnLiterals(table: RowTable, rows: readonly Row[], columns: number = table.columns.length): string[] {
  return table.columns.slice(0, columns).map(([, kind], index) => {
    const values = rows.map((row) => row[index]!);
    return kind === 'json' || kind === 'jsonText' ? jsonTexts(values as (string | null)[]) : arrayLiteral(values);
  });
}

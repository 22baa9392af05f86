import type { Transaction } from '@throughline/database';

/** A character that JSON never contains and no sane key does. */
const separator = '\u001e';

const statements = {
  carrier: `
    insert into identity.carrier (value_key, pieces)
    select r.key, r.state::json from unnest(string_to_array($1, E'\\x1e'), string_to_array($2, E'\\x1e')) as r (key, state)
    on conflict (value_key) do update set pieces = excluded.pieces`,
  namingValue: `
    insert into identity.naming_value (value_key, uses)
    select r.key, r.state::json from unnest(string_to_array($1, E'\\x1e'), string_to_array($2, E'\\x1e')) as r (key, state)
    on conflict (value_key) do update set uses = excluded.uses`,
} as const;

const one = {
  carrier: 'insert into identity.carrier (value_key, pieces) values ($1, $2) on conflict (value_key) do update set pieces = excluded.pieces',
  namingValue: 'insert into identity.naming_value (value_key, uses) values ($1, $2) on conflict (value_key) do update set uses = excluded.uses',
} as const;

/** Writes states by value key, new or known. They go as two texts that Postgres cuts: an array parameter would escape every quote of the JSON. */
export async function upsertState(tx: Transaction, table: keyof typeof statements, rows: readonly (readonly [string, string])[]): Promise<void> {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const plain = sorted.filter(([key]) => !key.includes(separator));
  if (plain.length > 0) await tx.execute(statements[table], [plain.map(([key]) => key).join(separator), plain.map(([, json]) => json).join(separator)]);
  if (plain.length === sorted.length) return;
  for (const row of sorted) if (row[0].includes(separator)) await tx.execute(one[table], row);
}

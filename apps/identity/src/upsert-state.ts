import type { Transaction } from '@throughline/database';

/** A character that JSON never contains and no sane key does. */
const separator = '\u001e';

/** Writes states by value key, new or known. Long lists go as two texts that Postgres cuts: an array parameter would escape every quote of the JSON. */
export async function upsertState(
  tx: Transaction,
  table: 'identity.carrier' | 'identity.naming_value',
  column: 'pieces' | 'uses',
  rows: readonly (readonly [string, string])[],
): Promise<void> {
  if (rows.length === 0) return;
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const keys = sorted.map(([key]) => key);
  const suffix = `on conflict (value_key) do update set ${column} = excluded.${column}`;
  if (keys.some((key) => key.includes(separator))) {
    await tx.insertMany(table, { value_key: { type: 'text', values: keys }, [column]: { type: 'json', values: sorted.map(([, json]) => json) } }, suffix);
    return;
  }
  await tx.execute(
    `insert into ${table} (value_key, ${column})
     select r.key, r.state::json from unnest(string_to_array($1, E'\\x1e'), string_to_array($2, E'\\x1e')) as r (key, state) ${suffix}`,
    [keys.join(separator), sorted.map(([, json]) => json).join(separator)],
  );
}

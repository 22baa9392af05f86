import type { Transaction } from '@throughline/database';

/** The column of a value's packed state, by table. */
const states = { carrier: 'pieces', naming_value: 'uses' } as const;

/** Writes packed states (`state-text.ts`) by value key, new or known. */
export async function saveStates(tx: Transaction, table: keyof typeof states, rows: readonly (readonly [key: string, state: string])[]): Promise<void> {
  const sorted = [...rows].sort(([a], [b]) => (a < b ? -1 : 1));
  const column = states[table];
  await tx.insertMany(
    `identity.${table}`,
    { value_key: { type: 'text', values: sorted.map(([key]) => key) }, [column]: { type: 'json', values: sorted.map(([, state]) => state) } },
    `on conflict (value_key) do update set ${column} = excluded.${column}`,
  );
}

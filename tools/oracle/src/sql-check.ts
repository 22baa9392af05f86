import { defaultHierarchySettings, type CanonicalEvent, type HierarchySettings } from '@throughline/contracts';
import { Client } from 'pg';
import { brokenInvariants } from './sql-invariants';
import { buildWithSql, compareTransactions, type OwnedFact, type SqlTransaction } from './sql-oracle';

export interface SqlCheckResult {
  readonly transactions: number;
  /** One sentence each; empty when the stored transactions and interactions are those that SQL cuts. */
  readonly differences: readonly string[];
  readonly broken: readonly { readonly name: string; readonly ids: readonly string[] }[];
}

/**
 * Judges a database at rest with oracle B: cuts the stored events anew in SQL, compares transactions and interactions, and asks the invariants. Customers with corrections of
 * people are left to the naive oracle. Needs a role that may read all views and make temporary tables.
 */
export async function checkWithSql(databaseUrl: string): Promise<SqlCheckResult> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query('set jit = off');
    const [active] = (await client.query<{ settings: HierarchySettings }>('select settings from sessionization.read_settings where active')).rows;
    const said = await buildWithSql(client, await factsOf(client), active?.settings ?? defaultHierarchySettings);
    const stored = await storedTransactions(client);
    const broken = await brokenInvariants(async (text) => (await client.query<{ id: string }>(text)).rows);
    return { transactions: said.length, differences: compareTransactions(stored, said), broken };
  } finally {
    await client.end();
  }
}

const uncorrected = `not exists (
  select from sessionization.read_correction c join identity.read_customer_event x on x.event_id = c.event_id where c.withdrawn_at is null and x.customer_id = o.customer_id)`;

async function factsOf(client: Client): Promise<OwnedFact[]> {
  const { rows } = await client.query<{ customer_id: string; decided_by: string | null; body: CanonicalEvent }>(
    `select o.customer_id, o.decided_by, e.body from identity.read_customer_event o join ingestion.read_event e using (event_id) where ${uncorrected}`,
  );
  return rows.map((row) => ({ customerId: row.customer_id, decidedBy: row.decided_by, event: row.body }));
}

async function storedTransactions(client: Client): Promise<SqlTransaction[]> {
  const { rows } = await client.query<{
    customer_id: string;
    anchor: string;
    kind: SqlTransaction['kind'];
    events: string[];
    interaction: string | null;
    attempt: boolean;
  }>(`
    select o.customer_id, o.anchor, o.kind, array_agg(m.event_id order by m.occurred_at, m.source_sequence, m.event_id) as events,
      i.anchor as interaction, coalesce(i.kind = 'attempt', false) as attempt
    from sessionization.read_transaction o
    join sessionization.read_event_transaction m on m.customer_id = o.customer_id and m.transaction_anchor = o.anchor
    left join sessionization.read_interaction i on i.customer_id = o.customer_id and o.parent_level = 'interaction' and i.anchor = o.parent_anchor
    where ${uncorrected}
    group by o.customer_id, o.anchor, o.kind, i.anchor, i.kind`);
  return rows.map((row) => ({
    customerId: row.customer_id,
    anchor: row.anchor,
    kind: row.kind,
    events: row.events,
    interaction: row.interaction,
    attempt: row.attempt,
  }));
}

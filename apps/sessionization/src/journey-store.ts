import { selectRows, type Row, type Transaction } from '@throughline/database';
import type { JourneyHead } from '@throughline/domain-hierarchy';
import { noRows, type JourneyRows } from './journey-rows';
import { journeyTables } from './journey-tables';
import { unpackHead } from './state-text';

const selects = journeyTables.map((table) => selectRows(table));

/** All stored rows of these customers. */
export async function readJourneyRows(tx: Pick<Transaction, 'query'>, customerIds: readonly string[]): Promise<JourneyRows> {
  if (customerIds.length === 0) return noRows();
  const tables: Row[][] = [];
  for (const select of selects) tables.push((await tx.query<Record<string, Row[number]>>(select, [customerIds])).map((row) => Object.values(row)));
  return tables as unknown as JourneyRows;
}

/** What was kept of these customers at their last change. */
export async function readStates(tx: Transaction, customerIds: readonly string[]): Promise<Map<string, JourneyHead>> {
  if (customerIds.length === 0) return new Map();
  const rows = await tx.query<{ customer_id: string; state: string }>(
    'select customer_id, state from sessionization.journey_state where customer_id = any($1::uuid[])',
    [customerIds],
  );
  return new Map(rows.map((row) => [row.customer_id, unpackHead(row.state)]));
}

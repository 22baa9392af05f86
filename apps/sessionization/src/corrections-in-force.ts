import type { Correction } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';

/**
 * The corrections in force, by the customer that owns the event they name. Corrections are made one by one by people, so all of them are read at once; their owners are
 * asked for anew each time, since an event may have gone to another customer.
 */
export async function correctionsInForce(tx: Transaction): Promise<Map<string, Correction[]>> {
  const rows = await tx.query<{ event_id: string; body: Correction }>(
    'select event_id, body from sessionization.correction where withdrawn_at is null order by event_id, id',
  );
  const byCustomer = new Map<string, Correction[]>();
  if (rows.length === 0) return byCustomer;
  const owners = await tx.query<{ event_id: string; customer_id: string }>(
    'select event_id, customer_id from identity.read_customer_event where event_id = any($1::uuid[])',
    [[...new Set(rows.map((row) => row.event_id))]],
  );
  const owner = new Map(owners.map((row) => [row.event_id, row.customer_id]));
  for (const { event_id, body } of rows) {
    const customerId = owner.get(event_id);
    if (customerId === undefined) continue;
    const own = byCustomer.get(customerId);
    if (own) own.push(body);
    else byCustomer.set(customerId, [body]);
  }
  return byCustomer;
}

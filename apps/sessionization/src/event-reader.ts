import type { CanonicalEvent } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import type { OwnedEvent } from '@throughline/domain-hierarchy';

/** Which events a customer owns, and what decided each. */
export interface OwnedRef {
  readonly customerId: string;
  readonly eventId: string;
  readonly decidedBy: string | null;
}

/** All events of these customers by name, from identity. */
export async function readOwnedRefs(tx: Transaction, customerIds: readonly string[]): Promise<OwnedRef[]> {
  const rows = await tx.query<{ customer_id: string; event_id: string; decided_by: string | null }>(
    'select customer_id, event_id, decided_by from identity.read_customer_event where customer_id = any($1::uuid[])',
    [customerIds],
  );
  return rows.map((row) => ({ customerId: row.customer_id, eventId: row.event_id, decidedBy: row.decided_by }));
}

/** A customer's events, complete or with the name of one that ingestion does not have. */
export interface OwnedEvents {
  readonly events: OwnedEvent[];
  missing: string | null;
}

/** The events themselves, from ingestion, by customer. */
export async function readEvents(tx: Transaction, refs: readonly OwnedRef[]): Promise<Map<string, OwnedEvents>> {
  const rows = await tx.query<{ body: CanonicalEvent }>('select body from ingestion.read_event where event_id = any($1::uuid[])', [
    `{${refs.map((ref) => ref.eventId).join(',')}}`,
  ]);
  const bodies = new Map(rows.map(({ body }) => [body.id, body]));
  const byCustomer = new Map<string, OwnedEvents>();
  for (const ref of refs) {
    let owned = byCustomer.get(ref.customerId);
    if (!owned) byCustomer.set(ref.customerId, (owned = { events: [], missing: null }));
    const event = bodies.get(ref.eventId);
    if (event) owned.events.push({ event, decidedBy: ref.decidedBy });
    else owned.missing = ref.eventId;
  }
  return byCustomer;
}

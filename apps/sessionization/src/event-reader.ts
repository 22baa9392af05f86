import type { CanonicalEvent, Instant } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import type { OwnedEvent } from '@throughline/domain-hierarchy';

/** Which events a customer owns, what decided each, and where in time identity has it. */
export interface OwnedRef {
  readonly customerId: string;
  readonly eventId: string;
  readonly decidedBy: string | null;
  readonly occurredAt: Instant;
  readonly sourceSequence: number;
}

/** A span of a customer's time, both ends included. */
export interface Window {
  readonly customerId: string;
  readonly fromAt: Instant;
  readonly toAt: Instant;
}

interface RefRow {
  readonly customer_id: string;
  readonly event_id: string;
  readonly decided_by: string | null;
  readonly occurred_at: number;
  readonly source_sequence: string | number;
}

const place = `round(date_part('epoch', occurred_at) * 1000) as occurred_at, source_sequence`;
const refFrom = (row: RefRow): OwnedRef => ({
  customerId: row.customer_id,
  eventId: row.event_id,
  decidedBy: row.decided_by,
  occurredAt: row.occurred_at,
  sourceSequence: Number(row.source_sequence),
});

/** All events of these customers by name, from identity. */
export async function readOwnedRefs(tx: Transaction, customerIds: readonly string[]): Promise<OwnedRef[]> {
  if (customerIds.length === 0) return [];
  const rows = await tx.query<RefRow>(
    `select e.* from unnest($1::uuid[]) as w (id)
     cross join lateral (select customer_id, event_id, decided_by, ${place} from identity.read_customer_event where customer_id = w.id offset 0) e`,
    [customerIds],
  );
  return rows.map(refFrom);
}

/** The spans in which these customers changed since the revision that was built. A customer whose changes identity no longer lists has none. */
export async function readChangedWindows(tx: Transaction, customers: readonly { customerId: string; builtRevision: number }[]): Promise<Window[]> {
  if (customers.length === 0) return [];
  return tx.query<Window>(
    `select b.id as "customerId", round(date_part('epoch', min(c.from_at)) * 1000) as "fromAt", round(date_part('epoch', max(c.to_at)) * 1000) as "toAt"
     from unnest($1::uuid[], $2::bigint[]) as b (id, revision)
     cross join lateral (select from_at, to_at from identity.read_customer_change where customer_id = b.id and revision > b.revision offset 0) c
     group by b.id`,
    [customers.map(({ customerId }) => customerId), customers.map(({ builtRevision }) => builtRevision)],
  );
}

/** The events that these customers own in these spans, by name. */
export async function readRefsInWindows(tx: Transaction, windows: readonly Window[]): Promise<OwnedRef[]> {
  if (windows.length === 0) return [];
  const rows = await tx.query<RefRow>(
    `select w.id as customer_id, e.event_id, e.decided_by, e.occurred_at, e.source_sequence
     from unnest($1::uuid[], $2::double precision[], $3::double precision[]) as w (id, from_ms, to_ms)
     cross join lateral (select event_id, decided_by, ${place} from identity.read_customer_event
       where customer_id = w.id and occurred_at between to_timestamp(w.from_ms / 1000) and to_timestamp(w.to_ms / 1000) offset 0) e`,
    [windows.map(({ customerId }) => customerId), windows.map(({ fromAt }) => fromAt), windows.map(({ toAt }) => toAt)],
  );
  return rows.map(refFrom);
}

/** A customer's events, complete or with the name of one that ingestion does not have. */
export interface OwnedEvents {
  readonly events: OwnedEvent[];
  missing: string | null;
}

/** The events themselves, from ingestion, by customer. */
export async function readEvents(tx: Transaction, refs: readonly OwnedRef[]): Promise<Map<string, OwnedEvents>> {
  const byCustomer = new Map<string, OwnedEvents>();
  if (refs.length === 0) return byCustomer;
  const rows = await tx.query<{ body: CanonicalEvent }>('select body from ingestion.read_event where event_id = any($1::uuid[])', [
    `{${refs.map((ref) => ref.eventId).join(',')}}`,
  ]);
  const bodies = new Map(rows.map(({ body }) => [body.id, body]));
  for (const ref of refs) {
    let owned = byCustomer.get(ref.customerId);
    if (!owned) byCustomer.set(ref.customerId, (owned = { events: [], missing: null }));
    const event = bodies.get(ref.eventId);
    if (event) owned.events.push({ event: placed(event, ref), decidedBy: ref.decidedBy });
    else owned.missing = ref.eventId;
  }
  return byCustomer;
}

/**
 * A corrected record may be stored before identity has read it. Until then it stands where identity has it: identity's spans of change name that place
 * when the event moves or leaves, and an event built at a place that no span names would stay behind. Identity names the customer again when it has read it.
 */
function placed(event: CanonicalEvent, { occurredAt, sourceSequence }: OwnedRef): CanonicalEvent {
  if (event.occurredAt === occurredAt && event.sourceSequence === sourceSequence) return event;
  return { ...event, occurredAt, sourceSequence, ...(event.endedAt !== undefined && { endedAt: Math.max(event.endedAt, occurredAt) }) };
}

import type { CanonicalEvent, Correction, Decision, HierarchySettings } from '@throughline/contracts';
import type { Client } from 'pg';
import { byKey } from '../flood';
import type { Founding, Owner } from '../identity/oracle-identity';

/** What the platform has stored: the facts from which everything follows, and what it made of them in identity. */
export interface StoredWorld {
  readonly events: readonly CanonicalEvent[];
  readonly decisions: readonly Decision[];
  readonly corrections: readonly Correction[];
  readonly foundings: readonly Founding[];
  readonly settings: HierarchySettings;
  /** By event id. */
  readonly owners: ReadonlyMap<string, Owner>;
  /** Node → customer, of naming values that have one. */
  readonly nodes: ReadonlyMap<string, string>;
  /** Former customer ids → what they resolve to. */
  readonly resolves: ReadonlyMap<string, string>;
  /** What cannot be compared yet, or was set aside. */
  readonly unresolvedEvents: number;
  readonly unbuiltCustomers: number;
  readonly failedEvents: ReadonlySet<string>;
  readonly failedCustomers: ReadonlySet<string>;
}

/** Reads it all in one snapshot, through the views that other services may read. */
export async function readStoredWorld(client: Client): Promise<StoredWorld> {
  const rows = async <Row extends object>(statement: string): Promise<Row[]> => (await client.query<Row>(statement)).rows;
  const settings = await rows<{ settings: HierarchySettings }>('select settings from sessionization.read_settings where active');
  const failedEvents = new Set((await rows<{ event_id: string }>('select event_id from identity.read_failed_event')).map((row) => row.event_id));
  const failedCustomers = await rows<{ customer_id: string }>('select customer_id from sessionization.read_failed_customer');
  const decisions = await rows<{ body: Decision }>('select body from identity.read_decision where withdrawn_at is null');
  const corrections = await rows<{ body: Correction }>('select body from sessionization.read_correction where withdrawn_at is null');
  const foundings = await rows<{ customer_id: string; value_key: string; event_id: string; at: string }>(
    `select customer_id, value_key, event_id, ${milliseconds('at')} as at from identity.read_founding`,
  );
  const owned = await rows<{
    event_id: string;
    customer_id: string;
    revision: number;
    owner_rule: Owner['rule'];
    decided_by: string | null;
    owner_confidence: number;
  }>('select event_id, customer_id, revision, owner_rule, decided_by, owner_confidence from identity.read_customer_event');
  const identifiers = await rows<{ node: string; customer_id: string }>('select node, customer_id from identity.read_identifier');
  const former = await rows<{ customer_id: string; resolves_to: string }>(
    'select customer_id, resolves_to from identity.read_customer where resolves_to is not null',
  );
  const active = settings[0]?.settings;
  if (!active) throw new Error('sessionization has no active settings: was the database migrated and the service started once?');
  const [unbuilt] = await rows<{ count: string }>(
    `select count(*) from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id)
     where h.customer_id is null or h.built_revision < r.revision or h.settings_version <> ${Number(active.version)}`,
  );

  const revisions = new Map(owned.map((row) => [row.event_id, row.revision]));
  const events: CanonicalEvent[] = [];
  let unresolvedEvents = 0;
  const stored = await rows<{ body: CanonicalEvent }>('select body from ingestion.read_event');
  for (const { body } of stored) {
    if (failedEvents.has(body.id)) continue;
    if ((revisions.get(body.id) ?? -1) < body.revision) unresolvedEvents += 1;
    events.push(body);
  }
  return {
    events,
    decisions: decisions.map((row) => row.body),
    corrections: corrections.map((row) => row.body),
    foundings: foundings.map((row) => ({ customerId: row.customer_id, value: row.value_key, eventId: row.event_id, at: Number(row.at) })),
    settings: active,
    owners: new Map(
      owned.map((row) => [
        row.event_id,
        { customerId: row.customer_id, rule: row.owner_rule, decidedBy: row.decided_by, confidence: Number(row.owner_confidence) },
      ]),
    ),
    nodes: new Map(identifiers.map((row) => [row.node, row.customer_id])),
    resolves: new Map(former.map((row) => [row.customer_id, row.resolves_to])),
    unresolvedEvents,
    unbuiltCustomers: Number(unbuilt!.count),
    failedEvents,
    failedCustomers: new Set(failedCustomers.map((row) => row.customer_id)),
  };
}

/** An instant column as whole milliseconds. */
export const milliseconds = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::bigint`;

/** Rows by customer. */
export function rowsByCustomer<Row extends { readonly customer_id: string }>(rows: readonly Row[]): ReadonlyMap<string, Row[]> {
  return byKey(rows, (row) => row.customer_id);
}

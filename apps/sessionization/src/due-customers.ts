import type { Transaction } from '@throughline/database';

/** A customer whose head this transaction holds. */
export interface LockedCustomer {
  readonly customerId: string;
  /** Identity's revision, read after the lock: what is built now is at least this. */
  readonly revision: number;
  readonly builtRevision: number;
  readonly settingsVersion: number;
  /** Due for another reason than identity's revision. */
  readonly flagged: boolean;
  /** It was set aside, or its tree is older than it should be for another reason. */
  readonly stale: boolean;
  readonly events: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
}

export interface LockedBatch {
  /** Locked, and behind identity, the settings or a correction. Sorted by id. */
  readonly due: readonly LockedCustomer[];
  /** Held by another worker: they stay due. */
  readonly heldElsewhere: readonly string[];
}

interface HeadRow {
  readonly customer_id: string;
  readonly built_revision: number;
  readonly settings_version: number;
  readonly due: boolean;
  readonly stale: boolean;
  readonly events: number;
  readonly first_at: number | null;
  readonly last_at: number | null;
}

const headColumns = `customer_id, built_revision::double precision, settings_version, due, stale, events, round(date_part('epoch', first_at) * 1000) as first_at,
  round(date_part('epoch', last_at) * 1000) as last_at`;

/**
 * Locks the heads of these customers, those that identity knows, and says which are due. Never waits for a customer that another worker holds: only for the first
 * head of a customer that another worker is just creating.
 */
export async function lockDueCustomers(tx: Transaction, customerIds: readonly string[], activeVersion: number): Promise<LockedBatch> {
  const known = await tx.query<HeadRow>(
    `select ${headColumns} from sessionization.journey_head where customer_id = any($1::uuid[]) order by customer_id for update skip locked`,
    [customerIds],
  );
  const { created, heldElsewhere } = await createHeads(tx, customerIds, known);
  const locked = created.length === 0 ? known : [...known, ...created].sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1));
  // A statement of its own: its snapshot is taken after the locks.
  const rows = await tx.query<{ customer_id: string; revision: number }>(
    'select customer_id, revision::double precision from identity.read_customer_revision where customer_id = any($1::uuid[])',
    [locked.map((row) => row.customer_id)],
  );
  const revisions = new Map(rows.map((row) => [row.customer_id, row.revision]));
  const due = locked
    .map((row) => ({ row, revision: revisions.get(row.customer_id) ?? row.built_revision }))
    .filter(({ row, revision }) => revision > row.built_revision || row.settings_version !== activeVersion || row.due)
    .map(({ row, revision }) => ({
      customerId: row.customer_id,
      revision,
      builtRevision: row.built_revision,
      settingsVersion: row.settings_version,
      flagged: row.due,
      stale: row.stale,
      events: row.events,
      firstAt: row.first_at,
      lastAt: row.last_at,
    }));
  return { due, heldElsewhere };
}

/** A head of its own for each customer that has none yet; what has one, and was not locked, is held by another worker. */
async function createHeads(tx: Transaction, asked: readonly string[], locked: readonly HeadRow[]): Promise<{ created: HeadRow[]; heldElsewhere: string[] }> {
  if (asked.length === locked.length) return { created: [], heldElsewhere: [] };
  const held = new Set(locked.map((row) => row.customer_id));
  const rest = asked.filter((id) => !held.has(id));
  const created = await tx.query<HeadRow>(
    `insert into sessionization.journey_head (customer_id)
     select customer_id from identity.read_customer_revision where customer_id = any($1::uuid[]) order by customer_id
     on conflict (customer_id) do nothing returning ${headColumns}`,
    [rest],
  );
  if (created.length === rest.length) return { created, heldElsewhere: [] };
  const made = new Set(created.map((row) => row.customer_id));
  const others = await tx.query<{ customer_id: string }>('select customer_id from sessionization.journey_head where customer_id = any($1::uuid[])', [
    rest.filter((id) => !made.has(id)),
  ]);
  return { created, heldElsewhere: others.map((row) => row.customer_id) };
}

/** What a head says after its customer was built. */
export interface BuiltHead {
  readonly customerId: string;
  readonly revision: number;
  readonly settingsVersion: number;
  readonly events: number;
  readonly firstAt: number | null;
  readonly lastAt: number | null;
  /** It was stale before. */
  readonly healed: boolean;
  /** Built for another reason than identity's changes: rows outside their spans may be others now. */
  readonly rewritten: boolean;
}

/** Records what was built; the customers are no longer due, stale or failed. */
export async function saveHeads(tx: Transaction, heads: readonly BuiltHead[]): Promise<void> {
  if (heads.length === 0) return;
  await tx.execute(
    `insert into sessionization.journey_head as h (customer_id, built_revision, settings_version, events, first_at, last_at, rewritten)
     select r.id, r.revision, r.settings, r.events, to_timestamp(r.first / 1000), to_timestamp(r.last / 1000), r.rewritten::integer
     from unnest($1::uuid[], $2::bigint[], $3::integer[], $4::integer[], $5::double precision[], $6::double precision[], $7::boolean[])
       as r (id, revision, settings, events, first, last, rewritten)
     on conflict (customer_id) do update set built_revision = excluded.built_revision, settings_version = excluded.settings_version, events = excluded.events,
       first_at = excluded.first_at, last_at = excluded.last_at, rewritten = h.rewritten + excluded.rewritten, stale = false, due = false, due_since = null`,
    [
      heads.map((head) => head.customerId),
      heads.map((head) => head.revision),
      heads.map((head) => head.settingsVersion),
      heads.map((head) => head.events),
      heads.map((head) => head.firstAt),
      heads.map((head) => head.lastAt),
      heads.map((head) => head.rewritten),
    ],
  );
  const healed = heads.filter((head) => head.healed).map((head) => head.customerId);
  if (healed.length > 0) await tx.execute('delete from sessionization.failed_customer where customer_id = any($1::uuid[])', [healed]);
}

export interface FailedCustomer {
  readonly customerId: string;
  readonly revision: number;
  readonly reason: string;
}

/** Sets aside customers that the rule cannot build: their last good tree stays and is marked stale; their next change, or `retryFailed`, tries again. */
export async function saveFailures(tx: Transaction, failures: readonly FailedCustomer[]): Promise<void> {
  if (failures.length === 0) return;
  const ids = failures.map(({ customerId }) => customerId);
  await tx.execute(
    `insert into sessionization.failed_customer as f (customer_id, revision, reason, attempts, failed_at)
     select r.id, r.revision, r.reason, 1, now() from unnest($1::uuid[], $2::bigint[], $3::text[]) as r (id, revision, reason) order by r.id
     on conflict (customer_id) do update set revision = excluded.revision, reason = excluded.reason, attempts = f.attempts + 1, failed_at = excluded.failed_at`,
    [ids, failures.map(({ revision }) => revision), failures.map(({ reason }) => reason)],
  );
  await tx.execute(
    `update sessionization.journey_head h set stale = true, due = false, due_since = null, built_revision = r.revision
     from unnest($1::uuid[], $2::bigint[]) as r (id, revision) where h.customer_id = r.id`,
    [ids, failures.map(({ revision }) => revision)],
  );
}

/** Makes the customers that own these events due, whatever identity's revision says. Gives their ids. */
export async function markOwnersDue(tx: Transaction, eventIds: readonly string[]): Promise<string[]> {
  const owners = await tx.query<{ customer_id: string }>(
    'select distinct customer_id from identity.read_customer_event where event_id = any($1::uuid[]) order by customer_id',
    [eventIds],
  );
  const ids = owners.map((row) => row.customer_id);
  await tx.execute(
    `insert into sessionization.journey_head as h (customer_id, due, due_since) select id, true, now() from unnest($1::uuid[]) as r (id) order by id
     on conflict (customer_id) do update set due = true, due_since = coalesce(h.due_since, now())`,
    [ids],
  );
  return ids;
}

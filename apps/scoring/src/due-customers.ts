import type { Transaction } from '@throughline/database';
import type { Span } from '@throughline/domain-scoring';

/** How far the hierarchy of a customer is. */
export interface JourneyHead {
  readonly customerId: string;
  readonly revision: number;
  readonly rewritten: number;
}

/** A customer whose score head this transaction holds. */
export interface LockedCustomer extends JourneyHead {
  /** False of a placeholder; colleagues (`internal`) have no facts. */
  readonly kind: 'customer' | 'placeholder' | 'internal';
  readonly stale: boolean;
  /** Only all events can tell: never scored, another version of settings, a hierarchy built anew, or asked for. */
  readonly whole: boolean;
  readonly scoredRevision: number;
}

export interface LockedBatch {
  /** Locked, and behind the hierarchy, the settings or a request. Sorted by id. */
  readonly due: readonly LockedCustomer[];
  /** Held by another worker: they stay due. */
  readonly heldElsewhere: readonly string[];
}

interface HeadRow {
  readonly customer_id: string;
  readonly scored_revision: number;
  readonly rewritten: number;
  readonly settings_version: number;
  readonly due: boolean;
  readonly stale: boolean;
}

const headColumns = 'customer_id, scored_revision::double precision, rewritten, settings_version, due, stale';

/**
 * Locks the score heads of these customers, those that have a hierarchy, and says which are due. Never waits for a customer that another worker holds: only for the first
 * head of a customer that another worker is just creating.
 */
export async function lockDueCustomers(tx: Transaction, customerIds: readonly string[], activeVersion: number): Promise<LockedBatch> {
  const known = await tx.query<HeadRow>(
    `select ${headColumns} from scoring.score_head where customer_id = any($1::uuid[]) order by customer_id for update skip locked`,
    [customerIds],
  );
  const held = new Set(known.map((row) => row.customer_id));
  const rest = customerIds.filter((id) => !held.has(id));
  const created =
    rest.length === 0
      ? []
      : await tx.query<HeadRow>(
          `insert into scoring.score_head (customer_id)
           select customer_id from sessionization.read_journey_head where customer_id = any($1::uuid[]) and built_revision > 0 order by customer_id
           on conflict (customer_id) do nothing returning ${headColumns}`,
          [rest],
        );
  const made = new Set(created.map((row) => row.customer_id));
  const others = rest.filter((id) => !made.has(id));
  const heldElsewhere =
    others.length === 0
      ? []
      : await tx.query<{ customer_id: string }>('select customer_id from scoring.score_head where customer_id = any($1::uuid[])', [others]);
  const locked = [...known, ...created].sort((a, b) => (a.customer_id < b.customer_id ? -1 : 1));
  const ids = locked.map((row) => row.customer_id);
  const heads = new Map((await readJourneyHeads(tx, ids)).map((head) => [head.customerId, head]));
  const due = locked.flatMap((row) => {
    const head = heads.get(row.customer_id);
    if (!head) return [];
    const whole = row.scored_revision === 0 || row.due || row.stale || row.rewritten !== head.rewritten || row.settings_version !== activeVersion;
    return whole || head.revision > row.scored_revision ? [{ ...head, whole, stale: row.stale, scoredRevision: row.scored_revision }] : [];
  });
  const kinds = await readKinds(tx, due);
  return {
    due: due.map((customer) => ({ ...customer, kind: kinds.get(customer.customerId) ?? 'customer' })),
    heldElsewhere: heldElsewhere.map((row) => row.customer_id),
  };
}

/** How far the hierarchy of these customers is now. */
export async function readJourneyHeads(tx: Transaction, customerIds: readonly string[]): Promise<JourneyHead[]> {
  if (customerIds.length === 0) return [];
  return tx.query<JourneyHead>(
    `select customer_id as "customerId", built_revision::double precision as revision, rewritten from sessionization.read_journey_head
     where customer_id = any($1::uuid[]) and built_revision > 0`,
    [customerIds],
  );
}

async function readKinds(tx: Transaction, customers: readonly { customerId: string }[]): Promise<ReadonlyMap<string, LockedCustomer['kind']>> {
  if (customers.length === 0) return new Map();
  const rows = await tx.query<{ customer_id: string; kind: LockedCustomer['kind'] }>(
    'select customer_id, kind from identity.read_customer where customer_id = any($1::uuid[])',
    [customers.map(({ customerId }) => customerId)],
  );
  return new Map(rows.map((row) => [row.customer_id, row.kind]));
}

/** The spans in which these customers changed since they were scored. One whose changes identity no longer lists has none. */
export async function readChangedSpans(tx: Transaction, customers: readonly LockedCustomer[]): Promise<ReadonlyMap<string, Span>> {
  if (customers.length === 0) return new Map();
  const rows = await tx.query<Span & { customerId: string }>(
    `select b.id as "customerId", round(date_part('epoch', min(c.from_at)) * 1000) as "startAt", round(date_part('epoch', max(c.to_at)) * 1000) as "endAt"
     from unnest($1::uuid[], $2::bigint[]) as b (id, revision)
     cross join lateral (select from_at, to_at from identity.read_customer_change where customer_id = b.id and revision > b.revision offset 0) c
     group by b.id`,
    [customers.map(({ customerId }) => customerId), customers.map(({ scoredRevision }) => scoredRevision)],
  );
  return new Map(rows.map(({ customerId, startAt, endAt }) => [customerId, { startAt, endAt }]));
}

/** Records what was scored; the customers are no longer due, stale or failed. */
export async function saveHeads(tx: Transaction, customers: readonly LockedCustomer[], settingsVersion: number): Promise<void> {
  if (customers.length === 0) return;
  await tx.execute(
    `update scoring.score_head h set scored_revision = r.revision, rewritten = r.rewritten, settings_version = $4, stale = false, due = false, due_since = null,
       saved_in = pg_current_xact_id()
     from unnest($1::uuid[], $2::bigint[], $3::integer[]) as r (id, revision, rewritten) where h.customer_id = r.id`,
    [customers.map(({ customerId }) => customerId), customers.map(({ revision }) => revision), customers.map(({ rewritten }) => rewritten), settingsVersion],
  );
  const healed = customers.filter(({ stale }) => stale).map(({ customerId }) => customerId);
  if (healed.length > 0) await tx.execute('delete from scoring.failed_customer where customer_id = any($1::uuid[])', [healed]);
}

export interface FailedCustomer {
  readonly customerId: string;
  readonly revision: number;
  readonly rewritten: number;
  readonly reason: string;
}

/** Sets aside customers that the rules cannot score: their last good scores stay and are marked stale; their next change, or a retry, tries again. */
export async function saveFailures(tx: Transaction, failures: readonly FailedCustomer[], settingsVersion: number): Promise<void> {
  if (failures.length === 0) return;
  const sorted = [...failures].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
  const ids = sorted.map(({ customerId }) => customerId);
  await tx.execute(
    `insert into scoring.failed_customer as f (customer_id, revision, reason, attempts, failed_at)
     select r.id, r.revision, r.reason, 1, now() from unnest($1::uuid[], $2::bigint[], $3::text[]) as r (id, revision, reason) order by r.id
     on conflict (customer_id) do update set revision = excluded.revision, reason = excluded.reason, attempts = f.attempts + 1, failed_at = excluded.failed_at`,
    [ids, sorted.map(({ revision }) => revision), sorted.map(({ reason }) => reason)],
  );
  await tx.execute(
    `update scoring.score_head h set stale = true, due = false, due_since = null, scored_revision = r.revision, rewritten = r.rewritten, settings_version = $4
     from unnest($1::uuid[], $2::bigint[], $3::integer[]) as r (id, revision, rewritten) where h.customer_id = r.id`,
    [ids, sorted.map(({ revision }) => revision), sorted.map(({ rewritten }) => rewritten), settingsVersion],
  );
}

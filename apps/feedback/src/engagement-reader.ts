import type { CanonicalEvent, Instant } from '@throughline/contracts';
import type { Transaction } from '@throughline/database';
import { engagementSteps, type ClosedEngagement } from '@throughline/domain-feedback';
import { engagementState, type Phase } from '@throughline/domain-hierarchy';

interface EngagementRow {
  readonly customer_id: string;
  readonly anchor: string;
  readonly last_activity_at: number;
  readonly window_ms: number;
  readonly phases: readonly Phase[];
}

/** An engagement that is over, without what happened in it. */
export type EndedEngagement = Omit<ClosedEngagement, 'steps'>;

const columns = `customer_id, anchor, round(date_part('epoch', last_activity_at) * 1000)::double precision as last_activity_at, window_ms::double precision, phases`;

/** Engagements of these customers that ended between `since` and `asOf`. */
export async function readEnded(tx: Transaction, customerIds: readonly string[], since: Instant, asOf: Instant): Promise<EndedEngagement[]> {
  const rows = await tx.query<EngagementRow>(`select ${columns} from sessionization.read_engagement where customer_id = any($1::uuid[])`, [customerIds]);
  return rows.flatMap((row) => {
    const ended = endOf(row, asOf);
    return ended && ended.endedAt >= since ? [ended] : [];
  });
}

/** One engagement by an event of it, ended or not: its customer and anchor as they are now; undefined where no engagement holds the event. */
export async function readEngagementOf(tx: Transaction, eventId: string): Promise<{ customerId: string; anchor: string } | undefined> {
  const [row] = await tx.query<{ customerId: string; anchor: string }>(
    `select o.customer_id as "customerId", substr(e.engagement_id, 5)::uuid as anchor
     from identity.read_customer_event o join sessionization.read_event_engagement e on e.customer_id = o.customer_id and e.event_id = o.event_id
     where o.event_id = $1`,
    [eventId],
  );
  return row;
}

/** What happened in an engagement, step by step. */
export async function readSteps(tx: Transaction, customerId: string, anchor: string): Promise<ClosedEngagement['steps']> {
  const rows = await tx.query<{ transaction: string; event: CanonicalEvent }>(
    `select t.transaction_id as transaction, r.body as event
     from sessionization.read_event_engagement e
     join sessionization.read_event_transaction t on t.customer_id = e.customer_id and t.event_id = e.event_id
     join ingestion.read_event r on r.event_id = e.event_id
     where e.customer_id = $1 and e.engagement_id = 'eng_' || $2::uuid`,
    [customerId, anchor],
  );
  return engagementSteps(rows);
}

function endOf(row: EngagementRow, asOf: Instant): EndedEngagement | null {
  const of = { id: row.anchor, phases: row.phases, lastActivityAt: row.last_activity_at, windowMs: row.window_ms };
  const { state } = engagementState(of, asOf);
  if (state === 'open') return null;
  const closedAt = row.phases.findLast(({ from }) => from <= asOf)?.from ?? row.last_activity_at;
  return {
    customerId: row.customer_id,
    anchor: row.anchor,
    endedAs: state,
    endedAt: state === 'abandoned' ? row.last_activity_at + row.window_ms + 1 : closedAt,
  };
}

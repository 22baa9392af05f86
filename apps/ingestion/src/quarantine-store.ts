import { Injectable } from '@nestjs/common';
import type { QuarantineEntry, QuarantineItem, QuarantineReason, ReplayRequest } from '@throughline/contracts';
import { Database, type Transaction } from '@throughline/database';

interface Row {
  readonly id: string;
  readonly event_id: string;
  readonly source: string;
  readonly adapter: string;
  readonly reason: QuarantineReason;
  readonly pointer: string | null;
  readonly fix: string | null;
  readonly source_event_id: string | null;
  readonly received_at: Date;
  readonly attempts: number;
  readonly state: 'open' | 'replayed';
}

export interface KeptRecord extends QuarantineEntry {
  readonly record: string;
}

export interface QuarantineFilter {
  readonly reason?: string | undefined;
  readonly source?: string | undefined;
  readonly state?: string | undefined;
  readonly limit: number;
  /** Continue after this item (its `receivedAt` and id, as the last page gave them). */
  readonly before?: { readonly receivedAt: number; readonly id: string } | undefined;
}

const columns = 'id, event_id, source, adapter, reason, pointer, fix, source_event_id, received_at, attempts, state';

/** What was kept aside, with its records, redacted. */
@Injectable()
export class QuarantineStore {
  constructor(private readonly database: Database) {}

  /** Newest first. */
  async list(filter: QuarantineFilter): Promise<QuarantineEntry[]> {
    const rows = await this.database.query<Row>(
      `select ${columns} from ingestion.quarantine
       where ($1::text is null or reason = $1) and ($2::text is null or source = $2) and state = coalesce($3::text, 'open')
         and ($4::float8 is null or (received_at, id) < (to_timestamp($4 / 1000.0), $5::uuid))
       order by received_at desc, id desc limit $6`,
      [filter.reason ?? null, filter.source ?? null, filter.state ?? null, filter.before?.receivedAt ?? null, filter.before?.id ?? null, filter.limit],
    );
    return rows.map(entryOf);
  }

  async counts(): Promise<{ reason: string; source: string; count: number; oldestAt: number }[]> {
    const rows = await this.database.query<{ reason: string; source: string; count: number; oldest: Date }>(
      `select reason, source, count(*)::int as count, min(received_at) as oldest from ingestion.quarantine where state = 'open' group by reason, source order by count desc, reason, source`,
    );
    return rows.map(({ reason, source, count, oldest }) => ({ reason, source, count, oldestAt: oldest.getTime() }));
  }

  async show(id: string): Promise<QuarantineItem | null> {
    const [row] = await this.database.query<Row & { record: string }>(`select ${columns}, record from ingestion.quarantine where id = $1`, [id]);
    return row === undefined ? null : { ...entryOf(row), record: parsedOrText(row.record) };
  }

  /** What a replay request means, oldest first. */
  async chosen(request: ReplayRequest): Promise<KeptRecord[]> {
    const rows = await this.database.query<Row & { record: string }>(
      `select ${columns}, record from ingestion.quarantine
       where state = 'open' and ($1::uuid[] is null or id = any($1)) and ($2::text is null or reason = $2) and ($3::text is null or source = $3)
         and ($4::float8 is null or received_at >= to_timestamp($4 / 1000.0)) and ($5::float8 is null or received_at <= to_timestamp($5 / 1000.0))
       order by received_at, id limit $6`,
      [request.ids ?? null, request.reason ?? null, request.source ?? null, request.receivedFrom ?? null, request.receivedTo ?? null, request.limit],
    );
    return rows.map((row) => ({ ...entryOf(row), record: row.record }));
  }

  /** Marks an item as let in. */
  async close(tx: Transaction, item: QuarantineEntry, by: string): Promise<void> {
    await tx.execute(
      `update ingestion.quarantine set state = 'replayed', replayed_at = now(), edited_by = $3, attempts = attempts + 1 where event_id = $1 and id = $2`,
      [item.eventId, item.id, by],
    );
  }

  /** Counts a try that did not help, with the reason of now. */
  async failedAgain(tx: Transaction, item: QuarantineEntry, reason: string, pointer: string, fix: string): Promise<void> {
    await tx.execute('update ingestion.quarantine set attempts = attempts + 1, reason = $3, pointer = $4, fix = $5 where event_id = $1 and id = $2', [
      item.eventId,
      item.id,
      reason,
      pointer,
      fix,
    ]);
  }
}

function entryOf(row: Row): QuarantineEntry {
  return {
    id: row.id,
    eventId: row.event_id,
    source: row.source,
    adapter: row.adapter,
    reason: row.reason,
    pointer: row.pointer,
    fix: row.fix,
    sourceEventId: row.source_event_id,
    receivedAt: row.received_at.getTime(),
    attempts: row.attempts,
    state: row.state,
  };
}

function parsedOrText(record: string): unknown {
  try {
    return JSON.parse(record) as unknown;
  } catch {
    return record;
  }
}

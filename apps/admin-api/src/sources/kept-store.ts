import { Injectable } from '@nestjs/common';
import type { QuarantineReason } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { writeCursor, type ArrivalCursor } from './arrival-cursor';
import type { KeptGroups, KeptItems } from './source-answers';

type Item = KeptItems['items'][number];

interface Row extends Omit<Item, 'receivedAt' | 'sourceEventId'> {
  readonly received: Date;
  readonly source_event_id: string | null;
}

interface GroupRow {
  readonly source: string;
  readonly reason: QuarantineReason;
  readonly count: number;
  readonly first: Date;
  readonly last: Date;
  readonly pointer: string | null;
  readonly fix: string | null;
}

const columns = 'id, source, adapter, reason, pointer, fix, source_event_id, received_at as received, attempts, state';

/** What was kept aside, without the records. */
@Injectable()
export class KeptStore {
  constructor(private readonly database: Database) {}

  /** By cause: the most frequent first. Pointer and hint are those that most of the group have. */
  async groups(): Promise<KeptGroups['groups']> {
    const rows = await this.database.query<GroupRow>(
      `select source, reason, count(*)::integer as count, min(received_at) as first, max(received_at) as last,
         mode() within group (order by pointer) as pointer, mode() within group (order by fix) as fix
       from ingestion.read_quarantine where state = 'open' group by source, reason order by count desc, source, reason`,
    );
    return rows.map(({ first, last, ...group }) => ({ ...group, firstAt: first.getTime(), lastAt: last.getTime() }));
  }

  /** The oldest first: as a replay takes them. */
  async items(
    filter: { source?: string | undefined; reason?: string | undefined; state: string; limit: number },
    after: ArrivalCursor | null,
  ): Promise<KeptItems> {
    const rows = await this.database.query<Row>(
      `select ${columns} from ingestion.read_quarantine
       where ($1::text is null or source = $1) and ($2::text is null or reason = $2) and state = $3
         and ($4::timestamptz is null or (received_at, id) > ($4::timestamptz, $5::uuid)) order by received_at, id limit $6`,
      [filter.source ?? null, filter.reason ?? null, filter.state, after ? new Date(after.at).toISOString() : null, after?.id ?? null, filter.limit + 1],
    );
    const items = rows.slice(0, filter.limit).map(itemOf);
    const last = items.at(-1);
    return { items, cursor: last && rows.length > filter.limit ? writeCursor({ at: last.receivedAt, id: last.id }) : null };
  }

  async one(id: string): Promise<Item | null> {
    const [row] = await this.database.query<Row>(`select ${columns} from ingestion.read_quarantine where id = $1`, [id]);
    return row ? itemOf(row) : null;
  }
}

function itemOf({ received, source_event_id: sourceEventId, ...item }: Row): Item {
  return { ...item, sourceEventId, receivedAt: received.getTime() };
}

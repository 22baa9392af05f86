import { Injectable } from '@nestjs/common';
import { auditHash, Database } from '@throughline/database';

export interface AuditEntry {
  readonly place: number;
  readonly at: number;
  readonly actor: { readonly kind: string; readonly id: string | null; readonly name: string };
  readonly action: string;
  readonly target: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly address: string | null;
  readonly traceId: string | null;
}

export interface AuditFilter {
  /** Entries before this place, the newest first. */
  readonly before?: number | undefined;
  readonly actor?: string | undefined;
  /** The beginning of the action: `user.` or `user.disabled`. */
  readonly action?: string | undefined;
  readonly limit: number;
}

export type ChainState =
  | { readonly intact: true; readonly entries: number }
  | { readonly intact: false; readonly entries: number; readonly brokenAt: number; readonly reason: string };

interface Row {
  readonly place: string;
  readonly at: Date;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly action: string;
  readonly target: string;
  readonly details: string;
  readonly address: string | null;
  readonly session_id: string | null;
  readonly trace_id: string | null;
  readonly previous: Buffer;
  readonly hash: Buffer;
}

const columns = 'place, at, actor_kind, actor_id, actor_name, action, target, details::text as details, address, session_id, trace_id, previous, hash';
const atOnce = 1_000;

@Injectable()
export class AuditStore {
  constructor(private readonly database: Database) {}

  async list({ before, actor, action, limit }: AuditFilter): Promise<AuditEntry[]> {
    const rows = await this.database.query<Row>(
      `select ${columns} from admin_api.audit_entry
       where ($1::bigint is null or place < $1) and ($2::uuid is null or actor_id = $2) and ($3::text is null or starts_with(action, $3))
       order by place desc limit $4`,
      [before ?? null, actor ?? null, action ?? null, limit],
    );
    return rows.map((row) => ({
      place: Number(row.place),
      at: row.at.getTime(),
      actor: { kind: row.actor_kind, id: row.actor_id, name: row.actor_name },
      action: row.action,
      target: row.target,
      details: JSON.parse(row.details) as Record<string, unknown>,
      address: row.address,
      traceId: row.trace_id,
    }));
  }

  /** Walks the whole chain: each entry must stand where it says, follow the one before and hash to what it holds, and the last must be the one that the end of the chain names. */
  async verify(): Promise<ChainState> {
    const [head] = await this.database.query<{ place: string; hash: Buffer }>('select place, hash from admin_api.audit_head where id = 1');
    if (!head) return { intact: false, entries: 0, brokenAt: 0, reason: 'The end of the chain is missing.' };
    const end = Number(head.place);
    let previous: Buffer = Buffer.alloc(32);
    let place = 0;
    const broken = (reason: string): ChainState => ({ intact: false, entries: end, brokenAt: place + 1, reason });
    while (place < end) {
      const rows = await this.database.query<Row>(
        `select ${columns} from admin_api.audit_entry where place > $1 and place <= $2 order by place limit ${atOnce}`,
        [place, end],
      );
      if (rows.length === 0) return broken('Entries at the end are missing.');
      for (const row of rows) {
        if (Number(row.place) !== place + 1) return broken('An entry is missing.');
        if (!row.previous.equals(previous)) return broken('The entry does not follow the one before it.');
        if (!auditHash(previous, hashed(row)).equals(row.hash)) return broken('The entry was changed after it was written.');
        previous = row.hash;
        place += 1;
      }
    }
    if (!previous.equals(head.hash)) return broken('The last entry is not the one that the end of the chain names.');
    return { intact: true, entries: end };
  }
}

function hashed(row: Row): Parameters<typeof auditHash>[1] {
  return {
    place: Number(row.place),
    at: row.at.getTime(),
    actorKind: row.actor_kind,
    actorId: row.actor_id,
    actorName: row.actor_name,
    action: row.action,
    target: row.target,
    details: row.details,
    address: row.address,
    sessionId: row.session_id,
    traceId: row.trace_id,
  };
}

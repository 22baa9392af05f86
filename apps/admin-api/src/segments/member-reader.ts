import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { activeLeaves, nodeWords, type Reason, type SegmentRule, type Wording } from '@throughline/domain-segments';

export interface Member {
  readonly customerId: string;
  readonly since: number;
  readonly version: number;
  /** What held when they came, in words. */
  readonly because: readonly string[];
}

interface Row {
  readonly customer_id: string;
  readonly since: number;
  readonly version: number;
  readonly reason: Reason;
}

const since = `round(date_part('epoch', m.since) * 1000) as since`;
/** `$2`: the agents whose customers may be seen, null for all. */
const inReach = `m.segment_id = $1 and m.until is null
  and ($2::text[] is null or exists (select from sessionization.read_transaction t where t.customer_id = m.customer_id and t.agent = any($2)))`;

/** Who is in a segment, within reach of whoever asks. */
@Injectable()
export class MemberReader {
  constructor(private readonly database: Database) {}

  async count(segmentId: string, agents: readonly string[] | null): Promise<number> {
    const [row] = await this.database.query<{ total: number }>(`select count(*)::integer as total from scoring.read_segment_member m where ${inReach}`, [
      segmentId,
      agents,
    ]);
    return row!.total;
  }

  /** One page, those who came last first. */
  async page(segmentId: string, agents: readonly string[] | null, { limit, page }: { limit: number; page: number }, wording: Wording): Promise<Member[]> {
    const rows = await this.database.query<Row>(
      `select m.customer_id, ${since}, m.version, m.reason from scoring.read_segment_member m where ${inReach} order by m.since desc, m.customer_id limit $3 offset $4`,
      [segmentId, agents, limit, (page - 1) * limit],
    );
    return this.inWords(segmentId, rows, wording);
  }

  /** All of them in the order of their ids, in pages of a few thousand. */
  async *everybody(segmentId: string, agents: readonly string[] | null, wording: Wording): AsyncGenerator<Member[]> {
    let after: string | null = null;
    for (;;) {
      const rows: Row[] = await this.database.query<Row>(
        `select m.customer_id, ${since}, m.version, m.reason from scoring.read_segment_member m
         where ${inReach} and ($3::uuid is null or m.customer_id > $3) order by m.customer_id limit 5000`,
        [segmentId, agents, after],
      );
      if (rows.length === 0) return;
      yield await this.inWords(segmentId, rows, wording);
      after = rows.at(-1)!.customer_id;
    }
  }

  private async inWords(segmentId: string, rows: readonly Row[], wording: Wording): Promise<Member[]> {
    const versions = await this.database.query<{ version: number; rule: SegmentRule }>(
      'select version, rule from scoring.read_segment_version where segment_id = $1 and version = any($2::integer[])',
      [segmentId, [...new Set(rows.map(({ version }) => version))]],
    );
    const leavesOf = new Map(versions.map(({ version, rule }) => [version, activeLeaves(rule.root).map((leaf) => nodeWords(leaf, wording))]));
    return rows.map(({ customer_id, since, version, reason }) => ({
      customerId: customer_id,
      since,
      version,
      because: (leavesOf.get(version) ?? []).filter((_, leaf) => reason[leaf]?.[0]),
    }));
  }
}

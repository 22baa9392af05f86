import { Injectable } from '@nestjs/common';
import { Database, instantText, type Transaction } from '@throughline/database';
import { catalogue, compileRule, type Reason } from '@throughline/domain-segments';
import { holdMemberships } from './membership-lock';
import type { PublishedSegment } from './published-segments';
import { RuleRunner } from './rule-runner';

export type RunCause = 'published' | 'time';

/** Customers asked by one statement, and worked out in one transaction. */
const atOnce = 20_000;

interface Range {
  readonly after: string | null;
  readonly upTo: string | null;
}

/** Works a segment out for everybody: range by range of their ids, so that no statement and no transaction grows with their number. `scoring.segment_run` says how far. */
@Injectable()
export class WorkOutSegment {
  constructor(
    private readonly database: Database,
    private readonly rules: RuleRunner,
  ) {}

  async run(segment: PublishedSegment, cause: RunCause, signal?: AbortSignal): Promise<'finished' | 'stopped'> {
    await this.begin(segment, cause);
    let range: Range | undefined = await this.rangeAfter(null);
    while (range) {
      if (signal?.aborted) return 'stopped';
      const refused = await this.workOut(segment, range);
      if (refused !== undefined) {
        await this.end(segment, refused);
        return 'finished';
      }
      range = range.upTo === null ? undefined : await this.rangeAfter(range.upTo);
    }
    await this.end(segment, null);
    return 'finished';
  }

  private async workOut(segment: PublishedSegment, range: Range): Promise<string | undefined> {
    return this.database.inTransaction(async (tx) => {
      // Before the rule is asked: facts that are committed until now are seen by it, and later ones wait with their memberships until this is written.
      await holdMemberships(tx);
      const asOf = Date.now();
      const answer = await this.rules.run<{ customer_id: string; reason: Reason }>(compileRule(segment.rule, catalogue, asOf, { kind: 'range', ...range }));
      if (answer.kind === 'refused') return answer.reason;
      await this.write(tx, segment, range, asOf, answer.rows);
      return undefined;
    });
  }

  private async write(
    tx: Transaction,
    { id, version }: PublishedSegment,
    { after, upTo }: Range,
    asOf: number,
    members: readonly { readonly customer_id: string; readonly reason: Reason }[],
  ): Promise<void> {
    const ids = members.map((member) => member.customer_id);
    await tx.execute(
      `update scoring.segment_member m set until = $5
       where m.segment_id = $1 and m.until is null and ($2::uuid is null or m.customer_id > $2) and ($3::uuid is null or m.customer_id <= $3)
         and not exists (select from unnest($4::uuid[]) as now (customer_id) where now.customer_id = m.customer_id)`,
      [id, after, upTo, ids, instantText(asOf)],
    );
    await tx.execute(
      `insert into scoring.segment_member (customer_id, segment_id, since, version, reason)
       select now.customer_id, $1, $4, $5, now.reason from unnest($2::uuid[], $3::json[]) as now (customer_id, reason)
       where not exists (select from scoring.segment_member m where m.customer_id = now.customer_id and m.segment_id = $1 and m.until is null)
       order by now.customer_id on conflict do nothing`,
      [id, ids, members.map(({ reason }) => JSON.stringify(reason)), instantText(asOf), version],
    );
    await tx.execute(`update scoring.segment_run set done = least(total, done + ${atOnce}) where segment_id = $1 and version = $2`, [id, version]);
  }

  private async rangeAfter(after: string | null): Promise<Range> {
    const [last] = await this.database.query<{ customer_id: string }>(
      `select customer_id from scoring.read_customer where $1::uuid is null or customer_id > $1 order by customer_id offset ${atOnce - 1} limit 1`,
      [after],
    );
    return { after, upTo: last?.customer_id ?? null };
  }

  private async begin({ id, version }: PublishedSegment, cause: RunCause): Promise<void> {
    await this.database.execute(
      `insert into scoring.segment_run (segment_id, version, cause, started_at, done, total)
       select $1, $2, $3, now(), 0, count(*)::integer from scoring.read_customer
       on conflict (segment_id) do update set version = excluded.version, cause = excluded.cause, started_at = excluded.started_at, done = 0, total = excluded.total,
         finished_at = null, failure = null`,
      [id, version, cause],
    );
  }

  private async end({ id, version }: PublishedSegment, failure: string | null): Promise<void> {
    await this.database.execute(
      `update scoring.segment_run set finished_at = now(), failure = $3, done = case when $3::text is null then total else done end where segment_id = $1 and version = $2`,
      [id, version, failure],
    );
  }
}

import { Injectable } from '@nestjs/common';
import type { Instant } from '@throughline/contracts';
import { Database, type Transaction } from '@throughline/database';
import { reviewReasons, type ReviewCandidate } from '@throughline/domain-feedback';
import { activeSurvey } from './survey-settings-store';

interface CandidateRow {
  readonly anchor: string;
  readonly customer_id: string;
  readonly over: boolean;
  readonly agents: readonly string[];
  readonly frustration: number;
  readonly csat: number | null;
  readonly empathy: readonly { readonly agent: string | null; readonly value: number }[] | null;
}

/** Puts engagements before people: those that the rule names, each once. Reasons of one that still waits are kept up to date. */
@Injectable()
export class ReviewQueue {
  constructor(private readonly database: Database) {}

  /** Looks at the engagements of these customers. Gives how many are in the queue because of it. */
  async consider(customerIds: readonly string[], now: Instant): Promise<number> {
    let queued = 0;
    for (let start = 0; start < customerIds.length; start += 500)
      queued += await this.database.inTransaction((tx) => this.batch(tx, customerIds.slice(start, start + 500), now));
    return queued;
  }

  private async batch(tx: Transaction, customerIds: readonly string[], now: Instant): Promise<number> {
    const { settings } = await activeSurvey(tx);
    const rows = await tx.query<CandidateRow>(
      `select e.anchor, e.customer_id, coalesce(e.closed_at <= $2, e.idle_at <= $2, false) as over, e.agents, e.frustration::double precision as frustration,
         a.csat, a.empathy
       from scoring.read_engagement e
       left join lateral (
         select min(value) filter (where question = 'csat')::double precision as csat,
           json_agg(json_build_object('agent', case when system is null then agent end, 'value', value)) filter (where question = 'empathy') as empathy
         from scoring.read_answer where customer_id = e.customer_id and engagement = e.anchor) a on true
       where e.customer_id = any($1::uuid[])`,
      [customerIds, new Date(now)],
    );
    const wanted = rows
      .map((row) => ({ row, reasons: reviewReasons(candidateOf(row), settings.review) }))
      .filter(({ reasons }) => reasons.length > 0)
      .sort((a, b) => (a.row.anchor < b.row.anchor ? -1 : 1));
    for (const { row, reasons } of wanted)
      await tx.execute(
        `insert into feedback.review as r (anchor, customer_id, reasons, agents, queued_at, due_at) values ($1, $2, $3, $4, $5, $6)
         on conflict (anchor) do update set reasons = excluded.reasons, agents = excluded.agents
         where r.state in ('waiting', 'assigned') and (r.reasons <> excluded.reasons or r.agents <> excluded.agents)`,
        [row.anchor, row.customer_id, JSON.stringify(reasons), row.agents, new Date(now), new Date(now + settings.review.dueMs)],
      );
    return wanted.length;
  }
}

const candidateOf = ({ anchor, over, empathy, csat, frustration }: CandidateRow): ReviewCandidate => ({
  anchor,
  over,
  empathy: (empathy ?? []).map(({ agent, value }) => ({ agent, value: Number(value) })),
  csat,
  frustration,
});

import { Injectable } from '@nestjs/common';
import type { CanonicalEvent } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { engagementSteps, type Finding, type RatingSums, type ReviewedEngagement } from '@throughline/domain-feedback';
import { commentsIn, type Span } from '../surveys/survey-reader';
import type { ReviewAnswer, ReviewRow } from './quality-answers';

interface StoredRow extends Omit<ReviewRow, 'agents'> {
  readonly agents: readonly string[];
  readonly note: string | null;
  readonly skipReason: string | null;
  readonly frustration: number | null;
  readonly engagement: string;
}

export interface QueueFilter {
  readonly state: 'open' | 'mine' | 'done' | 'all';
  readonly reason: string | undefined;
  /** Of `mine`. */
  readonly reader: string;
}

const atOnce = 200;
const linesAtOnce = 60;
const ms = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::double precision`;
const columns = `r.anchor, r.customer_id as "customerId", seen.reasons, r.agents, ${ms('r.queued_at')} as "queuedAt", ${ms('r.due_at')} as "dueAt", r.state, r.assigned_to as "assignedTo",
  ${ms('r.finished_at')} as "finishedAt", r.version, r.note, r.skip_reason as "skipReason", ${ms('e.at')} as at, e.intent, e.contacts, e.frustration::double precision as frustration`;
/** The engagement by its own customer: both names of it were written together. */
const joined = `feedback.read_review r left join scoring.read_engagement e on e.customer_id = r.customer_id and e.anchor = r.anchor`;
/** Nobody has read it yet, and the engagement is gone: what came later made it part of another one, which is in the queue by its own reasons. */
const isGone = `(r.state = 'waiting' and e.anchor is null)`;
const inScope = (place: number): string => `($${place}::text[] is null or r.agents && $${place}::text[])`;
/** Of what is said about one agent (null: about nobody), what a reader may know. */
const aboutScope = (agent: string, place: number): string => `($${place}::text[] is null or ${agent} is null or ${agent} = any($${place}::text[]))`;
const seenReasons = (place: number): string => `cross join lateral (select coalesce(jsonb_agg(o.reason order by o.place), '[]') as reasons
  from jsonb_array_elements(r.reasons) with ordinality o (reason, place) where ${aboutScope(`o.reason->>'agent'`, place)}) seen`;

/** Engagements that a person should read, and what was found in them; those in which an agent in scope took part, and nothing that is said about other agents. */
@Injectable()
export class ReviewReader {
  constructor(private readonly database: Database) {}

  /** The lowest ratings first, then the greatest differences, then the sample; of each the one that is due first. `more`: there are others after these. */
  async queue(filter: QueueFilter, agents: readonly string[] | null): Promise<{ rows: StoredRow[]; more: boolean }> {
    const rows = await this.database.query<StoredRow>(
      `select ${columns} from ${joined} ${seenReasons(1)}
       where ${inScope(1)} and not ${isGone} and ($2 = 'all' or ($2 = 'open' and r.state in ('waiting', 'assigned')) or ($2 = 'done' and r.state in ('done', 'skipped'))
           or ($2 = 'mine' and r.state = 'assigned' and r.assigned_to = $3))
         and ($4::text is null or seen.reasons @> jsonb_build_array(jsonb_build_object('kind', $4::text)))
       order by case when $2 = 'done' then extract(epoch from r.finished_at) end desc nulls last,
         case seen.reasons->0->>'kind' when 'lowEmpathy' then 0 when 'differs' then 1 else 2 end, (seen.reasons->0->>'value')::numeric nulls last, r.due_at, r.anchor limit ${atOnce + 1}`,
      [agents, filter.state, filter.reader, filter.reason ?? null],
    );
    return { rows: rows.slice(0, atOnce), more: rows.length > atOnce };
  }

  async countOpen(agents: readonly string[] | null): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      `select count(*)::integer as n from ${joined} where r.state in ('waiting', 'assigned') and not ${isGone} and ${inScope(1)}`,
      [agents],
    );
    return row?.n ?? 0;
  }

  async one(anchor: string, agents: readonly string[] | null): Promise<StoredRow | undefined> {
    const [row] = await this.database.query<StoredRow>(`select ${columns} from ${joined} ${seenReasons(2)} where r.anchor = $1 and ${inScope(2)}`, [
      anchor,
      agents,
    ]);
    return row;
  }

  /** What the customer answered about it. */
  async said(customerId: string, anchor: string, agents: readonly string[] | null): Promise<ReviewAnswer['said']> {
    return this.database.query(
      `select anchor as "eventId", ${ms('at')} as at, question, value::double precision as value, agent, system, cause from scoring.read_answer
       where customer_id = $1 and engagement = $2 and ${aboutScope('agent', 3)} order by at, case question when 'empathy' then 0 when 'csat' then 1 else 2 end, value`,
      [customerId, anchor, agents],
    );
  }

  async comments(eventIds: readonly string[], agents: readonly string[] | null): Promise<{ about: string | null; text: string }[]> {
    const rows = await this.database.query<{ attributes: Record<string, unknown> }>(
      `select body->'attributes' as attributes from ingestion.read_event where event_id = any($1::uuid[]) order by event_id`,
      [eventIds],
    );
    return rows.flatMap(({ attributes }) => commentsIn(attributes, agents));
  }

  /** What happened, step by step; with what was said and written where `withText`. */
  async steps(customerId: string, anchor: string, withText: boolean): Promise<ReviewAnswer['steps']> {
    const rows = await this.database.query<{ transaction: string; event: CanonicalEvent }>(
      `select t.transaction_id as transaction, r.body as event from sessionization.read_event_engagement e
       join sessionization.read_event_transaction t on t.customer_id = e.customer_id and t.event_id = e.event_id
       join ingestion.read_event r on r.event_id = e.event_id where e.customer_id = $1 and e.engagement_id = 'eng_' || $2::uuid`,
      [customerId, anchor],
    );
    const transactionOf = new Map(rows.map(({ transaction, event }) => [event.id, transaction]));
    return engagementSteps(rows).map(({ eventId, ...step }) => {
      const events = rows.filter(({ transaction }) => transaction === transactionOf.get(eventId)).map(({ event }) => event);
      return { eventId, ...step, events: events.length, lines: withText ? linesOf(events) : [] };
    });
  }

  async outcome(anchor: string, agents: readonly string[] | null): Promise<Pick<ReviewAnswer, 'findings' | 'empathy'>> {
    const [findings, empathy] = await Promise.all([
      this.database.query<ReviewAnswer['findings'][number]>(
        `select id, cause, agent, event_id as "eventId", note, by from feedback.read_finding where anchor = $1 and ${aboutScope('agent', 2)} order by at, id`,
        [anchor, agents],
      ),
      this.database.query<ReviewAnswer['empathy'][number]>(
        `select agent, value from feedback.read_review_rating where anchor = $1 and ${aboutScope('agent', 2)} order by agent`,
        [anchor, agents],
      ),
    ]);
    return { findings, empathy };
  }

  /** Reviewers' empathy ratings of each agent in the span. */
  async reviewed({ from, to }: Span): Promise<RatingSums[]> {
    return this.database.query(
      `select agent as key, count(*)::integer as n, sum(value)::double precision as sum, sum(value * value)::double precision as "sumOfSquares"
       from feedback.read_review_rating where at >= $1 and at < $2 group by agent order by agent`,
      [new Date(from).toISOString(), new Date(to).toISOString()],
    );
  }

  /** Finished reviews of the span with what was found in them. */
  async finished({ from, to }: Span): Promise<{ reviewed: ReviewedEngagement[]; findings: Finding[] }> {
    const span = [new Date(from).toISOString(), new Date(to).toISOString()];
    const [reviewed, findings] = await Promise.all([
      this.database.query<ReviewedEngagement>(
        `select anchor, agents from feedback.read_review where state = 'done' and finished_at >= $1 and finished_at < $2`,
        span,
      ),
      this.database.query<Finding>('select anchor, cause, agent from feedback.read_finding where at >= $1 and at < $2', span),
    ]);
    return { reviewed, findings };
  }
}

function linesOf(events: readonly CanonicalEvent[]): ReviewAnswer['steps'][number]['lines'] {
  return [...events]
    .sort((a, b) => a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence)
    .flatMap(({ occurredAt, initiator, attributes }) =>
      typeof attributes['text'] === 'string' ? [{ at: occurredAt, by: initiator, text: attributes['text'] }] : [],
    )
    .slice(0, linesAtOnce);
}

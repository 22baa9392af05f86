import { Injectable } from '@nestjs/common';
import { defaultSurveySettings, surveySettingsSchema, type SurveyAnswer, type SurveySettings } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { caseClock, recoveryRate, type EmpathyRatings, type RecoveryCase } from '@throughline/domain-feedback';
import { wilsonInterval } from '@throughline/domain-metrics';
import type { CasesAnswer, Share, SurveyComments, SurveyResults, SurveySettingsAnswer } from './survey-answers';

export interface Span {
  readonly from: number;
  readonly to: number;
}

interface RatingRow {
  readonly kind: 'agent' | 'system';
  readonly key: string;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
  readonly counts: readonly number[];
}

/** Cases whose customers have no names yet. */
export type ListedCases = Omit<CasesAnswer, 'cases'> & { readonly cases: Omit<CasesAnswer['cases'][number], 'customerName'>[] };
export type RatingsOf = EmpathyRatings & { readonly kind: 'agent' | 'system' };

const commentsAtOnce = 50;
const ms = (column: string): string => `round(date_part('epoch', ${column}) * 1000)::double precision`;
const instants = ({ from, to }: Span): [string, string] => [new Date(from).toISOString(), new Date(to).toISOString()];

export function shareOf(count: number, of: number): Share {
  const interval = of === 0 ? null : wilsonInterval(count, of);
  return { count, of, share: of === 0 ? null : count / of, interval: interval && [interval.low, interval.high] };
}

/** What customers answered, and what became of it; every agent's rows within the scope alone. */
@Injectable()
export class SurveyReader {
  constructor(private readonly database: Database) {}

  async settings(): Promise<SurveySettingsAnswer> {
    const [row] = await this.database.query<{ version: number; settings: object; at: number; by: string }>(
      `select version, settings, ${ms('activated_at')} as at, activated_by as by from feedback.read_survey_settings where active`,
    );
    if (!row) return { version: 0, settings: defaultSurveySettings, activatedAt: null, activatedBy: 'throughline' };
    const settings: SurveySettings = surveySettingsSchema.parse({ ...defaultSurveySettings, ...row.settings });
    return { version: row.version, settings, activatedAt: row.at, activatedBy: row.by };
  }

  /** Surveys that were sent in the span, by the way and the system they were sent by, and how many of them were answered at all. */
  async response(span: Span): Promise<SurveyResults['response']> {
    const rows = await this.database.query<{ channel: string; source: string; asked: number; answered: number }>(
      `select t.channel, t.source, count(*)::integer as asked, count(*) filter (where exists (
           select from sessionization.read_event_transaction e join scoring.read_answer a on a.customer_id = e.customer_id and a.anchor = e.event_id
           where e.customer_id = t.customer_id and e.transaction_anchor = t.anchor))::integer as answered
       from sessionization.read_transaction t where t.system = 'survey' and t.start_at >= $1 and t.start_at < $2 group by t.channel, t.source order by asked desc, t.channel, t.source`,
      instants(span),
    );
    return rows.map(({ channel, source, asked, answered }) => ({ channel, source, answered: shareOf(answered, asked) }));
  }

  /** Respondents about whom the reader may know: those who were served by one of these agents (null: all). */
  async respondents(span: Span, agents: readonly string[] | null): Promise<number> {
    const [row] = await this.database.query<{ n: number }>(
      `select count(distinct coalesce(engagement, anchor))::integer as n from scoring.read_answer where at >= $1 and at < $2 and ($3::text[] is null or agent = any($3))`,
      [...instants(span), agents],
    );
    return row?.n ?? 0;
  }

  /** Sums of the empathy ratings of every agent and every system. All of them: the mean of all is what few answers are drawn to. */
  async ratings(span: Span): Promise<RatingsOf[]> {
    const rows = await this.database.query<RatingRow>(
      `select case when system is null then 'agent' else 'system' end as kind, coalesce(system, agent) as key, count(*)::integer as n,
         sum(value)::double precision as sum, sum(value * value)::double precision as squares,
         array[count(*) filter (where round(value) = 1), count(*) filter (where round(value) = 2), count(*) filter (where round(value) = 3),
           count(*) filter (where round(value) = 4), count(*) filter (where round(value) = 5)]::integer[] as counts
       from scoring.read_answer where question = 'empathy' and at >= $1 and at < $2 and coalesce(system, agent) is not null group by 1, 2 order by 1, 2`,
      instants(span),
    );
    return rows.map(({ kind, key, n, sum, squares, counts }) => ({
      kind,
      key,
      n,
      sum,
      sumOfSquares: squares,
      counts: counts as unknown as EmpathyRatings['counts'],
    }));
  }

  async causes(span: Span, agents: readonly string[] | null): Promise<SurveyResults['causes']> {
    const rows = await this.database.query<{ cause: 'people' | 'process' | 'technology'; count: number }>(
      `select cause, count(*)::integer as count from scoring.read_answer
       where cause is not null and at >= $1 and at < $2 and ($3::text[] is null or agent = any($3)) group by cause order by count desc, cause`,
      [...instants(span), agents],
    );
    return rows;
  }

  /** The newest comments. */
  async comments(span: Span, agents: readonly string[] | null): Promise<SurveyComments['comments']> {
    const rows = await this.database.query<{ id: string; customer: string; engagement: string | null; at: number; attributes: Record<string, unknown> }>(
      `select a.anchor as id, a.customer_id as customer, a.engagement, ${ms('a.at')} as at, r.body->'attributes' as attributes
       from (select distinct on (anchor) anchor, customer_id, engagement, at from scoring.read_answer
             where at >= $1 and at < $2 and ($3::text[] is null or agent = any($3)) order by anchor) a
       join ingestion.read_event r on r.event_id = a.anchor
       where r.body->'attributes'->>'comment' is not null or r.body->'attributes'->>'answers' like '%"comment"%' order by a.at desc limit ${commentsAtOnce}`,
      [...instants(span), agents],
    );
    return rows.flatMap(({ id, customer, engagement, at, attributes }) =>
      commentsIn(attributes, agents).map(({ about, text }) => ({ eventId: id, customerId: customer, engagement, at, about, text })),
    );
  }

  /** Recovery cases, those whose clock runs out first at the top. */
  async cases(state: 'open' | 'over' | 'all', agents: readonly string[] | null, limits: SurveySettings['recovery'], now: number): Promise<ListedCases> {
    const rows = await this.database.query<
      RecoveryCase & Omit<ListedCases['cases'][number], 'clock' | 'steps'> & { steps: ListedCases['cases'][number]['steps'] | null }
    >(
      `select c.anchor, c.customer_id as "customerId", e.intent, e.family, ${ms('c.opened_at')} as "openedAt", c.reasons, c.agents, c.state, c.owner, ${ms('c.first_contact_at')} as "firstContactAt",
         ${ms('c.ended_at')} as "endedAt",
         (select json_agg(json_build_object('id', s.id, 'kind', s.kind, 'at', ${ms('s.at')}, 'by', s.by, 'owner', s.owner, 'note', s.note) order by s.place)
          from feedback.read_case_step s where s.anchor = c.anchor) as steps
       from feedback.read_recovery_case c left join scoring.read_engagement e on e.customer_id = c.customer_id and e.anchor = c.anchor
       where ($1 = 'all' or ($1 = 'open') = (c.ended_at is null)) and ($2::text[] is null or c.agents && $2::text[]) order by c.opened_at limit 500`,
      [state, agents],
    );
    const over = await this.database.query<Pick<RecoveryCase, 'state'>>(
      `select state from feedback.read_recovery_case where ended_at is not null and ($1::text[] is null or agents && $1::text[])`,
      [agents],
    );
    const rate = recoveryRate(over);
    const cases = rows.map((row) => ({
      anchor: row.anchor,
      customerId: row.customerId,
      intent: row.intent,
      family: row.family,
      openedAt: row.openedAt,
      reasons: row.reasons,
      agents: row.agents,
      state: row.state,
      owner: row.owner,
      clock: caseClock(row, limits, now),
      endedAt: row.endedAt,
      steps: row.steps ?? [],
    }));
    return { cases: cases.sort((a, b) => (a.clock.dueAt ?? Infinity) - (b.clock.dueAt ?? Infinity)), recovered: shareOf(rate.recovered, rate.of) };
  }

  /** Whether a case is within the scope. */
  async mayWork(anchor: string, agents: readonly string[] | null): Promise<boolean> {
    const rows = await this.database.query(`select 1 from feedback.read_recovery_case where anchor = $1 and ($2::text[] is null or agents && $2::text[])`, [
      anchor,
      agents,
    ]);
    return rows.length > 0;
  }

  /** Whether the engagement that holds this event is within the scope: an agent of it is. Of every scope it is, there or not. */
  async mayAskAbout(eventId: string, agents: readonly string[] | null): Promise<boolean> {
    if (agents === null) return true;
    const rows = await this.database.query(
      `select 1 from identity.read_customer_event o
       join sessionization.read_event_engagement asked on asked.customer_id = o.customer_id and asked.event_id = o.event_id
       join sessionization.read_event_engagement e on e.customer_id = asked.customer_id and e.engagement_id = asked.engagement_id
       join sessionization.read_event_transaction x on x.customer_id = e.customer_id and x.event_id = e.event_id
       join sessionization.read_transaction t on t.customer_id = x.customer_id and t.anchor = x.transaction_anchor
       where o.event_id = $1 and t.agent = any($2::text[]) limit 1`,
      [eventId, agents],
    );
    return rows.length > 0;
  }
}

/** What was written in an answer, and about which person or system (null: the whole); of persons, these agents alone (null: all). */
export function commentsIn(attributes: Record<string, unknown>, agents: readonly string[] | null): { about: string | null; text: string }[] {
  const found = new Map<string, string | null>();
  const answers = Array.isArray(attributes['answers']) ? (attributes['answers'] as Partial<SurveyAnswer>[]) : [];
  for (const { comment, touch } of [attributes as Partial<SurveyAnswer>, ...answers]) {
    if (typeof comment !== 'string' || found.has(comment)) continue;
    const name = typeof touch?.name === 'string' ? touch.name : null;
    if (name === null || touch?.kind === 'system' || agents === null || agents.includes(name)) found.set(comment, name);
  }
  return [...found].filter(([text]) => text.trim() !== '').map(([text, name]) => ({ about: name, text }));
}

import { activeDays, repeatDays } from '@throughline/domain-metrics';
import type { Span } from './metric-statements';
import type { SqlParameters } from './sql-parameters';

/** What the text of a value may stand on. */
export interface ValueContext {
  readonly asOf: string;
  /** The period; only metrics dated by it look at these. */
  readonly from: string;
  readonly until: string;
}

/** Binds only what a value really stands on: Postgres refuses a parameter that no text names. */
export function valueContext(parameters: SqlParameters, asOf: number, span: { from: string; until: string } | Span): ValueContext {
  const bound = (at: string | number): string => (typeof at === 'string' ? at : parameters.instant(at));
  return {
    get asOf() {
      return parameters.instant(asOf);
    },
    get from() {
      return bound(span.from);
    },
    get until() {
      return bound(span.until);
    },
  };
}

// Hours, not days: a day of `interval` is as long as the session's zone makes it.
const repeat = `interval '${repeatDays * 24} hours'`;
const active = `interval '${activeDays * 24} hours'`;

const mark = (question: string, value: string): string => `case when f.question = '${question}' then ${value} end`;
const isTop = '(f.value = 5)::integer';

/**
 * For each metric of the registry the value of a row as SQL, null where the row does not count: the twin of `contribute`. `metrics.int.spec.ts` compares the two on
 * hundreds of generated questions.
 */
export const valueSql: Readonly<Record<string, (context: ValueContext) => string>> = {
  'fcr.true': ({ asOf }) => `case
    when ${asOf} <= f.first_contact_end_at + ${repeat} then null
    when f.next_same_intent_at <= f.first_contact_end_at + ${repeat} then 0
    when f.said_solved is not null and f.said_solved_at <= ${asOf} then f.said_solved::integer
    when f.resolved_at <= ${asOf} and coalesce(f.resolved_at < f.next_same_intent_at, true) then 1
    when f.next_same_intent_at <= ${asOf} or (f.closed_at <= ${asOf} and f.closed_as is not null) or f.idle_at <= ${asOf} then 0
    end`,
  'fcr.falseSuccess': ({ asOf }) => `case when ${asOf} > f.first_contact_end_at + ${repeat} then f.false_success::integer end`,
  'effort.steps': () => `case when f.closed_at is not null and f.closed_as in ('resolved', 'sold') then f.steps end`,
  'goal.time': () => `case when f.closed_at is not null and f.closed_as in ('resolved', 'sold')
    then round(greatest(extract(epoch from f.closed_at - f.at), 0) / 900) / 4 end`,
  'fcr.channel': ({ asOf }) => `case when f.started_by = 'customer' and ${asOf} > f.ended_at + ${repeat}
    then (f.looks_resolved and coalesce(f.channel_repeat_at > f.ended_at + ${repeat}, true))::integer end`,
  'contact.repeat': ({ asOf }) => `case when f.started_by = 'customer' and ${asOf} > f.ended_at + ${repeat}
    then coalesce(f.repeat_at <= f.ended_at + ${repeat}, false)::integer end`,
  'contact.oneTransaction': () => `case when f.started_by = 'customer' then (f.transactions = 1)::integer end`,
  frustration: () => 'f.frustration',
  'queue.abandonment': () => 'f.abandoned::integer',
  csat: () => mark('csat', 'f.value'),
  'csat.topBox': () => mark('csat', isTop),
  nps: () => mark('nps', 'case when f.value >= 9 then 1 when f.value <= 6 then -1 else 0 end'),
  empathy: () => mark('empathy', 'f.value'),
  'empathy.topBox': () => mark('empathy', isTop),
  retention: ({ asOf, from, until }) => `case
    when not f.known or f.first_at >= ${from} or f.last_at < ${from} - ${active} or f.left_at < ${from} then null
    else coalesce(f.left_at >= least(${until}, ${asOf}), true)::integer end`,
};

import { Injectable } from '@nestjs/common';
import { defaultSurveySettings } from '@throughline/contracts';
import { Database } from '@throughline/database';
import type { Evidence, EvidenceName, EvidenceRecord } from '@throughline/domain-maturity';
import { leastContacts } from '@throughline/domain-coaching';
import { NewestFacts } from '../metrics/newest-facts';

const dayMs = 86_400_000;
const keptForMs = 30_000;

interface Counted {
  readonly numerator: number;
  readonly denominator: number | null;
  readonly detail: string | null;
}

/** What a query may name: the end of the time that is looked at, and now. */
interface Times {
  readonly until: string;
  readonly now: string;
}

type Query = (database: Database, times: Times) => Promise<Counted[]>;

const hours28Days = `interval '672 hours'`;
const hours90Days = `interval '2160 hours'`;
const hours180Days = `interval '4320 hours'`;
const known = `exists (select from identity.read_identifier i where i.customer_id = c.customer_id and i.kind = 'customerNumber')`;
const recentContacts = `scoring.read_contact c where c.at >= $1::timestamptz - ${hours28Days} and c.at < $1::timestamptz`;

/**
 * The evidence of each criterion, one query a name: numerator and denominator, or a count (denominator null). What customers do is counted up to the last day with contacts, what people
 * and sources do up to now.
 */
const queries: Readonly<Record<EvidenceName, Query>> = {
  systemsAlive: (database, { now }) =>
    database.query(
      `select count(distinct body->>'system')::integer as numerator, null as denominator, string_agg(distinct body->>'system', ', ') as detail
       from ingestion.read_event where received_at >= $1::timestamptz - interval '168 hours'`,
      [now],
    ),
  contactsKnown: (database, { until }) =>
    database.query(`select count(*) filter (where ${known})::integer as numerator, count(*)::integer as denominator, null as detail from ${recentContacts}`, [
      until,
    ]),
  worstChannelKnown: (database, { until }) =>
    database.query(
      `select count(*) filter (where ${known})::integer as numerator, count(*)::integer as denominator, c.channel as detail from ${recentContacts} and c.channel is not null
       group by c.channel having count(*) >= 30 order by count(*) filter (where ${known})::double precision / count(*), c.channel limit 1`,
      [until],
    ),
  contactsLinked: (database, { until }) =>
    database.query(
      `select count(*) filter (where c.engagement is not null)::integer as numerator, count(*)::integer as denominator, null as detail from ${recentContacts}`,
      [until],
    ),
  recordsClean: (database, { now }) =>
    database.query(
      `select e.n as numerator, e.n + q.n as denominator, null as detail
       from (select count(*)::integer as n from ingestion.read_event where received_at >= $1::timestamptz - ${hours28Days}) e,
         (select count(*)::integer as n from ingestion.read_quarantine where received_at >= $1::timestamptz - ${hours28Days} and state = 'open') q`,
      [now],
    ),
  answersOnStep: (database, { until }) =>
    database.query(
      `select count(about)::integer as numerator, count(*)::integer as denominator, null as detail from scoring.read_answer
       where at >= $1::timestamptz - ${hours90Days} and at < $1::timestamptz`,
      [until],
    ),
  intentsKnown: (database, { until }) =>
    database.query(
      `select count(*) filter (where c.intent <> 'unknown')::integer as numerator, count(*)::integer as denominator, null as detail from ${recentContacts}`,
      [until],
    ),
  engagementsWithOutcome: (database, { until }) =>
    database.query(
      `select count(closed_as)::integer as numerator, count(*)::integer as denominator, null as detail from scoring.read_engagement
       where coalesce(closed_at, idle_at) >= $1::timestamptz - ${hours90Days} and coalesce(closed_at, idle_at) < $1::timestamptz`,
      [until],
    ),
  engagementsAnswered: (database, { until }) =>
    database.query(
      `select count(*) filter (where exists (select from scoring.read_answer a where a.customer_id = e.customer_id and a.engagement = e.anchor))::integer as numerator,
         count(*)::integer as denominator, null as detail from scoring.read_engagement e
       where coalesce(e.closed_at, e.idle_at) >= $1::timestamptz - ${hours90Days} and coalesce(e.closed_at, e.idle_at) < $1::timestamptz`,
      [until],
    ),
  segmentsPublished: (database) =>
    database.query(
      `select count(*)::integer as numerator, null as denominator, null as detail from scoring.read_segment where version is not null and retired_at is null`,
    ),
  agentsRated: (database, { until }) =>
    database.query(
      `select count(*) filter (where rated >= ${leastContacts})::integer as numerator, count(*)::integer as denominator, null as detail from (
         select c.agent, (select count(*) from scoring.read_answer a where a.agent = c.agent and a.question = 'empathy'
           and a.at >= $1::timestamptz - ${hours90Days} and a.at < $1::timestamptz) as rated
         from scoring.read_contact c where c.agent is not null and c.at >= $1::timestamptz - ${hours90Days} and c.at < $1::timestamptz
         group by c.agent having count(*) >= ${leastContacts}) agents`,
      [until],
    ),
  judgedByPeople: (database, { now }) =>
    database.query(
      `select reviews + corrections + decisions as numerator, null as denominator,
         reviews || ' reviews, ' || corrections || ' corrections, ' || decisions || ' decisions' as detail from (select
         (select count(*)::integer from feedback.read_review where finished_at >= $1::timestamptz - ${hours90Days}) as reviews,
         (select count(*)::integer from sessionization.read_correction where withdrawn_at is null and recorded_at >= $1::timestamptz - ${hours90Days}) as corrections,
         (select count(*)::integer from identity.read_decision where withdrawn_at is null and recorded_at >= $1::timestamptz - ${hours90Days}) as decisions) counts`,
      [now],
    ),
  rolesActive: (database, { now }) =>
    database.query(
      `select count(distinct r.role)::integer as numerator, null as denominator, string_agg(distinct r.role, ', ') as detail
       from admin_api.session s join admin_api.user_role r on r.user_id = s.user_id where s.last_seen_at >= $1::timestamptz - ${hours28Days}`,
      [now],
    ),
  managersActive: (database, { now }) =>
    database.query(
      `select count(distinct s.user_id)::integer as numerator, null as denominator, null as detail
       from admin_api.session s join admin_api.user_role r on r.user_id = s.user_id where r.role = 'manager' and s.last_seen_at >= $1::timestamptz - ${hours28Days}`,
      [now],
    ),
  lowRatingsAnswered: (database, { now }) =>
    database.query(
      `select count(*) filter (where r.first_contact_at <= r.opened_at + l.within)::integer as numerator, count(*)::integer as denominator, null as detail
       from feedback.read_recovery_case r, (select make_interval(secs => coalesce(max((settings->'recovery'->>'firstContactMs')::bigint), $2) / 1000.0) as within
         from feedback.read_survey_settings where active) l
       where r.opened_at >= $1::timestamptz - ${hours90Days} and (r.first_contact_at is not null or r.opened_at + l.within < $1::timestamptz)`,
      [now, defaultSurveySettings.recovery.firstContactMs],
    ),
  plansStarted: (database, { now }) =>
    database.query(
      `select count(*)::integer as numerator, null as denominator, null as detail from feedback.read_coaching_plan
       where started_at is not null and result is distinct from 'withdrawn' and drafted_at >= $1::timestamptz - ${hours180Days}`,
      [now],
    ),
  plansMeasured: (database, { now }) =>
    database.query(
      `select count(*) filter (where result in ('worked', 'worse', 'noClearEffect'))::integer as numerator, count(*)::integer as denominator, null as detail
       from feedback.read_coaching_plan where stage = 'closed' and result <> 'withdrawn' and closed_at >= $1::timestamptz - ${hours180Days}`,
      [now],
    ),
  plansWorked: (database, { now }) =>
    database.query(
      `select count(*)::integer as numerator, null as denominator, null as detail from feedback.read_coaching_plan
       where result = 'worked' and closed_at >= $1::timestamptz - ${hours180Days}`,
      [now],
    ),
};

/** Asks the running system what it can prove. Kept for half a minute: nothing of it moves faster. */
@Injectable()
export class EvidenceReader {
  private last: { readonly at: number; readonly record: Promise<EvidenceRecord> } | undefined;

  constructor(
    private readonly database: Database,
    private readonly newest: NewestFacts,
  ) {}

  read(now: number): Promise<EvidenceRecord> {
    if (!this.last || now - this.last.at > keptForMs) {
      const record = this.ask(now);
      this.last = { at: now, record };
      record.catch(() => (this.last = undefined));
    }
    return this.last.record;
  }

  private async ask(now: number): Promise<EvidenceRecord> {
    const until = Math.min(Date.parse(await this.newest.usualLastDay('UTC', now)) + dayMs, now);
    const times = { until: new Date(until).toISOString(), now: new Date(now).toISOString() };
    const named = Object.entries(queries) as [EvidenceName, Query][];
    const found = await Promise.all(named.map(async ([name, query]) => [name, evidenceOf((await query(this.database, times))[0], now)] as const));
    return Object.fromEntries(found.filter(([, evidence]) => evidence !== null)) as EvidenceRecord;
  }
}

function evidenceOf(counted: Counted | undefined, asOf: number): Evidence | null {
  if (!counted) return null;
  const detail = counted.detail === null ? {} : { detail: counted.detail };
  return counted.denominator === null
    ? { kind: 'count', count: counted.numerator, asOf, ...detail }
    : { kind: 'share', numerator: counted.numerator, denominator: counted.denominator, asOf, ...detail };
}

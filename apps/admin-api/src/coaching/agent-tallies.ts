import { Injectable } from '@nestjs/common';
import type { CoachingMetric } from '@throughline/contracts';
import { Database } from '@throughline/database';
import { metricReadings, type Tally } from '@throughline/domain-coaching';
import { metricOf } from '@throughline/domain-metrics';
import { factSources } from '../metrics/fact-columns';
import { valueContext, valueSql } from '../metrics/metric-sql';
import { SqlParameters, type Statement } from '../metrics/sql-parameters';

/** [from, to) under a name. */
export interface Window {
  readonly key: string;
  readonly from: number;
  readonly to: number;
}

export interface EvidenceContact {
  readonly contact: string;
  readonly customerId: string;
  readonly at: number;
  readonly value: number;
  readonly intent: string;
  readonly channel: string | null;
}

interface TallyRow {
  readonly key: string;
  readonly agent: string;
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

const metricNamed = (id: CoachingMetric) => {
  const metric = metricOf(id);
  if (!metric) throw new Error(`The registry has no metric ${id}.`);
  return metric;
};

/** A row of the metric with its value `v` in the metric's unit, `f` being the fact. */
function valueOf(id: CoachingMetric, parameters: SqlParameters, asOf: number): string {
  return `(${valueSql[id]!(valueContext(parameters, asOf, { from: 'null', until: 'null' }))}) * ${metricReadings[id].scale}`;
}

function talliesStatement(id: CoachingMetric, windows: readonly Window[], agents: readonly string[] | null, asOf: number): Statement {
  const parameters = new SqlParameters();
  const value = valueOf(id, parameters, asOf);
  const spans = windows.map(({ key, from, to }) => `(${parameters.add(key, 'text')}, ${parameters.instant(from)}, ${parameters.instant(to)})`).join(', ');
  const inScope = agents === null ? '' : `and f.agent = any(${parameters.add(agents, 'text[]')})`;
  return {
    text: `select key, agent, count(v)::integer as n, sum(v)::double precision as sum, sum(v * v)::double precision as squares
      from (select p.key, f.agent, (${value})::double precision as v from (values ${spans}) as p (key, from_at, to_at)
        join ${factSources[metricNamed(id).row].view} f on f.at >= p.from_at and f.at < p.to_at where f.agent is not null ${inScope}) row
      where v is not null group by key, agent order by key, agent`,
    values: parameters.values,
  };
}

/** Sums by agent of what the registry counts, in the registry's own terms. */
@Injectable()
export class AgentTallies {
  constructor(private readonly database: Database) {}

  /** By window and agent. @param agents those in scope; null for all */
  async read(
    id: CoachingMetric,
    windows: readonly Window[],
    agents: readonly string[] | null,
    asOf: number,
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, Tally>>> {
    const { text, values } = talliesStatement(id, windows, agents, asOf);
    const rows = await this.database.query<TallyRow>(text, values);
    const found = new Map<string, Map<string, Tally>>(windows.map(({ key }) => [key, new Map()]));
    for (const { key, agent, n, sum, squares } of rows) found.get(key)!.set(agent, { n, sum, squares });
    return found;
  }

  /** Contacts of one agent that show best what the metric says against them: the worst values first, then the newest. */
  async worstContacts(id: CoachingMetric, agent: string, { from, to }: Omit<Window, 'key'>, asOf: number, limit: number): Promise<EvidenceContact[]> {
    const parameters = new SqlParameters();
    const order = metricReadings[id].better === 'higher' ? 'asc' : 'desc';
    const text = `select * from (${contactsOf(id, agent, parameters, asOf)} and f.at >= ${parameters.instant(from)} and f.at < ${parameters.instant(to)}) row
      where value is not null order by value ${order}, at desc, contact limit ${parameters.add(limit, 'integer')}`;
    return this.database.query<EvidenceContact>(text, parameters.values);
  }

  /** What is known now of contacts of one agent, by the name of the contact; those that later events made part of another are missing. */
  async contactsNamed(id: CoachingMetric, agent: string, contacts: readonly string[], asOf: number): Promise<ReadonlyMap<string, EvidenceContact>> {
    const parameters = new SqlParameters();
    const text = `${contactsOf(id, agent, parameters, asOf)} and ${contactName(id)} = any(${parameters.add(contacts, 'uuid[]')})`;
    const rows = contacts.length === 0 ? [] : await this.database.query<EvidenceContact>(text, parameters.values);
    return new Map(rows.map((row) => [row.contact, row]));
  }
}

/** The anchor event of the contact, or what the answer was about. */
const contactName = (id: CoachingMetric): string => (metricNamed(id).row === 'answer' ? 'coalesce(f.about, f.anchor)' : 'f.anchor');

function contactsOf(id: CoachingMetric, agent: string, parameters: SqlParameters, asOf: number): string {
  return `select ${contactName(id)} as contact, f.customer_id as "customerId", round(date_part('epoch', f.at) * 1000)::double precision as at,
      (${valueOf(id, parameters, asOf)})::double precision as value, f.intent, f.channel
    from ${factSources[metricNamed(id).row].view} f where f.agent = ${parameters.add(agent, 'text')}`;
}

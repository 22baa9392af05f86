import type { OptOutReason } from '@throughline/contracts';
import { factSources } from '../metrics/fact-columns';
import { conditionsOf, type RowChoice } from '../metrics/row-conditions';
import { SqlParameters, type Statement } from '../metrics/sql-parameters';

/** The visits that are asked for. */
export interface VisitsAsking {
  readonly choice: RowChoice;
  /** Of the visit. `until` is exclusive. */
  readonly from: number;
  readonly until: number;
}

const { view } = factSources.menuVisit;

function visitConditions({ choice, from, until }: VisitsAsking, parameters: SqlParameters): string {
  return [`f.at >= ${parameters.instant(from)}`, `f.at < ${parameters.instant(until)}`, ...conditionsOf('menuVisit', choice, parameters)].join(' and ');
}

const moments = (rows: string, customers: string, whole: string, of: string): string =>
  `array[whole.${rows}, sum(c.${of}), whole.${customers}, sum(c.${of} * c.${of}), sum(c.${of} * c.of_${rows}), whole.${whole}]::double precision[]`;

/** A node with its sums: what `sumMenu` of domain-metrics adds up of the same visits. `reach`, `first`, `opt_out`: moments in the order of `momentsFrom`. */
export interface NodeRow {
  readonly node: string;
  readonly visits: number;
  readonly again: number;
  readonly invalid_inputs: number;
  readonly ended: number;
  readonly dwell_ms: number;
  readonly reach: readonly number[];
  readonly first: readonly number[];
  readonly opt_out: readonly number[];
  readonly reasons: Readonly<Partial<Record<OptOutReason, number>>> | null;
}

/** The sums of every node, by one scan of the visits; each way through the menu is put together from its visits. */
export function nodesStatement(asking: VisitsAsking): Statement {
  const parameters = new SqlParameters();
  return {
    text: `with visit as materialized (
        select f.customer_id, f.anchor, f.place, f.node, f.dwell_ms, f.invalid_inputs, f.opt_out->>'reason' as reason from ${view} f where ${visitConditions(asking, parameters)}),
      call as (select customer_id, anchor, max(place) as last, (count(*) filter (where place = 2))::integer as chose from visit group by customer_id, anchor),
      whole_customer as (select customer_id, count(*) as calls, sum(chose) as choosing from call group by customer_id),
      whole as (select sum(calls) as calls, count(*) as customers, sum(calls * calls) as calls_squared,
        sum(choosing) as choosing, count(*) filter (where choosing > 0) as choosers, sum(choosing * choosing) as choosing_squared from whole_customer),
      came as (
        select v.node, v.customer_id, v.anchor, count(*) as visits, sum(v.invalid_inputs) as invalid_inputs, (count(*) filter (where v.place = 2))::integer as first,
          max(v.reason) as reason, bool_or(v.place = c.last and v.reason is null) as ended
        from visit v join call c on c.customer_id = v.customer_id and c.anchor = v.anchor group by v.node, v.customer_id, v.anchor),
      c as (
        select came.node, came.customer_id, count(*) as calls, sum(visits) as visits, sum(invalid_inputs) as invalid_inputs, sum(first) as first, count(reason) as opted_out,
          count(*) filter (where ended) as ended, min(w.calls) as of_calls, min(w.choosing) as of_choosing
        from came join whole_customer w on w.customer_id = came.customer_id group by came.node, came.customer_id),
      dwell as (select node, percentile_cont(0.5) within group (order by dwell_ms) as dwell_ms from visit group by node),
      reasons as (
        select node, json_object_agg(reason, n) as reasons from (select node, reason, count(*)::integer as n from came where reason is not null group by node, reason) r group by node)
      select c.node, sum(c.visits)::double precision as visits, sum(c.visits - c.calls)::double precision as again, sum(c.invalid_inputs)::double precision as invalid_inputs,
        sum(c.ended)::double precision as ended, min(dwell.dwell_ms)::double precision as dwell_ms,
        ${moments('calls', 'customers', 'calls_squared', 'calls')} as reach,
        ${moments('choosing', 'choosers', 'choosing_squared', 'first')} as first,
        array[sum(c.calls), sum(c.opted_out), count(*), sum(c.opted_out * c.opted_out), sum(c.opted_out * c.calls), sum(c.calls * c.calls)]::double precision[] as opt_out,
        (select reasons from reasons where reasons.node = c.node) as reasons
      from c join dwell on dwell.node = c.node cross join whole
      group by c.node, whole.calls, whole.customers, whole.calls_squared, whole.choosing, whole.choosers, whole.choosing_squared`,
    values: parameters.values,
  };
}

export interface OptOutsAsking extends VisitsAsking {
  readonly node: string;
  readonly reason: OptOutReason | undefined;
}

/** How many calls came to the node, and how many left there for a person, for the reason asked for. */
export function optOutCountsStatement(asking: OptOutsAsking): Statement {
  const parameters = new SqlParameters();
  const where = visitConditions(asking, parameters);
  const node = parameters.add(asking.node, 'text');
  return {
    text: `select count(distinct (f.customer_id, f.anchor))::integer as calls, (count(*) filter (where ${leftFor(asking, parameters)}))::integer as total
      from ${view} f where ${where} and f.node = ${node}`,
    values: parameters.values,
  };
}

/** An opt-out as it is stored. */
export interface OptOutRow {
  readonly customer_id: string;
  readonly anchor: string;
  readonly at: number;
  readonly entered_at: number;
  readonly dwell_ms: number;
  readonly agent: string | null;
  readonly opt_out: { readonly reason: OptOutReason; readonly confidence: number; readonly events: readonly string[] };
}

/** Those who left from the node for a person, the latest first. */
export function optOutsStatement(asking: OptOutsAsking, limit: number, offset: number): Statement {
  const parameters = new SqlParameters();
  const where = visitConditions(asking, parameters);
  const node = parameters.add(asking.node, 'text');
  return {
    text: `select f.customer_id, f.anchor, round(date_part('epoch', f.at) * 1000) as at, f.dwell_ms::double precision as dwell_ms, f.agent, f.opt_out,
        round(date_part('epoch', coalesce((select e.at from ${view} e where e.customer_id = f.customer_id and e.anchor = f.anchor and e.place = 1), f.at)) * 1000) as entered_at
      from ${view} f where ${where} and f.node = ${node} and ${leftFor(asking, parameters)}
      order by f.at desc, f.anchor desc limit ${parameters.add(limit, 'integer')} offset ${parameters.add(offset, 'integer')}`,
    values: parameters.values,
  };
}

const leftFor = ({ reason }: OptOutsAsking, parameters: SqlParameters): string =>
  reason === undefined ? 'f.opt_out is not null' : `f.opt_out->>'reason' = ${parameters.add(reason, 'text')}`;

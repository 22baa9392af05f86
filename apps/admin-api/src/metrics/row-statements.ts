import type { AnyMetric } from '@throughline/domain-metrics';
import { factSources } from './fact-columns';
import type { Span } from './metric-statements';
import { valueContext, valueSql } from './metric-sql';
import { conditionsOf, type RowChoice } from './row-conditions';
import { SqlParameters, type Statement } from './sql-parameters';

export interface RowsAsking {
  readonly metric: AnyMetric;
  readonly choice: RowChoice;
  readonly asOf: number;
  readonly span: Span;
  readonly only?: 'numerator' | 'rest' | undefined;
}

/** Where a page begins: after the row with this date (its full text), anchor and place. */
export interface RowPosition {
  readonly at: string;
  readonly anchor: string;
  readonly place: number;
}

/** A row of the answer. `at_text` keeps the microseconds that a Date would drop. */
export interface CountedRowData {
  readonly customer_id: string;
  readonly anchor: string;
  readonly place: number;
  readonly at: number;
  readonly at_text: string;
  readonly value: number;
  readonly queue: string | null;
  readonly channel: string | null;
  readonly intent: string | null;
  readonly family: string | null;
  readonly agent: string | null;
  readonly site: string | null;
}

const shown = ['queue', 'channel', 'intent', 'family', 'agent', 'site'] as const;

/** The rows that count, each with what it adds. */
function countedRows({ metric, choice, asOf, span, only }: RowsAsking, parameters: SqlParameters): string {
  const { view, anchor, at, columns } = factSources[metric.row];
  const date = metric.datedBy === 'closedAt' ? 'closed_at' : at;
  const conditions = conditionsOf(metric.row, choice, parameters);
  if (metric.datedBy !== 'period') conditions.unshift(`f.${date} >= ${parameters.instant(span.from)}`, `f.${date} < ${parameters.instant(span.until)}`);
  const dimensions = shown.map((dimension) => `${columns[dimension] === undefined ? 'null::text' : `f.${columns[dimension]}`} as ${dimension}`).join(', ');
  const value = valueSql[metric.id]!(valueContext(parameters, asOf, span));
  const chosen = only === undefined ? '' : `and value ${only === 'numerator' ? '<>' : '='} 0`;
  return `select * from (
      select f.customer_id, f.${anchor} as anchor, ${metric.row === 'answer' ? 'f.place' : '0'} as place, f.${date} as dated, ${dimensions}, (${value})::double precision as value
      from ${view} f ${conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`}
    ) counted where value is not null ${chosen}`;
}

/** How many rows count, and their sum. */
export function countStatement(asking: RowsAsking): Statement {
  const parameters = new SqlParameters();
  return {
    text: `select count(*)::integer as n, coalesce(sum(value), 0)::double precision as sum from (${countedRows(asking, parameters)}) r`,
    values: parameters.values,
  };
}

/** The newest `limit` rows after a position, or after the first `from`. */
export function rowsStatement(asking: RowsAsking, limit: number, from: RowPosition | number = 0): Statement {
  const parameters = new SqlParameters();
  const rows = countedRows(asking, parameters);
  const position = typeof from === 'number' ? undefined : from;
  const after = position
    ? `where (dated, anchor, place) < (${parameters.add(position.at, 'timestamptz')}, ${parameters.add(position.anchor, 'uuid')}, ${parameters.add(position.place, 'integer')})`
    : '';
  return {
    text: `select customer_id, anchor, place, round(date_part('epoch', dated) * 1000) as at, dated::text as at_text, value, ${shown.join(', ')}
      from (${rows}) r ${after} order by dated desc, anchor desc, place desc limit ${parameters.add(limit, 'integer')} offset ${parameters.add(typeof from === 'number' ? from : 0, 'integer')}`,
    values: parameters.values,
  };
}

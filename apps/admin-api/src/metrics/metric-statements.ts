import type { AnyMetric, Bucket, Dimension } from '@throughline/domain-metrics';
import { factSources } from './fact-columns';
import { valueContext, valueSql } from './metric-sql';
import { conditionsOf, sliceOf, type RowChoice } from './row-conditions';
import { SqlParameters, type Statement } from './sql-parameters';

/** A stretch of time that rows are counted in, under a name. `until` is exclusive. */
export interface Span {
  readonly key: string;
  readonly from: number;
  readonly until: number;
}

/** Metrics over rows of one kind with one date: one scan answers all of them. */
export interface Asking {
  readonly metrics: readonly AnyMetric[];
  readonly choice: RowChoice;
  readonly asOf: number;
}

/** A row of an answer: the sums of the metric at `place` in `Asking.metrics`, by key and slice. */
export interface MomentRow {
  readonly key: string;
  readonly slice: string | null;
  readonly sums: readonly (number | null)[];
}

/** Sums of each metric, in the order of `momentsFrom`. */
export const sumsPerMetric = 6;

const dateColumn = { at: 'at', closedAt: 'closed_at' } as const;

/** The column that dates the rows of these metrics, which all have the same. */
function dateOf(metrics: readonly AnyMetric[]): 'at' | 'closed_at' | 'period' {
  const [first] = metrics;
  if (!first || metrics.some(({ row, datedBy }) => row !== first.row || datedBy !== first.datedBy))
    throw new Error('One statement is over rows of one kind and one date.');
  return first.datedBy === 'period' ? 'period' : dateColumn[first.datedBy];
}

const where = (conditions: readonly string[]): string => (conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`);
const list = (metrics: readonly AnyMetric[], of: (index: number) => string): string => metrics.map((_, index) => of(index)).join(', ');

/** Sums over customers, so that the variance knows that rows of one customer hang together. */
const perCustomer = (metrics: readonly AnyMetric[]): string =>
  list(metrics, (i) => `count(v${i})::double precision as n${i}, coalesce(sum(v${i}), 0)::double precision as s${i}`);
const overCustomers = (metrics: readonly AnyMetric[]): string =>
  `array[${list(metrics, (i) => `sum(n${i}), sum(s${i}), (count(*) filter (where n${i} > 0))::double precision, sum(s${i} * s${i}), sum(s${i} * n${i}), sum(n${i} * n${i})`)}]::double precision[]`;

const values = ({ metrics, asOf }: Asking, parameters: SqlParameters, span: { from: string; until: string }): string =>
  list(metrics, (i) => `${valueSql[metrics[i]!.id]!(valueContext(parameters, asOf, span))} as v${i}`);
const dated = { from: 'null', until: 'null' };

/** The rows that fall into the spans, each with the key of its span; of a metric dated by the period, every row in every span. */
function rowsOf(asking: Asking, spans: readonly Span[], parameters: SqlParameters, by?: Dimension): string {
  const date = dateOf(asking.metrics);
  const kind = asking.metrics[0]!.row;
  const slice = by === undefined ? { expression: 'null::text', join: '' } : sliceOf(kind, by);
  const conditions = conditionsOf(kind, asking.choice, parameters);
  const bounds = spans.map(({ key, from, until }) => `(${parameters.add(key, 'text')}, ${parameters.instant(from)}, ${parameters.instant(until)})`).join(', ');
  const ofSpan = date === 'period' ? 'true' : `f.${date} >= p.from_at and f.${date} < p.until_at`;
  return `select p.key, ${slice.expression} as slice, f.customer_id, ${values(asking, parameters, { from: 'p.from_at', until: 'p.until_at' })}
    from (values ${bounds}) as p (key, from_at, until_at) join ${factSources[kind].view} f on ${ofSpan} ${slice.join} ${where(conditions)}`;
}

/** The sums of each metric in each span, by slice where one is asked for. Spans may touch and overlap. */
export function spansStatement(asking: Asking, spans: readonly Span[], by?: Dimension): Statement {
  const parameters = new SqlParameters();
  const rows = rowsOf(asking, spans, parameters, by);
  return {
    text: `with row as (${rows}), customer as (select key, slice, customer_id, ${perCustomer(asking.metrics)} from row group by key, slice, customer_id)
      select key, slice, ${overCustomers(asking.metrics)} as sums from customer group by key, slice`,
    values: parameters.values,
  };
}

/** The rows of the span, each with the start of its bucket. */
function bucketedRows(asking: Asking, span: Span, bucket: Bucket, zone: string, parameters: SqlParameters): string {
  const date = dateOf(asking.metrics);
  if (date === 'period') throw new Error('A metric dated by its period has no rows in a bucket.');
  const kind = asking.metrics[0]!.row;
  const start = `date_trunc(${parameters.add(bucket, 'text')}, f.${date}, ${parameters.add(zone, 'text')})`;
  const inSpan = [`f.${date} >= ${parameters.instant(span.from)}`, `f.${date} < ${parameters.instant(span.until)}`];
  return `select ${start} as start, f.customer_id, ${values(asking, parameters, dated)} from ${factSources[kind].view} f
    ${where([...inSpan, ...conditionsOf(kind, asking.choice, parameters)])}`;
}

const startInMs = `round(date_part('epoch', start) * 1000)::text as key, null::text as slice`;

/** The same by time bucket, on the clocks of the zone. Keys are the starts of the buckets in milliseconds. Not for metrics dated by the period: ask for the buckets as spans. */
export function bucketsStatement(asking: Asking, span: Span, bucket: Bucket, zone: string): Statement {
  const parameters = new SqlParameters();
  return {
    text: `with row as (${bucketedRows(asking, span, bucket, zone, parameters)}),
      customer as (select start, customer_id, ${perCustomer(asking.metrics)} from row group by start, customer_id)
      select ${startInMs}, ${overCustomers(asking.metrics)} as sums from customer group by start`,
    values: parameters.values,
  };
}

/** Rows and their sum by time bucket, without what an interval needs: for the small lines of tiles. */
export function sparkStatement(asking: Asking, span: Span, bucket: Bucket, zone: string): Statement {
  const parameters = new SqlParameters();
  return {
    text: `with row as (${bucketedRows(asking, span, bucket, zone, parameters)})
      select ${startInMs}, array[${list(asking.metrics, (i) => `count(v${i}), coalesce(sum(v${i}), 0), 0, 0, 0, 0`)}]::double precision[] as sums from row group by start`,
    values: parameters.values,
  };
}

import { bucketStarts, type AnyMetric, type Bucket, type Dimension } from '@throughline/domain-metrics';
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

/** The small line of a tile: its buckets on the clocks of the zone. */
export interface Line {
  readonly span: Span;
  readonly bucket: Bucket;
  readonly zone: string;
}

type Sums = MomentRow[] | Promise<MomentRow[]>;

/** Who sums rows: the database, or the facts that are kept in memory. Where nothing falls, there is no row. */
export interface MomentSums {
  /** In each span, which may overlap, by slice where one is asked for. */
  spans(asking: Asking, spans: readonly Span[], by?: Dimension): Sums;
  /** In each time bucket of the span; keys are their starts. */
  buckets(asking: Asking, span: Span, bucket: Bucket, zone: string): Sums;
  /** What tiles need: the sums in the spans, and rows and sums in the buckets of the small line, whose keys are their starts. */
  tiles(asking: Asking, spans: readonly Span[], line: Line): Sums;
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

/** The start of the bucket that a date of the span falls into: looked up among all of them, since `date_trunc` with a zone costs ten times as much for each row. */
function startOf(date: string, { from, until }: Omit<Span, 'key'>, bucket: Bucket, zone: string, parameters: SqlParameters): string {
  const starts = parameters.add(
    bucketStarts(from, until, bucket, zone).map((start) => new Date(start).toISOString()),
    'timestamptz[]',
  );
  return `(${starts})[width_bucket(f.${date}, ${starts})]`;
}

/** The rows of the span, each with the start of its bucket. */
function bucketedRows(asking: Asking, span: Span, bucket: Bucket, zone: string, parameters: SqlParameters): string {
  const date = dateOf(asking.metrics);
  if (date === 'period') throw new Error('A metric dated by its period has no rows in a bucket.');
  const kind = asking.metrics[0]!.row;
  const start = startOf(date, span, bucket, zone, parameters);
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

/** Sums of a metric dated by the period need no look at customers: each is one row. */
const oneRowEach = (metrics: readonly AnyMetric[], isIn: string): string =>
  `array[${list(metrics, (i) => {
    const [n, sum] = [`count(v${i}) filter (where ${isIn})`, `coalesce(sum(v${i}) filter (where ${isIn}), 0)`];
    return `${n}, ${sum}, ${n}, coalesce(sum(v${i} * v${i}) filter (where ${isIn}), 0), ${sum}, ${n}`;
  })}]::double precision[]`;

/** Spans as conditions on the date, those that touch made one. */
function datedIn(date: string, spans: readonly Span[], parameters: SqlParameters): string {
  const merged: { from: number; until: number }[] = [];
  for (const { from, until } of [...spans].sort((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && from <= last.until) last.until = Math.max(last.until, until);
    else merged.push({ from, until });
  }
  return `(${merged.map(({ from, until }) => `f.${date} >= ${parameters.instant(from)} and f.${date} < ${parameters.instant(until)}`).join(' or ')})`;
}

/**
 * Everything that tiles need, by one scan: the sums in spans that do not overlap, and rows and their sum, without what an interval needs, in the time buckets of the small line.
 * Keys are those of the spans and the starts of the buckets in milliseconds. Not for metrics dated by the period.
 */
export function tilesStatement(asking: Asking, spans: readonly Span[], line: Line): Statement {
  const parameters = new SqlParameters();
  const date = dateOf(asking.metrics);
  if (date === 'period') throw new Error('A metric dated by its period has no rows in a bucket.');
  const kind = asking.metrics[0]!.row;
  const key = spans
    .map(
      (span) => `when f.${date} >= ${parameters.instant(span.from)} and f.${date} < ${parameters.instant(span.until)} then ${parameters.add(span.key, 'text')}`,
    )
    .join(' ');
  const start = `case when f.${date} >= ${parameters.instant(line.span.from)} then ${startOf(date, line.span, line.bucket, line.zone, parameters)} end`;
  const conditions = [datedIn(date, [...spans, line.span], parameters), ...conditionsOf(kind, asking.choice, parameters)];
  return {
    text: `with row as materialized (
        select case ${key} end as key, ${start} as start, f.customer_id, ${values(asking, parameters, dated)} from ${factSources[kind].view} f ${where(conditions)}),
      customer as (select key, customer_id, ${perCustomer(asking.metrics)} from row where key is not null group by key, customer_id)
      select key, null::text as slice, ${overCustomers(asking.metrics)} as sums from customer group by key
      union all
      select ${startInMs}, array[${list(asking.metrics, (i) => `count(v${i}), coalesce(sum(v${i}), 0), 0, 0, 0, 0`)}]::double precision[] as sums
      from row where start is not null group by start`,
    values: parameters.values,
  };
}

/** The sums of metrics dated by the period in each of many spans, by one scan. */
export function periodsStatement(asking: Asking, spans: readonly Span[]): Statement {
  const parameters = new SqlParameters();
  if (dateOf(asking.metrics) !== 'period') throw new Error('Only for metrics dated by the period.');
  const kind = asking.metrics[0]!.row;
  const conditions = conditionsOf(kind, asking.choice, parameters);
  const bounds = spans.map(({ key, from, until }) => `(${parameters.add(key, 'text')}, ${parameters.instant(from)}, ${parameters.instant(until)})`).join(', ');
  return {
    text: `with row as (select p.key, ${values(asking, parameters, { from: 'p.from_at', until: 'p.until_at' })}
        from (values ${bounds}) as p (key, from_at, until_at) cross join ${factSources[kind].view} f ${where(conditions)})
      select key, null::text as slice, ${oneRowEach(asking.metrics, 'true')} as sums from row group by key`,
    values: parameters.values,
  };
}

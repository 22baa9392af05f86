import type { Instant } from '@throughline/contracts';
import { bucketStarts, turningPoints, type AnyMetric, type Bucket } from '@throughline/domain-metrics';
import type { KeptDimension, KeptRows } from './kept-rows';
import type { MomentRow, Span } from './metric-statements';

/** Of each dimension by which rows are chosen, for each number of a name whether it is. */
export type Marks = readonly (readonly [dimension: KeptDimension, marks: Uint8Array])[];

export interface Line {
  readonly span: Span;
  readonly bucket: Bucket;
  readonly zone: string;
}

const rowOf = (key: string, sums: readonly number[]): MomentRow => ({ key, slice: null, sums });

/** What is summed by customer: rows at even places, the sum of their values after them. */
const byCustomer = (customers: number): Float64Array => new Float64Array(2 * customers);

/** In the order of `momentsOfRow`. */
function momentsOf(customers: Float64Array): number[] {
  let [n, sum, of, sumSquared, sumTimesRows, rowsSquared] = [0, 0, 0, 0, 0, 0];
  for (let place = 0; place < customers.length; place += 2) {
    const rows = customers[place]!;
    if (rows === 0) continue;
    const total = customers[place + 1]!;
    n += rows;
    sum += total;
    of += 1;
    sumSquared += total * total;
    sumTimesRows += total * rows;
    rowsSquared += rows * rows;
  }
  return [n, sum, of, sumSquared, sumTimesRows, rowsSquared];
}

/** What `tilesStatement` answers, from kept rows: the sums in the spans, which may overlap, and rows and sums in the buckets of the line. `date` is that of the metrics. */
export function keptTiles(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  spans: readonly Span[],
  line: Line,
): MomentRow[] {
  const starts = bucketStarts(line.span.from, line.span.until, line.bucket, line.zone);
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  const bars = new Float64Array(starts.length * metrics.length * 2);
  const sums = spans.map(() => metrics.map(() => byCustomer(customers)));
  const dates = rows.dates[date]!.values;
  const customerOf = rows.customer.values;
  const isChosen = choiceOf(rows, marks);
  const from = Math.min(line.span.from, ...spans.map((span) => span.from));
  const until = Math.max(line.span.until, ...spans.map((span) => span.until));
  for (let place = 0; place < rows.size; place += 1) {
    const at = dates[place]!;
    // A row without a date has none that is a number.
    if (!(at >= from && at < until) || !isChosen(place)) continue;
    const bar = at >= line.span.from && at < line.span.until ? barOf(starts, at) : none;
    const own = 2 * customerOf[place]!;
    for (let index = 0; index < values.length; index += 1) {
      const value = values[index]![place]!;
      if (Number.isNaN(value)) continue;
      if (bar !== none) {
        const cell = (bar * values.length + index) * 2;
        bars[cell]! += 1;
        bars[cell + 1]! += value;
      }
      for (let span = 0; span < spans.length; span += 1) {
        if (at < spans[span]!.from || at >= spans[span]!.until) continue;
        const sum = sums[span]![index]!;
        sum[own]! += 1;
        sum[own + 1]! += value;
      }
    }
  }
  const barSums = (bar: number) => metrics.flatMap((_, index) => [...bars.subarray((bar * metrics.length + index) * 2).subarray(0, 2), 0, 0, 0, 0]);
  return [...spans.map(({ key }, span) => rowOf(key, sums[span]!.flatMap(momentsOf))), ...starts.map((start, bar) => rowOf(String(start), barSums(bar)))];
}

/**
 * What `periodsStatement` answers, from kept rows of customers, one each. Customers whose dates lie alike between the instants that matter count alike, so the rule is asked
 * once for all of them.
 */
export function keptPeriods(rows: KeptRows, metrics: readonly AnyMetric[], marks: Marks, spans: readonly Span[], asOf: Instant): MomentRow[] {
  const asked = spans.map(({ from, until }) => ({ asOf, from, until }));
  const points = Float64Array.from([...new Set(asked.flatMap(turningPoints))].sort((a, b) => a - b));
  const [firstAt, lastAt, leftAt] = ['firstAt', 'lastAt', 'leftAt'].map((name) => rows.dates[name]!.values) as [Float64Array, Float64Array, Float64Array];
  const isChosen = choiceOf(rows, marks);
  const sides = 2 * points.length + 2;
  const alike = new Map<number, { place: number; count: number }>();
  for (let place = 0; place < rows.size; place += 1) {
    if (Number.isNaN(firstAt[place]!) || !isChosen(place)) continue;
    const key = (sideOf(points, firstAt[place]!) * sides + sideOf(points, lastAt[place]!)) * sides + sideOf(points, leftAt[place]!);
    const group = alike.get(key);
    if (group) group.count += 1;
    else alike.set(key, { place, count: 1 });
  }
  const found = spans.map(() => metrics.map(() => [0, 0, 0, 0, 0, 0]));
  for (const { place, count } of alike.values()) {
    const left = leftAt[place]!;
    const row = { known: true, firstAt: firstAt[place]!, lastAt: lastAt[place]!, leftAt: Number.isNaN(left) ? null : left };
    asked.forEach((question, span) =>
      metrics.forEach((metric, index) => {
        const said = metric.contribute(row as never, question);
        if (!said.counted) return;
        const { value } = said;
        [1, value, 1, value * value, value, 1].forEach((more, sum) => (found[span]![index]![sum]! += more * count));
      }),
    );
  }
  return spans.map(({ key }, span) => rowOf(key, found[span]!.flat()));
}

/** Where an instant lies among points in order: even between two, odd on one. One that is none lies after all. */
function sideOf(points: Float64Array, at: number): number {
  if (Number.isNaN(at)) return 2 * points.length + 1;
  let [low, high] = [0, points.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (points[middle]! < at) low = middle + 1;
    else high = middle;
  }
  return 2 * low + Number(points[low] === at);
}

function choiceOf(rows: KeptRows, marks: Marks): (place: number) => boolean {
  if (marks.length === 0) return () => true;
  const numbers = marks.map(([dimension]) => rows.dimensions[dimension].values);
  return (place) => {
    for (let index = 0; index < numbers.length; index += 1) if (marks[index]![1][numbers[index]![place]!] !== 1) return false;
    return true;
  };
}

const none = -1;
function barOf(starts: readonly Instant[], at: Instant): number {
  let bar = starts.length - 1;
  while (bar > 0 && starts[bar]! > at) bar -= 1;
  return bar;
}

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

/** The sums of one metric in the order of `momentsOfRow`, of what is summed by customer: rows and the sum of their values, side by side, those of the next customer `stride` further. */
function momentsOf(byCustomer: Float64Array, start: number, stride: number, customers: number): number[] {
  let [n, sum, of, sumSquared, sumTimesRows, rowsSquared] = [0, 0, 0, 0, 0, 0];
  for (let customer = 0, place = start; customer < customers; customer += 1, place += stride) {
    const rows = byCustomer[place]!;
    if (rows === 0) continue;
    const total = byCustomer[place + 1]!;
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
  // Of each metric a cell: rows, and the sum of their values. A customer's cells lie side by side, those of a span behind those of the one before.
  const cells = 2 * metrics.length;
  const bars = new Float64Array(starts.length * cells);
  const sums = rows.emptyRoom(spans.length * customers * cells);
  const [froms, untils] = [Float64Array.from(spans, ({ from }) => from), Float64Array.from(spans, ({ until }) => until)];
  const dates = rows.dates[date]!.values;
  const customerOf = rows.customer.values;
  const isChosen = choiceOf(rows, marks);
  const barOf = barsOf(starts);
  const [lineFrom, lineUntil] = [line.span.from, line.span.until];
  const from = Math.min(lineFrom, ...froms);
  const until = Math.max(lineUntil, ...untils);
  const { size } = rows;
  for (let place = 0; place < size; place += 1) {
    const at = dates[place]!;
    // A row without a date has none that is a number.
    if (!(at >= from && at < until) || !isChosen(place)) continue;
    if (at >= lineFrom && at < lineUntil) addTo(bars, barOf(at) * cells, values, place);
    for (let span = 0; span < froms.length; span += 1)
      if (at >= froms[span]! && at < untils[span]!) addTo(sums, (span * customers + customerOf[place]!) * cells, values, place);
  }
  const inSpan = (span: number) => metrics.flatMap((_, index) => momentsOf(sums, span * customers * cells + 2 * index, cells, customers));
  const inBar = (bar: number) => metrics.flatMap((_, index) => [...bars.subarray(bar * cells + 2 * index, bar * cells + 2 * index + 2), 0, 0, 0, 0]);
  return [...spans.map(({ key }, span) => rowOf(key, inSpan(span))), ...starts.map((start, bar) => rowOf(String(start), inBar(bar)))];
}

/** Adds a row to the cells of the metrics, which begin at `cell`. */
function addTo(sums: Float64Array, cell: number, values: readonly Float32Array[], place: number): void {
  for (let index = 0; index < values.length; index += 1, cell += 2) {
    const value = values[index]![place]!;
    // Not a number where the row does not count.
    if (value !== value) continue;
    sums[cell]! += 1;
    sums[cell + 1]! += value;
  }
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

/** In which of the buckets an instant lies that lies in one. Buckets are nearly as long as each other: the first guess is the right one or beside it. */
function barsOf(starts: readonly Instant[]): (at: Instant) => number {
  const [first, last] = [starts[0]!, starts.length - 1];
  const usual = last > 0 ? (starts[last]! - first) / last : 1;
  return (at) => {
    let bar = Math.min(last, Math.max(0, Math.floor((at - first) / usual)));
    while (bar > 0 && starts[bar]! > at) bar -= 1;
    while (bar < last && starts[bar + 1]! <= at) bar += 1;
    return bar;
  };
}

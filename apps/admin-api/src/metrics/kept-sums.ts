import type { Instant } from '@throughline/contracts';
import { bucketStarts, turningPoints, type AnyMetric } from '@throughline/domain-metrics';
import type { KeptDimension, KeptRows } from './kept-rows';
import type { Line, MomentRow, Span } from './metric-statements';

/** Of each dimension by which rows are chosen, for each number of a name whether it is. */
export type Marks = readonly (readonly [dimension: KeptDimension, marks: Uint8Array])[];

/** What rows are cut by: for each number of a name of the dimension, the slice that it is in. Several may be in one. */
export interface Cut {
  readonly dimension: KeptDimension;
  readonly slices: readonly (string | null)[];
}

const rowOf = (key: string, sums: readonly number[], slice: string | null = null): MomentRow => ({ key, slice, sums });

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

/** What `spansStatement` answers, from kept rows: the sums in each span, by slice where there is a cut. `date` is that of the metrics. */
export function keptSpans(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  spans: readonly Span[],
  cut?: Cut,
): MomentRow[] {
  const slices = [...new Set(cut?.slices ?? [null])];
  const sliceOf = sliceFinder(rows, slices, cut);
  return spans.flatMap(({ key, from, until }) =>
    momentsByCell(rows, customers, metrics, date, marks, { from, until }, slices.length, sliceOf).map(([cell, sums]) => rowOf(key, sums, slices[cell]!)),
  );
}

/** What `bucketsStatement` answers, from kept rows. @param starts of the buckets of the span, in order */
export function keptBuckets(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  span: Omit<Span, 'key'>,
  starts: readonly Instant[],
): MomentRow[] {
  const barOf = barsOf(starts);
  const dates = rows.dates[date]!.values;
  const moments = momentsByCell(rows, customers, metrics, date, marks, span, starts.length, (place) => barOf(dates[place]!));
  return moments.map(([cell, sums]) => rowOf(String(starts[cell]), sums));
}

/** The place in `slices` of the slice that a row is in. */
function sliceFinder(rows: KeptRows, slices: readonly (string | null)[], cut: Cut | undefined): (place: number) => number {
  if (!cut) return () => 0;
  const placeOf = new Map(slices.map((slice, place) => [slice, place]));
  const sliceOfName = Int32Array.from(cut.slices, (slice) => placeOf.get(slice)!);
  const names = rows.dimensions[cut.dimension].values;
  return (place) => sliceOfName[names[place]!]!;
}

/**
 * The sums of the rows of a stretch of time in each cell that has any, customer by customer as an interval needs them. The rows are put in the order of their cells first, so
 * that one line of customers serves all cells.
 */
function momentsByCell(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  { from, until }: Omit<Span, 'key'>,
  cells: number,
  cellOf: (place: number) => number,
): [cell: number, sums: number[]][] {
  const dates = rows.dates[date]!.values;
  const isChosen = choiceOf(rows, marks);
  const [found, cellOfFound] = [new Int32Array(rows.size), new Int32Array(rows.size)];
  const ends = new Int32Array(cells);
  let count = 0;
  for (let place = 0; place < rows.size; place += 1) {
    const at = dates[place]!;
    // A row without a date has none that is a number.
    if (!(at >= from && at < until) || !isChosen(place)) continue;
    const cell = cellOf(place);
    found[count] = place;
    cellOfFound[count] = cell;
    ends[cell]! += 1;
    count += 1;
  }
  for (let cell = 1; cell < cells; cell += 1) ends[cell]! += ends[cell - 1]!;
  const [ordered, next] = [new Int32Array(count), ends.slice()];
  for (let index = count - 1; index >= 0; index -= 1) ordered[(next[cellOfFound[index]!]! -= 1)] = found[index]!;
  const line = new CustomerLine(customers, rows.customer.values);
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  return Array.from({ length: cells }, (_, cell) => cell)
    .filter((cell) => next[cell]! < ends[cell]!)
    .map((cell) => [cell, values.flatMap((of) => line.momentsOf(of, ordered.subarray(next[cell]!, ends[cell]!)))]);
}

/** Rows and the sum of their values by customer, empty between two uses. */
class CustomerLine {
  private readonly rows: Float64Array;
  private readonly sums: Float64Array;
  private readonly met: Int32Array;

  constructor(
    customers: number,
    private readonly customerOf: Int32Array,
  ) {
    [this.rows, this.sums, this.met] = [new Float64Array(customers), new Float64Array(customers), new Int32Array(customers)];
  }

  /** The sums of one metric over these rows in the order of `momentsOfRow`. */
  momentsOf(values: Float32Array, places: Int32Array): number[] {
    const { rows, sums, met, customerOf } = this;
    let customers = 0;
    for (const place of places) {
      const value = values[place]!;
      // Not a number where the row does not count.
      if (value !== value) continue;
      const customer = customerOf[place]!;
      if (rows[customer] === 0) met[customers++] = customer;
      rows[customer]! += 1;
      sums[customer]! += value;
    }
    let [n, sum, sumSquared, sumTimesRows, rowsSquared] = [0, 0, 0, 0, 0];
    for (let index = 0; index < customers; index += 1) {
      const customer = met[index]!;
      const [of, total] = [rows[customer]!, sums[customer]!];
      n += of;
      sum += total;
      sumSquared += total * total;
      sumTimesRows += total * of;
      rowsSquared += of * of;
      rows[customer] = 0;
      sums[customer] = 0;
    }
    return [n, sum, customers, sumSquared, sumTimesRows, rowsSquared];
  }
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
export function keptPeriods(rows: KeptRows, metrics: readonly AnyMetric[], marks: Marks, spans: readonly Span[], asOf: Instant, cut?: Cut): MomentRow[] {
  const asked = spans.map(({ from, until }) => ({ asOf, from, until }));
  const points = Float64Array.from([...new Set(asked.flatMap(turningPoints))].sort((a, b) => a - b));
  const [firstAt, lastAt, leftAt] = ['firstAt', 'lastAt', 'leftAt'].map((name) => rows.dates[name]!.values) as [Float64Array, Float64Array, Float64Array];
  const isChosen = choiceOf(rows, marks);
  const sides = 2 * points.length + 2;
  const slices = [...new Set(cut?.slices ?? [null])];
  const sliceOf = sliceFinder(rows, slices, cut);
  const alike = new Map<number, { place: number; count: number; slice: number }>();
  for (let place = 0; place < rows.size; place += 1) {
    if (Number.isNaN(firstAt[place]!) || !isChosen(place)) continue;
    const slice = sliceOf(place);
    const key = ((slice * sides + sideOf(points, firstAt[place]!)) * sides + sideOf(points, lastAt[place]!)) * sides + sideOf(points, leftAt[place]!);
    const group = alike.get(key);
    if (group) group.count += 1;
    else alike.set(key, { place, count: 1, slice });
  }
  const found = new Map<number, number[][][]>();
  for (const { place, count, slice } of alike.values()) {
    if (!found.has(slice))
      found.set(
        slice,
        spans.map(() => metrics.map(() => [0, 0, 0, 0, 0, 0])),
      );
    const left = leftAt[place]!;
    const row = { known: true, firstAt: firstAt[place]!, lastAt: lastAt[place]!, leftAt: Number.isNaN(left) ? null : left };
    asked.forEach((question, span) =>
      metrics.forEach((metric, index) => {
        const said = metric.contribute(row as never, question);
        if (!said.counted) return;
        const { value } = said;
        [1, value, 1, value * value, value, 1].forEach((more, sum) => (found.get(slice)![span]![index]![sum]! += more * count));
      }),
    );
  }
  return [...found].flatMap(([slice, of]) => spans.map(({ key }, span) => rowOf(key, of[span]!.flat(), slices[slice]!)));
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

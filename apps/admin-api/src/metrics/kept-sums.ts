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

/** Stretches of time that lie apart from each other. */
interface Parts {
  readonly count: number;
  readonly from: Instant;
  readonly until: Instant;
  /** The number of the part that an instant between `from` and `until` lies in; -1 where in none. */
  of(at: Instant): number;
}

function spanParts(spans: readonly Span[]): Parts {
  const [froms, untils] = [Float64Array.from(spans, ({ from }) => from), Float64Array.from(spans, ({ until }) => until)];
  const of = (at: Instant): number => {
    for (let span = 0; span < froms.length; span += 1) if (at >= froms[span]! && at < untils[span]!) return span;
    return -1;
  };
  return { count: spans.length, from: Math.min(...froms), until: Math.max(...untils), of };
}

/** Spans in groups within which none overlaps another. */
function apart(spans: readonly Span[]): (readonly Span[])[] {
  const overlap = spans.some(({ from, until }, place) => spans.slice(0, place).some((other) => from < other.until && other.from < until));
  return overlap ? spans.map((span) => [span]) : [spans];
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
  return [...keptSpans(rows, customers, metrics, date, marks, spans), ...keptLine(rows, metrics, date, marks, line)];
}

/** Rows and sums in the buckets of the line, without what an interval needs. */
function keptLine(rows: KeptRows, metrics: readonly AnyMetric[], date: 'at' | 'closedAt', marks: Marks, { span, bucket, zone }: Line): MomentRow[] {
  const starts = bucketStarts(span.from, span.until, bucket, zone);
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  const cells = 2 * metrics.length;
  const bars = new Float64Array(starts.length * cells);
  const dates = rows.dates[date]!.values;
  const isChosen = choiceOf(rows, marks);
  const barOf = barsOf(starts);
  const { from, until } = span;
  for (let place = 0; place < rows.size; place += 1) {
    const at = dates[place]!;
    // A row without a date has none that is a number.
    if (!(at >= from && at < until) || !isChosen(place)) continue;
    for (let cell = barOf(at) * cells, index = 0; index < values.length; index += 1, cell += 2) {
      const value = values[index]![place]!;
      // Not a number where the row does not count.
      if (value !== value) continue;
      bars[cell]! += 1;
      bars[cell + 1]! += value;
    }
  }
  const inBar = (bar: number) => metrics.flatMap((_, index) => [...bars.subarray(bar * cells + 2 * index, bar * cells + 2 * index + 2), 0, 0, 0, 0]);
  return starts.map((start, bar) => rowOf(String(start), inBar(bar)));
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
  return apart(spans).flatMap((group) =>
    momentsByCell(rows, customers, metrics, date, marks, spanParts(group), slices.length, sliceOf).map(({ part, slice, sums }) =>
      rowOf(group[part]!.key, sums, slices[slice]!),
    ),
  );
}

/** What `bucketsStatement` answers, from kept rows. @param starts of the buckets of the span, in order */
export function keptBuckets(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  { from, until }: Omit<Span, 'key'>,
  starts: readonly Instant[],
): MomentRow[] {
  const parts = { count: starts.length, from, until, of: barsOf(starts) };
  return momentsByCell(rows, customers, metrics, date, marks, parts, 1, () => 0).map(({ part, sums }) => rowOf(String(starts[part]), sums));
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
 * The sums of the rows in each part and slice that has any, customer by customer as an interval needs them. The rows are put in the order of their cells (a slice of a part)
 * first, so that one line of customers serves all cells.
 */
function momentsByCell(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  parts: Parts,
  slices: number,
  sliceOf: (place: number) => number,
): { part: number; slice: number; sums: number[] }[] {
  const dates = rows.dates[date]!.values;
  const isChosen = choiceOf(rows, marks);
  const { found, cellOfFound, ordered } = room.forRows(rows.size);
  const ends = new Int32Array(parts.count * slices);
  const { from, until } = parts;
  let count = 0;
  for (let place = 0; place < rows.size; place += 1) {
    const at = dates[place]!;
    // A row without a date has none that is a number.
    if (!(at >= from && at < until) || !isChosen(place)) continue;
    const part = parts.of(at);
    if (part < 0) continue;
    const cell = part * slices + sliceOf(place);
    found[count] = place;
    cellOfFound[count] = cell;
    ends[cell]! += 1;
    count += 1;
  }
  for (let cell = 1; cell < ends.length; cell += 1) ends[cell]! += ends[cell - 1]!;
  const begins = ends.slice();
  for (let index = count - 1; index >= 0; index -= 1) ordered[(begins[cellOfFound[index]!]! -= 1)] = found[index]!;
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  const customerOf = rows.customer.values;
  return [...ends.keys()]
    .filter((cell) => begins[cell]! < ends[cell]!)
    .map((cell) => ({
      part: Math.floor(cell / slices),
      slice: cell % slices,
      sums: values.flatMap((of) => momentsOf(of, ordered, begins[cell]!, ends[cell]!, customerOf, customers)),
    }));
}

/** The sums of one metric in the order of `momentsOfRow`, over the rows at `places` from `begin` to `end`. */
function momentsOf(values: Float32Array, places: Int32Array, begin: number, end: number, customerOf: Int32Array, customers: number): number[] {
  const { rows, sums, met } = room.forCustomers(customers);
  let of = 0;
  for (let index = begin; index < end; index += 1) {
    const place = places[index]!;
    const value = values[place]!;
    // Not a number where the row does not count.
    if (value !== value) continue;
    const customer = customerOf[place]!;
    if (rows[customer] === 0) met[of++] = customer;
    rows[customer]! += 1;
    sums[customer]! += value;
  }
  let [n, sum, sumSquared, sumTimesRows, rowsSquared] = [0, 0, 0, 0, 0];
  for (let index = 0; index < of; index += 1) {
    const customer = met[index]!;
    const [counted, total] = [rows[customer]!, sums[customer]!];
    n += counted;
    sum += total;
    sumSquared += total * total;
    sumTimesRows += total * counted;
    rowsSquared += counted * counted;
    rows[customer] = 0;
    sums[customer] = 0;
  }
  return [n, sum, of, sumSquared, sumTimesRows, rowsSquared];
}

/** Room that one sum after the other works in: making it anew each time cost as much as the sums. */
class Room {
  private ofRows = { found: new Int32Array(0), cellOfFound: new Int32Array(0), ordered: new Int32Array(0) };
  private ofCustomers = { rows: new Float64Array(0), sums: new Float64Array(0), met: new Int32Array(0) };

  /** For as many rows; what is in it means nothing. */
  forRows(count: number): { readonly found: Int32Array; readonly cellOfFound: Int32Array; readonly ordered: Int32Array } {
    if (this.ofRows.found.length < count) this.ofRows = { found: new Int32Array(count), cellOfFound: new Int32Array(count), ordered: new Int32Array(count) };
    return this.ofRows;
  }

  /** For as many customers, rows and sums of all of them 0: who uses it leaves it so. */
  forCustomers(count: number): { readonly rows: Float64Array; readonly sums: Float64Array; readonly met: Int32Array } {
    if (this.ofCustomers.rows.length < count) this.ofCustomers = { rows: new Float64Array(count), sums: new Float64Array(count), met: new Int32Array(count) };
    return this.ofCustomers;
  }
}

const room = new Room();

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

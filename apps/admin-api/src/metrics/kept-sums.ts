import type { Instant } from '@throughline/contracts';
import { turningPoints, type AnyMetric } from '@throughline/domain-metrics';
import type { Block, KeptDimension, KeptRows } from './kept-rows';
import type { MomentRow, Span } from './metric-statements';

/** Of each dimension by which rows are chosen, for each number of a name whether it is. */
export type Marks = readonly (readonly [dimension: KeptDimension, marks: Uint8Array])[];

/** What rows are cut by: for each number of a name of the dimension, the slice that it is in. Several may be in one. */
export interface Cut {
  readonly dimension: KeptDimension;
  readonly slices: readonly (string | null)[];
}

const rowOf = (key: string, sums: readonly number[], slice: string | null = null): MomentRow => ({ key, slice, sums });

/** What `tilesStatement` answers, from kept rows: the sums in the spans, which may overlap, and rows and sums in the bars of the line. `date` is that of the metrics. */
export function keptTiles(
  rows: KeptRows,
  customers: number,
  metrics: readonly AnyMetric[],
  date: 'at' | 'closedAt',
  marks: Marks,
  spans: readonly Span[],
  line: readonly Span[],
): MomentRow[] {
  return [...keptSpans(rows, customers, metrics, date, marks, spans), ...keptLine(rows, metrics, date, marks, line)];
}

/** Rows and sums in the bars of the line, without what an interval needs: of blocks that lie in one bar, as they are summed already. */
function keptLine(rows: KeptRows, metrics: readonly AnyMetric[], date: 'at' | 'closedAt', marks: Marks, line: readonly Span[]): MomentRow[] {
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  const blockSums = metrics.map(({ id }) => rows.blockSums[id]!);
  return line.map((bar) => {
    const blocks = rows.blocks(date, bar.from, bar.until);
    const asOne = ({ isWhole }: Block): boolean => isWhole && marks.length === 0;
    const places = find(
      rows,
      date,
      marks,
      bar,
      blocks.filter((block) => !asOne(block)),
    );
    const sums = values.flatMap((of, index) => {
      let [n, sum] = [0, 0];
      for (let place = 0; place < places.length; place += 1) {
        const value = of[places[place]!]!;
        // Not a number where the row does not count.
        if (value !== value) continue;
        n += 1;
        sum += value;
      }
      for (const block of blocks) {
        if (!asOne(block)) continue;
        n += blockSums[index]!.n.values[block.number]!;
        sum += blockSums[index]!.sum.values[block.number]!;
      }
      return [n, sum, 0, 0, 0, 0];
    });
    return rowOf(bar.key, sums);
  });
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
  const values = metrics.map(({ id }) => rows.values[id]!.values);
  return spans.flatMap((span) => {
    const places = find(rows, date, marks, span, rows.blocks(date, span.from, span.until));
    return inSlices(rows, places, cut).map((of) => {
      const sums = values.flatMap((value) => momentsOf(value, of.places, rows.customer.values, customers));
      return rowOf(span.key, sums, of.slice);
    });
  });
}

/** The places of the rows in the span that are chosen, of those in the blocks. It holds until the next are found. */
function find(rows: KeptRows, date: 'at' | 'closedAt', marks: Marks, { from, until }: Span, blocks: readonly Block[]): Int32Array {
  const dates = rows.dates[date]!.values;
  const { found } = room.forRows(rows.size);
  let count = 0;
  for (const { begin, end } of blocks)
    for (let place = begin; place < end; place += 1) {
      const at = dates[place]!;
      // A row without a date has none that is a number.
      if (at >= from && at < until) found[count++] = place;
    }
  for (const [dimension, chosen] of marks) {
    const names = rows.dimensions[dimension].values;
    let left = 0;
    for (let index = 0; index < count; index += 1) {
      const place = found[index]!;
      found[left] = place;
      left += chosen[names[place]!]!;
    }
    count = left;
  }
  return found.subarray(0, count);
}

/** The places in the order of their slices. It holds until the next are put in order. */
function inSlices(rows: KeptRows, places: Int32Array, cut: Cut | undefined): { slice: string | null; places: Int32Array }[] {
  if (places.length === 0) return [];
  if (!cut) return [{ slice: null, places }];
  const slices = [...new Set(cut.slices)];
  const sliceOf = sliceFinder(rows, slices, cut);
  const { ordered } = room.forRows(rows.size);
  const begins = new Int32Array(slices.length + 1);
  for (let place = 0; place < places.length; place += 1) begins[sliceOf(places[place]!) + 1]! += 1;
  for (let slice = 1; slice <= slices.length; slice += 1) begins[slice]! += begins[slice - 1]!;
  const next = begins.slice();
  for (let place = 0; place < places.length; place += 1) ordered[next[sliceOf(places[place]!)]!++] = places[place]!;
  return slices.flatMap((slice, number) => {
    const [begin, end] = [begins[number]!, begins[number + 1]!];
    return begin < end ? [{ slice, places: ordered.subarray(begin, end) }] : [];
  });
}

/** The place in `slices` of the slice that a row is in. */
function sliceFinder(rows: KeptRows, slices: readonly (string | null)[], cut: Cut | undefined): (place: number) => number {
  if (!cut) return () => 0;
  const placeOf = new Map(slices.map((slice, place) => [slice, place]));
  const sliceOfName = Int32Array.from(cut.slices, (slice) => placeOf.get(slice)!);
  const names = rows.dimensions[cut.dimension].values;
  return (place) => sliceOfName[names[place]!]!;
}

/** The sums of one metric in the order of `momentsOfRow`, over the rows at these places, customer by customer as an interval needs them. */
function momentsOf(values: Float32Array, places: Int32Array, customerOf: Int32Array, customers: number): number[] {
  const { tally, met } = room.forCustomers(customers);
  let of = 0;
  for (let index = 0; index < places.length; index += 1) {
    const place = places[index]!;
    const value = values[place]!;
    // Not a number where the row does not count.
    if (value !== value) continue;
    const customer = customerOf[place]!;
    const at = 2 * customer;
    if (tally[at] === 0) met[of++] = customer;
    tally[at]! += 1;
    tally[at + 1]! += value;
  }
  let [n, sum, sumSquared, sumTimesRows, rowsSquared] = [0, 0, 0, 0, 0];
  for (let index = 0; index < of; index += 1) {
    const at = 2 * met[index]!;
    const [counted, total] = [tally[at]!, tally[at + 1]!];
    n += counted;
    sum += total;
    sumSquared += total * total;
    sumTimesRows += total * counted;
    rowsSquared += counted * counted;
    tally[at] = 0;
    tally[at + 1] = 0;
  }
  return [n, sum, of, sumSquared, sumTimesRows, rowsSquared];
}

/** Room that one sum after the other works in: making it anew each time cost as much as the sums. */
class Room {
  private ofRows = { found: new Int32Array(0), ordered: new Int32Array(0) };
  private ofCustomers = { tally: new Float64Array(0), met: new Int32Array(0) };

  /** For as many rows; what is in it means nothing. */
  forRows(count: number): { readonly found: Int32Array; readonly ordered: Int32Array } {
    if (this.ofRows.found.length < count) this.ofRows = { found: new Int32Array(count), ordered: new Int32Array(count) };
    return this.ofRows;
  }

  /** For as many customers: rows and sum of each beside each other, all 0: who uses it leaves it so. */
  forCustomers(count: number): { readonly tally: Float64Array; readonly met: Int32Array } {
    if (this.ofCustomers.met.length < count) this.ofCustomers = { tally: new Float64Array(2 * count), met: new Int32Array(count) };
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

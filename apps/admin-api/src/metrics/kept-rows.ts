import type { Instant } from '@throughline/contracts';
import { metricsOver, unchangedUntil, type AnyMetric, type RowKind } from '@throughline/domain-metrics';

/** Dimensions that rows know themselves. */
export const keptDimensions = ['queue', 'channel', 'intent', 'family', 'agent', 'site'] as const;
export type KeptDimension = (typeof keptDimensions)[number];

/** A row as it is read: its customer, dates in UTC milliseconds, dimensions, and what its metrics look at. */
export type KeptFact = Readonly<Record<string, string | number | boolean | null>> & { readonly customerId: string };

const mostNames = 65_535;

/** Names as small numbers; 0 is the name that is not known. */
export class Names {
  private readonly numbers = new Map<string, number>();

  /** Throws a RangeError when there are more names than numbers. */
  numberOf(name: string | null): number {
    if (name === null) return 0;
    let number = this.numbers.get(name);
    if (number === undefined) {
      number = this.numbers.size + 1;
      if (number > mostNames) throw new RangeError(`More than ${mostNames} names are not kept.`);
      this.numbers.set(name, number);
    }
    return number;
  }

  /** By number. */
  all(): (string | null)[] {
    return [null, ...this.numbers.keys()];
  }

  /** For each number whether its name is chosen. */
  chosen(isChosen: (name: string | null) => boolean): Uint8Array {
    const marks = new Uint8Array(this.numbers.size + 1);
    marks[0] = Number(isChosen(null));
    for (const [name, number] of this.numbers) marks[number] = Number(isChosen(name));
    return marks;
  }
}

type Numbers = Float64Array | Float32Array | Int32Array | Uint16Array;

/** Numbers by place. */
class Column<Values extends Numbers> {
  constructor(
    public values: Values,
    private readonly empty = 0,
  ) {}

  grow(places: number): void {
    const larger = new (this.values.constructor as new (length: number) => Values)(places);
    larger.set(this.values as never);
    larger.fill(this.empty, this.values.length);
    this.values = larger;
  }
}

export const keptDates = {
  contact: ['at'],
  engagement: ['at', 'closedAt'],
  queueStay: ['at'],
  answer: ['at'],
  customer: ['firstAt', 'lastAt', 'leftAt'],
} as const;
const none = -1;

/** Rows whose places lie beside each other and that are passed over, or summed, as one. */
const rowsOfBlock = 512;
const blockOf = (place: number): number => Math.floor(place / rowsOfBlock);

/** Places from `begin` to `end`, exclusive. */
export interface Block {
  readonly number: number;
  readonly begin: number;
  readonly end: number;
  /** All of its rows that have the date lie in the span. */
  readonly isWhole: boolean;
}

/** For each block the earliest and the latest date that one of its rows has or once had. */
class Reach {
  readonly low: Column<Float64Array>;
  readonly high: Column<Float64Array>;

  constructor(blocks: number) {
    this.low = new Column(new Float64Array(blocks).fill(Number.POSITIVE_INFINITY), Number.POSITIVE_INFINITY);
    this.high = new Column(new Float64Array(blocks).fill(Number.NEGATIVE_INFINITY), Number.NEGATIVE_INFINITY);
  }

  take(block: number, date: number): void {
    if (date < this.low.values[block]!) this.low.values[block] = date;
    if (date > this.high.values[block]!) this.high.values[block] = date;
  }
}

/** For each block how many of its rows count in a metric, and their sum: exact, since values are whole numbers or quarters. */
class BlockSums {
  readonly n: Column<Float64Array>;
  readonly sum: Column<Float64Array>;

  constructor(blocks: number) {
    this.n = new Column(new Float64Array(blocks));
    this.sum = new Column(new Float64Array(blocks));
  }

  add(block: number, times: 1 | -1, value: number): void {
    this.n.values[block]! += times;
    this.sum.values[block]! += times * value;
  }
}

/**
 * Rows of one kind as columns of numbers: the number of their customer, dates, dimensions, and what each adds to each metric, by the registry's own rule. Some 50 bytes a
 * row. Rows that are first added in the order of their dates are found by them: a block of places tells between which dates its rows lie, so that a month is summed without a
 * look at the rest of the year. A row that changes keeps its place; a place whose row is gone stays empty.
 */
export class KeptRows {
  /** Places that are filled or once were. */
  size = 0;
  readonly customer: Column<Int32Array>;
  /** NaN where a row has no such date. */
  readonly dates: Readonly<Record<string, Column<Float64Array>>>;
  readonly dimensions: Readonly<Record<KeptDimension, Column<Uint16Array>>>;
  /** By id of the metric: what the row adds to it, NaN where it does not count. Values are whole numbers below 2²⁴, or quarters of such. None for metrics dated by the period. */
  readonly values: Readonly<Record<string, Column<Float32Array>>>;
  /** Of the rows that have the date of the metric, by its id. */
  readonly blockSums: Readonly<Record<string, BlockSums>>;
  private readonly reaches: Readonly<Record<string, Reach>>;
  /** When the values change by time alone. */
  private readonly until: Column<Float64Array>;
  /** The next place of the same customer. */
  private readonly next: Column<Int32Array>;
  private readonly firstOf: number[] = [];
  private holes = 0;
  private readonly metrics: readonly AnyMetric[];
  private readonly firstDate: string;

  constructor(
    private readonly kind: RowKind,
    private readonly names: Names,
    private readonly expected: number,
  ) {
    const places = Math.ceil(expected * 1.05) + 16;
    const blocks = blockOf(places) + 1;
    this.customer = new Column(new Int32Array(places));
    this.until = new Column(new Float64Array(places));
    this.next = new Column(new Int32Array(places));
    this.metrics = (metricsOver(kind) as unknown as readonly AnyMetric[]).filter(({ datedBy }) => datedBy !== 'period');
    this.firstDate = keptDates[kind][0];
    const each = <Key extends string, Of>(keys: readonly Key[], make: () => Of) => Object.fromEntries(keys.map((key) => [key, make()])) as Record<Key, Of>;
    const ids = this.metrics.map(({ id }) => id);
    this.dates = each<string, Column<Float64Array>>(keptDates[kind], () => new Column(new Float64Array(places)));
    this.reaches = each<string, Reach>(keptDates[kind], () => new Reach(blocks));
    this.dimensions = each(keptDimensions, () => new Column(new Uint16Array(places)));
    this.values = each(ids, () => new Column(new Float32Array(places)));
    this.blockSums = each(ids, () => new BlockSums(blocks));
  }

  get filled(): number {
    return this.size - this.holes;
  }

  /** So many rows have come or gone since the first that blocks no longer tell much. */
  get isOutOfOrder(): boolean {
    return this.size - this.expected + this.holes > this.expected / 4 + 10_000;
  }

  /** The blocks that may have rows with this date in the span. */
  blocks(date: string, from: Instant, until: Instant): Block[] {
    const [low, high] = [this.reaches[date]!.low.values, this.reaches[date]!.high.values];
    const found: Block[] = [];
    const count = Math.ceil(this.size / rowsOfBlock);
    for (let number = 0; number < count; number += 1) {
      if (low[number]! >= until || high[number]! < from) continue;
      const begin = number * rowsOfBlock;
      found.push({ number, begin, end: Math.min(this.size, begin + rowsOfBlock), isWhole: low[number]! >= from && high[number]! < until });
    }
    return found;
  }

  /** Adds a row at the end. Gives until when its values hold. */
  add(customer: number, fact: KeptFact, asOf: Instant): Instant {
    return this.fill(this.newPlace(), customer, fact, asOf);
  }

  /** Puts these rows in place of all that a customer had. Gives until when their values hold. */
  replaceOf(customer: number, facts: readonly KeptFact[], asOf: Instant): Instant {
    const places: number[] = [];
    for (let place = this.firstOf[customer] ?? none; place !== none; place = this.next.values[place]!) places.push(place);
    const dates = this.dates[this.firstDate]!.values;
    const had = places.map((place) => dates[place]!);
    for (const place of places) this.clear(place);
    this.firstOf[customer] = none;
    let soonest = Number.POSITIVE_INFINITY;
    for (const fact of facts) {
      const same = had.indexOf(fact[this.firstDate] as number);
      const until = this.fill(same < 0 ? this.newPlace() : places[same]!, customer, fact, asOf);
      if (same >= 0) had[same] = Number.NaN;
      if (until < soonest) soonest = until;
    }
    this.holes += had.filter((date) => !Number.isNaN(date)).length;
    return soonest;
  }

  /** Adds the customers with a row that counts otherwise at `asOf`; gives when the next one will. */
  turned(asOf: Instant, customers: Set<number>): Instant {
    const until = this.until.values;
    let soonest = Number.POSITIVE_INFINITY;
    for (let place = 0; place < this.size; place += 1) {
      const at = until[place]!;
      if (at <= asOf) customers.add(this.customer.values[place]!);
      else if (at < soonest) soonest = at;
    }
    return soonest;
  }

  private fill(place: number, customer: number, fact: KeptFact, asOf: Instant): Instant {
    const block = blockOf(place);
    this.customer.values[place] = customer;
    this.next.values[place] = this.firstOf[customer] ?? none;
    this.firstOf[customer] = place;
    const until = unchangedUntil(this.kind, fact as never, asOf);
    this.until.values[place] = until;
    for (const [name, column] of Object.entries(this.dates)) {
      const date = (fact[name] as number | null) ?? Number.NaN;
      column.values[place] = date;
      this.reaches[name]!.take(block, date);
    }
    for (const name of keptDimensions) this.dimensions[name].values[place] = this.names.numberOf((fact[name] as string | null | undefined) ?? null);
    for (const metric of this.metrics) {
      const said = metric.contribute(fact as never, { asOf, from: Number.NaN, until: Number.NaN });
      this.values[metric.id]!.values[place] = said.counted ? said.value : Number.NaN;
    }
    this.sumUp(place, 1);
    return until;
  }

  private clear(place: number): void {
    this.sumUp(place, -1);
    for (const column of Object.values(this.dates)) column.values[place] = Number.NaN;
    this.until.values[place] = Number.POSITIVE_INFINITY;
  }

  private sumUp(place: number, times: 1 | -1): void {
    for (const { id, datedBy } of this.metrics) {
      const value = this.values[id]!.values[place]!;
      if (!Number.isNaN(value) && !Number.isNaN(this.dates[datedBy]!.values[place]!)) this.blockSums[id]!.add(blockOf(place), times, value);
    }
  }

  private newPlace(): number {
    if (this.size === this.customer.values.length) this.grow(Math.ceil(this.size * 1.2) + 16);
    return this.size++;
  }

  private grow(places: number): void {
    const columns = <Of>(of: Readonly<Record<string, Of>>): Of[] => Object.values(of);
    const ofRows = [this.dates, this.dimensions, this.values].flatMap((of) => columns<Column<Numbers>>(of));
    for (const column of [this.customer, this.next, this.until, ...ofRows]) column.grow(places);
    const ofBlocks = [...columns(this.reaches).flatMap(({ low, high }) => [low, high]), ...columns(this.blockSums).flatMap(({ n, sum }) => [n, sum])];
    for (const column of ofBlocks) column.grow(blockOf(places) + 1);
  }
}

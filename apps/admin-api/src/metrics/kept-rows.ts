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
  constructor(public values: Values) {}

  grow(places: number): void {
    const larger = new (this.values.constructor as new (length: number) => Values)(places);
    larger.set(this.values as never);
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

/**
 * Rows of one kind as columns of numbers: the number of their customer, dates, dimensions, and what each adds to each metric, by the registry's own rule. Some 50 bytes a
 * row. A place whose row was taken out has no dates and is filled again.
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
  /** When the values change by time alone. */
  private readonly until: Column<Float64Array>;
  /** The next place of the same customer. */
  private readonly next: Column<Int32Array>;
  private readonly firstOf: number[] = [];
  private readonly free: number[] = [];
  private readonly metrics: readonly AnyMetric[];

  constructor(
    private readonly kind: RowKind,
    private readonly names: Names,
    expected: number,
  ) {
    const places = Math.ceil(expected * 1.05) + 16;
    this.customer = new Column(new Int32Array(places));
    this.until = new Column(new Float64Array(places));
    this.next = new Column(new Int32Array(places));
    this.metrics = (metricsOver(kind) as unknown as readonly AnyMetric[]).filter(({ datedBy }) => datedBy !== 'period');
    const each = <Key extends string, Values extends Numbers>(keys: readonly Key[], make: () => Values) =>
      Object.fromEntries(keys.map((key) => [key, new Column(make())])) as Record<Key, Column<Values>>;
    this.dates = each<string, Float64Array>(keptDates[kind], () => new Float64Array(places));
    this.dimensions = each(keptDimensions, () => new Uint16Array(places));
    this.values = each(
      this.metrics.map(({ id }) => id),
      () => new Float32Array(places),
    );
  }

  get filled(): number {
    return this.size - this.free.length;
  }

  /** Gives until when its values hold. */
  add(customer: number, fact: KeptFact, asOf: Instant): Instant {
    const place = this.free.pop() ?? this.newPlace();
    this.customer.values[place] = customer;
    this.next.values[place] = this.firstOf[customer] ?? none;
    this.firstOf[customer] = place;
    const until = unchangedUntil(this.kind, fact as never, asOf);
    this.until.values[place] = until;
    for (const [name, column] of Object.entries(this.dates)) column.values[place] = (fact[name] as number | null) ?? Number.NaN;
    for (const name of keptDimensions) this.dimensions[name].values[place] = this.names.numberOf((fact[name] as string | null | undefined) ?? null);
    for (const metric of this.metrics) {
      const said = metric.contribute(fact as never, { asOf, from: Number.NaN, until: Number.NaN });
      this.values[metric.id]!.values[place] = said.counted ? said.value : Number.NaN;
    }
    return until;
  }

  /** Takes out all rows of a customer. */
  removeOf(customer: number): void {
    for (let place = this.firstOf[customer] ?? none; place !== none; place = this.next.values[place]!) {
      for (const column of Object.values(this.dates)) column.values[place] = Number.NaN;
      this.until.values[place] = Number.POSITIVE_INFINITY;
      this.free.push(place);
    }
    this.firstOf[customer] = none;
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

  private newPlace(): number {
    if (this.size === this.customer.values.length) {
      const places = Math.ceil(this.size * 1.2);
      for (const column of [
        this.customer,
        this.next,
        this.until,
        ...[this.dates, this.dimensions, this.values].flatMap((of) => Object.values<Column<Numbers>>(of)),
      ])
        column.grow(places);
    }
    return this.size++;
  }
}

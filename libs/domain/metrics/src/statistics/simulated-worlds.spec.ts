import type { Unit } from '../registry/metric';
import { differenceOf } from './difference';
import { estimateOf } from './estimate';
import { momentsOf, type Moments } from './moments';

const worlds = 400;

/** A seeded stream of numbers in [0, 1): mulberry32. */
function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

interface World {
  readonly unit: Unit;
  /** What the interval must cover. */
  readonly truth: number;
  /** By how much the truth is higher afterwards, where something has changed. */
  readonly change: number;
  /** The width that an interval of 80 customers stays under. */
  readonly width: number;
  /** The value of one row of a customer with this leaning (−1 … 1, mean 0), `change` above the truth. */
  readonly value: (leaning: number, random: () => number, change: number) => number;
}

/** Leanings and changes are linear and leanings symmetric, so the truth does not depend on how many rows a customer has. */
const kinds: Readonly<Record<string, World>> = {
  'a rate near a half': {
    unit: 'percent',
    truth: 0.58,
    change: 0.1,
    width: 0.25,
    value: (leaning, random, change) => Number(random() < 0.58 + 0.25 * leaning + change),
  },
  'a rare event': {
    unit: 'percent',
    truth: 0.06,
    change: 0.05,
    width: 0.25,
    value: (leaning, random, change) => Number(random() < 0.06 + 0.05 * leaning + change),
  },
  'an NPS': {
    unit: 'nps',
    truth: 0.2,
    change: 0.15,
    width: 0.45,
    value: (leaning, random, change) => {
      const draw = random();
      return draw < 0.45 + 0.2 * leaning + change ? 1 : draw < 0.75 + 0.1 * leaning ? 0 : -1;
    },
  },
  'a mean mark': {
    unit: 'mean',
    truth: 3.8,
    change: 0.1,
    width: 0.45,
    value: (leaning, random, change) => 3 + Number(random() < 0.6 + 0.3 * leaning + change) + Number(random() < 0.2 + 0.1 * leaning),
  },
  // As effort is: one step at least, most matters few, some very many. One and a geometric number, whose deviation is as large as its mean.
  'a skewed count of steps': {
    unit: 'mean',
    truth: 5,
    change: 1,
    width: 2.2,
    value: (leaning, random, change) => {
      const more = 4 + 2 * leaning + change;
      return 1 + Math.floor(Math.log(1 - random()) / Math.log(more / (1 + more)));
    },
  },
};

/** Rows of 80 customers: half of them one, the others up to eight. */
function rowsOf(world: World, random: () => number, leanings: readonly number[], change = 0): Moments {
  return momentsOf(
    leanings.flatMap((leaning, index) => {
      const rows = random() < 0.5 ? 1 : 2 + Math.floor(random() * 7);
      return Array.from({ length: rows }, () => ({ customerId: `c${index}`, value: world.value(leaning, random, change) }));
    }),
  );
}
const leaningsOf = (random: () => number): number[] => Array.from({ length: 80 }, () => 2 * random() - 1);
const shareOf = (test: (random: () => number) => boolean): number =>
  Array.from({ length: worlds }, (_, seed) => test(stream(seed * 7919 + 17))).filter(Boolean).length / worlds;

describe.each(Object.entries(kinds))('on 400 simulated worlds with %s', (_, world) => {
  it('the interval covers the truth in 92 to 98 of 100', () => {
    const covered = shareOf((random) => {
      const { low, high } = estimateOf(world.unit, rowsOf(world, random, leaningsOf(random))).interval!;
      return low <= world.truth && world.truth <= high;
    });
    expect(covered).toBeGreaterThanOrEqual(0.92);
    expect(covered).toBeLessThanOrEqual(0.98);
  });

  it('the interval is as wide as 80 customers allow, no wider', () => {
    const random = stream(5);
    const { low, high } = estimateOf(world.unit, rowsOf(world, random, leaningsOf(random))).interval!;
    expect(high - low).toBeGreaterThan(0.05);
    expect(high - low).toBeLessThan(world.width);
  });

  it('the interval of a difference covers a true change in 92 to 98 of 100 between other customers, and is on the safe side between the same', () => {
    const covers = (isSame: boolean) => (random: () => number) => {
      const before = leaningsOf(random);
      const now = rowsOf(world, random, isSame ? before : leaningsOf(random), world.change);
      const { low, high } = differenceOf(world.unit, now, rowsOf(world, random, before))!.interval!;
      return low <= world.change && world.change <= high;
    };
    const others = shareOf(covers(false));
    expect(others).toBeGreaterThanOrEqual(0.92);
    expect(others).toBeLessThanOrEqual(0.98);
    expect(shareOf(covers(true))).toBeGreaterThanOrEqual(0.92);
  });

  it('without an effect at most 7 of 100 differences exclude zero, between other customers and between the same', () => {
    const excludesZero = (isSame: boolean) => (random: () => number) => {
      const before = leaningsOf(random);
      const { interval } = differenceOf(world.unit, rowsOf(world, random, isSame ? before : leaningsOf(random)), rowsOf(world, random, before))!;
      return interval!.low > 0 || interval!.high < 0;
    };
    expect(shareOf(excludesZero(false))).toBeLessThanOrEqual(0.07);
    expect(shareOf(excludesZero(true))).toBeLessThanOrEqual(0.07);
  });
});

import type { Moments } from './moments';

type Counted = Pick<Moments, 'n' | 'sum'>;

export interface SliceOfTwoPeriods {
  readonly slice: string | null;
  readonly now: Counted;
  readonly before: Counted;
}

export interface SliceContribution {
  readonly slice: string | null;
  /** Because the slice makes up more or less of all rows than before. */
  readonly mix: number;
  /** Because its own value changed. */
  readonly rate: number;
  /** mix + rate. */
  readonly total: number;
}

export interface WhatMovedIt {
  /** The change of the whole; `mix` + `rate`, and the sum of the slices' totals, are the same number. */
  readonly change: number;
  readonly mix: number;
  readonly rate: number;
  /** The largest first, whatever its direction. */
  readonly slices: readonly SliceContribution[];
}

/**
 * Splits the change of a mean over its slices into mix and rate (E. M. Kitagawa, JASA 50, 1955, with the mean of both periods as weights). What a slice adds by its mix is
 * measured from the mean of the whole, so that a growing slice of average quality moves nothing. A slice that one period does not have keeps the other's value: it moves by its
 * mix alone. Null where one period has no rows.
 */
export function whatMovedIt(slices: readonly SliceOfTwoPeriods[]): WhatMovedIt | null {
  const now = totalOf(slices.map((slice) => slice.now));
  const before = totalOf(slices.map((slice) => slice.before));
  if (now.n === 0 || before.n === 0) return null;
  const middle = (now.sum / now.n + before.sum / before.n) / 2;
  const contributions = slices
    .filter((slice) => slice.now.n > 0 || slice.before.n > 0)
    .map(({ slice, now: after, before: ago }) => {
      const valueNow = after.n > 0 ? after.sum / after.n : ago.sum / ago.n;
      const valueBefore = ago.n > 0 ? ago.sum / ago.n : valueNow;
      const [weightNow, weightBefore] = [after.n / now.n, ago.n / before.n];
      // + 0: a slice that moves nothing moves 0, not −0.
      const mix = (weightNow - weightBefore) * ((valueNow + valueBefore) / 2 - middle) + 0;
      const rate = ((weightNow + weightBefore) / 2) * (valueNow - valueBefore) + 0;
      return { slice, mix, rate, total: mix + rate };
    })
    .sort((a, b) => Math.abs(b.total) - Math.abs(a.total));
  return {
    change: now.sum / now.n - before.sum / before.n,
    mix: contributions.reduce((sum, { mix }) => sum + mix, 0),
    rate: contributions.reduce((sum, { rate }) => sum + rate, 0),
    slices: contributions,
  };
}

const totalOf = (counted: readonly Counted[]): Counted => ({
  n: counted.reduce((total, { n }) => total + n, 0),
  sum: counted.reduce((total, { sum }) => total + sum, 0),
});

import type { Interval } from './interval';

/** An estimate with its own interval. */
export interface EstimateWithInterval extends Interval {
  readonly value: number;
}

/**
 * The interval of `a` − `b` from the intervals of each: method 10 of R. G. Newcombe, Statistics in Medicine 17, 1998, 873–890, when both are Wilson's; for any other
 * intervals of independent estimates the same formula is known as MOVER (G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008).
 */
export function newcombeInterval(a: EstimateWithInterval, b: EstimateWithInterval): Interval {
  const difference = a.value - b.value;
  return {
    low: difference - Math.hypot(a.value - a.low, b.high - b.value),
    high: difference + Math.hypot(a.high - a.value, b.value - b.low),
  };
}

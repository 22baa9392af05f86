import type { Unit } from '../registry/metric';
import { clusteredMean } from './clustered-mean';
import { estimateOf } from './estimate';
import type { Interval } from './interval';
import type { Moments } from './moments';
import { newcombeInterval } from './newcombe-interval';
import { welchInterval } from './welch-interval';

export interface Difference {
  readonly value: number;
  /** Null where one side has too few customers. */
  readonly interval: Interval | null;
}

/**
 * How much `now` lies above `before`, with the interval of the difference: Newcombe's for rates, Welch's for means and NPS, each from the clustered estimates.
 * A customer who stands on both sides makes the true interval a little narrower: the one given is on the safe side. Null where one side has no rows.
 */
export function differenceOf(unit: Unit, now: Moments, before: Moments): Difference | null {
  const [a, b] = [estimateOf(unit, now), estimateOf(unit, before)];
  if (a.value === null || b.value === null) return null;
  const value = a.value - b.value;
  if (now.customers < 2 || before.customers < 2) return { value, interval: null };
  if (unit === 'percent') return { value, interval: newcombeInterval({ value: a.value, ...a.interval! }, { value: b.value, ...b.interval! }) };
  const interval = welchInterval(clusteredMean(now), clusteredMean(before));
  return { value, interval: interval.low === interval.high ? null : interval };
}

import type { Metric } from '../registry/metric';
import { formatNumber, scaleOf } from './format-number';
import { differenceOf, type Difference } from './difference';
import type { Moments } from './moments';
import { decimalsFor } from './rounding';

export const directions = ['better', 'worse', 'noClearChange', 'unknown'] as const;
/** `noClearChange`: the interval of the difference holds zero. `unknown`: one of the periods has too little to compare. */
export type Direction = (typeof directions)[number];

export interface Change {
  readonly direction: Direction;
  /** In the unit people read: points of percent, marks, steps. Null where nothing can be compared. */
  readonly difference: Difference | null;
  /** `3.1 points worse than the 28 days before`, `no clear change`. */
  readonly words: string;
}

type Described = Pick<Metric, 'unit' | 'better' | 'of'>;

/** What changed, in words that say no more than the interval of the difference supports. `than` names the other period: `the 28 days before`. */
export function changeInWords(metric: Described, now: Moments, before: Moments, than: string): Change {
  const found = differenceOf(metric.unit, now, before);
  if (found === null || found.interval === null) return { direction: 'unknown', difference: null, words: `too little to compare with ${than}` };
  const scale = scaleOf(metric.unit);
  const interval = { low: found.interval.low * scale, high: found.interval.high * scale };
  const difference = { value: found.value * scale, interval };
  if (interval.low <= 0 && interval.high >= 0) return { direction: 'noClearChange', difference, words: 'no clear change' };
  const direction = difference.value > 0 === (metric.better === 'higher') ? 'better' : 'worse';
  const amount = formatNumber(Math.abs(difference.value), decimalsFor((interval.high - interval.low) / 2));
  return { direction, difference, words: `${amount}${unitOf(metric, amount)} ${direction} than ${than}` };
}

function unitOf({ unit, of }: Described, amount: string): string {
  if (unit !== 'mean') return amount === '1' ? ' point' : ' points';
  return of.startsWith('of ') || of === '' ? '' : ` ${of}`;
}

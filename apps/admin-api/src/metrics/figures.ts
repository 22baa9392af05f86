import { changeInWords, decimalsFor, estimateOf, noMoments, scaleOf, type AnyMetric, type ComparedPeriod, type Moments } from '@throughline/domain-metrics';
import type { z } from 'zod';
import type { change, Figure } from './metric-answers';

/** What publishing needs to know of a number: its unit, and of how few rows it is not told. */
export type Published = Pick<AnyMetric, 'unit' | 'minimumN'>;

/** Whether the rows are fewer than may be shown of a part of the whole. */
export const isSuppressed = (metric: Published, n: number, isPart: boolean): boolean => isPart && n > 0 && n < metric.minimumN;

/** A number as it is published. `isPart`: it is cut or filtered, so that few answers could name a person. */
export function figureOf(metric: Published, moments: Moments, isPart: boolean): Figure {
  const { value, interval, numerator, n, customers, isSmall } = estimateOf(metric.unit, moments);
  const scale = scaleOf(metric.unit);
  const hidden = isSuppressed(metric, n, isPart);
  const half = interval === null ? 0 : ((interval.high - interval.low) / 2) * scale;
  const scaled = (of: number | undefined): number | null => (of === undefined || hidden ? null : of * scale);
  return {
    value: scaled(value ?? undefined),
    low: scaled(interval?.low),
    high: scaled(interval?.high),
    decimals: decimalsFor(half),
    numerator: hidden ? null : numerator,
    n: hidden ? 0 : n,
    customers: hidden ? 0 : customers,
    isSmall,
    isSuppressed: hidden,
    absent: hidden ? `fewer than ${metric.minimumN} answers` : n === 0 ? 'nothing to count in this period' : null,
  };
}

/** No number, and why. */
export const absentFigure = (metric: AnyMetric, why: string): Figure => ({ ...figureOf(metric, noMoments, false), absent: why });

export type ChangeAnswer = z.infer<typeof change>;

/** What changed from the compared period; nothing when none is compared. */
export function changeOf(metric: AnyMetric, now: Moments, before: Moments, compared: ComparedPeriod | null, isPart: boolean): ChangeAnswer | null {
  if (compared === null) return null;
  const hidden = isSuppressed(metric, now.n, isPart) || isSuppressed(metric, before.n, isPart);
  const { direction, difference, words } = hidden
    ? changeInWords(metric, noMoments, noMoments, compared.words)
    : changeInWords(metric, now, before, compared.words);
  return {
    direction,
    words,
    difference: difference?.interval ? { value: difference.value, low: difference.interval.low, high: difference.interval.high } : null,
  };
}

import { smallN, type Unit } from '../registry/metric';
import { clusteredMean } from './clustered-mean';
import type { Interval } from './interval';
import type { Moments } from './moments';
import { t95, tInterval } from './t-interval';
import { wilsonInterval } from './wilson-interval';

/** A number as it is published; values are shares and means, not yet percent. */
export interface Estimate {
  /** Null where nothing counts. */
  readonly value: number | null;
  /** Of 95 %; null where too few customers stand behind the value to know. */
  readonly interval: Interval | null;
  readonly numerator: number;
  /** Rows that count. */
  readonly n: number;
  readonly customers: number;
  /** Fewer than 30 rows: to be shown hollow. */
  readonly isSmall: boolean;
}

/** The number that these rows make, with its interval. */
export function estimateOf(unit: Unit, moments: Moments): Estimate {
  const { n, sum, customers } = moments;
  if (n === 0) return { value: null, interval: null, numerator: 0, n, customers, isSmall: true };
  return { value: sum / n, interval: intervalOf(unit, moments), numerator: sum, n, customers, isSmall: n < smallN };
}

function intervalOf(unit: Unit, moments: Moments): Interval | null {
  if (moments.customers < 2) return null;
  if (unit === 'percent') return shareInterval(moments);
  const { mean, standardError, degreesOfFreedom } = clusteredMean(moments);
  // All alike: the rows say nothing of how much they could differ.
  if (standardError === 0) return null;
  const { low, high } = tInterval(mean, standardError, degreesOfFreedom);
  return unit === 'nps' ? { low: Math.max(-1, low), high: Math.min(1, high) } : { low, high };
}

/**
 * Wilson's interval with the effective number of rows n / design effect (E. L. Korn and B. I. Graubard, Survey Methodology 24, 1998, for the binomial interval) and t in
 * place of z for few customers. Where all rows are alike, the design effect cannot be estimated: then each customer counts as one row.
 */
function shareInterval(moments: Moments): Interval {
  const { n, sum, customers } = moments;
  const share = sum / n;
  const { standardError, degreesOfFreedom } = clusteredMean(moments);
  const independent = (share * (1 - share)) / n;
  const effectiveN = independent === 0 || standardError === 0 ? customers : n / Math.max(1, standardError ** 2 / independent);
  return wilsonInterval(share * effectiveN, effectiveN, t95(degreesOfFreedom));
}

import type { Moments } from './moments';
import type { MeanEstimate } from './welch-interval';

/**
 * The mean over rows when rows come in customers: a ratio of two sums over customers, with its linearised variance Σ (yᶜ − r nᶜ)² / n² · k / (k − 1)
 * (W. G. Cochran, Sampling Techniques, 3rd ed. 1977, chapter 6; the cluster-robust variance of K.-Y. Liang and S. L. Zeger, Biometrika 73, 1986, of a mean).
 * With one row a customer it is s² / n. `standardError` is NaN for fewer than two customers. Throws where there are no rows.
 */
export function clusteredMean({ n, sum, customers, sumSquared, sumTimesRows, rowsSquared }: Moments): MeanEstimate {
  if (n === 0) throw new RangeError('A mean needs at least one row.');
  const mean = sum / n;
  // What is left of a difference of large equal numbers may be a hair below zero.
  const residual = Math.max(0, sumSquared - 2 * mean * sumTimesRows + mean * mean * rowsSquared);
  const isNothing = residual < 1e-12 * sumSquared;
  return {
    mean,
    standardError: customers < 2 ? Number.NaN : isNothing ? 0 : Math.sqrt((residual / (n * n)) * (customers / (customers - 1))),
    degreesOfFreedom: customers - 1,
  };
}

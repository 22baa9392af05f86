import quantile from '@stdlib/stats-base-dists-t-quantile';
import { z95, type Interval } from './interval';

/** The 0.975 quantile of Student's t; beyond a million degrees of freedom that of the normal distribution. */
export const t95 = (degreesOfFreedom: number): number => (degreesOfFreedom > 1_000_000 ? z95 : quantile(0.975, degreesOfFreedom));

/** The interval of a mean with an estimated standard error ("Student", Biometrika 6, 1908). Throws for less than one degree of freedom. */
export function tInterval(mean: number, standardError: number, degreesOfFreedom: number): Interval {
  if (!(degreesOfFreedom >= 1)) throw new RangeError('An interval of a mean needs at least two rows.');
  const half = t95(degreesOfFreedom) * standardError;
  return { low: mean - half, high: mean + half };
}

import type { Interval } from './interval';
import { tInterval } from './t-interval';

/** A mean with its standard error and the degrees of freedom of that. */
export interface MeanEstimate {
  readonly mean: number;
  readonly standardError: number;
  readonly degreesOfFreedom: number;
}

/** The interval of `a` − `b` for two independent means of unequal variance (B. L. Welch, Biometrika 34, 1947; degrees of freedom after Satterthwaite, 1946). */
export function welchInterval(a: MeanEstimate, b: MeanEstimate): Interval {
  const [va, vb] = [a.standardError ** 2, b.standardError ** 2];
  const difference = a.mean - b.mean;
  if (va + vb === 0) return { low: difference, high: difference };
  const degreesOfFreedom = (va + vb) ** 2 / (va ** 2 / a.degreesOfFreedom + vb ** 2 / b.degreesOfFreedom);
  return tInterval(difference, Math.sqrt(va + vb), Math.max(1, degreesOfFreedom));
}

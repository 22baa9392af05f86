import { z95, type Interval } from './interval';

/**
 * The score interval of a proportion, within 0 and 1 (E. B. Wilson, JASA 22, 1927; method 3 of R. G. Newcombe, Statistics in Medicine 17, 1998, 857–872).
 * `successes` and `n` may be fractions: an effective number of rows is one. Throws for n ≤ 0.
 */
export function wilsonInterval(successes: number, n: number, z: number = z95): Interval {
  if (!(n > 0)) throw new RangeError('A proportion needs at least one row.');
  const share = successes / n;
  const middle = (share + (z * z) / (2 * n)) / (1 + (z * z) / n);
  const half = (z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n))) / (1 + (z * z) / n);
  return { low: share <= 0 ? 0 : Math.max(0, middle - half), high: share >= 1 ? 1 : Math.min(1, middle + half) };
}

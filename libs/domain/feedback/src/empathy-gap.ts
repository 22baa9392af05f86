import quantile from '@stdlib/stats-base-dists-t-quantile';
import { roundingVariance, type RatingSums } from './partial-pooling';

export interface EmpathyGap {
  readonly key: string;
  /** `unknown`: no customer has said anything. `tooFew`: a difference of so few ratings means nothing. */
  readonly state: 'unknown' | 'tooFew' | 'shown';
  readonly reviews: number;
  readonly ratings: number;
  /** Reviewers' mean minus customers' mean, on the scale of 1 to 5: above 0 the house is happier with the agent than the customers are. */
  readonly gap: number | null;
  readonly interval: readonly [number, number] | null;
}

/** How far what reviewers give for empathy lies above what customers give, for each agent, with Welch's 95 % interval (Biometrika 34, 1947). */
export function empathyGaps(reviewed: readonly RatingSums[], rated: readonly RatingSums[], fewest: number): EmpathyGap[] {
  const ratedBy = new Map(rated.map((one) => [one.key, one]));
  return reviewed.map((review) => {
    const rating = ratedBy.get(review.key);
    const base = { key: review.key, reviews: review.n, ratings: rating?.n ?? 0 };
    if (!rating || rating.n === 0) return { ...base, state: 'unknown', gap: null, interval: null };
    if (review.n < fewest || rating.n < fewest) return { ...base, state: 'tooFew', gap: null, interval: null };
    const [a, b] = [spreadOf(review), spreadOf(rating)];
    const error = a.ofMean + b.ofMean;
    const gap = a.mean - b.mean;
    const freedom = error ** 2 / (a.ofMean ** 2 / (review.n - 1) + b.ofMean ** 2 / (rating.n - 1));
    const half = quantile(0.975, freedom) * Math.sqrt(error);
    return { ...base, state: 'shown', gap, interval: [gap - half, gap + half] };
  });
}

/** Mean, and the variance of the mean: ratings that are all alike still differ by what whole marks hide. */
function spreadOf({ n, sum, sumOfSquares }: RatingSums): { mean: number; ofMean: number } {
  return { mean: sum / n, ofMean: Math.max(roundingVariance, (sumOfSquares - sum ** 2 / n) / (n - 1)) / n };
}

/** A two-sided confidence interval. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** The 0.975 quantile of the standard normal distribution: all published intervals are of 95 %. */
export const z95 = 1.959963984540054;

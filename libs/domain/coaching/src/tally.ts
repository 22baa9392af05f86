/** Sums over the contacts or answers of one agent in one period: enough for mean and variance, additive over days. */
export interface Tally {
  readonly n: number;
  readonly sum: number;
  readonly squares: number;
}

export const noTally: Tally = { n: 0, sum: 0, squares: 0 };

export function tallyOf(values: readonly number[]): Tally {
  return values.reduce<Tally>(({ n, sum, squares }, value) => ({ n: n + 1, sum: sum + value, squares: squares + value * value }), noTally);
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return tallies.reduce((a, b) => ({ n: a.n + b.n, sum: a.sum + b.sum, squares: a.squares + b.squares }), noTally);
}

/** NaN without a contact. */
export const meanOf = ({ n, sum }: Tally): number => (n === 0 ? Number.NaN : sum / n);

/** Sum of squared deviations from the tally's own mean. */
export const deviations = ({ n, sum, squares }: Tally): number => (n === 0 ? 0 : Math.max(squares - (sum * sum) / n, 0));

/** The variance of one contact around its own group's mean, pooled over groups; null when no group has two. */
export function pooledVariance(tallies: readonly Tally[]): number | null {
  const freedom = tallies.reduce((total, { n }) => total + Math.max(n - 1, 0), 0);
  return freedom === 0 ? null : tallies.reduce((total, tally) => total + deviations(tally), 0) / freedom;
}

/** The variance of promoters' share less detractors' share, of `n` answers drawn from a trinomial distribution (A. Agresti, Categorical Data Analysis, §1.2: var = (P + D − (P − D)²) / n). */
export function trinomialVariance(promoters: number, detractors: number, n: number): number {
  const [up, down] = [promoters / n, detractors / n];
  return (up + down - (up - down) ** 2) / n;
}

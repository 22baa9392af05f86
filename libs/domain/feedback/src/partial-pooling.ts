import quantile from '@stdlib/stats-base-dists-t-quantile';

/** The ratings of one group (an agent, a team), as sums: `n` values, their sum and the sum of their squares. */
export interface RatingSums {
  readonly key: string;
  readonly n: number;
  readonly sum: number;
  readonly sumOfSquares: number;
}

export interface PooledMean {
  readonly key: string;
  readonly n: number;
  /** Of the group alone. */
  readonly own: number;
  /** The estimate: drawn towards the mean of all by `shrinkage`. */
  readonly mean: number;
  /** 0: the group's own mean; 1: the mean of all. */
  readonly shrinkage: number;
  /** 95 %; null where nothing says how much single ratings differ. */
  readonly interval: readonly [number, number] | null;
}

/** Values with a known variance each. */
export interface Measured {
  readonly key: string;
  readonly mean: number;
  readonly variance: number;
}

export interface Shrunken {
  readonly key: string;
  readonly mean: number;
  readonly shrinkage: number;
  readonly variance: number;
}

/** Fewer groups say too little about how much groups differ. */
export const fewestGroups = 4;

/**
 * Empirical-Bayes estimates of several means at once: each is drawn towards the common mean, the more the less certain it is and the less the groups differ.
 * Parametric empirical Bayes for unequal variances with one common mean, with its variance of the estimates: Morris, JASA 78 (1983) 47–55, section 5; with equal variances it
 * is the James–Stein estimator towards the grand mean of Efron and Morris, JASA 70 (1975) 311–319. Needs at least four groups, each of positive variance.
 */
export function shrinkMeans(groups: readonly Measured[]): Shrunken[] {
  const k = groups.length;
  if (k < fewestGroups) throw new Error(`At least ${fewestGroups} groups are needed, not ${k}.`);
  if (groups.some(({ variance }) => !(variance > 0))) throw new Error('Each group needs a positive variance.');
  const { centre, between } = spread(groups);
  const weights = groups.map(({ variance }) => 1 / (variance + between));
  const total = sumOf(weights);
  const averageVariance = sumOf(groups.map(({ variance }, i) => weights[i]! * variance)) / total;
  return groups.map(({ key, mean, variance }, i) => {
    const shrinkage = ((k - 3) / (k - 1)) * (variance / (variance + between));
    const leverage = (k * weights[i]!) / total;
    const ofShrinkage = (2 / (k - 3)) * shrinkage ** 2 * ((averageVariance + between) / (variance + between));
    return {
      key,
      mean: (1 - shrinkage) * mean + shrinkage * centre,
      shrinkage,
      variance: variance * (1 - ((k - leverage) / k) * shrinkage) + ofShrinkage * (mean - centre) ** 2,
    };
  });
}

/** The common mean, and the variance between the true means (0 or more), each from the other until both stand. */
function spread(groups: readonly Measured[]): { centre: number; between: number } {
  const k = groups.length;
  let between = 0;
  let centre = 0;
  for (let round = 0; round < 200; round += 1) {
    const weights = groups.map(({ variance }) => 1 / (variance + between));
    const total = sumOf(weights);
    centre = sumOf(groups.map(({ mean }, i) => weights[i]! * mean)) / total;
    const next = Math.max(0, sumOf(groups.map(({ mean, variance }, i) => weights[i]! * ((k / (k - 1)) * (mean - centre) ** 2 - variance))) / total);
    if (Math.abs(next - between) < 1e-12) return { centre, between: next };
    between = next;
  }
  return { centre, between };
}

/** Ratings come in whole steps: what rounding alone makes them differ. */
export const roundingVariance = 1 / 12;

/** The mean rating of each group with a 95 % interval inside the scale, by partial pooling; with fewer than four groups each stands alone. Groups without a rating are left out. */
export function poolRatings(all: readonly RatingSums[], scale: readonly [number, number]): PooledMean[] {
  const groups = all.filter(({ n }) => n > 0);
  const freedom = sumOf(groups.map(({ n }) => n - 1));
  if (freedom < 1) return groups.map(({ key, n, sum }) => ({ key, n, own: sum / n, mean: sum / n, shrinkage: 0, interval: null }));
  const within = Math.max(roundingVariance, sumOf(groups.map(({ n, sum, sumOfSquares }) => sumOfSquares - sum ** 2 / n)) / freedom);
  const measured = groups.map(({ key, n, sum }) => ({ key, mean: sum / n, variance: within / n }));
  const estimates = groups.length < fewestGroups ? measured.map((one) => ({ ...one, shrinkage: 0 })) : shrinkMeans(measured);
  const width = quantile(0.975, freedom);
  return groups.map(({ key, n, sum }, i) => {
    const { mean, shrinkage, variance } = estimates[i]!;
    const half = width * Math.sqrt(variance);
    return { key, n, own: sum / n, mean, shrinkage, interval: [Math.max(scale[0], mean - half), Math.min(scale[1], mean + half)] };
  });
}

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

import tQuantile from '@stdlib/stats-base-dists-t-quantile';
import { determinant, inverse, Matrix } from 'ml-matrix';

export interface AgentMean {
  readonly y: number;
  /** Sampling variance of `y`: that of one contact over their number. */
  readonly v: number;
  /** The explaining columns, the constant included. */
  readonly x: readonly number[];
}

export interface Fitted {
  readonly coefficients: readonly number[];
  readonly errors: readonly number[];
  /** Agents minus columns: what the t of every interval has. */
  readonly freedom: number;
  /** Variance between agents beyond what their numbers of contacts explain. */
  readonly between: number;
}

/**
 * A line through agents' means, one row an agent: the agent is the cluster, so contacts of one agent are not taken for independent voices. Weights are 1/(vᵢ + τ²), τ² by
 * Paule and Mandel's equation, standard errors scaled by the weighted residuals, intervals by t with agents − columns degrees of freedom. Where all vᵢ are equal it
 * is ordinary least squares. Null when there are not more agents than columns, or the columns are dependent.
 * Source: Donald and Lang 2007 (REStat 89, 221–233) for inference on cluster means with few clusters, after Bertrand, Duflo and Mullainathan 2004 (QJE 119, 249–275) showed
 * what goes wrong without; Knapp and Hartung 2003 (Statistics in Medicine 22, 2693–2710) for unequal precision.
 */
export function regressMeans(agents: readonly AgentMean[]): Fitted | null {
  const columns = agents[0]?.x.length ?? 0;
  const freedom = agents.length - columns;
  if (columns === 0 || freedom < 1) return null;
  if (determinant(momentsOf(agents, 0, true).x) < 1e-12) return null;
  const fit = (between: number): { coefficients: number[]; covariance: Matrix; q: number } => {
    const moments = momentsOf(agents, between, false);
    const covariance = inverse(moments.x);
    const coefficients = covariance.mmul(moments.y).to1DArray();
    const q = agents.reduce((total, { x, y, v }) => total + (y - product(x, coefficients)) ** 2 / (v + between), 0);
    return { coefficients, covariance, q };
  };
  const spread = Math.max(...agents.map(({ y }) => y)) - Math.min(...agents.map(({ y }) => y));
  const exact = agents.some(({ v }) => v <= 0);
  // Without any sampling variance every agent weighs the same.
  const between = exact ? 1 : spread === 0 ? 0 : rootOf((tau) => fit(tau).q - freedom, spread * spread);
  const { coefficients, covariance, q } = fit(between);
  return {
    coefficients,
    errors: covariance.diagonal().map((variance) => Math.sqrt((variance * q) / freedom)),
    freedom,
    between: exact ? q / freedom : between,
  };
}

/** X′WX and X′Wy. */
function momentsOf(agents: readonly AgentMean[], between: number, unweighted: boolean): { x: Matrix; y: Matrix } {
  const columns = agents[0]!.x.length;
  const xx = Array.from({ length: columns }, () => new Array<number>(columns).fill(0));
  const xy = new Array<number>(columns).fill(0);
  for (const { x, y, v } of agents) {
    const weight = unweighted ? 1 : 1 / (v + between);
    for (let i = 0; i < columns; i += 1) {
      xy[i]! += weight * x[i]! * y;
      for (let j = 0; j < columns; j += 1) xx[i]![j]! += weight * x[i]! * x[j]!;
    }
  }
  return { x: new Matrix(xx), y: Matrix.columnVector(xy) };
}

/** The zero of a falling function on [0, ∞), by halving; 0 where it is not above zero there. */
function rootOf(falling: (x: number) => number, high: number): number {
  if (falling(0) <= 0) return 0;
  let [from, to] = [0, high];
  while (falling(to) > 0) to *= 2;
  while (to - from > 1e-9 * to) {
    const middle = (from + to) / 2;
    if (falling(middle) > 0) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

const product = (a: readonly number[], b: readonly number[]): number => a.reduce((total, value, index) => total + value * b[index]!, 0);

/** The two-sided interval around an estimate. @param level such as 0.95 */
export function tInterval(estimate: number, error: number, freedom: number, level: number): { readonly low: number; readonly high: number } {
  const half = tQuantile(1 - (1 - level) / 2, freedom) * error;
  return { low: estimate - half, high: estimate + half };
}

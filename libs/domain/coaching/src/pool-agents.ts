import { fewestGroups, shrinkMeans } from '@throughline/domain-feedback';
import { meanOf, pooledVariance, type Tally } from './tally';

export interface PooledAgent {
  readonly agent: string;
  readonly n: number;
  /** The agent's own mean; null without a contact. */
  readonly own: number | null;
  /** Drawn towards the mean of all, the more the less is known of the agent. */
  readonly pooled: number;
  /** Standard error of `pooled`; null where nothing is known of the agent or of how contacts differ. */
  readonly error: number | null;
  /** 0: the agent's own word counts alone; 1: nothing is known but the others. */
  readonly shrinkage: number;
}

/**
 * Means of agents, partially pooled (`shrinkMeans`: Morris 1983). With fewer than four agents heard nothing can be said about how agents differ: each is taken for the mean of
 * all. Where single contacts do not differ at all, means stand as they are. The answer keeps the order of the agents.
 * @param knownVariance variance of one contact, where it is known and need not be estimated
 */
export function poolAgents(agents: readonly { readonly agent: string; readonly tally: Tally }[], knownVariance?: number): readonly PooledAgent[] {
  const heard = agents.filter(({ tally }) => tally.n > 0);
  const contacts = heard.reduce((total, { tally }) => total + tally.n, 0);
  const grand = heard.reduce((total, { tally }) => total + tally.sum, 0) / contacts;
  const variance = knownVariance ?? pooledVariance(heard.map(({ tally }) => tally));
  const measured = heard.map(({ agent, tally }) => ({ key: agent, mean: meanOf(tally), variance: (variance ?? 0) / tally.n }));
  const shrunken = heard.length >= fewestGroups && variance !== null && variance > 0 ? new Map(shrinkMeans(measured).map((one) => [one.key, one])) : null;
  return agents.map(({ agent, tally }) => {
    if (tally.n === 0) return { agent, n: 0, own: null, pooled: grand, error: null, shrinkage: 1 };
    const own = meanOf(tally);
    const estimate = shrunken?.get(agent);
    if (estimate) return { agent, n: tally.n, own, pooled: estimate.mean, error: Math.sqrt(estimate.variance), shrinkage: estimate.shrinkage };
    if (variance === 0 && heard.length >= fewestGroups) return { agent, n: tally.n, own, pooled: own, error: 0, shrinkage: 0 };
    return { agent, n: tally.n, own, pooled: grand, error: variance === null ? null : Math.sqrt(variance / contacts), shrinkage: 1 };
  });
}

import type { CoachingMetric } from '@throughline/contracts';
import { metricReadings } from './coaching-metrics';
import { poolAgents } from './pool-agents';
import { leastContacts } from './remeasure-date';
import type { Tally } from './tally';

/** Where one agent stands in one metric against the others, in its unit. */
export interface Opportunity {
  readonly agent: string;
  readonly metric: CoachingMetric;
  readonly n: number;
  /** As measured; null without a contact. */
  readonly own: number | null;
  readonly pooled: number;
  /** 95 %; null where nothing is known of how contacts differ. */
  readonly low: number | null;
  readonly high: number | null;
  /** How far behind the middle of the team, from the pooled values; 0 for who is not behind. */
  readonly gap: number;
  /** Gap × contacts: what coaching could win altogether. */
  readonly weight: number;
  /** Fewer contacts than a mean needs: drawn hollow, never ranked first. */
  readonly hollow: boolean;
  /** The whole interval is behind the middle. */
  readonly clear: boolean;
}

export interface AgentTallies {
  readonly agent: string;
  readonly metric: CoachingMetric;
  /** In the metric's unit. */
  readonly tally: Tally;
}

/**
 * Who could gain most by coaching in what. The gap is to the middle (median) of the agents heard, both partially pooled, so that an agent with three bad answers is not shown
 * as the worst of all. Clear gaps first, then by weight, hollow ones last; ties by name.
 */
export function rankOpportunities(rows: readonly AgentTallies[], least = leastContacts): readonly Opportunity[] {
  const all = [...new Set(rows.map(({ metric }) => metric))].flatMap((metric) => {
    const agents = rows.filter((row) => row.metric === metric);
    const { better } = metricReadings[metric];
    const pooled = poolAgents(agents).filter(({ n }) => n > 0);
    const middle = medianOf(pooled.map((one) => one.pooled));
    return pooled.map(({ agent, n, own, pooled: value, error }): Opportunity => {
      const [low, high] = error === null ? [null, null] : [value - 1.96 * error, value + 1.96 * error];
      const gap = Math.max(better === 'higher' ? middle - value : value - middle, 0);
      const clear = low !== null && high !== null && (better === 'higher' ? high < middle : low > middle);
      return { agent, metric, n, own, pooled: value, low, high, gap, weight: gap * n, hollow: n < least, clear };
    });
  });
  const rank = (one: Opportunity): number => (one.hollow ? 2 : one.clear ? 0 : 1);
  return all.sort((a, b) => rank(a) - rank(b) || b.weight - a.weight || (a.agent < b.agent ? -1 : a.agent > b.agent ? 1 : 0) || (a.metric < b.metric ? -1 : 1));
}

function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

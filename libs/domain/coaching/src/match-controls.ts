/** An agent before the coaching: where they stood and which way they were going. `trend` is the late half's mean minus the early half's; null where a half is empty. */
export interface BeforeCoaching {
  readonly agent: string;
  readonly mean: number;
  readonly trend: number | null;
}

export interface Match {
  readonly agent: string;
  /** Nearest first. */
  readonly controls: readonly string[];
  /** Distance to the farthest of them, in standard deviations. */
  readonly farthest: number;
}

/**
 * For each coached agent the nearest others by the mean and the trend before, both in standard deviations of all; each other is used once, the coached who are hardest
 * to match choose first, ties go by name: the same agents in any order give the same matches.
 * Source: nearest-neighbour matching as in Abadie and Imbens 2006 (Econometrica 74, 235–267), here without replacement; what is left of the difference in the mean is
 * taken out by regression (`estimateEffect`), as their 2011 paper shows is needed (JBES 29, 1–11).
 */
export function matchControls(coached: readonly BeforeCoaching[], others: readonly BeforeCoaching[], perAgent: number): readonly Match[] {
  const all = [...coached, ...others].sort((a, b) => byName(a.agent, b.agent));
  const scale = { mean: deviationOf(all.map(({ mean }) => mean)), trend: deviationOf(all.flatMap(({ trend }) => (trend === null ? [] : [trend]))) };
  const distance = (a: BeforeCoaching, b: BeforeCoaching): number =>
    Math.hypot((a.mean - b.mean) / scale.mean, a.trend === null || b.trend === null ? 0 : (a.trend - b.trend) / scale.trend);
  const free = new Map(others.map((other) => [other.agent, other]));
  const nearest = (one: BeforeCoaching): { agent: string; away: number }[] =>
    [...free.values()].map((other) => ({ agent: other.agent, away: distance(one, other) })).sort((a, b) => a.away - b.away || byName(a.agent, b.agent));
  const order = coached
    .map((one) => ({ one, away: nearest(one)[0]?.away ?? 0 }))
    .sort((a, b) => b.away - a.away || byName(a.one.agent, b.one.agent))
    .map(({ one }) => one);
  const matches = new Map<string, { agent: string; away: number }[]>(order.map(({ agent }) => [agent, []]));
  // One each in turn, so that the last to choose is not left with nobody.
  for (let round = 0; round < perAgent; round += 1)
    for (const one of order) {
      const [next] = nearest(one);
      if (!next) break;
      matches.get(one.agent)!.push(next);
      free.delete(next.agent);
    }
  return coached.map(({ agent }) => {
    const found = matches.get(agent)!;
    return { agent, controls: found.map((match) => match.agent), farthest: found.reduce((most, { away }) => Math.max(most, away), 0) };
  });
}

const byName = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** 1 where nothing differs, so that it can be divided by. */
function deviationOf(values: readonly number[]): number {
  if (values.length < 2) return 1;
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  return Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / (values.length - 1)) || 1;
}

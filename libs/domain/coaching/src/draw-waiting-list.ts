import { v5 } from 'uuid';

/**
 * Draws by lot who is coached now and who waits for the same coaching: those who wait are the fairest comparison there is. The lot is a hash of the draw's id and the agent,
 * so the draw can be repeated and checked by anybody, and nobody can choose.
 * @param drawId a UUID made for this draw before the agents were known to it
 */
export function drawWaitingList(
  agents: readonly string[],
  now: number,
  drawId: string,
): { readonly coached: readonly string[]; readonly waiting: readonly string[] } {
  const lots = [...new Set(agents)].map((agent) => ({ agent, lot: v5(agent, drawId) })).sort((a, b) => (a.lot < b.lot ? -1 : 1));
  const names = (from: number, to?: number): string[] => lots.slice(from, to).map(({ agent }) => agent);
  return { coached: names(0, now), waiting: names(now) };
}

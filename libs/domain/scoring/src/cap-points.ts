/** The most that a ledger sums to. */
export const mostPoints = 100;

/**
 * Whole points that sum to at most 100: as they are where they do already, else each its share of 100 by the largest remainder (Hamilton's method), ties to the earlier.
 * So the sum is min(100, sum), and it never falls when a point rises.
 */
export function capPoints(points: readonly number[]): number[] {
  const total = points.reduce((sum, each) => sum + each, 0);
  if (total <= mostPoints) return [...points];
  const capped = points.map((each) => Math.floor((each * mostPoints) / total));
  const left = mostPoints - capped.reduce((sum, each) => sum + each, 0);
  const byRemainder = points
    .map((each, place) => ({ place, remainder: (each * mostPoints) % total }))
    .sort((a, b) => b.remainder - a.remainder || a.place - b.place);
  for (const { place } of byRemainder.slice(0, left)) capped[place] = capped[place]! + 1;
  return capped;
}

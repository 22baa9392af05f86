import { estimateSize } from './estimate-size';

/** A generator of numbers in [0, 1) from a seed (mulberry32), so that the worlds below are the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

describe('the size of a segment from a sample', () => {
  it('is exact when everybody was asked', () => {
    expect(estimateSize(37, 100, 100)).toEqual({ size: 37, low: 37, high: 37, sample: 100, of: 100 });
  });
  it('is Wilson’s interval when the sample is a small part: 10 of 100, 5.52 % to 17.44 % (Newcombe 1998, method 3)', () => {
    const { size, low, high } = estimateSize(10, 100, 100_000_000);
    expect(size).toBe(10_000_000);
    expect(low / 1e8).toBeCloseTo(0.0552, 4);
    expect(high / 1e8).toBeCloseTo(0.1744, 4);
  });
  it('never denies what was seen', () => {
    expect(estimateSize(0, 900, 1000).high).toBeLessThanOrEqual(100);
    expect(estimateSize(900, 900, 1000)).toMatchObject({ high: 1000 });
    expect(estimateSize(3, 900, 1000).low).toBeGreaterThanOrEqual(3);
    expect(estimateSize(0, 0, 0)).toMatchObject({ size: 0, low: 0, high: 0 });
  });
  it('holds the truth in 92 to 98 % of 2,000 small worlds of known size', () => {
    const roll = dice(20260320);
    let covered = 0;
    const worlds = 2000;
    for (let world = 0; world < worlds; world += 1) {
      const of = 400 + Math.floor(roll() * 4000);
      const members = Math.floor(of * (0.03 + 0.6 * roll()));
      const sample = Math.floor(of * (0.1 + 0.5 * roll()));
      // The first `sample` places of a random order: of those who are left, each is as likely to come next.
      let [held, left] = [0, members];
      for (let asked = 0; asked < sample; asked += 1) {
        if (roll() * (of - asked) < left) {
          held += 1;
          left -= 1;
        }
      }
      const { low, high } = estimateSize(held, sample, of);
      if (low <= members && members <= high) covered += 1;
    }
    expect(covered / worlds).toBeGreaterThanOrEqual(0.92);
    expect(covered / worlds).toBeLessThanOrEqual(0.98);
  });
});

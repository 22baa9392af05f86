import { empathyGaps } from './empathy-gap';
import { empathyReport, type EmpathyRatings } from './empathy-report';
import { scoreEmpathyScale } from './empathy-scale';
import { poolRatings, shrinkMeans, type RatingSums } from './partial-pooling';
import { settings } from './test-engagements';

/** Mulberry32: the same worlds at every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
const normal = (roll: () => number): number => Math.sqrt(-2 * Math.log(1 - roll())) * Math.cos(2 * Math.PI * roll());

const sumsOf = (key: string, values: readonly number[]): EmpathyRatings => ({
  key,
  n: values.length,
  sum: values.reduce((sum, value) => sum + value, 0),
  sumOfSquares: values.reduce((sum, value) => sum + value * value, 0),
  counts: [1, 2, 3, 4, 5].map((rating) => values.filter((value) => Math.round(value) === rating).length) as unknown as EmpathyRatings['counts'],
});

describe('partial pooling', () => {
  // Batting averages of 18 players after 45 times at bat in 1970: Efron and Morris, JASA 70 (1975), table 1.
  const averages = [0.4, 0.378, 0.356, 0.333, 0.311, 0.311, 0.289, 0.267, 0.244, 0.244, 0.222, 0.222, 0.222, 0.222, 0.222, 0.2, 0.178, 0.156];
  const restOfSeason = [0.346, 0.298, 0.276, 0.222, 0.273, 0.27, 0.263, 0.21, 0.269, 0.23, 0.264, 0.256, 0.303, 0.264, 0.226, 0.285, 0.316, 0.2];

  it('gives the baseball estimates of Efron and Morris (Scientific American 236, May 1977): shrinking constant 0.212, Clemente 0.294', () => {
    const grand = averages.reduce((sum, value) => sum + value, 0) / 18;
    const variance = (grand * (1 - grand)) / 45;
    const estimates = shrinkMeans(averages.map((mean, index) => ({ key: String(index), mean, variance })));
    for (const { shrinkage } of estimates) expect(1 - shrinkage).toBeCloseTo(0.212, 2);
    expect(estimates[0]!.mean).toBeCloseTo(0.294, 3);
    const lossOf = (guesses: readonly number[]): number => guesses.reduce((sum, guess, index) => sum + (guess - restOfSeason[index]!) ** 2, 0);
    // "the total squared error … .077 against .022": three and a half times better than each player's own average.
    expect(lossOf(averages)).toBeCloseTo(0.077, 2);
    expect(lossOf(estimates.map(({ mean }) => mean))).toBeCloseTo(0.022, 2);
  });

  it('gives the transformed estimates of Efron and Morris (JASA 70, 1975, section 2): 1 − 15/S = 0.209 of each player’s own', () => {
    // y = √45 · arcsin(2p − 1) has variance 1; the paper finds S = 18.96.
    const transformed = averages.map((p) => Math.sqrt(45) * Math.asin(2 * p - 1));
    const mean = transformed.reduce((sum, y) => sum + y, 0) / 18;
    expect(transformed.reduce((sum, y) => sum + (y - mean) ** 2, 0)).toBeCloseTo(18.96, 1);
    for (const { shrinkage } of shrinkMeans(transformed.map((y, index) => ({ key: String(index), mean: y, variance: 1 }))))
      expect(1 - shrinkage).toBeCloseTo(0.209, 2);
  });

  it('draws a group with few answers further towards the mean than one with many', () => {
    const groups = [5, 10, 20, 40, 80].map((n, index) =>
      sumsOf(
        `g${index}`,
        Array.from({ length: n }, (_, i) => 1 + ((index + (i % (2 + (index % 2)))) % 5)),
      ),
    );
    const pooled = poolRatings(groups, [1, 5]);
    for (let index = 1; index < pooled.length; index += 1) expect(pooled[index]!.shrinkage).toBeLessThan(pooled[index - 1]!.shrinkage);
  });

  it('pools nothing with three groups, and has no interval where nothing says how ratings differ', () => {
    const three = poolRatings([sumsOf('a', [5, 4, 5]), sumsOf('b', [1, 2]), sumsOf('c', [3])], [1, 5]);
    expect(three.map(({ mean, own, shrinkage }) => [mean === own, shrinkage])).toEqual([
      [true, 0],
      [true, 0],
      [true, 0],
    ]);
    expect(poolRatings([sumsOf('a', [5]), sumsOf('b', [])], [1, 5])).toEqual([{ key: 'a', n: 1, own: 5, mean: 5, shrinkage: 0, interval: null }]);
  });

  /** 400 small worlds of 8 to 23 agents with 5 to 54 ratings each, whose impressions differ by `differ`. Half of the ratings or more are the maximum, as in practice. */
  function tryWorlds(differ: number): { covered: number; width: number } {
    const roll = dice(1975);
    let [covered, intervals, width] = [0, 0, 0];
    for (let world = 0; world < 400; world += 1) {
      const truths: number[] = [];
      const groups = Array.from({ length: 8 + Math.floor(roll() * 16) }, (_, index) => {
        const impression = 4.4 + differ * normal(roll);
        const above = [1.5, 2.5, 3.5, 4.5].map((cut) => 1 / (1 + Math.exp((cut - impression) / 0.55)));
        truths.push(1 + above.reduce((sum, share) => sum + share, 0));
        const values = Array.from({ length: 5 + Math.floor(roll() * 50) }, () => {
          const at = roll();
          return 1 + above.filter((share) => at < share).length;
        });
        return sumsOf(String(index), values);
      });
      for (const [index, { interval }] of poolRatings(groups, [1, 5]).entries()) {
        intervals += 1;
        width += interval![1] - interval![0];
        if (truths[index]! >= interval![0] && truths[index]! <= interval![1]) covered += 1;
      }
    }
    return { covered: covered / intervals, width: width / intervals };
  }

  it.each([
    { differ: 0.25, width: 0.55 },
    { differ: 0.8, width: 0.63 },
  ])('covers the true mean rating in 92 to 98 of 100 intervals where agents differ by $differ, at a mean width under $width points', ({ differ, width }) => {
    const found = tryWorlds(differ);
    expect(found.covered).toBeGreaterThanOrEqual(0.92);
    expect(found.covered).toBeLessThanOrEqual(0.98);
    expect(found.width).toBeLessThan(width);
  });

  it('lets at most 7 of 100 intervals exclude the mean of all where nobody differs, at a mean width under 0.4 points', () => {
    const found = tryWorlds(0);
    expect(found.covered).toBeGreaterThanOrEqual(0.93);
    expect(found.width).toBeLessThan(0.4);
  });
});

describe('the empathy report', () => {
  const values = (rating: number, n: number): number[] => Array.from({ length: n }, (_, index) => (index % 4 === 0 ? 5 : rating));

  it('says unknown, hides few, shows early values, and puts agents in an order only from fifty answers on', () => {
    const lines = empathyReport(
      [sumsOf('none', []), sumsOf('four', values(4, 4)), sumsOf('five', values(4, 5)), sumsOf('fifty', values(3, 50)), sumsOf('many', values(5, 80))],
      settings.shown,
    );
    expect(lines.map(({ key, n, state }) => [key, n, state])).toEqual([
      ['none', 0, 'unknown'],
      ['four', 4, 'hidden'],
      ['five', 5, 'early'],
      ['fifty', 50, 'steady'],
      ['many', 80, 'steady'],
    ]);
    for (const { state, mean, interval, topBox, counts } of lines) {
      const isShown = state === 'early' || state === 'steady';
      for (const value of [mean, interval, topBox, counts]) expect(value !== null).toBe(isShown);
    }
    expect(lines[4]).toMatchObject({ topBox: 1, counts: [0, 0, 0, 0, 80] });
  });
});

describe('the empathy gap', () => {
  const scattered = (mean: number, n: number): number[] =>
    Array.from({ length: n }, (_, index) => Math.min(5, Math.max(1, Math.round(mean + ((index % 3) - 1)))));

  it('finds the agent whose scripted apologies please the reviewers and not the customers', () => {
    const gaps = empathyGaps(
      [sumsOf('scripted', scattered(5, 20)), sumsOf('warm', scattered(4, 20))],
      [sumsOf('scripted', scattered(2, 40)), sumsOf('warm', scattered(4, 40))],
      5,
    );
    expect(gaps[0]).toMatchObject({ key: 'scripted', state: 'shown' });
    expect(gaps[0]!.interval![0]).toBeGreaterThan(1.5);
    expect(gaps[1]!.interval![0]).toBeLessThan(0);
    expect(gaps[1]!.interval![1]).toBeGreaterThan(0);
  });

  it('is unknown without a customer’s word, and not shown for few', () => {
    const reviewed = [sumsOf('silent', scattered(4, 20)), sumsOf('new', scattered(4, 20))];
    expect(empathyGaps(reviewed, [sumsOf('new', [4, 4])], 5).map(({ state, gap, interval }) => [state, gap, interval])).toEqual([
      ['unknown', null, null],
      ['tooFew', null, null],
    ]);
  });

  /**
   * 400 small worlds of 4 to 11 agents, each with 5 to 20 reviews and 5 to 54 customers' ratings, both crowded at the top. Reviewers feel every agent better than customers do
   * by `scripted` on the scale before it is cut into five marks; agents differ on both sides.
   */
  function tryGaps(scripted: number): { covered: number; excludeZero: number; width: number; gap: number } {
    const roll = dice(2005);
    let [covered, excludeZero, shown, width, gap] = [0, 0, 0, 0, 0];
    const truthOf = (impression: number): number => 1 + [1.5, 2.5, 3.5, 4.5].reduce((sum, cut) => sum + 1 / (1 + Math.exp((cut - impression) / 0.55)), 0);
    const rate = (impression: number, n: number): number[] =>
      Array.from({ length: n }, () => {
        const at = roll();
        return 1 + [1.5, 2.5, 3.5, 4.5].filter((cut) => at < 1 / (1 + Math.exp((cut - impression) / 0.55))).length;
      });
    for (let world = 0; world < 400; world += 1) {
      const agents = Array.from({ length: 4 + Math.floor(roll() * 8) }, (_, index) => {
        const felt = 4.2 + 0.4 * normal(roll);
        return { key: String(index), felt, seen: felt + scripted };
      });
      const gaps = empathyGaps(
        agents.map(({ key, seen }) => sumsOf(key, rate(seen, 5 + Math.floor(roll() * 16)))),
        agents.map(({ key, felt }) => sumsOf(key, rate(felt, 5 + Math.floor(roll() * 50)))),
        5,
      );
      for (const [index, { interval }] of gaps.entries()) {
        const truth = truthOf(agents[index]!.seen) - truthOf(agents[index]!.felt);
        const [low, high] = interval!;
        shown += 1;
        gap += truth;
        width += high - low;
        if (low <= truth && truth <= high) covered += 1;
        if (low > 0 || high < 0) excludeZero += 1;
      }
    }
    return { covered: covered / shown, excludeZero: excludeZero / shown, width: width / shown, gap: gap / shown };
  }

  it.each([{ scripted: 0.5 }, { scripted: 1.2 }])(
    'covers the true gap in 92 to 98 of 100 intervals where reviewers see $scripted more than customers feel',
    ({ scripted }) => {
      const found = tryGaps(scripted);
      expect(found.covered).toBeGreaterThanOrEqual(0.92);
      expect(found.covered).toBeLessThanOrEqual(0.98);
      expect(found.width).toBeLessThan(1.5);
    },
  );

  it('lets at most 7 of 100 intervals exclude zero where reviewers see what customers feel', () => {
    const found = tryGaps(0);
    expect(found.excludeZero).toBeLessThanOrEqual(0.07);
  });

  it('is not certain of a gap because five reviewers and six customers all gave the most', () => {
    const [gap] = empathyGaps([sumsOf('top', [5, 5, 5, 5, 5])], [sumsOf('top', [5, 5, 5, 5, 5, 5])], 5);
    expect(gap).toMatchObject({ state: 'shown', gap: 0 });
    expect(gap!.interval![1] - gap!.interval![0]).toBeGreaterThan(0.5);
  });

  it('has the interval of R’s t.test(extra ~ group, data = sleep), Student’s data of 1908: −3.3655 to 0.2055 with 17.776 degrees of freedom', () => {
    const plain = (key: string, values: readonly number[]): RatingSums => ({
      key,
      n: values.length,
      sum: values.reduce((sum, value) => sum + value, 0),
      sumOfSquares: values.reduce((sum, value) => sum + value ** 2, 0),
    });
    const first = plain('drug', [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2]);
    const second = plain('drug', [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]);
    const [gap] = empathyGaps([first], [second], 5);
    expect(gap!.gap).toBeCloseTo(-1.58, 6);
    expect(gap!.interval![0]).toBeCloseTo(-3.3654832, 4);
    expect(gap!.interval![1]).toBeCloseTo(0.2054832, 4);
  });
});

describe('the ten-item form', () => {
  it('sums to 10–50 and replaces up to two missing items by the respondent’s mean', () => {
    expect(scoreEmpathyScale([1, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toEqual({ sum: 10, mean: 1, answered: 10 });
    expect(scoreEmpathyScale([5, 5, 5, 5, 5, 5, 5, 5, null, null])).toEqual({ sum: 50, mean: 5, answered: 8 });
    expect(scoreEmpathyScale([4, 4, 4, 4, 4, 4, 4, 4, 4, null])).toEqual({ sum: 40, mean: 4, answered: 9 });
    expect(scoreEmpathyScale([5, 5, 5, 5, 5, 5, 5, null, null, null])).toBeNull();
  });

  it('refuses what is no answer to it', () => {
    expect(() => scoreEmpathyScale([5])).toThrow(/10 items/);
    expect(() => scoreEmpathyScale([6, 1, 1, 1, 1, 1, 1, 1, 1, 1])).toThrow(/whole number/);
  });
});

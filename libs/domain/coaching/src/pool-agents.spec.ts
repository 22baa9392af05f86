import { poolAgents } from './pool-agents';
import { tallyOf } from './tally';

/** Hits in the first 45 times at bat of 18 players, 1970: Efron and Morris 1975, Table 1. */
const hits = [18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7];

it('draws Clemente’s .400 to .294 and Alvis’s .156 to .242, as Efron and Morris print them', () => {
  const agents = hits.map((count, index) => ({ agent: `p${index}`, tally: { n: 45, sum: count, squares: count } }));
  const mean = hits.reduce((a, b) => a + b, 0) / (45 * 18);
  const pooled = poolAgents(agents, mean * (1 - mean));
  expect(pooled.map((one) => Number(one.pooled.toFixed(3)))).toEqual([
    0.294, 0.289, 0.285, 0.28, 0.275, 0.275, 0.27, 0.266, 0.261, 0.261, 0.256, 0.256, 0.256, 0.256, 0.256, 0.252, 0.247, 0.242,
  ]);
});

it('draws who has few contacts more than who has many, and asks of who has none what it knows of all', () => {
  const tally = (n: number, mean: number) => ({ n, sum: n * mean, squares: n * (mean * mean + 400) });
  const pooled = poolAgents([
    { agent: 'many', tally: tally(400, 40) },
    { agent: 'few', tally: tally(8, 40) },
    { agent: 'a', tally: tally(200, 60) },
    { agent: 'b', tally: tally(200, 66) },
    { agent: 'c', tally: tally(200, 71) },
    { agent: 'none', tally: tallyOf([]) },
  ]);
  const of = (name: string) => pooled.find(({ agent }) => agent === name)!;
  expect(of('many').pooled).toBeLessThan(of('few').pooled);
  expect(of('many').shrinkage).toBeLessThan(0.1);
  expect(of('few').error).toBeGreaterThan(of('many').error!);
  expect(of('none')).toMatchObject({ own: null, shrinkage: 1 });
});

it('says the same of all where nothing but chance tells agents apart', () => {
  const pooled = poolAgents(['a', 'b', 'c', 'd', 'e', 'f'].map((agent, index) => ({ agent, tally: tallyOf([50 + index * 0.1, 0, 100, 25, 75]) })));
  for (const one of pooled) expect(Math.abs(one.pooled - 50)).toBeLessThan(0.2);
});

it('does not guess how agents differ from three of them', () => {
  const pooled = poolAgents(['a', 'b', 'c'].map((agent, index) => ({ agent, tally: tallyOf([10 * index, 10 * index + 2]) })));
  for (const one of pooled) expect(one.pooled).toBeCloseTo(11, 10);
});

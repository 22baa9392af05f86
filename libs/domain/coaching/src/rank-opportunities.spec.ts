import { rankOpportunities, type AgentTallies } from './rank-opportunities';
import { remeasureAt } from './remeasure-date';
import { tallyOf } from './tally';

const spreadOver = (mean: number, n: number): number[] => Array.from({ length: n }, (_, index) => mean + (index % 2 === 0 ? 20 : -20));
const row = (agent: string, mean: number, n: number, metric: AgentTallies['metric'] = 'empathy'): AgentTallies => ({
  agent,
  metric,
  tally: tallyOf(spreadOver(mean, n)),
});
const team = [row('ann', 70, 100), row('bea', 72, 100), row('cat', 74, 100), row('dot', 76, 100), row('eve', 78, 100)];

it('ranks a clear gap over many contacts before a wide one over three', () => {
  const ranked = rankOpportunities([...team, row('low', 50, 100), row('unlucky', 20, 4)]);
  expect(ranked[0]).toMatchObject({ agent: 'low', clear: true, hollow: false });
  expect(ranked.at(-1)).toMatchObject({ agent: 'unlucky', hollow: true });
  expect(ranked.find(({ agent }) => agent === 'unlucky')!.pooled).toBeGreaterThan(25);
});

it('looks upwards where lower is better, and gives nobody ahead of the middle a gap', () => {
  const repeats = ['ann', 'bea', 'cat', 'dot', 'eve'].map((agent, index) => ({
    agent,
    metric: 'contact.repeat' as const,
    tally: tallyOf(Array.from({ length: 100 }, (_, n) => (n < 10 + index * 12 ? 100 : 0))),
  }));
  const ranked = rankOpportunities(repeats);
  expect(ranked[0]).toMatchObject({ agent: 'eve', clear: true });
  expect(ranked.find(({ agent }) => agent === 'ann')).toMatchObject({ gap: 0, weight: 0 });
});

it('leaves out who was never rated: that is unknown, not zero', () => {
  expect(rankOpportunities([...team, { agent: 'new', metric: 'empathy', tally: tallyOf([]) }]).map(({ agent }) => agent)).not.toContain('new');
});

it('the day of re-measuring is the day on which the slowest has enough, today when all have, and none within a year is none', () => {
  const day = 86_400_000;
  const rate = { contacts: 14, days: 28 };
  expect(remeasureAt([{ have: 20, rate }], 0)).toBe(10 * day);
  expect(remeasureAt([{ have: 30, rate }], 5 * day)).toBe(5 * day);
  expect(remeasureAt([{ have: 0, rate: { contacts: 1, days: 60 } }], 0)).toBeNull();
  expect(remeasureAt([{ have: 0, rate: { contacts: 0, days: 60 } }], 0)).toBeNull();
});

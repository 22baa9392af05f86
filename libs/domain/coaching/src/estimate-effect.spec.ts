import { difference } from './change-table';
import { estimateEffect, type AgentPeriods, type EffectQuestion, type MeasuredEffect } from './estimate-effect';
import { regressMeans } from './regress-means';
import { tallyOf, type Tally } from './tally';

const day = 86_400_000;
const now = Date.UTC(2026, 4, 1);
/** n contacts with this mean and a standard deviation of about one. */
const around = (mean: number, n = 30): Tally => ({ n, sum: n * mean, squares: n * (mean * mean + 1) });
const ask = (question: Partial<EffectQuestion> & Pick<EffectQuestion, 'coached' | 'controls'>): EffectQuestion => ({
  comparison: 'waitingList',
  better: 'higher',
  pickedBecauseLow: false,
  everybody: [...question.coached, ...question.controls],
  rates: new Map(),
  now,
  ...question,
});
const agents = (prefix: string, changes: readonly number[]): AgentPeriods[] =>
  changes.map((change, index) => ({ agent: `${prefix}${index}`, before: around(0), after: around(change) }));

it('prints the margins of Card and Krueger’s Table 3 (1994): −2.89 before, −0.14 after, 2.76 more in New Jersey', () => {
  const round = ({ mean, error }: { mean: number; error: number }) => [Number(mean.toFixed(2)), Number(error.toFixed(2))];
  expect(round(difference({ mean: 20.44, error: 0.51 }, { mean: 23.33, error: 1.35 }))).toEqual([-2.89, 1.44]);
  expect(round(difference({ mean: 21.03, error: 0.52 }, { mean: 21.17, error: 0.94 }))).toEqual([-0.14, 1.07]);
  const more = difference({ mean: 0.59, error: 0.54 }, { mean: -2.16, error: 1.25 });
  expect(round(more)).toEqual([2.75, 1.36]); // printed 2.76: they subtract before they round
});

it('is the t test of R’s help page on Student’s sleep data where every agent has the same number of contacts: −1.58, −3.363874 to 0.203874, 18 degrees of freedom', () => {
  const first = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
  const second = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
  const measured = estimateEffect(ask({ coached: agents('a', first), controls: agents('b', second) })) as MeasuredEffect;
  expect(measured.freedom).toBe(18);
  expect(measured.effect).toBeCloseTo(-1.58, 10);
  expect(measured.low).toBeCloseTo(-3.363874, 5);
  expect(measured.high).toBeCloseTo(0.203874, 5);
  expect(measured.effect / measured.error).toBeCloseTo(-1.8608, 4);
  expect(measured.verdict).toBe('noClearEffect');
});

it('fits the line of R’s cars, stopping distance by speed: −17.5791 and 3.9324, errors 6.7584 and 0.4155, 48 degrees of freedom', () => {
  const speed = [
    4, 4, 7, 7, 8, 9, 10, 10, 10, 11, 11, 12, 12, 12, 12, 13, 13, 13, 13, 14, 14, 14, 14, 15, 15, 15, 16, 16, 17, 17, 17, 18, 18, 18, 18, 19, 19, 19, 20, 20,
    20, 20, 20, 22, 23, 24, 24, 24, 24, 25,
  ];
  const stop = [
    2, 10, 4, 22, 16, 10, 18, 26, 34, 17, 28, 14, 20, 24, 28, 26, 34, 34, 46, 26, 36, 60, 80, 20, 26, 54, 32, 40, 32, 40, 50, 42, 56, 76, 84, 36, 46, 68, 32,
    48, 52, 56, 64, 66, 54, 70, 92, 93, 120, 85,
  ];
  const fitted = regressMeans(stop.map((y, index) => ({ y, v: 1, x: [1, speed[index]!] })))!;
  expect(fitted.coefficients.map((value) => Number(value.toFixed(4)))).toEqual([-17.5791, 3.9324]);
  expect(fitted.errors.map((value) => Number(value.toFixed(4)))).toEqual([6.7584, 0.4155]);
  expect(fitted.freedom).toBe(48);
});

it('weighs agents by what their contacts can tell: one with ten times the contacts counts more', () => {
  const controls = agents('b', [0, 0, 0, 0]);
  const heavy = [
    { agent: 'x', before: around(0, 300), after: around(4, 300) },
    { agent: 'y', before: around(0, 30), after: around(0, 30) },
  ];
  const measured = estimateEffect(ask({ coached: heavy, controls })) as MeasuredEffect;
  expect(measured.effect).toBeGreaterThan(2);
});

it('measures a single coached agent against the others, and says that the interval is wide', () => {
  const measured = estimateEffect(ask({ coached: agents('a', [6]), controls: agents('b', [0, 1, -1, 0.5, -0.5]) })) as MeasuredEffect;
  expect(measured).toMatchObject({ kind: 'measured', freedom: 4, verdict: 'worked', warnings: ['fewAgents'] });
  // Closed form: s·√(1 + 1/5) with s² = 2.5/4.
  expect(measured.error).toBeCloseTo(Math.sqrt((2.5 / 4) * 1.2), 8);
});

it('calls a fall good where lower is better', () => {
  const question = ask({ coached: agents('a', [-5, -6, -5.5]), controls: agents('b', [0, 0.4, -0.3, 0.1]) });
  expect(estimateEffect({ ...question, better: 'lower' })).toMatchObject({ verdict: 'worked' });
  expect(estimateEffect(question)).toMatchObject({ verdict: 'worse' });
});

it('says when to re-measure while there are too few contacts, by the agent whom fewest talk to', () => {
  const coached = [
    { agent: 'quick', before: around(50), after: around(55, 24) },
    { agent: 'slow', before: around(50), after: around(55, 5) },
  ];
  const rates = new Map([
    ['quick', { contacts: 24, days: 6 }],
    ['slow', { contacts: 5, days: 10 }],
  ]);
  expect(estimateEffect(ask({ coached, controls: agents('b', [0, 0, 0]), rates }))).toEqual({
    kind: 'tooFew',
    why: 'contactsAfter',
    remeasureAt: now + 40 * day,
    fewest: 5,
    least: 25,
    coachedAgents: 2,
    controlAgents: 3,
  });
});

it('sets no day that would never come, and does not compare without three others', () => {
  const idle = [{ agent: 'idle', before: around(50), after: tallyOf([]) }];
  expect(estimateEffect(ask({ coached: idle, controls: agents('b', [0, 0, 0]) }))).toMatchObject({ kind: 'tooFew', why: 'contactsAfter', remeasureAt: null });
  expect(estimateEffect(ask({ coached: agents('a', [3]), controls: agents('b', [0, 1]) }))).toMatchObject({ kind: 'tooFew', why: 'controls' });
  expect(estimateEffect(ask({ coached: [{ agent: 'new', before: around(5, 3), after: around(5) }], controls: agents('b', [0, 1, 2]) }))).toMatchObject({
    why: 'contactsBefore',
  });
});

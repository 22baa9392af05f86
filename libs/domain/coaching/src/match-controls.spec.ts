import fc from 'fast-check';
import { drawWaitingList } from './draw-waiting-list';
import { matchControls, type BeforeCoaching } from './match-controls';

const agent = (name: string, mean: number, trend: number | null = 0): BeforeCoaching => ({ agent: name, mean, trend });

it('finds the nearest by mean and trend', () => {
  const others = [agent('level', 50, 0), agent('rising', 50, 8), agent('far', 80, 0), agent('near', 52, 0)];
  expect(matchControls([agent('coached', 50, 0)], others, 2)).toMatchObject([{ agent: 'coached', controls: ['level', 'near'] }]);
  expect(matchControls([agent('coached', 50, 8)], others, 1)[0]!.controls).toEqual(['rising']);
});

it('gives no other agent away twice, and everybody a match while there are some', () => {
  const [a, b] = matchControls([agent('a', 50), agent('b', 50)], [agent('x', 50), agent('y', 51), agent('z', 90)], 2);
  const used = [...a!.controls, ...b!.controls];
  expect(new Set(used).size).toBe(used.length);
  expect(a!.controls.length).toBeGreaterThan(0);
  expect(b!.controls.length).toBeGreaterThan(0);
});

it('gives the same matches whatever order the agents come in', () => {
  const mean = fc.integer({ min: 30, max: 40 });
  const people = (prefix: string, max: number) =>
    fc
      .array(fc.tuple(mean, fc.option(fc.integer({ min: -2, max: 2 }))), { minLength: 1, maxLength: max })
      .map((all) => all.map(([m, t], index) => agent(`${prefix}${index}`, m, t)));
  fc.assert(
    fc.property(people('c', 5), people('o', 20), fc.integer({ min: 1, max: 4 }), (coached, others, perAgent) => {
      const sorted = (all: readonly { agent: string }[]) => [...all].sort((a, b) => (a.agent < b.agent ? -1 : 1));
      expect(sorted(matchControls([...coached].reverse(), [...others].reverse(), perAgent))).toEqual(sorted(matchControls(coached, others, perAgent)));
    }),
    { numRuns: 500 },
  );
});

it('draws the waiting list by a lot that anybody can repeat and that no order of names changes', () => {
  const draw = '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c13';
  const names = ['ava', 'bo', 'cy', 'di', 'ed', 'fay'];
  const drawn = drawWaitingList(names, 3, draw);
  expect(drawWaitingList([...names].reverse(), 3, draw)).toEqual(drawn);
  expect([...drawn.coached, ...drawn.waiting].sort()).toEqual(names);
  const oftenFirst = names.map(
    (name) =>
      Array.from({ length: 600 }, (_, n) => drawWaitingList(names, 3, `0197a3c2-5a10-7cc4-8a50-${String(n).padStart(12, '0')}`)).filter(({ coached }) =>
        coached.includes(name),
      ).length,
  );
  for (const count of oftenFirst) expect(count / 600).toBeCloseTo(0.5, 1);
});

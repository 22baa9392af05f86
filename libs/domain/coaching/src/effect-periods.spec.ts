import { effectPeriods } from './effect-periods';

const day = 86_400_000;
const start = Date.UTC(2026, 3, 16);

it('looks at everybody in the same windows: before the first began, after the last, and no further than the day set beforehand', () => {
  const plans = [
    { startedAt: start, remeasureAt: start + 40 * day },
    { startedAt: start + 4 * day, remeasureAt: start + 42 * day },
  ];
  expect(effectPeriods(plans, start + 300 * day, 0)).toEqual({
    before: { from: start - 42 * day, to: start },
    early: { from: start - 42 * day, to: start - 21 * day },
    late: { from: start - 21 * day, to: start },
    after: { from: start + 7 * day, to: start + 42 * day },
  });
});

it('stops where values are not known yet, and is empty rather than turned round on the first day', () => {
  const plans = [{ startedAt: start, remeasureAt: start + 40 * day }];
  expect(effectPeriods(plans, start + 30 * day, 7).after).toEqual({ from: start + 3 * day, to: start + 23 * day });
  const { after } = effectPeriods(plans, start + day, 0);
  expect(after.to).toBe(after.from);
});

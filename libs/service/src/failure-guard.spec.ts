import { isTransient } from '@throughline/database';
import { FailureGuard, Readiness } from './index';

it('lets rare poison pass, and stops when too much fails, until it goes well again', async () => {
  const readiness = new Readiness();
  const guard = new FailureGuard(readiness);
  guard.check(1, 1);
  for (let batch = 0; batch < 20; batch += 1) guard.check(100, 4);
  expect(await readiness.reasons()).toEqual([]);
  let thrown: unknown;
  for (let batch = 0; batch < 20 && thrown === undefined; batch += 1) {
    try {
      guard.check(100, 50);
    } catch (error) {
      thrown = error;
    }
  }
  expect(isTransient(thrown)).toBe(true);
  expect(await readiness.reasons()).toEqual(['more than 5 % of the latest work fails']);
  guard.check(100, 0);
  expect(await readiness.reasons()).toEqual([]);
});

import { defaultHierarchySettings as settings } from '@throughline/contracts';
import { Coverage, hierarchyRules } from '../worlds/coverage';
import { hierarchyWorld } from '../worlds/world';
import { oracleHierarchy } from './oracle-hierarchy';

const runs = Number(process.env.RUNS ?? 500);
const coverage = new Coverage();

describe('hierarchy, rule against oracle', () => {
  it('builds the numbered worlds as the text says', () => {
    for (let seed = 1; seed <= 2 * runs; seed += 1) {
      const world = hierarchyWorld(seed);
      const owned = world.events.map((event) => ({ event, decidedBy: world.decidedBy.get(event.id) ?? null }));
      oracleHierarchy('c', owned, world.corrections, settings, world.asOf, coverage.note);
    }
  });

  it('met every rule it knows', () => {
    console.log(coverage.report(hierarchyRules));
    expect(coverage.missing(hierarchyRules)).toEqual([]);
  });
});

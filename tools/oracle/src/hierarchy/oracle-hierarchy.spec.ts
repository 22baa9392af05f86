import fc from 'fast-check';
import { defaultHierarchySettings as settings, type CanonicalHierarchy } from '@throughline/contracts';
import { buildJourney, toCanonical } from '@throughline/domain-hierarchy';
import { noNote, type Note } from '../flood';
import { Coverage, hierarchyRules } from '../worlds/coverage';
import { hierarchyWorld } from '../worlds/world';
import { same } from '../worlds/same';
import { WorldArbitrary } from '../worlds/world-arbitrary';
import { oracleHierarchy } from './oracle-hierarchy';

const runs = Number(process.env.RUNS ?? 500);
const coverage = new Coverage();
type World = ReturnType<typeof hierarchyWorld>;

const ownedBy = (world: World) => world.events.map((event) => ({ event, decidedBy: world.decidedBy.get(event.id) ?? null }));
const ofOracle = (world: World, note: Note = noNote): CanonicalHierarchy => oracleHierarchy('c', ownedBy(world), world.corrections, settings, world.asOf, note);
const ofRule = (world: World): CanonicalHierarchy =>
  toCanonical(buildJourney({ customerId: 'c', events: ownedBy(world), corrections: world.corrections, settings }), settings, world.asOf);

describe('hierarchy, rule against oracle', () => {
  it('builds the numbered worlds as the text says', () => {
    for (let seed = 1; seed <= 2 * runs; seed += 1) {
      const world = hierarchyWorld(seed);
      same({ seed, ...ofRule(world) }, { seed, ...ofOracle(world, coverage.note) });
    }
  });

  it('builds random worlds as the text says', () => {
    fc.assert(
      fc.property(new WorldArbitrary(hierarchyWorld), (world) => {
        same(ofRule(world), ofOracle(world));
      }),
      { numRuns: runs },
    );
  });

  it('met every rule it knows', () => {
    console.log(coverage.report(hierarchyRules));
    expect(coverage.missing(hierarchyRules)).toEqual([]);
  });
});

import fc from 'fast-check';
import { defaultIdentitySettings as settings, type CanonicalEvent } from '@throughline/contracts';
import { resolveCustomers } from '@throughline/domain-identity';
import { Coverage, identityRules } from '../worlds/coverage';
import { Dice } from '../worlds/dice';
import { identityWorld, type World } from '../worlds/world';
import { same } from '../worlds/same';
import { WorldArbitrary } from '../worlds/world-arbitrary';
import { oracleIdentity, type Founding } from './oracle-identity';
import { oracleWorld } from './oracle-world';

const runs = Number(process.env.RUNS ?? 500);
const worlds = new WorldArbitrary(identityWorld);
const coverage = new Coverage();

/** Foundings as a history left them: each customer of the first events keeps the id it got then. */
function foundingsOf(world: World): Founding[] {
  const dice = new Dice(world.events.length);
  const early = world.events.slice(0, Math.floor(world.events.length / 2));
  const middle = world.events.slice(0, Math.floor((world.events.length * 3) / 4));
  const named = (founded: readonly Founding[]): Founding[] => founded.map((founding) => ({ ...founding, customerId: dice.uuid() }));
  const first = named(oracleIdentity(early, [], [], settings).founded);
  return [...first, ...named(oracleIdentity(middle, world.decisions, first, settings).founded)];
}

/** One plain form of both answers; what was founded anew is named by its sighting. */
function ofRule(events: readonly CanonicalEvent[], decisions: World['decisions'], foundings: readonly Founding[]) {
  let made = 0;
  const found = resolveCustomers({ events, decisions, foundings }, settings, () => `made ${(made += 1)}`);
  const names = new Map(found.newFoundings.map((founding) => [founding.customerId, `new ${founding.value} ${founding.eventId}`]));
  const name = (id: string): string => names.get(id) ?? id;
  return plain(
    [...found.owners].map(([id, owner]) => [
      id,
      { customerId: name(owner.customerId), rule: owner.rule, decidedBy: owner.decidedBy, confidence: owner.confidence },
    ]),
    [...found.nodes.values()].flatMap((node) => (node.customerId === null ? [] : [[node.node, name(node.customerId)]])),
    [...found.resolvesTo].map(([former, now]) => [name(former), name(now)]),
    [...found.nodes.values()].filter((node) => node.shared).map((node) => node.node),
  );
}

function ofOracle(found: Pick<ReturnType<typeof oracleIdentity>, 'owners' | 'customerOf' | 'resolves' | 'shared'>) {
  return plain([...found.owners], [...found.customerOf], [...found.resolves], [...found.shared]);
}

function plain(owners: unknown[][], customers: unknown[][], resolves: unknown[][], shared: unknown[]) {
  const sorted = (entries: unknown[][]): unknown => Object.fromEntries(entries.sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));
  return { owners: sorted(owners), customers: sorted(customers), resolves: sorted(resolves), shared: [...shared].sort() };
}

describe('identity, rule against oracle', () => {
  it('gives every event of the numbered worlds the owner that the text gives it', () => {
    for (let seed = 1; seed <= 2 * runs; seed += 1) {
      const world = identityWorld(seed);
      const foundings = foundingsOf(world);
      const oracle = oracleIdentity(world.events, world.decisions, foundings, settings, coverage.note);
      same({ seed, ...ofRule(world.events, world.decisions, foundings) }, { seed, ...ofOracle(oracle) });
    }
  });

  it('gives every event of random worlds the owner that the text gives it', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const foundings = foundingsOf(world);
        const oracle = oracleIdentity(world.events, world.decisions, foundings, settings, coverage.note);
        same(ofRule(world.events, world.decisions, foundings), ofOracle(oracle));
      }),
      { numRuns: runs },
    );
  });

  it('is the same by neighbourhoods as over the whole world at once', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const foundings = foundingsOf(world);
        same(
          ofOracle(oracleWorld(world.events, world.decisions, foundings, settings)),
          ofOracle(oracleIdentity(world.events, world.decisions, foundings, settings)),
        );
      }),
      { numRuns: runs / 5 },
    );
  });

  it('met every rule it knows', () => {
    console.log(coverage.report(identityRules));
    expect(coverage.missing(identityRules)).toEqual([]);
  });
});

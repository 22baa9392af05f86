import fc from 'fast-check';
import {
  defaultHierarchySettings,
  defaultIdentitySettings,
  type CanonicalEvent,
  type Correction,
  type Decision,
  type HierarchySettings,
} from '@throughline/contracts';
import { buildJourney, toCanonical } from '@throughline/domain-hierarchy';
import { RememberedWorld } from '@throughline/domain-identity';
import { oracleWorldOf } from '../cases/world-of';
import { Dice } from '../worlds/dice';
import { correctionOf, decisionOf, wholeWorld } from '../worlds/world';
import { MemoryPlatform, type BuildRule, type Crash, type IdentityStore } from './memory-platform';

const runs = Number(process.env.RUNS ?? 500);

/** The identity rule over its neighbourhoods, remembered as JSON. */
function identityStore(world: RememberedWorld, ids: Dice): IdentityStore {
  const touched = ({ owners }: ReturnType<RememberedWorld['accept']>): string[] =>
    owners.flatMap(({ owner, before }) => [owner.customerId, ...(before ? [before.customerId] : [])]);
  return {
    owners: () => world.owners,
    foundings: () => [...world.foundings.values()],
    accept: (events) => touched(world.accept(events)),
    decide: (decisions) => touched(world.decide(decisions)),
    copy() {
      const { settings, newCustomerId, ...facts } = world as unknown as Record<string, unknown>;
      const copy = Object.assign(Object.create(RememberedWorld.prototype) as RememberedWorld, { settings, newCustomerId, ...structuredClone(facts) });
      return identityStore(copy, ids);
    },
  };
}

const build: BuildRule = (customerId, events, corrections, settings) => {
  const journey = buildJourney({ customerId, events, corrections, settings });
  return (asOf) => toCanonical(journey, settings, asOf);
};

function platformOf(seed: number): MemoryPlatform {
  const ids = new Dice(seed);
  return new MemoryPlatform(identityStore(new RememberedWorld(defaultIdentitySettings, () => ids.uuid()), ids), build, defaultHierarchySettings);
}

const narrow: HierarchySettings = {
  ...defaultHierarchySettings,
  version: 2,
  interactionGapMs: { ...defaultHierarchySettings.interactionGapMs, standard: 60_000 },
  borrowMs: 3_600_000,
};

function sameAsOracle(platform: MemoryPlatform, asOf: number): void {
  const events = [...platform.raw.values()];
  const settings = { identity: defaultIdentitySettings, hierarchy: platform.settings };
  const oracle = oracleWorldOf({ events, decisions: platform.decisions, corrections: platform.corrections, foundings: platform.foundings() }, settings, asOf);
  expect(oracle.founded).toEqual([]);
  const sorted = (owners: ReadonlyMap<string, unknown>) => JSON.stringify([...owners].sort(([a], [b]) => (a < b ? -1 : 1)));
  if (sorted(platform.owners()) !== sorted(oracle.owners)) expect(new Map([...platform.owners()].sort())).toEqual(new Map([...oracle.owners].sort()));
  const stored = platform.hierarchies(asOf);
  if (JSON.stringify(stored) !== JSON.stringify(oracle.hierarchies)) expect(stored).toEqual(oracle.hierarchies);
}

interface Model {
  readonly waiting: CanonicalEvent[];
  readonly delivered: CanonicalEvent[];
  readonly dice: Dice;
}
type Step = fc.Command<Model, MemoryPlatform>;

const step = (name: string, run: (model: Model, platform: MemoryPlatform) => void): Step => ({ check: () => true, run, toString: () => name });
const some = (model: Model, count: number): CanonicalEvent[] => model.waiting.splice(0, count);

const steps = [
  fc.integer({ min: 1, max: 6 }).map((count) =>
    step(`deliver ${count}`, (model, platform) => {
      const batch = some(model, count);
      model.delivered.push(...batch);
      platform.deliver(batch);
    }),
  ),
  fc.constant(
    step('late', (model, platform) => {
      const late = model.waiting.pop();
      if (!late) return;
      model.delivered.push(late);
      platform.deliver([late]);
    }),
  ),
  fc.integer({ min: 0, max: 50 }).map((which) =>
    step(`redeliver ${which}`, (model, platform) => {
      if (model.delivered.length > 0) platform.redeliver([model.delivered[which % model.delivered.length]!.id]);
    }),
  ),
  fc.integer({ min: 0, max: 50 }).map((which) =>
    step(`send again, corrected ${which}`, (model, platform) => {
      const event = model.delivered[which % model.delivered.length];
      if (event)
        platform.deliver([
          {
            ...event,
            revision: (platform.raw.get(event.id)?.revision ?? 0) + 1,
            occurredAt: event.occurredAt + 60_000,
            endedAt: undefined,
            identifiers: event.identifiers.slice(1),
          } as CanonicalEvent,
        ]);
    }),
  ),
  fc
    .tuple(fc.nat(9), fc.constantFrom<Crash>('none', 'none', 'beforeCommit', 'afterCommit'))
    .map(([which, crash]) => step(`resolve ${which} ${crash}`, (_, platform) => platform.resolve(which, crash))),
  fc
    .tuple(fc.nat(9), fc.constantFrom<Crash>('none', 'none', 'beforeCommit', 'afterCommit'))
    .map(([which, crash]) => step(`rebuild ${which} ${crash}`, (_, platform) => platform.rebuild(which, crash))),
  fc.constantFrom('same', 'different', 'assign', 'household').map((kind) =>
    step(`decide ${kind}`, (model, platform) => {
      if (model.delivered.length === 0) return;
      let decision: Decision;
      do decision = decisionOf(model.dice, model.delivered);
      while (decision.kind !== kind);
      platform.decide([...platform.decisions, decision]);
    }),
  ),
  fc
    .nat(9)
    .map((which) =>
      step(`withdraw decision ${which}`, (_, platform) =>
        platform.decide(platform.decisions.filter((__, index) => index !== which % Math.max(1, platform.decisions.length))),
      ),
    ),
  fc.constant(
    step('correct', (model, platform) => {
      if (model.delivered.length === 0) return;
      const correction: Correction = correctionOf(model.dice, model.delivered);
      platform.correct([...platform.corrections, correction]);
    }),
  ),
  fc
    .nat(9)
    .map((which) =>
      step(`withdraw correction ${which}`, (_, platform) =>
        platform.correct(platform.corrections.filter((__, index) => index !== which % Math.max(1, platform.corrections.length))),
      ),
    ),
  fc.constantFrom(narrow, defaultHierarchySettings).map((settings) => step(`configure ${settings.version}`, (_, platform) => platform.configure(settings))),
];

describe('the platform as a model', () => {
  it('P5 ends equal to the oracle after any run of deliveries, crashes, links, corrections and settings', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 0x7fffffff }), fc.commands(steps, { maxCommands: 40 }), (seed, commands) => {
        const world = wholeWorld(seed);
        const platform = platformOf(seed);
        fc.modelRun(() => ({ model: { waiting: [...world.events], delivered: [], dice: new Dice(seed) }, real: platform }), commands);
        platform.drain();
        sameAsOracle(platform, world.asOf);
      }),
      { numRuns: Math.ceil(runs / 2) },
    );
  });
});

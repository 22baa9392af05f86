import fc from 'fast-check';
import {
  defaultHierarchySettings,
  defaultIdentitySettings,
  type CanonicalEvent,
  type CanonicalHierarchy,
  type CanonicalNode,
  type Decision,
} from '@throughline/contracts';
import { buildJourney, InMemoryJourney, toCanonical } from '@throughline/domain-hierarchy';
import { RememberedWorld, resolveCustomers } from '@throughline/domain-identity';
import { ownedEvents } from './cases/world-of';
import { oracleHierarchy } from './hierarchy/oracle-hierarchy';
import type { OwnedEvent } from './hierarchy/reading';
import { oracleIdentity, type Founding, type Owner } from './identity/oracle-identity';
import { contactKeysOf, keyOf, valuesOf } from './identity/values';
import { CustomerRow } from './model/two-workers';
import { Dice } from './worlds/dice';
import { decisionOf, hierarchyWorld, identityWorld, wholeWorld, type World } from './worlds/world';
import { WorldArbitrary } from './worlds/world-arbitrary';
import { same } from './worlds/same';

const runs = Number(process.env.RUNS ?? 500);
const check = (property: fc.IRawProperty<unknown, false>, share = 1): void =>
  fc.assert(property, { numRuns: Math.ceil(runs * share), ...(process.env.SEED ? { seed: Number(process.env.SEED) } : {}) });

const seeds = fc.integer({ min: 1, max: 0x7fffffff });
const people = new WorldArbitrary(identityWorld);
const journeys = new WorldArbitrary(hierarchyWorld);
const whole = new WorldArbitrary(wholeWorld);

type HierarchyWorld = ReturnType<typeof hierarchyWorld>;
const ownedBy = (world: HierarchyWorld): OwnedEvent[] => world.events.map((event) => ({ event, decidedBy: world.decidedBy.get(event.id) ?? null }));
const built = (owned: readonly OwnedEvent[], world: Pick<World, 'corrections' | 'asOf'>, customerId = 'c'): CanonicalHierarchy =>
  toCanonical(
    buildJourney({ customerId, events: owned, corrections: world.corrections, settings: defaultHierarchySettings }),
    defaultHierarchySettings,
    world.asOf,
  );

const byId = (owners: ReadonlyMap<string, Owner>): [string, Owner][] => [...owners].sort(([a], [b]) => (a < b ? -1 : 1));

/** A remembered world to which these batches came, and the answer of the oracle to all of it with the foundings this history left. */
function remembered(batches: readonly (readonly CanonicalEvent[])[], decisions: readonly Decision[], seed = 7): RememberedWorld {
  const ids = new Dice(seed);
  const world = new RememberedWorld(defaultIdentitySettings, () => ids.uuid());
  batches.forEach((batch, index) => {
    if (index === Math.floor(batches.length / 2)) world.decide(decisions);
    world.accept(batch);
  });
  world.decide(decisions);
  return world;
}

const foundingsOf = (world: RememberedWorld): Founding[] => [...world.foundings.values()];
function sameAsOracle(world: RememberedWorld, events: readonly CanonicalEvent[], decisions: readonly Decision[]): void {
  const oracle = oracleIdentity(events, decisions, foundingsOf(world), defaultIdentitySettings);
  same(oracle.founded, []);
  same(byId(world.owners), byId(oracle.owners));
}

/** Each customer named by its earliest event, so that worlds with other foundings compare. */
function renamed(owners: ReadonlyMap<string, Owner>): unknown {
  const names = new Map<string, string>();
  return byId(owners).map(([id, owner]) => {
    if (!names.has(owner.customerId)) names.set(owner.customerId, id);
    return [id, names.get(owner.customerId), owner.rule, owner.decidedBy];
  });
}

function chunksOf<Thing>(things: readonly Thing[], dice: Dice): Thing[][] {
  const chunks: Thing[][] = [];
  for (let from = 0; from < things.length;) {
    const size = dice.whole(1, 5);
    chunks.push(things.slice(from, from + size));
    from += size;
  }
  return chunks;
}

const fresh = (world: Pick<World, 'events' | 'decisions'>): ReadonlyMap<string, Owner> => {
  let count = 0;
  return resolveCustomers({ events: world.events, decisions: world.decisions, foundings: [] }, defaultIdentitySettings, () => `made ${(count += 1)}`).owners;
};

describe('P1 any permutation', () => {
  it('gives the same owners', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const shuffled = { events: new Dice(seed).shuffle(world.events), decisions: new Dice(seed).shuffle(world.decisions) };
        same(renamed(fresh(shuffled)), renamed(fresh(world)));
      }),
    ));
  it('gives the same hierarchy', () =>
    check(
      fc.property(journeys, seeds, (world, seed) => {
        const shuffled = new Dice(seed).shuffle(ownedBy(world));
        same(built(shuffled, { ...world, corrections: new Dice(seed).shuffle(world.corrections) }), built(ownedBy(world), world));
      }),
    ));
});

describe('P2 any duplication', () => {
  it('changes no owner', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const dice = new Dice(seed);
        const twice = dice.shuffle([...world.events, ...world.events.filter(() => dice.chance(0.5))]);
        sameAsOracle(remembered(chunksOf(twice, dice), world.decisions), world.events, world.decisions);
      }),
    ));
});

describe('P3 any chunking, P4 late insertion', () => {
  it('ends with the owners of one batch', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const dice = new Dice(seed);
        const chunked = remembered(chunksOf(dice.shuffle(world.events), dice), world.decisions);
        sameAsOracle(chunked, world.events, world.decisions);
        same(renamed(chunked.owners), renamed(fresh(world)));
      }),
    ));
  it('lets one event come last', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const late = new Dice(seed).pick(world.events);
        const others = world.events.filter((event) => event !== late);
        sameAsOracle(remembered([others, [late]], world.decisions), world.events, world.decisions);
      }),
    ));
});

describe('P6 links are commutative, associative and idempotent', () => {
  it('whatever their order, and however often one is said', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const dice = new Dice(seed);
        const said = Array.from({ length: 3 }, () => decisionOf(dice, world.events)).filter((decision) => decision.kind === 'same');
        const again = said.map((decision) => ({ ...decision, id: dice.uuid() }));
        const turned = said.map((decision) => (decision.kind === 'same' ? { ...decision, a: decision.b, b: decision.a } : decision));
        const once = renamed(fresh({ events: world.events, decisions: said }));
        same(renamed(fresh({ events: world.events, decisions: dice.shuffle([...said, ...again]) })), once);
        same(renamed(fresh({ events: world.events, decisions: turned })), once);
      }),
    ));
});

describe('P7 unlink(link(x)) = x', () => {
  it('after a decision is withdrawn', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const dice = new Dice(seed);
        const ids = new Dice(seed);
        const store = new RememberedWorld(defaultIdentitySettings, () => ids.uuid());
        store.accept(world.events);
        store.decide(world.decisions);
        const before = snapshot(store);
        store.decide([...world.decisions, decisionOf(dice, world.events)]);
        store.decide(world.decisions);
        sameAsOracle(store, world.events, world.decisions);
        sameAsBefore(store, before);
      }),
    ));
  it('after the record that linked is corrected', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const dice = new Dice(seed);
        const event = dice.pick(world.events);
        const linking = {
          ...event,
          revision: 1,
          identifiers: [...event.identifiers, ...dice.pick(world.events).identifiers, ...dice.pick(world.events).identifiers],
        };
        const store = remembered([world.events], world.decisions);
        const before = snapshot(store);
        store.accept([linking]);
        sameAsOracle(store, [...world.events, linking], world.decisions);
        store.accept([{ ...event, revision: 2 }]);
        sameAsOracle(store, [...world.events, { ...event, revision: 2 }], world.decisions);
        sameAsBefore(store, before);
      }),
    ));
});

const snapshot = (store: RememberedWorld) => ({ owners: new Map(store.owners), foundings: store.foundings.size });

/** The same rows, ids included; where the way there divided a customer, its pieces were founded anew, and one of these may be the elder: then the same but for names. */
function sameAsBefore(store: RememberedWorld, before: ReturnType<typeof snapshot>): void {
  if (store.foundings.size === before.foundings) same(byId(store.owners), byId(before.owners));
  else same(renamed(store.owners), renamed(before.owners));
}

describe('P8 bounded = full', () => {
  it('reads and writes only neighbourhoods and still equals the whole world', () =>
    check(
      fc.property(people, seeds, (world, seed) => {
        const store = remembered(chunksOf(world.events, new Dice(seed)), world.decisions);
        const full = resolveCustomers({ events: world.events, decisions: world.decisions, foundings: foundingsOf(store) }, defaultIdentitySettings, () => {
          throw new Error('the neighbourhood left a customer without a founding');
        });
        same(byId(store.owners), byId(full.owners));
      }),
    ));
});

/** One customer's stored rows, sealed as early as can be, to which events come one by one; some late, some withdrawn again. */
function journeyByUpdates(world: HierarchyWorld, dice: Dice, afterEach: (stored: InMemoryJourney, held: readonly OwnedEvent[]) => void): void {
  const policy = { now: Number.MAX_SAFE_INTEGER, tailReadings: dice.pick([0, 0, 2, 5]), slackMs: dice.pick([0, 1, 60_000, 3_600_000]) };
  const stored = new InMemoryJourney('c', defaultHierarchySettings, policy);
  const waiting = ownedBy(world).sort((a, b) => a.event.occurredAt - b.event.occurredAt);
  let held: OwnedEvent[] = [];
  const change = ({ event }: OwnedEvent, corrections = world.corrections): void =>
    stored.apply(
      { fromAt: event.occurredAt, toAt: event.occurredAt },
      held.filter((other) => other.event.occurredAt === event.occurredAt),
      corrections,
      () => held,
    );
  while (waiting.length > 0) {
    const [next] = waiting.splice(dice.chance(0.15) ? dice.whole(0, waiting.length - 1) : 0, 1);
    held = [...held, next!];
    change(next!);
    if (dice.chance(0.1)) {
      const withdrawn = dice.pick(held);
      held = held.filter((other) => other !== withdrawn);
      change(withdrawn);
      afterEach(stored, held);
      held = [...held, withdrawn];
      change(withdrawn);
    }
    afterEach(stored, held);
  }
}

describe('P8 append = repair = full', () => {
  let sealed = 0;
  it('builds the rows of all events from the head and what the new event names', () =>
    check(
      fc.property(journeys, seeds, (world, seed) => {
        const facts = new Dice(seed).chance(0.7) ? { ...world, corrections: [] } : world;
        journeyByUpdates(facts, new Dice(seed), (stored, held) => {
          same(toCanonical(stored.journey(), defaultHierarchySettings, facts.asOf), built(held, facts));
          if (stored.head !== null && (JSON.parse(stored.head) as { safeFrom: number }).safeFrom > 0) sealed += 1;
        });
      }),
      0.6,
    ));
  it('ends equal to the oracle', () =>
    check(
      fc.property(journeys, seeds, (world, seed) => {
        const facts = new Dice(seed).chance(0.7) ? { ...world, corrections: [] } : world;
        let last: InMemoryJourney | undefined;
        journeyByUpdates(facts, new Dice(seed), (stored) => (last = stored));
        same(
          toCanonical(last!.journey(), defaultHierarchySettings, facts.asOf),
          oracleHierarchy('c', ownedBy(facts), facts.corrections, defaultHierarchySettings, facts.asOf),
        );
      }),
      0.6,
    ));
  it('sealed pasts in doing so', () => expect(sealed).toBeGreaterThan(runs / 4));
});

describe('P9 locality', () => {
  it('gives no event of another neighbourhood another owner, and no third customer another row', () =>
    check(
      fc.property(whole, seeds, (world, seed) => {
        const late = new Dice(seed).pick(world.events);
        const others = world.events.filter((event) => event !== late);
        const store = remembered([others], world.decisions);
        const before = new Map(store.owners);
        const rows = hierarchiesOf(others, before, world);
        const outcome = store.accept([late]);
        const near = neighbours(late, world.events, world.decisions);
        for (const [id, owner] of before) if (!near.has(id)) same(store.owners.get(id), owner);
        const concerned = new Set(outcome.owners.flatMap(({ owner, before: former }) => [owner.customerId, ...(former ? [former.customerId] : [])]));
        const after = hierarchiesOf(world.events, store.owners, world);
        for (const [customerId, hierarchy] of rows) if (!concerned.has(customerId)) same(after.get(customerId), hierarchy);
      }),
      0.5,
    ));
});

function hierarchiesOf(events: readonly CanonicalEvent[], owners: ReadonlyMap<string, Owner>, world: World): Map<string, CanonicalHierarchy> {
  return new Map(ownedEvents(events, owners).map(([customerId, owned]) => [customerId, built(owned, world, customerId)]));
}

/** Events tied to one by equal values, sessions, links or decisions, directly or through each other. */
function neighbours(event: CanonicalEvent, events: readonly CanonicalEvent[], decisions: readonly Decision[]): Set<string> {
  const settings = defaultIdentitySettings;
  const keysOf = (each: CanonicalEvent): string[] => [...valuesOf(each, settings).map(({ key }) => key), ...contactKeysOf(each)];
  const pairs = decisions.map((decision) =>
    (decision.kind === 'assign' ? [decision.value, decision.to] : [decision.a, decision.b]).flatMap((ref) => keyOf(ref, '', settings) ?? []),
  );
  const reached = new Set([event.id]);
  const keys = new Set(keysOf(event));
  for (let grown = true; grown;) {
    grown = false;
    for (const pair of pairs)
      if (pair.some((key) => keys.has(key)) && pair.some((key) => !keys.has(key))) {
        for (const key of pair) keys.add(key);
        grown = true;
      }
    for (const other of events)
      if (!reached.has(other.id) && keysOf(other).some((key) => keys.has(key))) {
        reached.add(other.id);
        keysOf(other).forEach((key) => keys.add(key));
        grown = true;
      }
  }
  return reached;
}

const level = (hierarchy: CanonicalHierarchy, name: CanonicalNode['level']): CanonicalNode[] => hierarchy.nodes.filter((node) => node.level === name);

describe('P10 conservation', () => {
  it('keeps every event in exactly one customer and every node under its parents', () =>
    check(
      fc.property(whole, (world) => {
        const owners = fresh(world);
        expect(owners.size).toBe(world.events.length);
        const hierarchies = [...hierarchiesOf(world.events, owners, world).values()];
        expect(hierarchies.flatMap((hierarchy) => level(hierarchy, 'journey').flatMap(({ events }) => events)).sort()).toEqual(
          world.events.map(({ id }) => id).sort(),
        );
        for (const hierarchy of hierarchies) conserved(hierarchy);
      }),
      0.5,
    ));
});

function conserved(hierarchy: CanonicalHierarchy): void {
  const [journey] = level(hierarchy, 'journey');
  const inTransactions = level(hierarchy, 'transaction').flatMap(({ events }) => events);
  expect([...inTransactions].sort()).toEqual([...journey!.events].sort());
  expect(new Set(inTransactions).size).toBe(inTransactions.length);
  const inEngagements = level(hierarchy, 'engagement').flatMap(({ events }) => events);
  expect(new Set(inEngagements).size).toBe(inEngagements.length);
  const ids = new Set(hierarchy.nodes.map(({ id }) => id));
  for (const node of hierarchy.nodes) {
    for (const { id } of node.parents) expect(ids).toContain(id);
    if (node.level !== 'journey') expect(node.parents.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
    if (node.level === 'transaction') expect(node.parents).toHaveLength(1);
    expect(node.anchor).toBe(node.events[0] ?? null);
  }
}

describe('P11 nesting', () => {
  it('holds the events of every node in its parents, and orders them', () =>
    check(
      fc.property(journeys, (world) => {
        const hierarchy = built(ownedBy(world), world);
        const place = new Map(level(hierarchy, 'journey')[0]!.events.map((id, index) => [id, index]));
        const nodes = new Map(hierarchy.nodes.map((node) => [node.id, node]));
        for (const node of hierarchy.nodes) {
          expect(node.events.map((id) => place.get(id)!)).toEqual(node.events.map((id) => place.get(id)!).sort((a, b) => a - b));
          if (node.parents.length === 0) continue;
          const above = new Set(node.parents.flatMap(({ id }) => nodes.get(id)!.events));
          for (const id of node.events) expect(above).toContain(id);
        }
        conserved(hierarchy);
      }),
    ));
  it('lets time change states and nothing else', () =>
    check(
      fc.property(journeys, seeds, (world, seed) => {
        const later = built(ownedBy(world), { ...world, asOf: world.asOf + new Dice(seed).whole(1, 100 * 86_400_000) });
        const withoutStates = ({ nodes }: CanonicalHierarchy) => nodes.map((node) => ({ ...node, state: null }));
        same(withoutStates(later), withoutStates(built(ownedBy(world), world)));
      }),
      0.5,
    ));
});

describe('P14 two workers on one customer', () => {
  const worked = (order: 'revisionFirst' | 'eventsFirst') =>
    fc.asyncProperty(fc.scheduler(), journeys, async (scheduler, world) => {
      const row = new CustomerRow((where) => scheduler.schedule(Promise.resolve(), where));
      const build = (events: readonly CanonicalEvent[]) =>
        built(
          events.map((event) => ({ event, decidedBy: null })),
          world,
        );
      const events = world.events.slice(0, 6);
      const worker = async (): Promise<void> => {
        for (let turn = 0; turn < 4; turn += 1) await row.work(build, order);
      };
      const tasks = Promise.all([...events.map((event) => row.receive(event)), worker(), worker()]);
      await scheduler.waitFor(tasks);
      if (row.isDue) {
        const last = row.work(build, order);
        await scheduler.waitFor(last);
      }
      expect(row.isDue).toBe(false);
      const expected = oracleHierarchy(
        'c',
        events.map((event) => ({ event, decidedBy: null })),
        world.corrections,
        defaultHierarchySettings,
        world.asOf,
      );
      same(row.built, expected);
    });
  it('leaves the rows of all events, in whatever order their round trips interleave', async () => {
    await fc.assert(worked('revisionFirst'), { numRuns: Math.ceil(runs / 5) });
  });
  it('would see a worker that reads the revision after the events', async () => {
    await expect(fc.assert(worked('eventsFirst'), { numRuns: 200, endOnFailure: true })).rejects.toThrow();
  });
});

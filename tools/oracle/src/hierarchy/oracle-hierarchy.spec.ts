import fc from 'fast-check';
import { defaultHierarchySettings as settings, type CanonicalEvent, type CanonicalHierarchy } from '@throughline/contracts';
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

  it('calls an engagement that has not begun open, though its key was closed before a cut (H16)', () => {
    const at = (day: number): number => Date.UTC(2026, 2, day, 9);
    const of = (n: number, fields: Partial<CanonicalEvent>): CanonicalEvent => ({
      id: `00000000-0000-5000-a000-00000000000${n}`,
      revision: 0,
      source: 'desk',
      sourceEventId: String(n),
      sourceSequence: 0,
      occurredAt: at(n),
      receivedAt: at(n),
      system: 'crm',
      type: 'ticketChanged',
      channel: 'voice',
      initiator: 'system',
      presence: 'away',
      purpose: 'service',
      identifiers: [],
      contactLinks: [],
      issueKeys: [],
      intents: [],
      attributes: {},
      ...fields,
    });
    const ticket = (state: 'opened' | 'closed') => ({ issueKeys: [{ kind: 'ticket' as const, namespace: '', value: '1', state }] });
    const order = of(11, {
      id: '00000000-0000-5000-a000-0000000000aa',
      system: 'order',
      type: 'placed',
      channel: 'web',
      initiator: 'customer',
      presence: 'live',
    });
    const world: World = {
      events: [of(1, ticket('closed')), order, of(9, { occurredAt: at(30), ...ticket('opened') })],
      decisions: [],
      corrections: [{ id: '00000000-0000-5000-a000-0000000000bb', at: at(1), by: 'eva', kind: 'cut', level: 'engagement', eventId: order.id }],
      asOf: at(5),
      decidedBy: new Map(),
    };
    const found = ofRule(world);
    same(found, ofOracle(world));
    const { nodes } = found;
    expect(nodes.find(({ level, anchor }) => level === 'engagement' && anchor === of(9, {}).id)).toMatchObject({ state: 'open' });
  });

  it('met every rule it knows', () => {
    console.log(coverage.report(hierarchyRules));
    expect(coverage.missing(hierarchyRules)).toEqual([]);
  });
});

import { defaultHierarchySettings, defaultIdentitySettings, type CanonicalEvent, type CanonicalHierarchy } from '@throughline/contracts';
import { buildJourney, toCanonical } from '@throughline/domain-hierarchy';
import { resolveCustomers } from '@throughline/domain-identity';
import { twoCustomers, lateView, thirtyCases, type Expected } from './thirty-cases';
import { day, march, minute, type Story } from './story';
import { oracleWorldOf, ownedEvents, type BuiltWorld } from './world-of';
import type { Founding } from '../identity/oracle-identity';

const settings = { identity: defaultIdentitySettings, hierarchy: defaultHierarchySettings };

const newest = (events: readonly CanonicalEvent[]): CanonicalEvent[] => {
  const kept = new Map<string, CanonicalEvent>();
  for (const event of events) if (event.revision >= (kept.get(event.id)?.revision ?? 0)) kept.set(event.id, event);
  return [...kept.values()];
};

function ruleWorldOf(story: Story, asOf: number, foundings: readonly Founding[] = []): BuiltWorld {
  const events = newest(story.events);
  const found = resolveCustomers({ events, decisions: story.decisions, foundings }, settings.identity, () => `made ${Math.random()}`);
  const names = new Map(found.newFoundings.map((founding) => [founding.customerId, `new ${founding.value} ${founding.eventId}`]));
  const owners = new Map([...found.owners].map(([id, owner]) => [id, { ...owner, customerId: names.get(owner.customerId) ?? owner.customerId }]));
  const hierarchies = ownedEvents(events, owners).map(([customerId, owned]) =>
    toCanonical(buildJourney({ customerId, events: owned, corrections: story.corrections, settings: settings.hierarchy }), settings.hierarchy, asOf),
  );
  return { owners, hierarchies };
}

function counted(hierarchies: readonly CanonicalHierarchy[], { states }: Expected): Expected {
  const nodes = hierarchies.flatMap((hierarchy) => hierarchy.nodes);
  const count = (level: string, kind: string): number => nodes.filter((node) => node.level === level && node.kind === kind).length;
  return {
    customers: hierarchies.length,
    transactions: count('transaction', 'contact'),
    items: count('transaction', 'item') + count('transaction', 'side'),
    interactions: count('interaction', 'contact'),
    engagements: count('engagement', 'engagement'),
    ...(states ? { states: nodes.filter((node) => node.level === 'engagement').map((node) => node.state!) } : {}),
  };
}

const nodesOf = ({ hierarchies }: BuiltWorld, level: string) => hierarchies.flatMap((hierarchy) => hierarchy.nodes.filter((node) => node.level === level));
const mergedOnto = (facts: Story, foundings: readonly Founding[], asOf: number) => oracleWorldOf({ ...facts, corrections: [], foundings }, settings, asOf);

describe('the thirty cases, by rule and by oracle', () => {
  for (const { name, story, asOf, expected } of thirtyCases)
    it(name, () => {
      const facts = story();
      const oracle = oracleWorldOf(facts, settings, asOf);
      expect(counted(oracle.hierarchies, expected)).toEqual({ customers: 1, items: 0, ...expected });
      const rule = ruleWorldOf(facts, asOf);
      expect(rule.hierarchies).toEqual(oracle.hierarchies);
      expect(new Map([...rule.owners].sort())).toEqual(new Map([...oracle.owners].sort()));
    });

  it('14 anchors the transaction at the event of sequence 1', () => {
    const facts = thirtyCases.find(({ name }) => name.startsWith('14'))!.story();
    expect(nodesOf(oracleWorldOf(facts, settings, 0), 'transaction')[0]!.anchor).toBe(facts.events[1]!.id);
  });

  it('21 counts the call for billing, by live time', () => {
    const facts = thirtyCases.find(({ name }) => name.startsWith('21'))!.story();
    const [interaction] = nodesOf(oracleWorldOf(facts, settings, march('3 00:00')), 'interaction');
    expect(interaction!.parents.map(({ family, share }) => [family, share]).sort()).toEqual([
      ['accountChange', 200],
      ['billing', 800],
    ]);
  });

  it('23 stores that the return follows the purchase, 24b that the second ticket repeats the first', () => {
    const built = (name: string) => oracleWorldOf(thirtyCases.find((each) => each.name.startsWith(name))!.story(), settings, march('30 00:00'));
    const first = (world: BuiltWorld) => nodesOf(world, 'engagement').find((node) => node.events.includes('00000000-0000-5000-a000-000000000001'))!.id;
    const returned = built('23');
    expect(nodesOf(returned, 'engagement').map(({ follows }) => follows)).toContain(first(returned));
    const repeated = built('24b');
    expect(nodesOf(repeated, 'engagement').map(({ repeatOf }) => repeatOf)).toContain(first(repeated));
  });

  it('29 gives the interaction the late anchor, and the old one is still in it', () => {
    const facts = lateView();
    const late = facts.events[facts.events.length - 1]!;
    const before = oracleWorldOf({ ...facts, events: facts.events.slice(0, -1) }, settings, march('9 00:00'));
    const after = oracleWorldOf(facts, settings, march('9 00:00'));
    const [old] = nodesOf(before, 'interaction');
    const [now] = nodesOf(after, 'interaction');
    expect(now!.anchor).toBe(late.id);
    expect(now!.events).toContain(old!.anchor);
  });

  it('30 un-merged, the rows are those of customers who were never merged', () => {
    const asOf = march('3 00:00');
    const apart = twoCustomers(false);
    const foundings = oracleWorldOf(apart, settings, asOf).founded.map((founding, index) => ({ ...founding, customerId: `customer ${index}` }));
    const together = mergedOnto(twoCustomers(true), foundings, asOf);
    expect(together.hierarchies.map(({ customerId }) => customerId)).toEqual(['customer 0']);
    const again = mergedOnto(apart, foundings, asOf);
    expect(again.hierarchies.map(({ customerId }) => customerId)).toEqual(['customer 0', 'customer 1']);
    expect(ruleWorldOf(apart, asOf, foundings).hierarchies).toEqual(again.hierarchies);
  });

  it('30 keeps a purchase open for thirty days and not a millisecond longer', () => {
    const facts = twoCustomers(false);
    const lastEnd = march('2 10:07');
    const states = (asOf: number) => nodesOf(oracleWorldOf(facts, settings, asOf), 'engagement').map(({ state }) => state);
    expect(states(lastEnd + 30 * day)).toContain('open');
    expect(states(lastEnd + 30 * day + 1)).toEqual(['abandoned', 'abandoned']);
    expect(states(lastEnd + minute)).toEqual(['open', 'open']);
  });
});

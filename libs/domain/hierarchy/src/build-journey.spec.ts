import fc from 'fast-check';
import { defaultHierarchySettings as settings, type CanonicalNode } from '@throughline/contracts';
import { buildJourney } from './build-journey';
import { toCanonical } from './canonical-journey';
import type { Journey, OwnedEvent } from './hierarchy';
import { correctionsOf, journeyEvents } from './journey-arbitrary';
import { resolveNode } from './resolve-node';

const numRuns = Number(process.env.RUNS ?? 500);
const world = journeyEvents(24).chain((events) => fc.tuple(fc.constant(events), correctionsOf(events)));
const build = (events: readonly OwnedEvent[], corrections: Parameters<typeof correctionsOf>[0] | readonly never[] = []): Journey =>
  buildJourney({ customerId: 'c', events, corrections: corrections as never, settings });
const lastOf = (events: readonly OwnedEvent[]): number => Math.max(...events.map(({ event }) => event.endedAt ?? event.occurredAt));
const level = (nodes: readonly CanonicalNode[], name: string): CanonicalNode[] => nodes.filter((node) => node.level === name);

it('gives the same journey whatever order events arrive in', () => {
  const shuffled = world.chain(([events, corrections]) =>
    fc.tuple(fc.constant(events), fc.constant(corrections), fc.shuffledSubarray(events, { minLength: events.length })),
  );
  fc.assert(
    fc.property(shuffled, ([events, corrections, other]) => {
      expect(build(other, corrections as never)).toEqual(build(events, corrections as never));
    }),
    { numRuns },
  );
});

it('puts every event in exactly one transaction, every transaction in one place, and shares every contact out in full', () => {
  fc.assert(
    fc.property(world, ([events, corrections]) => {
      const { nodes } = toCanonical(build(events, corrections as never), settings, lastOf(events));
      const ids = events.map(({ event }) => event.id).sort();
      const transactions = level(nodes, 'transaction');
      expect(transactions.flatMap((node) => node.events).sort()).toEqual(ids);
      expect(
        level(nodes, 'journey')
          .flatMap((node) => node.events)
          .sort(),
      ).toEqual(ids);
      for (const node of transactions) expect(node.parents).toHaveLength(1);
      const byId = new Map(nodes.map((node) => [node.id, node]));
      const eventsOf = (parentId: string, name: string): string[] =>
        level(nodes, name)
          .filter((node) => node.parents[0]!.id === parentId)
          .flatMap((node) => node.events)
          .sort();
      for (const node of level(nodes, 'interaction')) {
        expect(node.parents.reduce((sum, { share }) => sum + share, 0)).toBe(1000);
        expect(eventsOf(node.id, 'transaction')).toEqual([...node.events].sort());
        for (const { id } of node.parents) expect(byId.get(id)).toBeDefined();
      }
      for (const node of level(nodes, 'engagement')) expect(node.parents.map(({ id }) => id)).toEqual(['c']);
      const engaged = level(nodes, 'engagement').flatMap((node) => node.events);
      expect(new Set(engaged).size).toBe(engaged.length);
    }),
    { numRuns },
  );
});

it('lets time change states only', () => {
  fc.assert(
    fc.property(world, fc.nat(100 * 86_400_000), ([events, corrections], later) => {
      const journey = build(events, corrections as never);
      const without = (asOf: number) => toCanonical(journey, settings, asOf).nodes.map((node) => ({ ...node, state: null }));
      expect(without(lastOf(events) + later)).toEqual(without(lastOf(events) - later));
    }),
    { numRuns },
  );
});

it('resolves every event to a node that holds it, and every node by its anchor', () => {
  fc.assert(
    fc.property(world, ([events, corrections]) => {
      const journey = build(events, corrections as never);
      for (const node of toCanonical(journey, settings, 0).nodes) {
        if (node.level !== 'journey') expect(resolveNode(journey, node.level, node.anchor!)).toBe(node.id);
        for (const eventId of node.events) if (node.level !== 'journey') expect(resolveNode(journey, node.level, eventId)).toBe(node.id);
      }
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});

it('reads nothing from the time of arrival', () => {
  fc.assert(
    fc.property(journeyEvents(15), (events) => {
      const late = events.map(({ event, decidedBy }) => ({ event: { ...event, receivedAt: event.receivedAt + 1_000_000 }, decidedBy }));
      expect(build(late)).toEqual(build(events));
    }),
    { numRuns: Math.ceil(numRuns / 5) },
  );
});

it('answers an empty journey for a customer without events', () => {
  expect(toCanonical(build([]), settings, 0)).toEqual({
    customerId: 'c',
    settingsVersion: 1,
    nodes: [{ level: 'journey', id: 'c', anchor: null, kind: 'journey', events: [], parents: [], state: null, repeatOf: null, follows: null }],
  });
});

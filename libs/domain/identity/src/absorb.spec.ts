import { defaultIdentitySettings as settings, type CanonicalEvent, type Decision } from '@throughline/contracts';
import fc from 'fast-check';
import type { ReviewItem } from './identity';
import type { Owner } from './owner';
import { RememberedWorld } from './remembered-world';
import { resolveCustomers } from './resolve-customers';
import { aCorrection, someDecisions, someEvents, uuidOf } from './worlds';

const numRuns = Number(process.env['RUNS'] ?? 500);

function counter(): () => string {
  let next = 0;
  return () => uuidOf(0xc0000000 + next++);
}

/** What every route must agree on, ids included, given the same foundings. */
function answerOf(world: RememberedWorld): unknown {
  const nodes: Record<string, unknown> = {};
  for (const [key, text] of world.values)
    (JSON.parse(text) as { shared: boolean; customerId: string | null }[]).forEach((use, n) => (nodes[`${key}#${n}`] = [use.shared, use.customerId]));
  return {
    owners: sorted(world.owners),
    nodes: sorted(new Map(Object.entries(nodes))),
    resolvesTo: sorted(new Map([...world.resolvesTo].filter(([, now]) => now !== null))),
    reviews: reviewsOf(world.reviews.values()),
  };
}

function wholeAnswerOf(world: RememberedWorld, events: readonly CanonicalEvent[], decisions: readonly Decision[]): unknown {
  const whole = resolveCustomers({ events, decisions, foundings: [...world.foundings.values()] }, settings, () => {
    throw new Error('the whole world needed a founding that the neighbourhood had not made');
  });
  const nodes = new Map(
    [...whole.nodes]
      .filter(([node]) => world.values.has(node.slice(0, node.lastIndexOf('#'))))
      .map(([node, { shared, customerId }]) => [node, [shared, customerId]]),
  );
  return { owners: sorted(whole.owners), nodes: sorted(nodes), resolvesTo: sorted(whole.resolvesTo), reviews: reviewsOf(whole.reviews) };
}

const sorted = (map: ReadonlyMap<string, unknown>): unknown => [...map].sort(([a], [b]) => (a < b ? -1 : 1));

/** Items by id. Of three and more customer numbers seen with a shared value, those that showed it shared are kept, in the order of arrival: they are not compared. */
const reviewsOf = (items: Iterable<ReviewItem>): unknown => sorted(new Map([...items].map((item) => [item.id, { ...item, numbers: undefined }])));

/** Renames each customer by its earliest event, so that answers with different foundings compare. */
function renamed(owners: ReadonlyMap<string, Owner>, events: readonly CanonicalEvent[]): unknown {
  const order = [...events].sort((a, b) => a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence || (a.id < b.id ? -1 : 1));
  const names = new Map<string, string>();
  return order.map(({ id }) => {
    const owner = owners.get(id)!;
    if (!names.has(owner.customerId)) names.set(owner.customerId, id);
    return [id, names.get(owner.customerId), owner.rule, owner.decidedBy];
  });
}

function chunks<T>(all: readonly T[], cuts: readonly number[]): T[][] {
  const parts: T[][] = [];
  let start = 0;
  for (const cut of [...cuts, all.length]) {
    const end = Math.min(all.length, start + Math.max(1, cut));
    if (start < end) parts.push(all.slice(start, end));
    start = end;
  }
  if (start < all.length) parts.push(all.slice(start));
  return parts;
}

const shuffledWorld = someEvents(14).chain((events) =>
  fc.record({
    events: fc.constant(events),
    order: fc.shuffledSubarray(events, { minLength: events.length, maxLength: events.length }),
    cuts: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 14 }),
  }),
);

describe('the rule on a neighbourhood', () => {
  it('equals the whole world whatever the order and the chunks in which events arrive', () => {
    fc.assert(
      fc.property(shuffledWorld, ({ events, order, cuts }) => {
        const world = new RememberedWorld(settings, counter());
        for (const chunk of chunks(order, cuts)) world.accept(chunk);
        expect(answerOf(world)).toEqual(wholeAnswerOf(world, events, []));
        const fresh = resolveCustomers({ events, decisions: [], foundings: [] }, settings, counter());
        expect(renamed(world.owners, events)).toEqual(renamed(fresh.owners, events));
      }),
      { numRuns },
    );
  });
  it('changes nothing when events are delivered again', () => {
    fc.assert(
      fc.property(shuffledWorld, ({ events, order }) => {
        const world = new RememberedWorld(settings, counter());
        world.accept(order);
        const before = JSON.stringify(answerOf(world));
        const again = world.accept(events);
        expect(again.owners).toEqual([]);
        expect(again.newFoundings).toEqual([]);
        expect(JSON.stringify(answerOf(world))).toBe(before);
      }),
      { numRuns: Math.ceil(numRuns / 4) },
    );
  });
  it('equals the whole world after corrected events', () => {
    fc.assert(
      fc.property(
        someEvents(12).chain((events) =>
          fc.record({
            events: fc.constant(events),
            corrections: fc.uniqueArray(aCorrection(events), { minLength: 1, maxLength: 3, selector: (event) => event.id }),
            cuts: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 12 }),
          }),
        ),
        ({ events, corrections, cuts }) => {
          const world = new RememberedWorld(settings, counter());
          for (const chunk of chunks([...events, ...corrections], cuts)) world.accept(chunk);
          const now = events.map((event) => corrections.find((each) => each.id === event.id) ?? event);
          expect(answerOf(world)).toEqual(wholeAnswerOf(world, now, []));
        },
      ),
      { numRuns },
    );
  });
  it('equals the whole world with decisions made, and is as never decided when they are withdrawn', () => {
    fc.assert(
      fc.property(
        someEvents(12).chain((events) =>
          fc.record({ events: fc.constant(events), decisions: someDecisions(4), cut: fc.nat(events.length), withdrawn: fc.array(fc.nat(3), { maxLength: 2 }) }),
        ),
        ({ events, decisions, cut, withdrawn }) => {
          const world = new RememberedWorld(settings, counter());
          if (cut > 0) world.accept(events.slice(0, cut));
          decisions.forEach((_, n) => world.decide(decisions.slice(0, n + 1)));
          if (cut < events.length) world.accept(events.slice(cut));
          expect(answerOf(world)).toEqual(wholeAnswerOf(world, events, decisions));
          const kept = decisions.filter((_, n) => !withdrawn.includes(n));
          world.decide(kept);
          expect(answerOf(world)).toEqual(wholeAnswerOf(world, events, kept));
          world.decide([]);
          expect(answerOf(world)).toEqual(wholeAnswerOf(world, events, []));
          const never = resolveCustomers({ events, decisions: [], foundings: [] }, settings, counter());
          expect(renamed(world.owners, events)).toEqual(renamed(never.owners, events));
        },
      ),
      { numRuns },
    );
  });
});

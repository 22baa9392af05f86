import { compareEvents, defaultIdentitySettings as settings, type CanonicalEvent, type Identifier, type IdentifierKind } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { resolveCustomers, type Founding, type Owner } from '@throughline/domain-identity';
import fc from 'fast-check';
import { migrations } from '../migrations';
import { Resolver } from './resolver';
import { day, eventOf, hour, noon, Upstream, upstreamMigrations } from './test-upstream';

const numRuns = Math.ceil(Number(process.env['RUNS'] ?? 500) / 20);

let test: TestDatabase;
let database: Database;
let upstream: Upstream;

beforeAll(async () => {
  test = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  database = await test.open('identity');
  upstream = await Upstream.open(test.url);
});

afterAll(async () => {
  await upstream.close();
  await test.drop();
});

const kinds: readonly IdentifierKind[] = ['customerNumber', 'login', 'email', 'email', 'phone', 'phone', 'cookie'];
const anIdentifier: fc.Arbitrary<Identifier> = fc
  .record({
    kind: fc.constantFrom(...kinds),
    n: fc.nat(3),
    verified: fc.boolean(),
    role: fc.constantFrom('subject' as const, 'subject' as const, 'subject' as const, 'actingFor' as const),
  })
  .map(({ kind, n, verified, role }) => ({ kind, namespace: '', value: kind === 'phone' ? `+155501001${n}${n}` : `v${n}`, verified, role }));

const anEvent = fc.record({
  identifiers: fc.array(anIdentifier, { maxLength: 3 }),
  at: fc
    .tuple(fc.constantFrom(0, 0, 0, 1, 30, 90, 366), fc.constantFrom(0, 1, 24 * hour), fc.constantFrom(-1, 0, 1))
    .map(([days, more, ms]) => noon + days * day + more + ms),
  session: fc.constantFrom(undefined, 's1', 's2'),
  client: fc.constantFrom(undefined, 'c1'),
  links: fc.subarray(['x', 'y']),
});
type Drawn = typeof anEvent extends fc.Arbitrary<infer T> ? T : never;

let worlds = 0;
const toEvent = (drawn: Drawn, name: string, revision: number): CanonicalEvent =>
  eventOf(name, drawn.at, drawn.identifiers, {
    revision,
    contactLinks: drawn.links.map((value) => ({ kind: 'call', namespace: '', value })),
    ...(drawn.session === undefined ? {} : { sessionKey: drawn.session }),
    ...(drawn.client === undefined ? {} : { clientKey: drawn.client }),
  });

type Step =
  | { readonly kind: 'batch'; readonly events: readonly number[] }
  | { readonly kind: 'crash' }
  | { readonly kind: 'restart' }
  | { readonly kind: 'correct'; readonly event: number; readonly to: Drawn };

const aStory = fc.array(anEvent, { minLength: 4, maxLength: 16 }).chain((drawn) =>
  fc.record({
    drawn: fc.constant(drawn),
    steps: fc.array(
      fc.oneof(
        {
          weight: 5,
          arbitrary: fc.record({ kind: fc.constant('batch' as const), events: fc.array(fc.nat(drawn.length - 1), { minLength: 1, maxLength: 5 }) }),
        },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('crash' as const) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const) }) },
        { weight: 1, arbitrary: fc.record({ kind: fc.constant('correct' as const), event: fc.nat(drawn.length - 1), to: anEvent }) },
      ),
      { maxLength: 12 },
    ),
    flushEvents: fc.constantFrom(1, 4, 1000),
  }),
);

describe('identity in the database', () => {
  it('equals the whole world after any batches, repetitions, corrections, crashes and restarts', async () => {
    await fc.assert(
      fc.asyncProperty(aStory, async ({ drawn, steps, flushEvents }) => {
        await upstream.query(
          'truncate identity.naming_value, identity.carrier, identity.link, identity.session_sighting, identity.sighting, identity.unindexed, identity.founding, identity.review, identity.review_node, identity.customer_event, identity.customer_change, identity.customer, identity.identifier, identity.household, identity.failed_event, identity.lease, ingestion.event',
        );
        const world = `w${worlds++}`;
        const events = drawn.map((each, n) => toEvent(each, `${world}-${n}`, 0));
        const accepted = new Set<number>();
        const open = (): Resolver =>
          new Resolver(
            database,
            {
              resolved: () => undefined,
              failed: (_, error) => {
                throw error;
              },
            },
            { refuse: () => undefined, accept: () => undefined },
            settings,
            { events: 3, leaseMs: 1_000_000, flushEvents },
          );
        let resolver = open();
        const batch = async (numbers: readonly number[]): Promise<void> => {
          for (const n of numbers) accepted.add(n);
          await resolver.resolve([...new Set(await upstream.accept(...new Map(numbers.map((n) => [n, events[n]!])).values()))].sort());
        };
        for (const step of [...steps, { kind: 'batch' as const, events: drawn.map((_, n) => n) }] as Step[]) {
          if (step.kind === 'batch') await batch(step.events);
          else if (step.kind === 'correct') {
            const before = events[step.event]!;
            events[step.event] = { ...toEvent({ ...step.to, at: before.occurredAt }, before.sourceEventId, before.revision + 1) };
            await batch([step.event]);
          } else {
            // A crash writes nothing more; its lease runs out.
            if (step.kind === 'restart') await resolver.close();
            await upstream.query('delete from identity.lease');
            resolver = open();
          }
        }
        await expectWhole(events);
        await resolver.close();
        await upstream.query('delete from identity.lease');
        resolver = open();
        const before = await upstream.everything();
        await resolver.resolve(events.map(({ id }) => id).sort());
        await resolver.close();
        expect(await upstream.everything()).toBe(before);
      }),
      { numRuns },
    );
  }, 120_000);
});

async function expectWhole(events: readonly CanonicalEvent[]): Promise<void> {
  const foundings = await upstream.query<{ customer_id: string; value_key: string; event_id: string; at: Date }>('select * from identity.read_founding');
  const whole = resolveCustomers(
    {
      events,
      decisions: [],
      foundings: foundings.map((row): Founding => ({ customerId: row.customer_id, value: row.value_key, eventId: row.event_id, at: row.at.getTime() })),
    },
    settings,
    () => {
      throw new Error('the whole world needed a founding that the database has not');
    },
  );
  const rows = await upstream.query<{
    event_id: string;
    customer_id: string;
    owner_rule: string;
    decided_by: string | null;
    owner_confidence: number;
    revision: number;
  }>('select event_id, customer_id, owner_rule, decided_by, owner_confidence, revision from identity.read_customer_event');
  const stored = rows.map((row): [string, Owner, number] => [
    row.event_id,
    { customerId: row.customer_id, rule: row.owner_rule as Owner['rule'], decidedBy: row.decided_by, confidence: row.owner_confidence },
    row.revision,
  ]);
  const order = [...events].sort(compareEvents);
  expect(stored.sort(([a], [b]) => (a < b ? -1 : 1))).toEqual(
    order.map((event) => [event.id, whole.owners.get(event.id), event.revision]).sort(([a], [b]) => (String(a) < String(b) ? -1 : 1)),
  );
  const identifiers = await upstream.query<{ node: string; customer_id: string; rule: string; event_id: string | null }>(
    'select node, customer_id, rule, event_id from identity.read_identifier order by node collate "C"',
  );
  const nodes = [...whole.nodes.values()]
    .filter((node) => node.customerId !== null)
    .map((node) => ({ node: node.node, customer_id: node.customerId, rule: node.link.rule, event_id: node.link.evidence }))
    .sort((a, b) => (a.node < b.node ? -1 : 1));
  expect(identifiers).toEqual(nodes);
  const reviews = await upstream.query<{ id: string }>('select distinct id from identity.read_review order by id');
  expect(reviews.map(({ id }) => id)).toEqual(whole.reviews.map(({ id }) => id).sort());
  const resolves = await upstream.query<{ customer_id: string; resolves_to: string }>(
    "select customer_id, resolves_to from identity.read_customer where kind = 'customer' and resolves_to is not null",
  );
  expect(new Map(resolves.map((row) => [row.customer_id, row.resolves_to]))).toEqual(whole.resolvesTo);
  const empty = await upstream.query<{ customer_id: string }>(
    "select customer_id from identity.read_customer c where kind = 'placeholder' and resolves_to is null and not exists (select from identity.customer_event e where e.customer_id = c.customer_id)",
  );
  expect(empty).toEqual([]);
}

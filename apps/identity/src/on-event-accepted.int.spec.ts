import { defaultIdentitySettings as settings, eventAccepted } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { MemoryBus } from '@throughline/messaging';
import { migrations } from '../migrations';
import { OnEventAccepted } from './on-event-accepted';
import type { ResolveMetrics } from './resolve-metrics';
import { Resolver, type ResolveFacts } from './resolver';
import { RingUnresolvedEvents } from './ring-unresolved-events';
import { eventOf, idOf, identifierOf, noon, Upstream, upstreamMigrations } from './test-upstream';

let test: TestDatabase;
let database: Database;
let upstream: Upstream;
let resolver: Resolver;

beforeEach(async () => {
  test = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  database = await test.open('identity');
  upstream = await Upstream.open(test.url);
  resolver = new Resolver(database, { resolved: () => undefined, failed: () => undefined }, { refuse: () => undefined, accept: () => undefined }, settings);
});

afterEach(async () => {
  await resolver.close();
  await upstream.close();
  await test.drop();
});

const events = Array.from({ length: 60 }, (_, n) => eventOf(`e${n}`, noon + n, [identifierOf('email', `c${n % 7}@example.com`)], { sessionKey: `s${n % 11}` }));

it('resolves each event once, however often and in whatever order its message comes, and after a crash in the middle', async () => {
  const bus = new MemoryBus({ seed: 7, duplicates: 0.5, reorder: true, hurry: 100 });
  const consumer = new OnEventAccepted(resolver);
  let calls = 0;
  await bus.consume(consumer.message, {
    durable: consumer.durable,
    maxBatch: 3,
    handle: async (batch) => {
      calls += 1;
      await consumer.handle(batch);
      if (calls === 2) throw new Error('the process ended after its commit and before the acknowledgement');
      if (calls === 4) bus.crash();
    },
  });
  const ids = await upstream.accept(...events);
  for (let n = 0; n < ids.length; n += 6) await bus.publish(eventAccepted, { eventIds: ids.slice(n, n + 6) });
  await bus.idle();
  expect((await upstream.owners()).size).toBe(60);
  expect(new Set((await upstream.owners()).values()).size).toBe(7);
  const before = [await upstream.everything(), await upstream.revisions()];
  bus.replay();
  await bus.idle();
  expect([await upstream.everything(), await upstream.revisions()]).toEqual(before);
  await bus.drain();
});

it('resolves a large batch in the order in which its events came, so that none moves once more', async () => {
  let moved = 0;
  const observer = { resolved: (facts: ResolveFacts): void => void (moved += facts.moved), failed: () => undefined };
  const limits = { events: 4, leaseMs: 10_000, flushEvents: 20_000 };
  const small = new Resolver(database, observer, { refuse: () => undefined, accept: () => undefined }, settings, limits);
  const calls = Array.from({ length: 30 }, (_, n) => [
    eventOf(`who${n}`, noon + n * 1000, [identifierOf('email', `c${n}@example.com`)], { sessionKey: `s${n}` }),
    eventOf(`what${n}`, noon + n * 1000 + 1, [], { sessionKey: `s${n}` }),
  ]).flat();
  await upstream.accept(...calls);
  const message = { id: 'm', payload: { eventIds: calls.map(({ id }) => id) }, deliveries: 1, traceparent: undefined };
  await new OnEventAccepted(small).handle([message]);
  await small.close();
  expect(new Set((await upstream.owners()).values()).size).toBe(30);
  expect(moved).toBe(0);
});

it('finds what no message announced, and counts it', async () => {
  await upstream.accept(...events);
  const counted: number[] = [];
  const sweep = new RingUnresolvedEvents(database, resolver, { unaccounted: { set: (n: number) => counted.push(n) } } as unknown as ResolveMetrics);
  await sweep.run();
  expect((await upstream.owners()).size).toBe(60);
  expect(counted).toEqual([60, 0]);
  expect(await upstream.query('select event_ids from identity.unindexed')).toHaveLength(1);
});

it('tells the customers whose events a late correction touches, and no one else', async () => {
  await resolver.resolve(await upstream.accept(...events));
  const before = await upstream.revisions();
  await resolver.resolve(await upstream.accept({ ...events[0]!, revision: 1, attributes: { page: 'home' } }));
  const after = await upstream.revisions();
  const changed = [...after].filter(([id, revision]) => before.get(id) !== revision).map(([id]) => id);
  expect(changed).toEqual([(await upstream.owners()).get(idOf('e0'))]);
});

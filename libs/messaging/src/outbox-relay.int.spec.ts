import { Database, outboxTable, type Migration } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { execFile } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import { promisify } from 'node:util';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { JetStreamBus, MemoryBus, OutboxRelay, pause, Reconciler } from './index';
import { noteTaken, until } from './message-bus-contract';
import { testNats, type TestNats } from './testing';

const run = promisify(execFile);

class CreateOutbox1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema identity');
    await runner.query(outboxTable('identity'));
  }
  async down(): Promise<void> {
    throw new Error('restore a backup instead');
  }
}
const migrations: Migration[] = [CreateOutbox1763000000001];

let test: TestDatabase;
let database: Database;
beforeAll(async () => {
  test = await testDatabase({ migrations });
  database = await test.open('identity');
});
afterAll(() => test.drop());

const outbox = (): Promise<object[]> => database.query('select id from identity.outbox');
const publish = (id: string): Promise<void> => database.inTransaction((tx) => tx.publish(noteTaken, { ids: [id] }));

const buses: MemoryBus[] = [];
function openBus(): MemoryBus {
  const bus = new MemoryBus();
  buses.push(bus);
  return bus;
}
afterEach(async () => {
  for (const bus of buses.splice(0)) await bus.drain();
});

async function listen(bus: MemoryBus): Promise<string[]> {
  const seen: string[] = [];
  await bus.consume(noteTaken, { durable: 'test--event-noted', handle: async (batch) => void seen.push(...batch.flatMap(({ payload }) => payload.ids)) });
  return seen;
}

describe('the relay', () => {
  it('publishes right after the commit, long before the sweeper looks, and leaves nothing behind', async () => {
    const bus = openBus();
    const seen = await listen(bus);
    const relay = new OutboxRelay(database, bus, { sweepMs: 60_000 });
    relay.start();
    await Promise.all(Array.from({ length: 50 }, (_, n) => publish(String(n))));
    await until(() => seen.length === 50, 'all fifty');
    await until(async () => (await outbox()).length === 0, 'an empty outbox');
    await relay.stop();
  });

  it('keeps what is committed while the broker is away, lets nobody wait for it, and publishes it when it is back', async () => {
    const bus = openBus();
    const seen = await listen(bus);
    const relay = new OutboxRelay(database, bus, { sweepMs: 20, olderThanMs: 0 });
    relay.start();
    bus.setAway(true);
    await publish('kept');
    expect(await outbox()).toHaveLength(1);
    expect(await relay.oldestSeconds()).toBeGreaterThan(0);
    await pause(100);
    expect(seen).toEqual([]);
    bus.setAway(false);
    await until(() => seen.includes('kept'), 'the message');
    await until(async () => (await outbox()).length === 0, 'an empty outbox');
    expect(await relay.oldestSeconds()).toBe(0);
    await relay.stop();
  });

  it('publishes at the end of a service what it has committed last', async () => {
    const bus = openBus();
    const seen = await listen(bus);
    const relay = new OutboxRelay(database, bus, { sweepMs: 60_000 });
    await publish('last');
    await relay.flush();
    await until(() => seen.includes('last'), 'the message');
    expect(await outbox()).toEqual([]);
  });

  it('shares the outbox with other replicas: each row goes once', async () => {
    const bus = openBus();
    const seen = await listen(bus);
    for (let n = 0; n < 300; n += 1) await publish(String(n));
    const relays = [1, 2, 3].map(() => new OutboxRelay(database, bus, { sweepMs: 10, olderThanMs: 0 }));
    relays.forEach((relay) => relay.start());
    await until(() => seen.length >= 300, 'all of them');
    await Promise.all(relays.map((relay) => relay.stop()));
    expect(seen).toHaveLength(300);
    expect(await outbox()).toEqual([]);
  });
});

describe('a process that is killed', () => {
  const bundle = `libs/messaging/dist-${process.pid}/commit-and-relay.mjs`;
  let nats: TestNats;
  beforeAll(async () => {
    mkdirSync(`libs/messaging/dist-${process.pid}`, { recursive: true });
    [nats] = await Promise.all([testNats(), run(process.execPath, ['tools/build/bundle.mjs', 'libs/messaging/fixtures/commit-and-relay.ts', bundle])]);
  });
  afterAll(async () => {
    rmSync(`libs/messaging/dist-${process.pid}`, { recursive: true, force: true });
    await nats.stop();
  });
  const start = (more: Record<string, string>): Promise<unknown> =>
    run(process.execPath, [bundle], { env: { ...process.env, DATABASE_URL: test.urlFor('identity'), NATS_URL: nats.url, ...more } });

  it('between the broker’s word and its own mark leaves the row; the next one publishes it again, and the broker knows it', async () => {
    await expect(start({ NOTE: 'once', FAILPOINT: 'after-puback-before-mark:1' })).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(await outbox()).toHaveLength(1);
    await start({});
    expect(await outbox()).toEqual([]);
    const bus = JetStreamBus.open({ url: nats.url, name: 'reader' });
    const seen: string[] = [];
    await bus.consume(noteTaken, { durable: 'reader', handle: async (batch) => void seen.push(...batch.flatMap(({ payload }) => payload.ids)) });
    await until(() => seen.length > 0, 'the message');
    await pause(100);
    expect(seen).toEqual(['once']);
    await bus.drain();
  });

  it('in the middle of its transaction leaves nothing', async () => {
    await expect(start({ NOTE: 'never', FAILPOINT: 'mid-transaction:1' })).rejects.toMatchObject({ signal: 'SIGKILL' });
    expect(await outbox()).toEqual([]);
  });
});

describe('a sweep', () => {
  it('has one runner at a time over all replicas, and goes on after an error', async () => {
    const other = await test.open('identity', { poolSize: 4 });
    let running = 0;
    let most = 0;
    let runs = 0;
    const work = async (): Promise<void> => {
      running += 1;
      most = Math.max(most, running);
      await pause(15);
      running -= 1;
      runs += 1;
      if (runs === 2) throw new Error('once');
    };
    const reconcilers = [new Reconciler(database), new Reconciler(database), new Reconciler(other)];
    reconcilers.forEach((reconciler) => reconciler.every(5, 'count', work));
    await until(() => runs >= 6, 'six runs');
    await Promise.all(reconcilers.map((reconciler) => reconciler.stop()));
    expect(most).toBe(1);
  });
});

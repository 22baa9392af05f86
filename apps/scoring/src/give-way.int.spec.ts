import { customerChanged, journeyChanged, pathToHierarchy } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { MemoryBus } from '@throughline/messaging';
import { PathToHierarchy } from '@throughline/service';
import { migrations } from '../migrations';
import { HeldCustomers } from './held-customers';
import { JourneyScorer } from './journey-scorer';
import { OnJourneyChanged } from './on-journey-changed';
import { RescoreAfterSettings } from './rescore-after-settings';
import { activate, activeSettings, ensureSettings } from './settings-versions';
import { callOf, noon } from './test-stories';
import { idOf, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let upstream: Upstream;
let database: Database;
let customers: HeldCustomers;
let bus: MemoryBus;
let path: PathToHierarchy;

beforeAll(async () => {
  server = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  upstream = await Upstream.open(server.url);
  database = await server.open('scoring');
  await ensureSettings(database);
  const scorer = new JourneyScorer(database, { scored: () => undefined, failed: () => undefined }, { refuse: () => undefined, accept: () => undefined });
  customers = new HeldCustomers(scorer, { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined });
});
afterAll(async () => {
  customers?.onModuleDestroy();
  await upstream?.close();
  await server?.drop();
});
beforeEach(() => {
  bus = new MemoryBus();
  path = new PathToHierarchy(bus, database);
});
afterEach(async () => {
  await rebuilding(false);
  await bus.drain();
});

const rebuilding = (underWay: boolean): Promise<unknown> => upstream.query('update sessionization.rebuild set under_way = $1', [underWay]);
async function until(met: () => Promise<boolean>): Promise<void> {
  for (const startedAt = Date.now(); !(await met()); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() - startedAt > 20_000) throw new Error('it never came');
}
async function customersOf(name: string, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, place) => idOf(`${name} ${place}`)).sort();
  for (const id of ids) await upstream.set(id, callOf(id, noon, { family: 'billing' }));
  return ids;
}
const countWith = async (ids: readonly string[], condition: string): Promise<number> =>
  (await upstream.query(`select 1 from scoring.score_head where customer_id = any($1::uuid[]) and ${condition}`, [ids])).length;

describe('while the hierarchy of everybody is being rebuilt', () => {
  it('scoring takes one message and rests, and takes all the others when the rebuild is over', async () => {
    const ids = await customersOf('message', 8);
    await rebuilding(true);
    expect(await path.isBusy()).toBe(true);
    for (const id of ids) await bus.publish(journeyChanged, { customerIds: [id] });
    const consumer = new OnJourneyChanged(customers, path);
    const sizes: number[] = [];
    await bus.consume(consumer.message, {
      durable: consumer.durable,
      giveWayWhile: consumer.giveWayWhile,
      handle: async (batch) => {
        sizes.push(batch.length);
        await consumer.handle(batch);
      },
    });
    await until(async () => (await countWith(ids, 'scored_revision > 0')) > 0);
    expect(sizes).toEqual([1]);
    await rebuilding(false);
    await until(async () => (await countWith(ids, 'scored_revision > 0')) === ids.length);
    expect(sizes[0]).toBe(1);
    expect(Math.max(...sizes)).toBeGreaterThan(3);
  });

  it('other settings score one customer, and everybody when it is over', async () => {
    const ids = await customersOf('settings', 6);
    await customers.score(ids);
    const settings = await activeSettings(database);
    await activate(database, { ...settings, version: settings.version + 1 }, 'tester');
    await rebuilding(true);
    const sweep = new RescoreAfterSettings(database, customers, path);
    const stopping = new AbortController();
    const running = sweep.run(stopping.signal);
    const scored = (): Promise<number> => countWith(ids, `settings_version = ${settings.version + 1}`);
    await until(async () => (await scored()) > 0);
    expect(await scored()).toBe(1);
    stopping.abort();
    await running;
    await rebuilding(false);
    await sweep.run(new AbortController().signal);
    expect(await scored()).toBe(ids.length);
  });
});

it('events that wait for their hierarchy come first as well', async () => {
  expect(await path.isBusy()).toBe(false);
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  await bus.consume(customerChanged, { durable: pathToHierarchy.sessionization, handle: () => held });
  await bus.publish(customerChanged, { customerIds: [idOf('waiting')] });
  await until(() => path.isBusy());
  release();
  await until(async () => !(await path.isBusy()));
});

import { jetstreamManager } from '@nats-io/jetstream';
import { connect, nanos, type NatsConnection } from '@nats-io/transport-node';
import * as contracts from '@throughline/contracts';
import type { MessageDefinition } from '@throughline/contracts';
import { JetStreamBus, pause } from './index';
import { messageBusContract, noteTaken, until } from './message-bus-contract';
import { testNats, type TestNats } from './testing';

let nats: TestNats;
let admin: NatsConnection;
const lines: string[] = [];
const log = {
  info: (_: object, line: string) => void lines.push(line),
  warn: (_: object, line: string) => void lines.push(line),
  error: (_: object, line: string) => void lines.push(line),
};
const openBus = (): JetStreamBus => JetStreamBus.open({ url: nats.url, name: 'test', log });

beforeAll(async () => {
  nats = await testNats();
  admin = await connect({ servers: nats.url, maxReconnectAttempts: -1, reconnectTimeWait: 100 });
});
afterAll(async () => {
  await admin.close();
  await nats.stop();
});

describe('the bus over JetStream', () => messageBusContract(openBus));

const isMessage = (value: unknown): value is MessageDefinition<object> => typeof value === 'object' && value !== null && 'owner' in value && 'subject' in value;
const exported: readonly unknown[] = Object.values(contracts);
const messages = exported.filter(isMessage);

it.each(messages.map((message) => [message.name, message] as const))('keeps every kind of message of the house: %s', async (name, message) => {
  const bus = openBus();
  const heard: object[] = [];
  await bus.consume(message, {
    durable: `kept--${name.replaceAll('.', '-')}`,
    handle: async (batch) => void heard.push(...batch.map(({ payload }) => payload)),
  });
  await bus.publish(message, message.example);
  await until(() => heard.length > 0, name);
  expect(heard).toEqual([message.example]);
  await bus.drain();
});

describe('when the broker fails', () => {
  const durable = 'failing--event-noted';
  let bus: JetStreamBus;
  /** How often each id was delivered to the handler of this test. */
  let seen: Map<string, number>;
  let round = 0;
  /** Of this test alone: the stream brings what earlier tests have published again. */
  let first: string;
  const listen = async (): Promise<JetStreamBus> => {
    const [opened, mine] = [openBus(), seen];
    await opened.consume(noteTaken, {
      durable,
      handle: async (batch) => batch.forEach(({ payload }) => payload.ids.forEach((id) => mine.set(id, (mine.get(id) ?? 0) + 1))),
    });
    return opened;
  };
  beforeEach(async () => {
    round += 1;
    first = `first-${round}`;
    seen = new Map();
    bus = await listen();
    await bus.publish(noteTaken, { ids: [first] });
    await until(() => seen.has(first), 'the first');
  });
  afterEach(() => bus.drain());

  it('makes a deleted consumer again and stands the replay of the whole stream', async () => {
    const manager = await jetstreamManager(admin);
    const before = (await manager.consumers.info('TL', durable)).created;
    const delivered = seen.get(first)!;
    await manager.consumers.delete('TL', durable);
    await until(() => seen.get(first)! > delivered, 'the first again');
    expect((await manager.consumers.info('TL', durable)).created).not.toBe(before);
  });

  it('repairs a consumer whose settings somebody changed, and says so', async () => {
    await bus.drain();
    const manager = await jetstreamManager(admin);
    await manager.consumers.update('TL', durable, { ack_wait: nanos(1_000), max_deliver: 2 });
    lines.length = 0;
    bus = await listen();
    await bus.publish(noteTaken, { ids: ['repaired'] });
    await until(() => seen.has('repaired'), 'a message');
    expect(lines).toContain('consumer repaired');
    expect((await manager.consumers.info('TL', durable)).config).toMatchObject({ ack_wait: nanos(30_000), max_deliver: -1 });
  });

  it('makes a deleted stream again and hears what is published from then on', async () => {
    const manager = await jetstreamManager(admin);
    await manager.streams.delete('TL');
    await until(
      async () =>
        bus.publish(noteTaken, { ids: ['second'] }).then(
          () => true,
          () => false,
        ),
      'published',
    );
    await until(() => seen.has('second'), 'the second');
  });

  it('comes back by itself after the broker was killed and lost its store', async () => {
    await nats.kill();
    await nats.restart({ wiped: true });
    await until(
      async () =>
        bus.publish(noteTaken, { ids: ['third'] }).then(
          () => true,
          () => false,
        ),
      'published',
    );
    await until(() => seen.has('third'), 'the third');
    await until(() => bus.ready(), 'ready');
  });

  it('lets a busy consumer rest a share of the time of its batch, so that what comes meanwhile comes together', async () => {
    const batches: { ids: string[]; from: number; to: number }[] = [];
    const resting = openBus();
    await resting.consume(noteTaken, {
      durable: 'resting--event-noted',
      restShare: 1,
      handle: async (batch) => {
        const from = performance.now();
        await pause(200);
        batches.push({ ids: batch.flatMap(({ payload }) => payload.ids), from, to: performance.now() });
      },
    });
    await resting.publish(noteTaken, { ids: ['busy'] });
    await until(() => batches.some(({ ids }) => ids.includes('busy')), 'the first batch');
    await resting.publish(noteTaken, { ids: ['next'] });
    await resting.publish(noteTaken, { ids: ['company'] });
    await until(() => batches.some(({ ids }) => ids.includes('company')), 'the second batch');
    const place = batches.findIndex(({ ids }) => ids.includes('next'));
    expect(batches[place]!.ids).toContain('company');
    expect(batches[place]!.from - batches[place - 1]!.to).toBeGreaterThan(150);
    await resting.drain();
  });

  it('keeps a message with a slow handler by saying that it works, and gives it to nobody else', async () => {
    let calls = 0;
    let done = false;
    const slow = { durable: 'slow--event-noted', ackWaitMs: 900 };
    const other = openBus();
    const seenByOthers = new Set<string>();
    const handle = async (batch: readonly { payload: { ids: string[] } }[]): Promise<void> => {
      const ids = batch.flatMap(({ payload }) => payload.ids);
      ids.forEach((id) => seenByOthers.add(id));
      if (!ids.includes('slow')) return;
      calls += 1;
      await pause(2_500);
      done = true;
    };
    await bus.consume(noteTaken, { ...slow, handle });
    await other.consume(noteTaken, { ...slow, handle });
    await bus.publish(noteTaken, { ids: ['slow'] });
    await until(() => done, 'the end of the slow one');
    await bus.publish(noteTaken, { ids: ['after the slow one'] });
    await until(() => seenByOthers.has('after the slow one'), 'what comes after it');
    expect(calls).toBe(1);
    await other.drain();
  });
});

it('opens without a broker and connects when one comes', async () => {
  await nats.kill();
  const bus = openBus();
  expect(bus.ready()).toBe(false);
  await nats.restart();
  await until(() => bus.ready(), 'ready');
  await bus.drain();
});

it('does not stall when consumers ask for more than the broker lets them hold', async () => {
  const [bus, other] = [openBus(), openBus()];
  const seen = new Set<string>();
  await Promise.all(Array.from({ length: 1_500 }, (_, n) => bus.publish(noteTaken, { ids: [`held-${n}`] })));
  const startedAt = performance.now();
  for (const one of [bus, other]) {
    await one.consume(noteTaken, {
      durable: 'greedy--event-noted',
      maxBatch: 5_000,
      handle: async (batch) => {
        await new Promise((resolve) => setTimeout(resolve, 10));
        for (const { payload } of batch) for (const id of payload.ids) if (id.startsWith('held-')) seen.add(id);
      },
    });
  }
  await until(() => seen.size === 1_500, 'all of them');
  expect(performance.now() - startedAt).toBeLessThan(6_000);
  await Promise.all([bus.drain(), other.drain()]);
});

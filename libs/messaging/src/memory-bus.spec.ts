import { MemoryBus } from './index';
import { messageBusContract, noteTaken, until } from './message-bus-contract';

describe('the bus in memory', () => messageBusContract(() => new MemoryBus({ hurry: 10 })));
describe('the bus in memory at its worst: twice and out of order', () => messageBusContract(() => new MemoryBus({ hurry: 10, reorder: true, seed: 7 })));

it('brings messages twice when asked to', async () => {
  const bus = new MemoryBus({ duplicates: 1 });
  const seen: string[] = [];
  await bus.consume(noteTaken, { durable: 'test--twice', handle: async (batch) => void seen.push(...batch.flatMap(({ payload }) => payload.ids)) });
  await bus.publish(noteTaken, { ids: ['a'] });
  await bus.idle();
  expect(seen).toEqual(['a', 'a']);
  await bus.drain();
});

it('forgets at a crash what was being handled, and brings it again', async () => {
  const bus = new MemoryBus();
  let calls = 0;
  await bus.consume(noteTaken, {
    durable: 'test--crash',
    handle: async () => {
      calls += 1;
      await new Promise((resolve) => setTimeout(resolve, 20));
    },
  });
  await bus.publish(noteTaken, { ids: ['a'] });
  await until(() => calls === 1, 'the first try');
  bus.crash();
  await bus.idle();
  expect(calls).toBe(2);
  await bus.drain();
});

it('refuses what is published while it is away', async () => {
  const bus = new MemoryBus();
  bus.setAway(true);
  await expect(bus.publish(noteTaken, { ids: ['a'] })).rejects.toThrow('away');
  expect(bus.ready()).toBe(false);
});

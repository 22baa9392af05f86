import { defineMessage } from '@throughline/contracts';
import { currentTrace } from '@throughline/database';
import { z } from 'zod';
import type { MessageBus, Received } from './message-bus';

export const noteTaken = defineMessage({
  name: 'event.noted',
  version: 1,
  owner: 'ingestion',
  payload: z.object({ ids: z.array(z.string()) }),
  example: { ids: ['a'] },
});
const otherTaken = defineMessage({
  name: 'event.othered',
  version: 1,
  owner: 'ingestion',
  payload: z.object({ ids: z.array(z.string()) }),
  example: { ids: ['a'] },
});
export type Note = { ids: string[] };

export async function until(met: () => boolean | Promise<boolean>, what: string, patienceMs = 20_000): Promise<void> {
  for (const startedAt = Date.now(); !(await met()); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() - startedAt > patienceMs) throw new Error(`never came: ${what}`);
}

/** What every bus promises, run on the broker and on its twin in memory. `open` gives a bus to the same broker each time. */
export function messageBusContract(open: () => Promise<MessageBus> | MessageBus): void {
  let bus: MessageBus;
  let round = 0;
  const durable = (): string => `test--${round}`;
  beforeEach(async () => {
    round += 1;
    bus = await open();
  });
  afterEach(() => bus.drain());

  const idsOf = (batch: readonly Received<Note>[]): string[] => batch.flatMap(({ payload }) => payload.ids);
  const tag = (name: string): string => `${round}-${name}`;
  const mine = (ids: readonly string[]): string[] => ids.filter((id) => id.startsWith(`${round}-`));

  it('brings what was published before the consumer came, and what came after', async () => {
    const seen = new Set<string>();
    await bus.publish(noteTaken, { ids: [tag('before')] });
    await bus.consume(noteTaken, { durable: durable(), handle: async (batch) => mine(idsOf(batch)).forEach((id) => seen.add(id)) });
    await bus.publish(noteTaken, { ids: [tag('after')] });
    await until(() => seen.size === 2, 'both messages');
  });

  it('tells every observer of a kind what is published from now on, until it stops', async () => {
    await bus.publish(noteTaken, { ids: [tag('before')] });
    const heard: string[][] = [[], []];
    const observations = heard.map((ids) => bus.observe(noteTaken, (note) => void ids.push(...mine(note.ids))));
    await bus.publish(otherTaken, { ids: [tag('other')] });
    await until(async () => {
      await bus.publish(noteTaken, { ids: [tag('after')] });
      return heard.every((ids) => ids.length > 0);
    }, 'the note, to both');
    for (const observation of observations) observation.stop();
    expect(new Set(heard.flat())).toEqual(new Set([tag('after')]));
  });

  it('brings only the kind that the consumer asked for', async () => {
    const seen: string[] = [];
    await bus.consume(noteTaken, { durable: durable(), handle: async (batch) => void seen.push(...mine(idsOf(batch))) });
    await bus.publish(otherTaken, { ids: [tag('other')] });
    await bus.publish(noteTaken, { ids: [tag('note')] });
    await until(() => seen.length > 0, 'the note');
    expect(new Set(seen)).toEqual(new Set([tag('note')]));
  });

  it('gathers what waits into few calls, one at a time and never larger than asked for', async () => {
    const sizes: number[] = [];
    let running = 0;
    let most = 0;
    const seen = new Set<string>();
    await Promise.all(Array.from({ length: 100 }, (_, n) => bus.publish(noteTaken, { ids: [tag(String(n))] })));
    await bus.consume(noteTaken, {
      durable: durable(),
      maxBatch: 25,
      handle: async (batch) => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 3));
        const ids = mine(idsOf(batch));
        if (ids.length > 0) sizes.push(batch.length);
        ids.forEach((id) => seen.add(id));
        running -= 1;
      },
    });
    await until(() => seen.size === 100, 'all hundred');
    expect(most).toBe(1);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(25);
    expect(Math.max(...sizes)).toBeGreaterThan(5);
  });

  it('brings a failed batch again, whole, until it is handled', async () => {
    let failures = 0;
    const seen = new Set<string>();
    const before = bus.counts.redelivered;
    await bus.consume(noteTaken, {
      durable: durable(),
      handle: async (batch) => {
        const ids = mine(idsOf(batch));
        if (ids.length > 0 && failures < 3) {
          failures += 1;
          throw Object.assign(new Error('deadlock detected'), { code: '40P01' });
        }
        ids.forEach((id) => seen.add(id));
      },
    });
    await bus.publish(noteTaken, { ids: [tag('a')] });
    await bus.publish(noteTaken, { ids: [tag('b')] });
    await until(() => seen.size === 2, 'both after their failures');
    expect(failures).toBe(3);
    expect(bus.counts.redelivered).toBeGreaterThan(before);
  });

  it('says how long the oldest message of a consumer has waited, and lets others come first', async () => {
    const first = `first-${round}`;
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    expect(await bus.oldestWaitingMs(first)).toBe(0);
    await bus.consume(otherTaken, { durable: first, handle: () => held });
    await bus.publish(otherTaken, { ids: [tag('long')] });
    await until(() => bus.isBehind([first]), 'the other is behind');
    const seen = new Set<string>();
    const sizes: number[] = [];
    await Promise.all(Array.from({ length: 30 }, (_, n) => bus.publish(noteTaken, { ids: [tag(String(n))] })));
    await bus.consume(noteTaken, {
      durable: durable(),
      giveWayWhile: () => bus.isBehind([first]),
      handle: async (batch) => {
        sizes.push(batch.length);
        mine(idsOf(batch)).forEach((id) => seen.add(id));
      },
    });
    await until(() => sizes.length > 0, 'one message all the same');
    expect(sizes[0]).toBe(1);
    release();
    await until(async () => (await bus.oldestWaitingMs(first)) === 0, 'the other has caught up');
    await until(() => seen.size === 30, 'the rest');
    expect(Math.max(...sizes)).toBeGreaterThan(5);
  });

  it('drops and counts what no schema reads, and goes on', async () => {
    const seen: string[] = [];
    const before = bus.counts.undecodable;
    await bus.send(noteTaken.subject, 'no JSON');
    await bus.send(noteTaken.subject, '{"ids":7}');
    await bus.publish(noteTaken, { ids: [tag('good')] });
    await bus.consume(noteTaken, { durable: durable(), handle: async (batch) => void seen.push(...mine(idsOf(batch))) });
    await until(() => seen.includes(tag('good')), 'the good one');
    expect(bus.counts.undecodable - before).toBeGreaterThanOrEqual(2);
  });

  it('stores a message of one id once', async () => {
    const seen: string[] = [];
    const id = `id-${round}-${Date.now()}`;
    await bus.publish(noteTaken, { ids: [tag('once')] }, { id });
    await bus.publish(noteTaken, { ids: [tag('once')] }, { id });
    await bus.publish(noteTaken, { ids: [tag('last')] });
    await bus.consume(noteTaken, {
      durable: durable(),
      handle: async (batch) => void seen.push(...batch.filter((one) => one.deliveries === 1).flatMap(({ payload }) => mine(payload.ids))),
    });
    await until(() => seen.includes(tag('last')), 'the last one');
    expect(seen.filter((one) => one === tag('once'))).toHaveLength(1);
  });

  it('goes on with the trace of the message', async () => {
    const traces: (string | undefined)[] = [];
    const traceId = `${'0'.repeat(28)}${String(1000 + round)}`;
    await bus.consume(noteTaken, {
      durable: durable(),
      maxBatch: 1,
      handle: async (batch) => {
        if (mine(idsOf(batch)).length > 0) traces.push(currentTrace()?.traceId);
      },
    });
    await bus.publish(noteTaken, { ids: [tag('traced')] }, { traceparent: `00-${traceId}-00f067aa0ba902b7-01` });
    await until(() => traces.length > 0, 'the message');
    expect(traces[0]).toBe(traceId);
  });

  it('finishes the running batch when it is stopped, pulls nothing more, and the next process goes on from there', async () => {
    const name = durable();
    const done: string[] = [];
    let started = false;
    const consumption = await bus.consume(noteTaken, {
      durable: name,
      maxBatch: 1,
      handle: async (batch) => {
        if (mine(idsOf(batch)).length === 0) return;
        started = true;
        await new Promise((resolve) => setTimeout(resolve, 100));
        done.push(...idsOf(batch));
      },
    });
    await bus.publish(noteTaken, { ids: [tag('1')] });
    await bus.publish(noteTaken, { ids: [tag('2')] });
    await until(() => started, 'the first began');
    await consumption.stop(5_000);
    expect(done).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(done).toHaveLength(1);
    await bus.consume(noteTaken, { durable: name, handle: async (batch) => void done.push(...mine(idsOf(batch))) });
    await until(() => new Set(done).size === 2, 'the second after all');
  });
}

import { AcceptQueue } from './accept-queue';
import type { Stored } from './accept-store';
import type { Prepared } from './prepared';
import { TokenBucket } from './token-bucket';

const item = (name: string): Prepared => ({ eventId: name }) as Prepared;
const items = (...names: string[]): Prepared[] => names.map(item);
const answerOf = (prepared: Prepared): Stored => ({ status: 'accepted', reason: prepared.eventId });
const names = (stored: readonly Stored[]): (string | undefined)[] => stored.map(({ reason }) => reason);

describe('requests that wait at the same moment', () => {
  it('share a transaction, and each gets the answers of its own items', async () => {
    const batches: string[][] = [];
    const queue = new AcceptQueue(
      async (batch) => {
        batches.push(batch.map(({ eventId }) => eventId));
        await new Promise((resolve) => setTimeout(resolve, 5));
        return batch.map(answerOf);
      },
      { writers: 1, itemsPerTransaction: 4 },
    );
    const answers = await Promise.all([
      queue.accept(items('a')),
      queue.accept(items('b', 'c')),
      queue.accept(items('d')),
      queue.accept(items('e', 'f')),
      queue.accept([]),
    ]);
    expect(answers.map(names)).toEqual([['a'], ['b', 'c'], ['d'], ['e', 'f'], []]);
    expect(batches).toEqual([['a'], ['b', 'c', 'd'], ['e', 'f']]);
    expect(queue.size).toBe(0);
  });

  it('do not suffer from one that can never be stored', async () => {
    const queue = new AcceptQueue(
      (batch) =>
        batch.some(({ eventId }) => eventId === 'bad') ? Promise.reject(new Error('the row cannot be stored')) : Promise.resolve(batch.map(answerOf)),
      { writers: 1, itemsPerTransaction: 10 },
    );
    const first = queue.accept(items('a'));
    const answers = await Promise.allSettled([first, queue.accept(items('b')), queue.accept(items('bad')), queue.accept(items('c'))]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
    expect(queue.size).toBe(0);
  });

  it('all fail with a database that is away, and the next are tried again', async () => {
    let away = true;
    const queue = new AcceptQueue(
      (batch) => (away ? Promise.reject(Object.assign(new Error('connection refused'), { code: 'ECONNREFUSED' })) : Promise.resolve(batch.map(answerOf))),
      {
        writers: 2,
        itemsPerTransaction: 10,
      },
    );
    const answers = await Promise.allSettled([queue.accept(items('a')), queue.accept(items('b')), queue.accept(items('c'))]);
    expect(answers.every(({ status }) => status === 'rejected')).toBe(true);
    away = false;
    expect(names(await queue.accept(items('d')))).toEqual(['d']);
  });
});

describe("a source's allowance", () => {
  it('is a burst, then so many a second, and says when to come again', () => {
    const bucket = new TokenBucket(10, 20);
    expect(bucket.take(20, 0)).toEqual({ ok: true });
    expect(bucket.take(5, 0)).toEqual({ ok: false, retryAfterMs: 500 });
    expect(bucket.take(5, 499)).toMatchObject({ ok: false });
    expect(bucket.take(5, 500)).toEqual({ ok: true });
  });

  it('lets a batch larger than the burst pass when it is full, and counts it in full', () => {
    const bucket = new TokenBucket(10, 20);
    expect(bucket.take(100, 0)).toEqual({ ok: true });
    expect(bucket.take(1, 5_000)).toMatchObject({ ok: false });
    expect(bucket.take(1, 8_100)).toEqual({ ok: true });
  });
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Delivery } from './disorder';
import { generateWorld } from './generate-world';
import { load } from './load';
import { emptySummary, postBatch, postInOrder, Refused, type Access } from './post-batches';
import { talk } from './talk';

interface Posted {
  readonly key: string;
  readonly events: { sourceEventId: string; occurredAt: number; revision?: number }[];
}

/** A platform that answers as `answers` says, in turn, and after that takes everything. */
async function withPlatform(answers: ((response: ServerResponse) => void)[], use: (api: string, posted: Posted[]) => Promise<void>): Promise<void> {
  const posted: Posted[] = [];
  const server: Server = createServer((request: IncomingMessage, response: ServerResponse) => {
    let body = '';
    request.on('data', (piece: Buffer) => (body += piece.toString()));
    request.on('end', () => {
      const answer = answers.shift();
      if (answer) return answer(response);
      const events = JSON.parse(body) as Posted['events'];
      posted.push({ key: (request.headers.authorization ?? '').replace('Bearer ', ''), events });
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ accepted: events.length, duplicate: 0, quarantined: 0, rejected: 0, items: [] }));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`, posted);
  } finally {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  }
}

const access = (api: string, patienceMs = 10_000): Access => ({ api, keyOf: (source) => `key-of-${source}`, patienceMs });
const someDeliveries = (): Delivery[] => {
  const deliveries: Delivery[] = [];
  for (const hourful of generateWorld({ size: 'XS', seed: 5, days: 20 }).deliveries) deliveries.push(...hourful);
  return deliveries;
};
const refuse =
  (status: number, headers: Record<string, string> = {}) =>
  (response: ServerResponse) => {
    response.writeHead(status, headers);
    response.end('{"title":"no"}');
  };

describe('sending through the public API', () => {
  it('waits as long as a busy platform asks for, and sends the batch again', async () => {
    await withPlatform([refuse(503, { 'retry-after': '1' }), refuse(429, { 'retry-after': '1' })], async (api, posted) => {
      const summary = emptySummary();
      const started = performance.now();
      const [first] = someDeliveries();
      await postBatch(access(api), first!.source, [first!], summary);
      expect(performance.now() - started).toBeGreaterThanOrEqual(1_990);
      expect(summary).toMatchObject({ accepted: 1, retries: 2 });
      expect(posted).toHaveLength(1);
    });
  });

  it('sends again what may have been lost with a broken connection', async () => {
    await withPlatform([(response) => response.destroy()], async (api, posted) => {
      const summary = emptySummary();
      const [first] = someDeliveries();
      await postBatch(access(api), first!.source, [first!], summary);
      expect(summary).toMatchObject({ accepted: 1, retries: 1 });
      expect(posted).toHaveLength(1);
    });
  });

  it('gives up at once where the key is wrong, and after its patience where nobody answers', async () => {
    const [first] = someDeliveries();
    await withPlatform([refuse(401)], async (api) => {
      await expect(postBatch(access(api), first!.source, [first!], emptySummary())).rejects.toThrow(Refused);
    });
    await expect(postBatch(access('http://127.0.0.1:9', 300), first!.source, [first!], emptySummary())).rejects.toThrow(/did not take a batch/);
  });

  it('keeps the order of each source, with its own key, in batches of at most 500', async () => {
    await withPlatform([], async (api, posted) => {
      const deliveries = someDeliveries();
      // One source with more than one batch.
      const many = [...deliveries, ...Array.from({ length: 1_200 }, () => deliveries.find(({ source }) => source === 'web')!)];
      await postInOrder(access(api), many, 3, emptySummary());
      for (const source of new Set(many.map((delivery) => delivery.source))) {
        const sent = posted.filter(({ key }) => key === `key-of-${source}`).flatMap(({ events }) => events.map(({ sourceEventId }) => sourceEventId));
        expect(sent).toEqual(many.filter((delivery) => delivery.source === source).map(({ sourceEventId }) => sourceEventId));
      }
      expect(Math.max(...posted.map(({ events }) => events.length))).toBe(500);
    });
  });

  it('loads a whole world and says what became of it', async () => {
    await withPlatform([], async (api, posted) => {
      let last = 0;
      const { summary, planted } = await load(access(api), { size: 'XS', seed: 2, concurrency: 3 }, (share) => (last = share));
      expect(summary.accepted).toBe(planted.deliveries);
      expect(posted.reduce((sum, { events }) => sum + events.length, 0)).toBe(planted.deliveries);
      expect(last).toBeGreaterThan(0.99);
    });
  });

  it('goes on talking in present times until it is told to stop', async () => {
    await withPlatform([], async (api, posted) => {
      const stop = new AbortController();
      const started = Date.now();
      setTimeout(() => stop.abort(), 4_000);
      await talk(access(api), { size: 'S', seed: 1, perMinute: 600_000 }, stop.signal, () => undefined);
      const times = posted.flatMap(({ events }) => events.map(({ occurredAt }) => occurredAt));
      expect(times.length).toBeGreaterThan(20);
      expect(Math.min(...times)).toBeGreaterThanOrEqual(started - 60_000);
      expect(Math.max(...times)).toBeLessThanOrEqual(Date.now());
    });
  });
});

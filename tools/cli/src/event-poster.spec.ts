import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { EventPoster } from './event-poster';

let server: Server;
let answers: { status: number; body: object; headers?: Record<string, string> }[];
let bodies: string[];
const api = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const stored = (status: string, reason?: string) => ({
  accepted: 0,
  duplicate: 0,
  quarantined: 0,
  rejected: 0,
  [status]: 1,
  items: [{ index: 0, status, ...(reason ? { reason } : {}) }],
});

beforeEach(async () => {
  answers = [];
  bodies = [];
  server = createServer((request, reply) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      bodies.push(body);
      const answer = answers.shift() ?? { status: 200, body: stored('accepted') };
      reply.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(JSON.stringify(answer.body));
    });
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
});
afterEach(() => new Promise((resolve) => server.close(resolve)));

describe('an import', () => {
  it('sends a batch again when the platform is busy, the very same batch', async () => {
    answers = [
      { status: 503, body: { title: 'Not available at the moment' } },
      { status: 429, body: { title: 'Too many events' }, headers: { 'retry-after': '0' } },
    ];
    const waits: string[] = [];
    const poster = new EventPoster(api(), 'wk', (why) => waits.push(why));
    await poster.post([{ sourceEventId: 'a' }]);
    expect(bodies).toEqual(Array.from({ length: 3 }, () => '[{"sourceEventId":"a"}]'));
    expect(waits).toEqual(['Not available at the moment', 'Too many events']);
    expect(poster.counts.accepted).toBe(1);
  });

  it('counts what became of each event, also where every one was refused', async () => {
    answers = [
      { status: 200, body: stored('quarantined', 'too_old') },
      { status: 400, body: stored('rejected', 'invalid_id') },
    ];
    const poster = new EventPoster(api(), 'wk');
    await poster.post([{}]);
    await poster.post([{}]);
    expect(poster.counts).toEqual({
      accepted: 0,
      duplicate: 0,
      quarantined: 1,
      rejected: 1,
      reasons: new Map([
        ['too_old', 1],
        ['invalid_id', 1],
      ]),
    });
  });

  it('gives up at once on a wrong key, in a sentence with the way out', async () => {
    answers = [{ status: 401, body: { title: 'The write key is missing or unknown' } }];
    await expect(new EventPoster(api(), 'wk').post([{}])).rejects.toThrow('THROUGHLINE_WRITE_KEY');
    expect(bodies).toHaveLength(1);
  });
});

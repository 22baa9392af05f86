import { Analytics } from '@segment/analytics-node';
import type { CanonicalEvent, QuarantineEntry, QuarantineItem } from '@throughline/contracts';
import { auditedIn, breakAudit } from '@throughline/database/testing';
import { eventIdOf } from '@throughline/domain-events';
import { createServer, request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { adminToken, menuKey, otherKey, runIngestion, writeKey, type RunningIngestion } from './running-ingestion';

let ingestion: RunningIngestion;
/** Stands for feedback: says from where it was told that the request came. */
const feedback = createServer((asked, answer) => void answer.end(String(asked.headers['x-forwarded-for'])));
beforeAll(async () => {
  await new Promise<void>((resolve) => feedback.listen(0, '127.0.0.1', resolve));
  ingestion = await runIngestion({ FEEDBACK_URL: `http://127.0.0.1:${(feedback.address() as AddressInfo).port}` });
}, 60_000);
afterAll(async () => {
  await ingestion.stop();
  await new Promise((resolve) => feedback.close(resolve));
});

interface StoredEvent {
  readonly revision: number;
  readonly body: CanonicalEvent;
}

let count = 0;
const fresh = (more: object = {}): { sourceEventId: string; [field: string]: unknown } => ({
  sourceEventId: `e-${++count}`,
  occurredAt: '2026-03-02T15:05:00Z',
  system: 'web',
  type: 'clicked',
  ...more,
});
const stored = async (sourceEventId: string, source = 'first'): Promise<StoredEvent> =>
  (await ingestion.rows<StoredEvent>('select * from ingestion.read_event where event_id = $1', [eventIdOf(source, sourceEventId)]))[0]!;

describe('a posted event', () => {
  it('is committed when the answer says accepted: key, event, original and one doorbell', async () => {
    const event = fresh({ sentAt: 5 });
    const { status, body } = await ingestion.post('/v1/events', event);
    expect(status).toBe(200);
    const eventId = eventIdOf('first', event.sourceEventId);
    expect(body).toEqual({
      accepted: 1,
      duplicate: 0,
      quarantined: 0,
      rejected: 0,
      items: [{ index: 0, status: 'accepted', sourceEventId: event.sourceEventId, eventId }],
    });
    expect((await stored(event.sourceEventId)).body).toMatchObject({ id: eventId, source: 'first', occurredAt: Date.UTC(2026, 2, 2, 15, 5), system: 'web' });
    expect(await ingestion.rows('select record, adapter from ingestion.original_body where event_id = $1', [eventId])).toEqual([
      { record: JSON.stringify(event), adapter: 'events' },
    ]);
    expect(await ingestion.rows(`select subject from ingestion.outbox where payload->'eventIds' ? $1`, [eventId])).toEqual([{ subject: 'tl.event.accepted' }]);
  });

  it('is a duplicate when it comes again, in another spelling or at another time of sending, and nothing is stored twice', async () => {
    const event = fresh({ attributes: { a: 1, b: 2 } });
    await ingestion.post('/v1/events', event);
    const again = `{ "attributes": {"b":2, "a":1}, "type":"clicked", "system":"web", "occurredAt":"2026-03-02T15:05:00Z", "sentAt": 9, "sourceEventId":"${event.sourceEventId}" }`;
    expect((await ingestion.post('/v1/events', again)).body.items[0]).toMatchObject({ status: 'duplicate' });
    expect(await ingestion.rows('select 1 from ingestion.original_body where event_id = $1', [eventIdOf('first', event.sourceEventId)])).toHaveLength(1);
  });

  it('is replaced by a higher revision, whichever comes first, and keeps its id', async () => {
    const first = fresh({ revision: 1, agent: 'a' });
    const second = { ...first, revision: 2, agent: 'b' };
    await ingestion.post('/v1/events', second);
    expect((await ingestion.post('/v1/events', first)).body.items[0]).toMatchObject({ status: 'duplicate' });
    expect((await stored(first.sourceEventId)).body.agent).toBe('b');
    const third = { ...first, revision: 3, agent: 'c', occurredAt: '2026-03-02T16:00:00Z' };
    expect((await ingestion.post('/v1/events', third)).body.items[0]).toMatchObject({ status: 'accepted', eventId: eventIdOf('first', first.sourceEventId) });
    expect(await stored(first.sourceEventId)).toMatchObject({ revision: 3, body: { agent: 'c', occurredAt: Date.UTC(2026, 2, 2, 16) } });
    expect((await ingestion.post('/v1/events', third)).body.items[0]).toMatchObject({ status: 'duplicate' });
  });

  it('with the id of another is kept aside as id_conflict, and the first stays', async () => {
    const event = fresh({ agent: 'a' });
    await ingestion.post('/v1/events', event);
    const other = { ...event, agent: 'b' };
    for (let time = 0; time < 2; time++)
      expect((await ingestion.post('/v1/events', other)).body.items[0]).toMatchObject({
        status: 'quarantined',
        reason: 'id_conflict',
        pointer: '/sourceEventId',
      });
    expect((await stored(event.sourceEventId)).body.agent).toBe('a');
    expect(await ingestion.rows('select reason from ingestion.quarantine where event_id = $1', [eventIdOf('first', event.sourceEventId)])).toEqual([
      { reason: 'id_conflict' },
    ]);
  });

  it('settles repetitions inside one batch', async () => {
    const a = fresh();
    const v = fresh({ revision: 1 });
    const { body } = await ingestion.post('/v1/events', [a, a, { ...a, agent: 'x' }, v, { ...v, revision: 2 }]);
    expect(body.items.map((item) => item.status)).toEqual(['accepted', 'duplicate', 'quarantined', 'duplicate', 'accepted']);
    expect((await stored(v.sourceEventId)).revision).toBe(2);
  });

  it('stands beside bad neighbours', async () => {
    const [good, tooFar, noId] = [fresh(), fresh({ occurredAt: '2126-01-01T00:00:00Z' }), fresh({ sourceEventId: '' })];
    const body = `[${JSON.stringify(good)},${JSON.stringify(tooFar)},${JSON.stringify(noId)},${'[{"a":'.repeat(40)}1${'}]'.repeat(40)}]`;
    const answer = await ingestion.post('/v1/events', body);
    expect(answer.status).toBe(200);
    expect(answer.body.items.map((item) => `${item.status} ${item.reason ?? ''}`)).toEqual([
      'accepted ',
      'quarantined too_far_ahead',
      'rejected invalid_id',
      'quarantined too_deep',
    ]);
  });

  it('can be judged without being stored', async () => {
    const event = fresh({ system: 'agent', type: 'wrappedUp' });
    const { body } = await ingestion.post('/v1/events?dry_run=1', [event, fresh({ type: 'x' })]);
    expect(body).toMatchObject({
      dryRun: true,
      items: [
        { status: 'accepted', event: { presence: 'away' } },
        { status: 'quarantined', pointer: '/type' },
      ],
    });
    expect(await stored(event.sourceEventId)).toBeUndefined();
  });

  it('may come as NDJSON, gzipped, or under "events"', async () => {
    const [a, b, c] = [fresh(), fresh(), fresh()];
    expect((await ingestion.post('/v1/events', `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`, { 'content-type': 'application/x-ndjson' })).body.accepted).toBe(
      2,
    );
    expect((await ingestion.post('/v1/events', gzipSync(JSON.stringify({ events: [c] })), { 'content-encoding': 'gzip' })).body.accepted).toBe(1);
  });

  it('is stored once when eight clients send the same batch at the same moment, in any order', async () => {
    const batch = Array.from({ length: 50 }, () => fresh());
    const answers = await Promise.all(Array.from({ length: 8 }, (_, index) => ingestion.post('/v1/events', index % 2 === 0 ? batch : [...batch].reverse())));
    expect(answers.map((answer) => answer.status)).toEqual(Array(8).fill(200));
    expect(answers.reduce((sum, answer) => sum + answer.body.accepted, 0)).toBe(50);
    expect(answers.reduce((sum, answer) => sum + answer.body.duplicate, 0)).toBe(350);
  });
});

describe('a request', () => {
  it.each([
    ['an unknown key', 401, '{}', { authorization: 'Bearer nobody' }],
    ['no body', 400, '', {}],
    ['half a body', 400, '{"a":', {}],
    ['invalid UTF-8', 400, Buffer.from([0x7b, 0xff, 0xc0, 0x80, 0x7d]), {}],
    ['a batch that is empty', 400, '[]', {}],
    ['bytes that are no gzip', 400, 'x', { 'content-encoding': 'gzip' }],
    ['an unknown encoding', 415, 'x', { 'content-encoding': 'compress' }],
  ])('with %s is answered %i', async (_name, status, body, headers) => {
    expect((await ingestion.post('/v1/events', body, headers as unknown as Record<string, string>)).status).toBe(status);
  });

  it('of 501 events, of more than 4 MB, or that inflates beyond it, is answered 413', async () => {
    expect(
      (
        await ingestion.post(
          '/v1/events',
          Array.from({ length: 501 }, () => fresh()),
        )
      ).status,
    ).toBe(413);
    expect((await ingestion.post('/v1/events', `[${'1,'.repeat(2_200_000)}1]`)).status).toBe(413);
    const bomb = gzipSync(Buffer.alloc(50_000_000, 32));
    expect(bomb.length).toBeLessThan(100_000);
    expect((await ingestion.post('/v1/events', bomb, { 'content-encoding': 'gzip' })).status).toBe(413);
  });

  it('with one event of more than 256 KB is answered 413 for it, and takes its neighbour', async () => {
    const big = fresh({ attributes: { a: 'x'.repeat(262_200) } });
    expect((await ingestion.post('/v1/events', big)).status).toBe(413);
    expect((await ingestion.post('/v1/events', [big, fresh()])).body.items.map((item) => item.status)).toEqual(['rejected', 'accepted']);
  });

  it('that drips in is answered 408 within ten seconds', async () => {
    const started = Date.now();
    const status = await new Promise<number | undefined>((resolve) => {
      const url = new URL(ingestion.api);
      const slow = request(
        { host: url.hostname, port: url.port, path: '/v1/events', method: 'POST', headers: { authorization: `Bearer ${writeKey}`, 'content-length': '1000' } },
        (answer) => {
          answer.resume();
          resolve(answer.statusCode);
        },
      );
      slow.on('error', () => resolve(undefined));
      slow.write('[');
      const drip = setInterval(() => slow.write(' '), 1_000);
      slow.on('close', () => clearInterval(drip));
    });
    expect(status).toBe(408);
    expect(Date.now() - started).toBeLessThan(12_000);
  });

  it('for a survey page is forwarded with the address that the proxy in front has seen, never with the client’s own word', async () => {
    for (const [sent, told] of [
      ['198.51.100.7', '198.51.100.7'],
      ['1.2.3.4, 198.51.100.8', '198.51.100.8'],
    ] as const) {
      const answer = await fetch(`${ingestion.api}/s/a-link`, { headers: { 'x-forwarded-for': sent } });
      expect(await answer.text()).toBe(told);
    }
    const direct = await fetch(`${ingestion.api}/s/a-link`);
    expect(await direct.text()).toMatch(/127\.0\.0\.1$/);
  });

  it('over the rate of its source is answered 429 with Retry-After', async () => {
    const headers = { authorization: `Bearer ${otherKey}` };
    await ingestion.post(
      '/v1/events',
      Array.from({ length: 5 }, () => fresh()),
      headers,
    );
    const answer = await ingestion.post(
      '/v1/events',
      Array.from({ length: 5 }, () => fresh()),
      headers,
    );
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    // What is only judged costs the same.
    expect((await ingestion.post('/v1/events?dry_run=1', [fresh(), fresh(), fresh()], headers)).status).toBe(429);
  });

  it('with a write key reads nothing, with no token neither', async () => {
    for (const path of ['/v1/quarantine', '/v1/quarantine/5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f', '/v1//quarantine', '/%761/quarantine'])
      for (const token of [writeKey, undefined, '', 'x']) expect([401, 404]).toContain((await ingestion.get(path, token)).status);
    expect((await ingestion.get('/v1/quarantine', writeKey)).status).toBe(401);
    expect((await ingestion.post('/v1/quarantine/replay', { reason: 'invalid' })).status).toBe(401);
    expect((await ingestion.get('/v1/quarantine', adminToken)).status).toBe(200);
  });

  it('finds the document of the routes', async () => {
    const { body } = await ingestion.get<{ paths: object; components: { schemas: Record<string, { required: string[] }> } }>('/openapi.json');
    expect(Object.keys(body.paths)).toEqual(expect.arrayContaining(['/v1/events', '/v1/quarantine/replay']));
    expect(body.components.schemas['PostedEvent']!.required).toEqual(['sourceEventId', 'occurredAt', 'system', 'type']);
  });
});

describe('what is kept aside', () => {
  const aside = async (event: { sourceEventId: string }): Promise<QuarantineEntry> => {
    const { body } = await ingestion.post('/v1/events', event);
    expect(body.items[0]?.status).toBe('quarantined');
    const { body: listed } = await ingestion.get<{ items: QuarantineEntry[] }>('/v1/quarantine?limit=500', adminToken);
    return listed.items.find((item) => item.sourceEventId === event.sourceEventId)!;
  };
  const replay = (body: object) => ingestion.post('/v1/quarantine/replay', body, { authorization: `Bearer ${adminToken}` });

  it('is listed with its reason, shown with its record, tried, edited, and let in under its own id', async () => {
    const event = fresh({ occurredAt: '2026-03-02T15:05:00' });
    const item = await aside(event);
    expect(item).toMatchObject({ reason: 'invalid', pointer: '/occurredAt', state: 'open' });
    expect((await ingestion.get<QuarantineItem>(`/v1/quarantine/${item.id}`, adminToken)).body.record).toEqual(event);
    const edit = { occurredAt: '2026-03-02T15:05:00Z' };
    expect((await replay({ ids: [item.id], edit, dryRun: true })).body).toMatchObject({ dryRun: true, replayed: 1 });
    expect(await stored(event.sourceEventId)).toBeUndefined();
    expect((await replay({ ids: [item.id] })).body).toMatchObject({ replayed: 0, stillQuarantined: 1 });
    const broken = await breakAudit(ingestion.database);
    expect((await replay({ ids: [item.id], edit, by: 'pat' })).status).toBe(500);
    await broken.mend();
    expect((await replay({ ids: [item.id], edit, by: 'pat' })).body).toMatchObject({ replayed: 1 });
    // One entry for each time that something changed, in its transaction: a try leaves none.
    expect((await auditedIn(ingestion.database)).map(({ target, details }) => [target, details['outcome'], details['edited'], details['by']])).toEqual([
      [`quarantine:${item.id}`, 'quarantined', [], 'admin'],
      [`quarantine:${item.id}`, 'accepted', Object.keys(edit), 'pat'],
    ]);
    expect((await stored(event.sourceEventId)).body).toMatchObject({ occurredAt: Date.UTC(2026, 2, 2, 15, 5), receivedAt: item.receivedAt });
    expect((await ingestion.get(`/v1/quarantine/${item.id}`, adminToken)).body).toMatchObject({ state: 'replayed', attempts: 3 });
    expect((await ingestion.post('/v1/events', { ...event, ...edit })).body.items[0]?.status).toBe('duplicate');
  });

  it('is let in by reason once the source is set right', async () => {
    const events = [fresh({ endedAt: '2026-03-02T15:00:00Z' }), fresh({ endedAt: '2026-03-02T15:00:00Z' })];
    for (const event of events) await aside(event);
    await ingestion.rows(`update ingestion.source set settings = settings || '{"negativeSpan":"repair"}' where name = 'first'`);
    // Settings of a source are read anew after five seconds.
    const replayed = async (): Promise<boolean> =>
      ((await replay({ reason: 'negative_span', dryRun: true })).body as unknown as { replayed: number }).replayed === 2;
    for (const deadline = Date.now() + 20_000; !(await replayed()); await new Promise((resolve) => setTimeout(resolve, 200)))
      if (Date.now() > deadline) throw new Error('the new settings were never used');
    expect((await replay({ reason: 'negative_span' })).body).toMatchObject({ tried: 2, replayed: 2 });
    expect((await stored(events[0]!.sourceEventId)).body.attributes.repaired).toHaveLength(1);
  });

  it('with the id of another stays aside until it gets a revision', async () => {
    const event = fresh({ agent: 'a' });
    await ingestion.post('/v1/events', event);
    const item = await aside({ ...event, agent: 'b' } as { sourceEventId: string });
    expect((await replay({ ids: [item.id] })).body.items[0]).toMatchObject({ status: 'quarantined', reason: 'id_conflict' });
    expect((await replay({ ids: [item.id], edit: { revision: 1 } })).body.items[0]).toMatchObject({ status: 'accepted' });
    expect((await stored(event.sourceEventId)).body.agent).toBe('b');
  });
});

describe('card numbers', () => {
  it('reach no table, whole or in parts of one conversation, and no log', async () => {
    const whole = '4111 1111 1111 1111';
    await ingestion.post('/v1/events', fresh({ system: 'chat', type: 'messageReceived', sessionKey: 'c-1', text: `it is ${whole}` }));
    await ingestion.post(
      '/v1/events',
      fresh({ system: 'chat', type: 'messageReceived', sessionKey: 'c-2', text: 'first half 55555555', occurredAt: '2026-03-02T15:05:01Z' }),
    );
    await ingestion.post(
      '/v1/events',
      fresh({ system: 'chat', type: 'messageReceived', sessionKey: 'c-2', text: 'then 55554444', occurredAt: '2026-03-02T15:05:09Z' }),
    );
    const keys = [...'371449635398431'].map((key, index) =>
      fresh({ system: 'ivr', type: 'keyPressed', sessionKey: 'c-3', occurredAt: Date.UTC(2026, 2, 2, 15, 5) + index * 800, attributes: { node: 'main', key } }),
    );
    for (let from = 0; from < keys.length; from += 4) {
      expect((await ingestion.post('/v1/events', keys.slice(from, from + 4), { authorization: `Bearer ${menuKey}` })).status).toBe(200);
    }
    const texts = await ingestion.rows<{ text: string }>(
      `select body::text as text from ingestion.event union all select record from ingestion.original_body union all select record from ingestion.quarantine union all select payload::text from ingestion.outbox`,
    );
    const all = texts.map(({ text }) => text).join('\n') + ingestion.log();
    expect(all).not.toContain(whole);
    expect(all).not.toMatch(/first half 5555|then 5555/);
    const pressed = await ingestion.rows<{ key: string }>(`select body->'attributes'->>'key' as key from ingestion.event where body->>'sessionKey' = 'c-3'`);
    expect(pressed.map(({ key }) => key)).toEqual(Array(15).fill('•'));
    expect(await ingestion.rows('select kind from ingestion.redaction')).toHaveLength(17);
  }, 60_000);
});

describe("Segment's own Node client", () => {
  it('is answered as by Segment, and its six calls are stored whole', async () => {
    const errors: unknown[] = [];
    const analytics = new Analytics({ writeKey, host: ingestion.api, path: '/v1/batch', maxRetries: 0 });
    analytics.on('error', (error) => errors.push(error));
    const timestamp = new Date('2024-03-01T10:00:00.000Z');
    analytics.identify({ userId: 'u-1', anonymousId: 'anon-1', traits: { email: 'pat@example.com', phone: '+12065550100' }, timestamp });
    analytics.track({
      userId: 'u-1',
      event: 'Live Chat Message Sent',
      properties: { conversation_id: 'chat-1', agent_id: 'ag-7' },
      messageId: 'seg-track',
      timestamp,
    });
    analytics.page({ anonymousId: 'anon-1', name: 'Pricing', properties: { url: 'https://example.com/pricing' }, timestamp });
    analytics.screen({ userId: 'u-1', name: 'Home', timestamp });
    analytics.group({ userId: 'u-1', groupId: 'org-9', timestamp });
    analytics.alias({ userId: 'u-1', previousId: 'anon-1', timestamp });
    await analytics.closeAndFlush();
    expect(errors).toEqual([]);
    const rows = await ingestion.rows<{ body: CanonicalEvent }>(
      `select event.body from ingestion.event join ingestion.original_body using (event_id) where adapter = 'segment'`,
    );
    const of = (call: string): CanonicalEvent => rows.find(({ body }) => body.attributes.call === call)!.body;
    expect(rows).toHaveLength(6);
    expect(rows.every(({ body }) => body.occurredAt === timestamp.getTime())).toBe(true);
    expect(of('identify').identifiers.map((id) => `${id.kind} ${id.value}`)).toEqual([
      'login u-1',
      'cookie anon-1',
      'email pat@example.com',
      'phone +12065550100',
    ]);
    expect(of('track')).toMatchObject({
      system: 'chat',
      type: 'messageReceived',
      agent: 'ag-7',
      sessionKey: 'chat-1',
      contactLinks: [{ kind: 'conversation', namespace: 'first', value: 'chat-1' }],
    });
    expect(of('page')).toMatchObject({
      system: 'web',
      type: 'pageViewed',
      channel: 'web',
      attributes: { name: 'Pricing', properties: { url: 'https://example.com/pricing' } },
    });
    expect(of('screen').channel).toBe('app');
    expect(of('group').identifiers).toContainEqual({ kind: 'account', namespace: '', value: 'org-9', verified: false, role: 'actingFor' });
    expect(of('alias').identifiers.map((id) => id.kind)).toEqual(['login', 'cookie']);
  });

  it('may send the key in the body, as the user of Basic authentication, on the short paths, with any content type', async () => {
    const call = { type: 'track', userId: 'u-2', event: 'x', messageId: 'm-1', timestamp: new Date().toISOString() };
    const none = { authorization: '' };
    expect(await ingestion.post('/v1/track', { ...call, writeKey }, none)).toMatchObject({ status: 200, body: { success: true } });
    expect(
      (
        await ingestion.post('/v1/t', JSON.stringify({ ...call, messageId: 'm-2' }), {
          authorization: `Basic ${btoa(`${writeKey}:`)}`,
          'content-type': 'text/plain',
        })
      ).status,
    ).toBe(200);
    expect(
      (
        await ingestion.post('/v1/batch', gzipSync(JSON.stringify({ batch: [{ ...call, messageId: 'm-3' }] })), {
          'content-type': 'application/x-www-form-urlencoded',
          'content-encoding': 'gzip',
        })
      ).status,
    ).toBe(200);
    expect((await ingestion.post('/v1/track', call, none)).status).toBe(401);
    expect(await ingestion.rows(`select 1 from ingestion.event where body->>'sourceEventId' in ('m-1', 'm-2', 'm-3')`)).toHaveLength(3);
    const records = await ingestion.rows<{ record: string }>('select record from ingestion.original_body');
    expect(records.some(({ record }) => record.includes(writeKey))).toBe(false);
  });

  it('is told the truth in strict mode only', async () => {
    const nobody = { type: 'track', event: 'x', messageId: 'm-9' };
    expect(await ingestion.post('/v1/track', nobody)).toMatchObject({ status: 200, body: { success: true } });
    expect(await ingestion.post('/v1/track', nobody, { 'x-strict-mode': '1' })).toMatchObject({
      status: 400,
      body: { items: [{ reason: 'no_user_anon_id' }] },
    });
    expect((await ingestion.post('/v1/batch', { batch: Array.from({ length: 2_501 }, () => 1) })).status).toBe(400);
    expect((await ingestion.post('/v1/batch', { batch: ['x'.repeat(520_000)] })).status).toBe(413);
  });
});

describe('CloudEvents', () => {
  const event = {
    specversion: '1.0',
    id: 'ce-1',
    source: '/acd/1',
    type: 'com.acme.ivr.node.entered',
    time: '2024-03-01T10:00:00.000Z',
    identity: '+15550100123',
    identitytype: 'phone',
    data: { callId: 'c-9', node: 'main' },
  };
  it('come structured, batched and binary', async () => {
    expect((await ingestion.post('/v1/events', event, { 'content-type': 'application/cloudevents+json' })).body.accepted).toBe(1);
    expect(
      (
        await ingestion.post(
          '/v1/cloudevents',
          [
            { ...event, id: 'ce-2' },
            { ...event, id: 'ce-3' },
          ],
          { 'content-type': 'application/cloudevents-batch+json' },
        )
      ).body.accepted,
    ).toBe(2);
    const binary = {
      'ce-specversion': '1.0',
      'ce-id': 'ce-4',
      'ce-source': '/acd/1',
      'ce-type': 'com.acme.call.ended',
      'ce-time': '2024-03-01T10:00:00.000Z',
      'ce-subject': 'caf%C3%A9',
    };
    expect((await ingestion.post('/events', { callId: 'c-9' }, binary)).body.accepted).toBe(1);
    expect((await stored('/acd/1#ce-1')).body).toMatchObject({
      system: 'ivr',
      type: 'nodeEntered',
      sessionKey: 'c-9',
      identifiers: [{ kind: 'phone', value: '+15550100123' }],
    });
    expect((await stored('/acd/1#ce-4')).body).toMatchObject({
      system: 'ivr',
      type: 'left',
      identifiers: [{ kind: 'login', value: 'café' }],
      attributes: { data: { callId: 'c-9' } },
    });
  });
});

describe('the database', () => {
  it('takes rows of ingestion from the role of ingestion only', async () => {
    const identity = await ingestion.database.open('identity');
    await expect(identity.query(`insert into ingestion.event_key values (gen_random_uuid(), 0, gen_random_uuid(), now())`)).rejects.toThrow(
      /permission denied/,
    );
    await expect(identity.query('select * from ingestion.event')).rejects.toThrow(/permission denied/);
    expect(await identity.query('select event_id from ingestion.read_event limit 1')).toHaveLength(1);
  });

  it('away means 503 with Retry-After and nothing kept; back means the same request is accepted', async () => {
    const event = fresh();
    await ingestion.rows(`alter role tl_ingestion nologin`);
    await ingestion.rows(`select pg_terminate_backend(pid) from pg_stat_activity where usename = 'tl_ingestion'`);
    const answer = await ingestion.post('/v1/events', event);
    await ingestion.rows(`alter role tl_ingestion login`);
    expect(answer.status).toBe(503);
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await ingestion.post('/v1/events', event)).body.items[0]).toMatchObject({ status: 'accepted' });
  });
});

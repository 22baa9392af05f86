import { correctHierarchy, customerTreeSchema, type Correction, type CustomerTree, type RecordReply } from '@throughline/contracts';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { CommandServer, JetStreamBus } from '@throughline/messaging';
import { testNats, type TestNats } from '@throughline/messaging/testing';
import { bootService, type RunningService } from '@throughline/service';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { migrations } from '../migrations';
import { AdminApiModule } from './admin-api-module';
import { hardenHttp } from './harden-http';
import { adminApiSettings } from './settings';
import { dana, formerDana, idOf, minute, noon, tellDana, viewMigrations } from './test-world';

const readToken = 'rt_0123456789abcdef';
const adminToken = 'at_0123456789abcdef';

let database: TestDatabase;
let nats: TestNats;
let service: RunningService;
let owner: JetStreamBus;
let commands: CommandServer;
let corrections: Correction[];

beforeAll(async () => {
  [database, nats] = await Promise.all([testDatabase({ migrations: [...viewMigrations, ...migrations] }), testNats()]);
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await tellDana(client);
  await client.end();
  service = await bootService({
    name: 'admin-api',
    schema: 'admin_api',
    settings: adminApiSettings.parse({
      DATABASE_URL: database.urlFor('tl_admin_api'),
      NATS_URL: nats.url,
      PORT: 0,
      READ_TOKEN_HASH: createHash('sha256').update(readToken).digest('hex'),
      ADMIN_TOKEN: adminToken,
      LOG_LEVEL: 'silent',
      NODE_ENV: 'test',
    }),
    migrations,
    outbox: false,
    module: AdminApiModule,
    http: { port: 0, bodyLimit: 65_536, configure: hardenHttp },
  });
  owner = JetStreamBus.open({ url: nats.url, name: 'owner' });
  commands = new CommandServer(owner, 'sessionization');
  commands.answer(correctHierarchy, async (correction): Promise<RecordReply> => {
    corrections.push(correction);
    return corrections.length > 1 ? { kind: 'refused', reason: 'The two events are the same one.' } : { kind: 'recorded', id: correction.id };
  });
  await owner.connection();
}, 60_000);
beforeEach(() => {
  corrections = [];
});
afterAll(async () => {
  await service?.stop();
  await commands?.stop();
  await owner?.drain();
  await nats?.stop();
  await database?.drop();
});

async function call(
  method: string,
  path: string,
  options: { token?: string | null; body?: unknown } = {},
): Promise<{ status: number; headers: Headers; body: ReturnType<typeof JSON.parse> }> {
  const token = options.token === undefined ? readToken : options.token;
  const response = await fetch(`http://127.0.0.1:${service.httpPort}${path}`, {
    method,
    headers: { ...(token !== null && { authorization: `Bearer ${token}` }), ...(options.body !== undefined && { 'content-type': 'application/json' }) },
    ...(options.body !== undefined && { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, body: text === '' ? null : JSON.parse(text) };
}

const lookup = (identifier: unknown) => call('POST', '/v1/customers/lookup', { body: { identifier } });
const shapeOf = (tree: CustomerTree) => ({
  engagements: tree.engagements.map(({ id, state, interactions }) => ({
    id,
    state,
    interactions: interactions.map(({ id: interaction, share, transactions }) => [interaction, share, transactions.map((one) => one.events.length)]),
  })),
  unengaged: tree.unengaged.transactions.map(({ id }) => id),
});

describe('one customer’s tree', () => {
  it('has the five levels, each link with rule, evidence and confidence', async () => {
    const { status, body } = await call('GET', `/v1/customers/${dana}?asOf=${noon + 90 * minute}`);
    expect(status).toBe(200);
    expect(customerTreeSchema.parse(body)).toEqual(body);
    expect(shapeOf(body as CustomerTree)).toEqual({
      engagements: [
        { id: `eng_${idOf('ivr/1')}`, state: 'resolved', interactions: [[`int_${idOf('ivr/1')}`, 700, [2, 1]]] },
        { id: `eng_${idOf('agent/1')}`, state: 'open', interactions: [[`int_${idOf('ivr/1')}`, 300, [2, 1]]] },
      ],
      unengaged: [`tx_${idOf('blast/1')}`],
    });
    expect(body.customer).toEqual({
      id: dana,
      formerIds: [formerDana],
      identifiers: [
        { kind: 'customerNumber', namespace: 'crm', value: 'A4711', link: { rule: 'alone', eventId: idOf('ivr/1'), confidence: 1000 } },
        { kind: 'phone', namespace: '', value: '+15550101', link: { rule: 'alone', eventId: idOf('ivr/1'), confidence: 1000 } },
      ],
      reviews: [{ id: 'r1', kind: 'refused', detail: 'two customer numbers' }],
    });
    expect(body.engagements[0].keys).toEqual(['ticket:crm:K1']);
    expect(body.journey).toEqual({ id: dana, firstAt: noon, lastAt: noon + 1440 * minute, events: 4 });
    expect(body.engagements[0].interactions[0].transactions[0]).toMatchObject({
      id: `tx_${idOf('ivr/1')}`,
      state: 'open',
      membership: { rule: 'link', otherEvent: idOf('agent/1'), value: 'call::1', confidence: 1000 },
      events: [
        { event: { id: idOf('ivr/1') }, gapMs: null, rule: 'session' },
        { event: { id: idOf('ivr/2') }, gapMs: minute, limitMs: 1440 * minute, owner: { rule: 'identifier', value: 'phone::+15550101', confidence: 1000 } },
      ],
    });
    expect(body).toMatchObject({ settingsVersion: 1, asOf: noon + 90 * minute, rebuilding: false });
  });

  it('tells states as of the instant that is asked for', async () => {
    const { body } = await call('GET', `/v1/customers/${dana}?asOf=${noon + 40 * 1440 * minute}`);
    expect((body as CustomerTree).engagements.map(({ state }) => state)).toEqual(['resolved', 'abandoned']);
    expect(body.engagements[0].interactions[0].transactions[0].state).toBe('endUnknown');
  });

  it.each([
    ['a former id', formerDana, undefined],
    ['an event', idOf('ivr/2'), `tx_${idOf('ivr/1')}`],
    ['a transaction that was merged', `tx_${idOf('ivr/2')}`, `tx_${idOf('ivr/1')}`],
    ['an interaction', `int_${idOf('agent/1')}`, `int_${idOf('ivr/1')}`],
    ['an engagement', `eng_${idOf('ivr/2')}`, `eng_${idOf('ivr/1')}`],
    ['the engagement of a later part', `eng_${idOf('agent/1')}`, `eng_${idOf('agent/1')}`],
    ['a node whose event hangs on the journey', `eng_${idOf('blast/1')}`, `tx_${idOf('blast/1')}`],
  ])('is found by %s', async (_, id, nodeId) => {
    const { status, body } = await call('GET', `/v1/customers/${id}`);
    expect(status).toBe(200);
    expect(body.customer.id).toBe(dana);
    expect(body.asked?.nodeId).toBe(nodeId);
  });

  it.each([
    ['a phone, however it is written', '+1 555 0101'],
    ['the same phone with its kind', { kind: 'phone', value: '+1 (555) 0101' }],
    ['a customer number, however it is written', ' a-47 11 '],
    ['a customer number in its namespace', { kind: 'customerNumber', namespace: 'crm', value: 'A4711' }],
  ])('is found by %s', async (_, identifier) => {
    const { status, body } = await lookup(identifier);
    expect(status).toBe(200);
    expect(body.customers.map((tree: CustomerTree) => tree.customer.id)).toEqual([dana]);
    expect(body.others).toEqual([]);
  });

  it('is not found by the number of another namespace', async () => {
    expect((await lookup({ kind: 'customerNumber', namespace: 'billing', value: 'A4711' })).status).toBe(404);
  });

  it('comes by pages, newest transactions first, and every transaction comes once', async () => {
    const seen: string[] = [];
    let cursor = '';
    for (let page = 0; page < 5; page += 1) {
      const { body } = await call('GET', `/v1/customers/${dana}?limit=1${cursor && `&cursor=${cursor}`}`);
      const tree = body as CustomerTree;
      const inEngagements = tree.engagements.flatMap(({ interactions }) => interactions.flatMap(({ transactions }) => transactions.map(({ id }) => id)));
      seen.push(...new Set([...inEngagements, ...tree.unengaged.transactions.map(({ id }) => id)]));
      if (!tree.more) break;
      cursor = tree.more.cursor;
    }
    expect(seen).toEqual(['blast/1', 'agent/1', 'ivr/1'].map((name) => `tx_${idOf(name)}`));
  });
});

describe('hostile ids and values', () => {
  it.each([
    'nobody',
    idOf('nobody'),
    `eng_${idOf('nobody')}`,
    `int_${'-'.repeat(36)}`,
    "' or 1=1 --",
    '../../etc/passwd',
    '%00',
    '💥'.repeat(50),
    `${dana}'`,
    'tx_',
    '__proto__',
  ])('%s is nobody', async (id) => {
    const { status, headers, body } = await call('GET', `/v1/customers/${encodeURIComponent(id)}`);
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.title).toBeDefined();
    expect(JSON.stringify(body)).not.toMatch(/ at |select /);
  });

  it.each([
    {},
    { identifier: '' },
    { identifier: 7 },
    { identifier: { kind: 'name', value: 'x' } },
    { identifier: { value: 'x' } },
    { identifier: 'x', more: 1 },
    [],
  ])('%j is a request that cannot be answered, and the answer says which field is wrong', async (body) => {
    const answer = await call('POST', '/v1/customers/lookup', { body });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it.each(['limit=0', 'limit=100000', 'limit=x', 'cursor=1', `cursor=${noon}_%27`, 'asOf=soon'])('%s is refused', async (query) => {
    expect((await call('GET', `/v1/customers/${dana}?${query}`)).status).toBe(400);
  });

  it.each(["'; drop table x; --", '%', '_%', 'null', '{"a":1}', '\ud800'])('%j as an identifier finds nobody', async (identifier) => {
    expect((await lookup(identifier)).status).toBe(404);
  });

  it('a body that is no JSON is 400, a large one 413', async () => {
    expect((await call('POST', '/v1/customers/lookup', { body: '{' })).status).toBe(400);
    expect((await call('POST', '/v1/customers/lookup', { body: { identifier: 'x'.repeat(70_000) } })).status).toBe(413);
  });
});

describe('who may call', () => {
  const routes: [string, string, object | null][] = [
    ['GET', `/v1/customers/${dana}`, null],
    ['POST', '/v1/customers/lookup', { identifier: 'x' }],
    ['GET', '/v1/status', null],
    ['GET', '/v1/reviews', null],
    ['GET', '/v1/settings/hierarchy', null],
    ['POST', '/v1/settings/hierarchy', { settings: {} }],
    ['POST', '/v1/decisions', {}],
    ['DELETE', `/v1/decisions/${dana}`, null],
    ['POST', '/v1/corrections', {}],
    ['DELETE', `/v1/corrections/${dana}`, null],
  ];

  it.each(routes)('%s %s is 401 without a token, with a wrong one and with a write key', async (method, path, body) => {
    for (const token of [null, 'rt_0123456789abcdeg', 'wk_0123456789abcdef', '', `${readToken}x`, readToken.slice(0, -1)]) {
      const answer = await call(method, path, { token, ...(body && { body }) });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
      expect(answer.body).toMatchObject({ status: 401, type: 'about:blank' });
    }
  });

  it.each(routes.slice(5))('%s %s is 403 with the token that reads', async (method, path, body) => {
    expect((await call(method, path, { ...(body && { body }) })).status).toBe(403);
  });

  it('an admin reads as well', async () => {
    expect((await call('GET', `/v1/customers/${dana}`, { token: adminToken })).status).toBe(200);
  });

  it('an unknown route is 404 in problem details, without a word of the inside', async () => {
    const { status, headers, body } = await call('GET', '/v2/anything');
    expect(status).toBe(404);
    expect(headers.get('content-type')).toContain('application/problem+json');
    expect(body.status).toBe(404);
  });

  it('answers are neither cached, framed nor sniffed, and name their trace', async () => {
    const { headers } = await call('GET', `/v1/customers/${dana}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('x-trace-id')).toMatch(/^[0-9a-f]{32}$/);
  });
});

describe('what people say', () => {
  const cut = { kind: 'cut', level: 'interaction', eventId: idOf('agent/1') };

  it('goes to the owning service, completed by id, instant and author, and its answer comes back', async () => {
    const { status, body } = await call('POST', '/v1/corrections', { token: adminToken, body: cut });
    expect(status).toBe(200);
    expect(corrections).toEqual([{ ...cut, id: body.id, at: expect.any(Number), by: 'admin' }]);
    expect(body.kind).toBe('recorded');
  });

  it('is 409 with the reason when the owner refuses', async () => {
    corrections.push({} as Correction);
    const { status, body } = await call('POST', '/v1/corrections', { token: adminToken, body: cut });
    expect(status).toBe(409);
    expect(body.detail).toBe('The two events are the same one.');
  });

  it('is 400 when it makes no sense', async () => {
    const { status, body } = await call('POST', '/v1/corrections', { token: adminToken, body: { ...cut, eventId: 'x' } });
    expect(status).toBe(400);
    expect(body.errors[0].pointer).toBe('/eventId');
    expect((await call('DELETE', '/v1/corrections/x', { token: adminToken })).status).toBe(404);
  });

  it('is 503 when the owner is away, and nothing is lost by asking again with the same id', async () => {
    const { status, headers } = await call('DELETE', `/v1/corrections/${idOf('x')}`, { token: adminToken, body: { by: 'me' } });
    expect(status).toBe(503);
    expect(headers.get('retry-after')).toBe('2');
  });
});

describe('the state of things', () => {
  it('counts what arrived and how far it is', async () => {
    const { body } = await call('GET', '/v1/status');
    expect(body).toEqual({
      sources: [{ name: 'pbx', events: 4, lastOccurredAt: noon + 1440 * minute }],
      accepted: 4,
      processed: 4,
      failed: 0,
      unaccounted: 0,
      quarantined: 0,
      customers: 1,
      unbuilt: 0,
      oldestUnbuiltSeconds: 0,
      failedCustomers: 0,
      settings: { version: 1, done: 1, total: 1 },
    });
  });

  it('lists what waits for a person', async () => {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    await client.query('insert into sessionization.correction values ($1, $2, null, null), ($3, $4, null, null)', [
      idOf('c1'),
      idOf('gone'),
      idOf('c2'),
      idOf('ivr/1'),
    ]);
    await client.end();
    const { body } = await call('GET', '/v1/reviews');
    expect(body.items.map(({ id, kind }: { id: string; kind: string }) => [id, kind])).toEqual([
      ['r1', 'refused'],
      [idOf('c1'), 'correctionGone'],
    ]);
  });

  it('shows the settings in force with the progress of their rebuild', async () => {
    const { body } = await call('GET', '/v1/settings/hierarchy');
    expect(body).toMatchObject({ settings: { version: 1 }, rebuild: { done: 1, total: 1 }, activatedBy: 'installation' });
  });

  it('refuses settings that are out of shape before it asks anybody', async () => {
    const answer = await call('POST', '/v1/settings/hierarchy', { token: adminToken, body: { settings: { interactionGapMs: { standard: 'soon' } } } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors[0].pointer).toBe('/interactionGapMs/standard');
  });
});

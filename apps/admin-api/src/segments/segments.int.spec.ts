import { previewSegment, publishSegment, saveSegment } from '@throughline/contracts';
import type { SegmentRule } from '@throughline/domain-segments';
import { CommandServer, JetStreamBus } from '@throughline/messaging';
import type { z } from 'zod';
import { accessWorld, adminToken, auditOf, readToken, type AccessWorld, type Browser } from '../access/test-access';
import { dana, idOf } from '../test-world';

const segmentId = idOf('segment');
const rule = (atLeast: number): SegmentRule => ({
  version: 1,
  root: {
    id: 'root',
    kind: 'group',
    join: 'all',
    of: [
      { id: 'orders', kind: 'customer', field: 'orders', is: 'atLeast', value: atLeast },
      {
        id: 'calls',
        kind: 'behaviour',
        thing: 'contact',
        where: [],
        lastDays: 14,
        measure: { take: 'count' },
        test: { is: 'atLeast', value: 1 },
        none: [],
      },
    ],
  },
});

let world: AccessWorld;
let bus: JetStreamBus;
let commands: CommandServer;
let analyst: Browser;
const asked: unknown[] = [];
const people = new Map<string, Browser>();
const author = { id: idOf('ana'), name: 'Ana', isPerson: true };

beforeAll(async () => {
  world = await accessWorld();
  const { owner } = world;
  const insert = async (table: string, row: Record<string, unknown>): Promise<void> => {
    const names = Object.keys(row);
    await owner.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
  };
  const now = new Date();
  await insert('scoring.customer', {
    ...{ customer_id: dana, known: true, first_at: now, last_at: now, engagements: 1, open_engagements_hint: 0, contacts: 1, last_intent: 'unknown' },
    ...{ last_channel: 'voice', spent: 61_200, orders: 3, left_at: null, last_frustration: 20 },
  });
  await insert('scoring.contact', {
    ...{
      customer_id: dana,
      anchor: idOf('contact'),
      at: new Date(now.getTime() - 86_400_000),
      ended_at: now,
      place: 1,
      intent_confidence: 900,
      started_by: 'customer',
    },
    ...{ agents: ['ann'], transactions: 1, events: 2, live_ms: 1000, looks_resolved: false, frustration: 20, ledger: '[]', unjudged: [] },
    ...{ channel: 'voice', queue: 'billing', agent: 'ann', intent: '=HYPERLINK', family: 'billing' },
  });
  await insert('scoring.segment', {
    ...{ segment_id: segmentId, name: 'Loyal callers', description: '', draft: JSON.stringify(rule(4)), draft_revision: 3, draft_by: JSON.stringify(author) },
    ...{ draft_at: now, version: 2, rule: JSON.stringify(rule(3)), size: 1 },
  });
  for (const [version, atLeast] of [
    [1, 2],
    [2, 3],
  ] as const)
    await insert('scoring.segment_version', {
      ...{ segment_id: segmentId, version, rule: JSON.stringify(rule(atLeast)), note: `at least ${atLeast}`, published_by: JSON.stringify(author) },
      ...{ published_at: now, size_before: 0, size_after: 1 },
    });
  await insert('scoring.segment_member', { customer_id: dana, segment_id: segmentId, since: now, version: 2, reason: '[[true,null],[true,1]]' });
  bus = JetStreamBus.open({ url: world.nats.url, name: 'scoring' });
  commands = new CommandServer(bus, 'scoring');
  const audit = await auditOf(world, 'scoring');
  commands.answer(saveSegment, async (request, note): Promise<z.infer<typeof saveSegment.reply>> => {
    asked.push(request);
    if (request.basedOn === 1)
      return { kind: 'conflict', theirs: { name: 'Loyal callers', description: '', rule: rule(4), revision: 3, by: 'Ana', at: Date.now() } };
    await audit(note, 'saved');
    return { kind: 'saved', revision: (request.basedOn ?? 0) + 1 };
  });
  commands.answer(publishSegment, async (request): Promise<z.infer<typeof publishSegment.reply>> => {
    asked.push(request);
    if (request.revision === 9) return { kind: 'refused', reason: 'Nothing is chosen.', problems: [{ nodeId: 'orders', words: 'Nothing is chosen.' }] };
    return { kind: 'waits', reason: 'It would hold 12000 people.', sizeBefore: 1, sizeAfter: 12_000 };
  });
  commands.answer(previewSegment, async ({ exact }): Promise<z.infer<typeof previewSegment.reply>> =>
    exact ? { kind: 'busy' } : { kind: 'counted', size: 40, low: 30, high: 52, sample: 100, of: 1000, leaves: [{ id: 'orders', held: 9 }], ms: 12 },
  );
  await bus.connection();
  analyst = await world.join('ana@example.com', ['analyst']);
  for (const role of ['supervisor', 'developer', 'manager'] as const) people.set(role, await world.join(`${role}@example.com`, [role]));
}, 120_000);
afterAll(async () => {
  await commands?.stop();
  await bus?.drain();
  await world?.stop();
});

const call = (method: string, path: string, body?: unknown, browser = analyst, headers = {}) =>
  world.call(method, `/v1/segments${path}`, { browser, headers, ...(body !== undefined && { body }) });

describe('segments over HTTP', () => {
  it('are listed with their sentence, their size and whether the draft says something else', async () => {
    const { body } = await call('GET', '');
    expect(body).toMatchObject({
      customers: 1,
      segments: [
        {
          id: segmentId,
          name: 'Loyal callers',
          version: 2,
          size: 1,
          joined7d: 1,
          left7d: 0,
          sentence: 'Customers with orders at least 3, and who had at least 1 contact in the last 14 days.',
          draft: { revision: 3, by: 'Ana', differs: true },
          waiting: null,
          run: null,
        },
      ],
    });
  });

  it('are read with the draft and the names of all segments; an unknown id is 404', async () => {
    expect((await call('GET', `/${segmentId}`)).body).toMatchObject({ rule: rule(3), draftRule: rule(4), names: { [segmentId]: 'Loyal callers' } });
    expect((await call('GET', `/${idOf('nothing')}`)).status).toBe(404);
    expect((await call('GET', '/not-an-id')).status).toBe(404);
  });

  it('have versions that say what they changed', async () => {
    const { body } = await call('GET', `/${segmentId}/versions`);
    expect(body.versions.map(({ version, changes }: { version: number; changes: string[] }) => ({ version, changes }))).toEqual([
      { version: 2, changes: ['Changed: with orders at least 2 → with orders at least 3'] },
      { version: 1, changes: [] },
    ]);
  });

  it('are drafted under the name of whoever is signed in, and the audit knows', async () => {
    const { status, body } = await call('POST', '', { name: 'New', rule: rule(1) });
    expect(status).toBe(201);
    expect(asked.at(-1)).toMatchObject({ id: body.id, basedOn: null, name: 'New', by: { id: analyst.userId, isPerson: true } });
    const { rows } = await world.owner.query(`select action, details from admin_api.audit_entry where target = $1 order by place`, [`segment:${body.id}`]);
    expect(rows.map(({ action, details }) => [action, details.outcome])).toEqual([['segment.drafted', 'saved']]);
  });

  it('are not overwritten: a stale If-Match is answered with the draft as it stands, a missing one is asked for', async () => {
    const stale = await call('PUT', `/${segmentId}`, { name: 'Loyal callers', rule: rule(5) }, analyst, { 'if-match': '"1"' });
    expect(stale).toMatchObject({ status: 409, body: { errors: [{ pointer: 'theirs', theirs: { revision: 3, by: 'Ana', rule: rule(4) } }] } });
    expect((await call('PUT', `/${segmentId}`, { name: 'Loyal callers', rule: rule(5) })).status).toBe(428);
    expect((await call('PUT', `/${segmentId}`, { name: 'Loyal callers', rule: rule(5), basedOn: 3 })).body).toEqual({ id: segmentId, revision: 4 });
  });

  it('wait for a second person, and say which node keeps them from being published', async () => {
    expect((await call('POST', `/${segmentId}/publish`, { note: 'wider', basedOn: 3 })).body).toMatchObject({ kind: 'waits', sizeAfter: 12_000 });
    expect(await call('POST', `/${segmentId}/publish`, { note: 'wider', basedOn: 9 })).toMatchObject({
      status: 409,
      body: { detail: 'Nothing is chosen.', errors: [{ pointer: 'orders', detail: 'Nothing is chosen.' }] },
    });
    expect((await call('POST', `/${segmentId}/publish`, { note: '', basedOn: 3 })).status).toBe(400);
  });

  it('are counted at most thirty times a minute by one user', async () => {
    const manager = people.get('manager')!;
    expect((await call('POST', '/preview', { rule: rule(3) }, manager)).body).toMatchObject({
      size: 40,
      low: 30,
      high: 52,
      isExact: false,
      leaves: [{ id: 'orders', held: 9 }],
    });
    expect((await call('POST', '/preview', { rule: rule(3), exact: true }, manager)).status).toBe(429);
    const statuses = [];
    for (let n = 0; n < 29; n += 1) statuses.push((await call('POST', '/preview', { rule: rule(3) }, manager)).status);
    expect(statuses).toEqual([...Array<number>(28).fill(200), 429]);
    expect((await call('POST', '/preview', { rule: rule(3) }, manager)).headers.get('retry-after')).not.toBeNull();
    expect((await call('POST', '/preview', { rule: rule(3) })).status).toBe(200);
  });
});

it('counts, and values with their counts, are of the whole house: nobody asks for them who sees one team, or nobody', async () => {
  for (const role of ['supervisor', 'developer'] as const) {
    const browser = people.get(role)!;
    expect((await call('GET', '/values?thing=contact&field=agents', undefined, browser)).status).toBe(403);
    expect((await call('POST', '/preview', { rule: rule(3), exact: true }, browser)).status).toBe(403);
  }
  for (const token of [readToken, adminToken]) expect((await world.call('POST', '/v1/segments/preview', { token, body: { rule: rule(3) } })).status).toBe(200);
});

describe('the members of a segment', () => {
  it('are listed with what held when they came', async () => {
    expect((await call('GET', `/${segmentId}/members`)).body).toMatchObject({
      members: [{ customerId: dana, name: '+15 ••• 01', version: 2, because: ['with orders at least 3', 'who had at least 1 contact in the last 14 days'] }],
      total: 1,
      isWhole: true,
    });
  });

  it('are only those within reach: none for a developer, the team’s for a supervisor', async () => {
    for (const role of ['developer', 'supervisor']) {
      expect((await call('GET', `/${segmentId}/members`, undefined, people.get(role))).body).toMatchObject({ members: [], total: 0, isWhole: false });
      expect((await call('GET', `/${segmentId}/why/${dana}`, undefined, people.get(role))).status).toBe(404);
      expect((await call('GET', `/facts/${dana}`, undefined, people.get(role))).status).toBe(404);
    }
  });

  it('are a file for whoever may take rows along', async () => {
    const response = await fetch(`http://127.0.0.1:${world.service.httpPort}/v1/segments/${segmentId}/members.csv`, { headers: { cookie: analyst.cookie } });
    const lines = (await response.text()).split('\r\n');
    expect(lines[0]).toBe('customer,since,version,because');
    expect(lines[1]).toContain(`${dana},`);
    expect((await call('GET', `/${segmentId}/members.csv`, undefined, people.get('developer'))).status).toBe(403);
    const { rows } = await world.owner.query(`select details from admin_api.audit_entry where action = 'segment.exported'`);
    expect(rows).toEqual([{ details: { rows: 1 } }]);
  });

  it('are explained: each node with what was found', async () => {
    const { body } = await call('GET', `/${segmentId}/why/${dana}`);
    expect(body).toMatchObject({
      isMember: true,
      explanation: {
        held: true,
        of: [
          { id: 'orders', held: true, asks: 'with orders at least 3', found: '3' },
          { id: 'calls', held: true, found: expect.stringMatching(/^1 contact \(/) },
        ],
      },
    });
    expect((await call('GET', `/${segmentId}/why/${idOf('nobody')}`)).status).toBe(404);
  });

  it('can be tried with the same facts that the server has', async () => {
    const { body } = await call('GET', `/facts/${dana}`);
    expect(body.facts).toMatchObject({
      customer: { orders: 3, spent: 61_200, known: true },
      identifiers: expect.arrayContaining(['phone']),
      things: { contact: [{ family: 'billing' }] },
    });
  });
});

describe('the values of a field', () => {
  it('are those in the data, and of a closed list the list', async () => {
    expect((await call('GET', '/values?thing=contact&field=intent')).body).toEqual({ values: [{ value: '=HYPERLINK', count: 1 }] });
    expect((await call('GET', '/values?thing=contact&field=agents')).body).toEqual({ values: [{ value: 'ann', count: 1 }] });
    expect((await call('GET', '/values?thing=contact&field=channel&search=vo')).body).toEqual({ values: [{ value: 'voice', count: 0 }] });
  });
  it('are refused for what has none, and for what is no field', async () => {
    for (const field of ['frustration', 'constructor', 'customer_id;drop'])
      expect((await call('GET', `/values?thing=contact&field=${encodeURIComponent(field)}`)).status).toBe(400);
  });
});

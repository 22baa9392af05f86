import { Client } from 'pg';
import { auditAnswer, chainAnswer } from './access-answers';
import { AuditTrail } from './audit-trail';
import { principalOfToken } from './principal';
import { accessWorld, adminToken, type AccessWorld, type Browser } from './test-access';

let world: AccessWorld;
let admin: Browser;
beforeAll(async () => {
  world = await accessWorld();
  await world.join('mara@example.com', ['manager']);
}, 60_000);
beforeEach(async () => {
  admin = await world.signIn('admin@example.com');
});
afterAll(() => world?.stop());

const verify = async () => chainAnswer.parse((await world.call('GET', '/v1/audit/verify', { browser: admin })).body);
const list = async (query = '') => auditAnswer.parse((await world.call('GET', `/v1/audit${query}`, { browser: admin })).body);

describe('the audit', () => {
  it('says who did what to what, and from where, without whole addresses or secrets', async () => {
    const joined = await world.join('noted@example.com', ['qa']);
    const { entries } = await list('?limit=10');
    const made = entries.find(({ action }) => action === 'invitation.made')!;
    expect(made).toMatchObject({
      actor: { kind: 'person', name: 'Ada Admin', id: admin.userId },
      address: '127.0.0.1',
      traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
    expect(made.details).toEqual({ after: { email: 'n•••@example.com', roles: ['qa'], teams: [], agentId: null } });
    expect(entries.find(({ action }) => action === 'user.joined')).toMatchObject({
      target: `user:${joined.userId}`,
      address: '127.0.0.1',
      details: { after: { email: 'n•••@example.com' } },
    });
  });

  it('comes by pages, newest first, each entry once, and by actor or the beginning of the action', async () => {
    const all = await list('?limit=500');
    const places: number[] = [];
    for (let next: number | null = all.entries[0]!.place + 1; next !== null;) {
      const page: Awaited<ReturnType<typeof list>> = await list(`?limit=7&before=${next}`);
      places.push(...page.entries.map(({ place }) => place));
      next = page.next;
    }
    expect(places).toEqual(all.entries.map(({ place }) => place));
    expect(new Set((await list('?action=session.')).entries.map(({ action }) => action.split('.')[0]))).toEqual(new Set(['session']));
    expect(new Set((await list(`?actor=${admin.userId}`)).entries.map(({ actor }) => actor.id))).toEqual(new Set([admin.userId]));
  });

  it('records what another service was asked for when it did not do it: a change is recorded by its owner', async () => {
    const cut = { kind: 'cut', level: 'interaction', eventId: 'f3b8e3c4-2f55-5e8f-9c37-5e2f7b0a8d11' };
    expect((await world.call('POST', '/v1/corrections', { token: adminToken, body: cut })).status).toBe(503);
    const { entries } = await list('?action=correction.');
    expect(entries.map(({ details, actor }) => [actor.kind, details.kind, details.outcome])).toEqual([['token', 'cut', 'no answer (503)']]);
  });

  it('holds nothing of a change that was rolled back', async () => {
    const trail = world.service.app.get(AuditTrail, { strict: false });
    const database = await world.database.open('admin_api');
    const before = await verify();
    const work = database.inTransaction(async (tx) => {
      await trail.record(tx, principalOfToken('admin', null), { action: 'test.undone', target: 'test:1' });
      throw new Error('no');
    });
    await expect(work).rejects.toThrow('no');
    expect((await verify()).entries).toBe(before.entries);
    expect((await list('?action=test.')).entries).toEqual([]);
  });

  it('stays a chain when many write at once', async () => {
    const trail = world.service.app.get(AuditTrail, { strict: false });
    const database = await world.database.open('admin_api');
    const { entries: before } = await verify();
    await Promise.all(
      Array.from({ length: 30 }, (_, index) =>
        database.inTransaction((tx) => trail.record(tx, principalOfToken('admin', null), { action: 'test.crowd', target: `test:${index}` })),
      ),
    );
    expect(await verify()).toEqual({ intact: true, entries: before + 30 });
  });

  it('goes out as a file in which no cell is a formula', async () => {
    await world.join('formula@example.com', ['qa']);
    await world.call('PUT', `/v1/users/${admin.userId}`, { browser: admin, body: { name: '=HYPERLINK("http://evil.example")', roles: ['admin'] } });
    await world.call('GET', '/v1/audit.csv', { browser: admin });
    const { status, headers, body } = await world.call('GET', '/v1/audit.csv', { browser: admin });
    expect([status, headers.get('content-type'), headers.get('content-disposition')]).toEqual([
      200,
      'text/csv; charset=utf-8',
      'attachment; filename="audit.csv"',
    ]);
    const lines = (body as string).trimEnd().split('\n');
    expect(lines[0]).toBe('place,at,actorKind,actorId,actorName,action,target,details,address,traceId');
    expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil.example"")",audit.exported,audit:csv`);
    expect(lines).toHaveLength((await verify()).entries);
  });
});

describe('the chain of the audit', () => {
  it('cannot be touched by the service itself: its role reads it, and adds through a function', async () => {
    const client = new Client({ connectionString: world.database.urlFor('admin_api') });
    await client.connect();
    // Postgres only warns: a role cannot give what it does not have.
    await client.query('grant insert, update, delete on admin_api.audit_entry to tl_admin_api');
    for (const statement of [
      "update admin_api.audit_entry set action = 'x'",
      'delete from admin_api.audit_entry',
      'insert into admin_api.audit_entry select place + 1000000, at, actor_kind, actor_id, actor_name, action, target, details, address, session_id, trace_id, previous, hash from admin_api.audit_entry limit 1',
      'update admin_api.audit_head set place = 0',
      'delete from admin_api.audit_head',
      'truncate admin_api.audit_entry',
      'alter table admin_api.audit_entry rename to x',
    ])
      await client.query(statement).then(
        ({ command }) => expect([statement, command]).toEqual([statement, 'refused']),
        (error: { code: string }) => expect([statement, error.code]).toEqual([statement, '42501']),
      );
    await client.end();
    expect((await verify()).intact).toBe(true);
  });

  // As the owner of the database, who can do anything: it shows. Each is undone by the rollback of what it did.
  const tampering: readonly [what: string, statement: string, reason: RegExp][] = [
    ['a changed word', "update admin_api.audit_entry set action = 'user.enabled' where place = 5", /changed after/],
    ['another time', "update admin_api.audit_entry set at = at + interval '1 second' where place = 5", /changed after/],
    ['another actor', 'update admin_api.audit_entry set actor_id = null where place = 5', /changed after/],
    ['a changed detail', `update admin_api.audit_entry set details = '{"x":1}' where place = 5`, /changed after/],
    ['a removed entry', 'delete from admin_api.audit_entry where place = 5', /is missing/],
    ['a cut end', 'delete from admin_api.audit_entry where place = (select max(place) from admin_api.audit_entry)', /at the end are missing/],
    [
      'a cut end and a moved one',
      'with gone as (delete from admin_api.audit_entry where place = (select max(place) from admin_api.audit_entry) returning place) update admin_api.audit_head set place = (select place from gone) - 1',
      /not the one that the end/,
    ],
    [
      'two entries in each other’s places',
      'update admin_api.audit_entry set place = -place where place in (5, 6); update admin_api.audit_entry set place = 11 + place where place < 0',
      /does not follow|changed after/,
    ],
  ];
  it.each(tampering)('shows %s', async (_, statement, reason) => {
    const before = await verify();
    expect(before.intact).toBe(true);
    await world.owner.query('create temp table kept as select * from admin_api.audit_entry; create temp table kept_head as select * from admin_api.audit_head');
    await world.owner.query(statement);
    const found = await verify();
    await world.owner.query(
      'truncate admin_api.audit_entry, admin_api.audit_head; insert into admin_api.audit_entry select * from kept; insert into admin_api.audit_head select * from kept_head; drop table kept, kept_head',
    );
    expect(found).toMatchObject({ intact: false, reason: expect.stringMatching(reason) });
    expect(await verify()).toEqual(before);
  });
});

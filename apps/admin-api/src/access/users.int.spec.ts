import { CommandServer, JetStreamBus } from '@throughline/messaging';
import { makeKey, revokeKey, type RecordReply, type WithdrawReply } from '@throughline/contracts';
import { idOf } from '../test-world';
import { agentsAnswer, invitedAnswer, keysAnswer, newKeyAnswer, rotatedKeyAnswer, teamsAnswer, usersAnswer } from './access-answers';
import { accessWorld, auditOf, firstAdminToken, password, type AccessWorld, type Browser } from './test-access';

let world: AccessWorld;
let admin: Browser;
beforeAll(async () => {
  world = await accessWorld({ PUBLIC_URL: 'http://app.example:8080/', INGEST_URL: 'http://in.example' });
}, 60_000);
beforeEach(async () => {
  admin = await world.signIn('admin@example.com');
});
afterAll(() => world?.stop());

const invite = (email: string, roles: string[] = ['qa']) => world.call('POST', '/v1/invitations', { browser: admin, body: { email, name: 'Somebody', roles } });
const accept = (token: string, body: object = {}) => world.call('POST', '/v1/invitations/accept', { body: { token, password, ...body } });

describe('the first admin', () => {
  it('is made once: afterwards the token of the installation opens nothing', async () => {
    expect((await world.call('GET', '/v1/first-admin')).body).toEqual({ wanted: false });
    const again = await world.call('POST', '/v1/first-admin', { body: { token: firstAdminToken, email: 'second@example.com', name: 'Second', password } });
    expect(again.status).toBe(403);
    expect(again.headers.get('set-cookie')).toBeNull();
  });

  it('is one, whoever tries at the same time, and needs the right token', async () => {
    const empty = await accessWorld();
    try {
      await empty.owner.query('truncate admin_api.app_user cascade');
      expect((await empty.call('GET', '/v1/first-admin')).body).toEqual({ wanted: true });
      const make = (email: string, token = firstAdminToken) => empty.call('POST', '/v1/first-admin', { body: { token, email, name: 'One', password } });
      expect((await make('x@example.com', 'fa_0123456789abcdeg')).status).toBe(403);
      expect((await make('x@example.com', `${firstAdminToken} `)).status).toBe(403);
      const answers = await Promise.all(['a', 'b', 'c', 'd'].map((name) => make(`${name}@example.com`)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
    } finally {
      await empty.stop();
    }
  }, 60_000);
});

describe('an invitation', () => {
  it('makes a user with the roles that the admin chose, whatever the invited person sends', async () => {
    const { status, body } = await invite('new@example.com', ['supervisor']);
    expect(status).toBe(201);
    expect(invitedAnswer.parse(body)).toEqual(body);
    expect(body.link).toBe(`http://app.example:8080/sign-in#invitation=${body.token}`);
    expect((await world.call('POST', '/v1/invitations/look', { body: { token: body.token } })).body).toMatchObject({
      email: 'new@example.com',
      name: 'Somebody',
    });
    expect((await accept(body.token, { roles: ['admin'] })).status).toBe(400);
    expect((await accept(body.token, { password: 'short' })).status).toBe(400);
    const joined = await accept(body.token, { name: 'Nina New' });
    expect(joined.body.user).toMatchObject({ name: 'Nina New', email: 'new@example.com', roles: ['supervisor'] });
    const { body: listed } = await world.call('GET', '/v1/users', { browser: admin });
    expect(usersAnswer.parse(listed)).toEqual(listed);
    expect(listed.invitations.map(({ email }: { email: string }) => email)).not.toContain('new@example.com');
  });

  it('works once, whoever tries at the same time', async () => {
    const { body } = await invite('once@example.com');
    const answers = await Promise.all([1, 2, 3, 4].map(() => accept(body.token)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403]);
    expect((await accept(body.token)).status).toBe(403);
    expect((await invite('once@example.com')).status).toBe(409);
  });

  it('ends when it is withdrawn, when a newer one is made, and after seven days; all look alike', async () => {
    const first = (await invite('slow@example.com')).body;
    const second = (await invite('slow@example.com')).body;
    const withdrawn = (await invite('withdrawn@example.com')).body;
    expect((await world.call('DELETE', `/v1/invitations/${withdrawn.invitation.id}`, { browser: admin })).status).toBe(204);
    const late = (await invite('late@example.com')).body;
    expect(Math.abs(late.invitation.endsAt - Date.now() - 7 * 24 * 3_600_000)).toBeLessThan(60_000);
    await world.owner.query('update admin_api.invitation set ends_at = now() where invitation_id = $1', [late.invitation.id]);
    const refused = await Promise.all([first.token, withdrawn.token, late.token, 'A'.repeat(43)].map((token) => accept(token)));
    for (const { status, body } of refused) expect([status, { ...body, traceId: '' }]).toEqual([403, { ...refused[0]!.body, traceId: '' }]);
    expect((await accept(second.token)).status).toBe(200);
  });
});

describe('the last admin', () => {
  it('can neither be disabled nor lose the role', async () => {
    expect((await world.call('POST', `/v1/users/${admin.userId}/disable`, { browser: admin })).status).toBe(409);
    expect((await world.call('PUT', `/v1/users/${admin.userId}`, { browser: admin, body: { name: 'Ada', roles: ['analyst'] } })).status).toBe(409);
    expect((await world.call('GET', '/v1/session', { browser: admin })).status).toBe(200);
  });

  it('is left when two admins remove each other at the same time', async () => {
    const second = await world.join('second-admin@example.com', ['admin', 'analyst']);
    const answers = await Promise.all([
      world.call('POST', `/v1/users/${second.userId}/disable`, { browser: admin }),
      world.call('POST', `/v1/users/${admin.userId}/disable`, { browser: second }),
    ]);
    const { rows } = await world.owner.query(
      "select 1 from admin_api.app_user u join admin_api.user_role r using (user_id) where r.role = 'admin' and u.disabled_at is null",
    );
    expect(rows).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    await world.owner.query('update admin_api.app_user set disabled_at = null where user_id = $1', [admin.userId]);
    await world.owner.query('update admin_api.app_user set disabled_at = now() where user_id = $1', [second.userId]);
  });
});

describe('teams and agents', () => {
  const [north, south] = [idOf('north'), idOf('south')];
  const putTeams = (teams: object[]) => world.call('PUT', '/v1/teams', { browser: admin, body: { teams } });
  const putAgents = (agents: object[]) => world.call('PUT', '/v1/agents', { browser: admin, body: { agents } });

  it('are put as a whole and read by everybody who has signed in', async () => {
    expect(
      (
        await putTeams([
          { id: north, name: 'North', site: 'Oslo' },
          { id: south, name: 'South' },
        ])
      ).status,
    ).toBe(200);
    expect(
      (
        await putAgents([
          { id: 'a1', name: 'Ann', teamId: north },
          { id: 'a2', name: 'Ben', teamId: south, site: 'Rome' },
        ])
      ).body,
    ).toEqual({ put: 2 });
    const browser = await world.join('reader@example.com', ['agent']);
    const [teams, agents] = await Promise.all([world.call('GET', '/v1/teams', { browser }), world.call('GET', '/v1/agents', { browser })]);
    expect(teamsAnswer.parse(teams.body)).toEqual({
      teams: [
        { id: north, name: 'North', site: 'Oslo', agents: 1 },
        { id: south, name: 'South', site: null, agents: 1 },
      ],
    });
    expect(agentsAnswer.parse(agents.body).agents).toEqual([
      { id: 'a1', name: 'Ann', teamId: north, site: null },
      { id: 'a2', name: 'Ben', teamId: south, site: 'Rome' },
    ]);
  });

  it('may change names with each other', async () => {
    const { body } = await putTeams([
      { id: north, name: 'South' },
      { id: south, name: 'North' },
    ]);
    expect(body.teams.map(({ id, name }: { id: string; name: string }) => [id, name])).toEqual([
      [south, 'North'],
      [north, 'South'],
    ]);
  });

  it('that are left out are gone, and with them the scope of who led them', async () => {
    const lead = await world.join('lead@example.com', ['supervisor'], { teams: [south] });
    expect((await world.call('GET', '/v1/session', { browser: lead })).body.limited).toContain('kpi.read');
    expect((await putTeams([{ id: north, name: 'North' }])).status).toBe(200);
    const { body } = await world.call('GET', '/v1/agents', { browser: admin });
    expect(body.agents.find(({ id }: { id: string }) => id === 'a2').teamId).toBeNull();
    const users = (await world.call('GET', '/v1/users', { browser: admin })).body.users as { email: string; teams: string[] }[];
    expect(users.find(({ email }) => email === 'lead@example.com')?.teams).toEqual([]);
  });

  it('are refused when they stand twice or name what is not there', async () => {
    expect(
      (
        await putTeams([
          { id: north, name: 'North' },
          { id: north, name: 'Other' },
        ])
      ).status,
    ).toBe(400);
    expect(
      (
        await putTeams([
          { id: north, name: 'North' },
          { id: south, name: 'North' },
        ])
      ).status,
    ).toBe(400);
    expect((await putAgents([{ id: 'a9', name: 'Zoe', teamId: idOf('no team') }])).status).toBe(409);
    expect((await world.call('DELETE', '/v1/agents/a9', { browser: admin })).status).toBe(404);
  });
});

describe('write keys', () => {
  let owner: JetStreamBus;
  let commands: CommandServer;
  const heard: object[] = [];
  beforeAll(async () => {
    await world.owner.query("insert into ingestion.source (name) values ('ivr')");
    owner = JetStreamBus.open({ url: world.nats.url, name: 'owner' });
    commands = new CommandServer(owner, 'ingestion');
    const audit = await auditOf(world, 'ingestion');
    commands.answer(makeKey, async (request, note): Promise<RecordReply> => {
      heard.push(request);
      if (request.source !== 'ivr') return { kind: 'refused', reason: 'There is no such source.' };
      const id = idOf(request.sha256);
      await world.owner.query('insert into ingestion.write_key values ($1, $2, $3, $4, $5, now(), null, null)', [
        id,
        request.source,
        request.prefix,
        request.label,
        request.by,
      ]);
      await audit(note, 'recorded');
      return { kind: 'recorded', id };
    });
    commands.answer(revokeKey, async ({ keyId, at }, note): Promise<WithdrawReply> => {
      const { rowCount } = await world.owner.query('update ingestion.write_key set revoked_at = $2 where key_id = $1', [keyId, new Date(at)]);
      if (!rowCount) return { kind: 'notFound' };
      await audit(note, 'withdrawn');
      return { kind: 'withdrawn', id: keyId };
    });
    await owner.connection();
  });
  afterAll(async () => {
    await commands?.stop();
    await owner?.drain();
  });

  it('are made, rotated with an overlap and ended; a secret is said once, and its owner hears only its hash', async () => {
    const made = await world.call('POST', '/v1/keys', { browser: admin, body: { source: 'ivr', label: 'of the menu' } });
    expect([made.status, newKeyAnswer.parse(made.body)]).toEqual([201, made.body]);
    expect(JSON.stringify(heard)).not.toContain(made.body.secret);
    const before = Date.now();
    const rotated = await world.call('POST', `/v1/keys/${made.body.id}/rotate`, { browser: admin, body: { overlapHours: 2 } });
    expect([rotated.status, rotatedKeyAnswer.parse(rotated.body)]).toEqual([201, rotated.body]);
    expect(rotated.body.formerEndsAt - before).toBeGreaterThanOrEqual(2 * 3_600_000);
    expect(rotated.body.secret).not.toBe(made.body.secret);
    expect((await world.call('POST', `/v1/keys/${made.body.id}/rotate`, { browser: admin })).status).toBe(404);
    expect((await world.call('DELETE', `/v1/keys/${rotated.body.id}`, { browser: admin })).status).toBe(204);
    const { body } = await world.call('GET', '/v1/keys', { browser: admin });
    expect(keysAnswer.parse(body)).toEqual(body);
    expect([body.sources, body.ingestUrl]).toEqual([['ivr'], 'http://in.example']);
    expect(body.keys.map(({ id, label, endsAt }: { id: string; label: string; endsAt: number | null }) => [id, label, endsAt !== null]).sort()).toEqual(
      [
        [made.body.id, 'of the menu', true],
        [rotated.body.id, 'of the menu', true],
      ].sort(),
    );
    for (const secret of [made.body.secret, rotated.body.secret]) expect(JSON.stringify(body)).not.toContain(secret);
    const audit = await world.call('GET', '/v1/audit?action=key.', { browser: admin });
    // One for each change, by its owner, in the name of whoever is signed in.
    expect(
      audit.body.entries.map((entry: { action: string; actor: object; details: { outcome: string } }) => [entry.action, entry.actor, entry.details.outcome]),
    ).toEqual([
      ['key.revoked', { kind: 'person', id: admin.userId, name: 'Ada Admin' }, 'withdrawn'],
      ['key.revoked', { kind: 'person', id: admin.userId, name: 'Ada Admin' }, 'withdrawn'],
      ['key.made', { kind: 'person', id: admin.userId, name: 'Ada Admin' }, 'recorded'],
      ['key.made', { kind: 'person', id: admin.userId, name: 'Ada Admin' }, 'recorded'],
    ]);
    expect(audit.body.entries.map(({ address }: { address: string }) => address)).toEqual(Array(4).fill('127.0.0.1'));
    expect((await world.call('GET', '/v1/audit/verify', { browser: admin })).body).toMatchObject({ intact: true });
    expect(JSON.stringify(audit.body)).not.toContain(made.body.secret);
  });

  it('are not made for a source that is not there', async () => {
    expect((await world.call('POST', '/v1/keys', { browser: admin, body: { source: 'nowhere' } })).status).toBe(409);
    expect((await world.call('DELETE', `/v1/keys/${idOf('no key')}`, { browser: admin })).status).toBe(404);
    const { entries } = (await world.call('GET', '/v1/audit?action=key.&limit=2', { browser: admin })).body;
    expect(entries.map(({ action, details }: { action: string; details: { outcome: string } }) => [action, details.outcome])).toEqual([
      ['key.revoked', 'refused (404)'],
      ['key.made', 'refused (409)'],
    ]);
  });
});

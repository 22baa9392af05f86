import { openStream } from '../live/test-stream';
import { idOf } from '../test-world';
import { accessWorld, firstAdminToken, password, readToken, type AccessWorld, type Browser } from './test-access';

let world: AccessWorld;
beforeAll(async () => {
  world = await accessWorld({ TRUST_PROXY: 'true', LIVE_BEAT_MS: 100 });
  await world.join('mara@example.com', ['manager']);
  await world.join('quinn@example.com', ['qa']);
}, 60_000);
afterAll(() => world?.stop());

const admin = (): Promise<Browser> => world.signIn('admin@example.com');
const statusOf = async (browser: Browser): Promise<number> => (await world.call('GET', '/v1/session', { browser })).status;
const signInAs = (email: string, secret: string, headers: Record<string, string> = {}) =>
  world.call('POST', '/v1/session', { body: { email, password: secret }, headers });

describe('signing in', () => {
  it('gives a cookie that no script can read, and says who is there and what they may do', async () => {
    const { status, headers, body } = await signInAs(' MARA@example.com', password);
    expect(status).toBe(200);
    expect(headers.get('set-cookie')).toMatch(/^throughline_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(body.user).toMatchObject({ name: 'mara', email: 'mara@example.com', roles: ['manager'] });
    expect(body.permissions).toContain('kpi.read');
    expect(body.permissions).not.toContain('user.edit');
    const cookie = headers.get('set-cookie')!.split(';')[0]!;
    expect(JSON.stringify(body)).not.toContain(cookie.split('=')[1]);
    const again = await world.call('GET', '/v1/session', { headers: { cookie } });
    expect(again.body).toEqual(body);
  });

  it('answers alike to a wrong password, an unknown address and a disabled user', async () => {
    const gone = await world.join('gone@example.com', ['qa']);
    await world.call('POST', `/v1/users/${gone.userId}/disable`, { browser: await admin() });
    const answers = [
      await signInAs('mara@example.com', 'not the password'),
      await signInAs('nobody@example.com', password),
      await signInAs('gone@example.com', password),
    ];
    for (const { status, body } of answers) {
      expect(status).toBe(401);
      expect({ ...body, traceId: '' }).toEqual({ ...answers[0]!.body, traceId: '' });
    }
    expect(answers.map(({ headers }) => headers.get('set-cookie'))).toEqual([null, null, null]);
  });

  it('with a text that Postgres cannot keep is the fault of who sent it', async () => {
    for (const [email, secret] of [
      ['nobody\0@example.com', password],
      ['mara@example.com', 'not\0this'],
    ] as const)
      expect(await signInAs(email, secret)).toMatchObject({ status: 400, body: { detail: expect.stringContaining('U+0000') } });
    // Not of a body: the statement itself is refused.
    expect((await world.call('GET', '/v1/customers/%00', { token: readToken })).status).toBeLessThan(500);
  });

  it('makes a new session each time, and ends the one that came with the request: a planted cookie opens nothing', async () => {
    const planted = await world.signIn('quinn@example.com');
    const victim = await world.signIn('mara@example.com', { headers: { cookie: planted.cookie } });
    expect(victim.cookie).not.toBe(planted.cookie);
    expect(await statusOf(planted)).toBe(401);
    expect((await world.call('GET', '/v1/session', { browser: victim })).body.user.email).toBe('mara@example.com');
    const invented = `throughline_session=${'A'.repeat(43)}`;
    const after = await world.signIn('mara@example.com', { headers: { cookie: invented } });
    expect(after.cookie).not.toBe(invented);
    expect((await world.call('GET', '/v1/session', { headers: { cookie: invented } })).status).toBe(401);
  });

  it('is limited to ten tries in a quarter of an hour from one address, and a right password starts the count anew', async () => {
    const from = (address: string) => ({ 'x-forwarded-for': `203.0.113.9, ${address}` });
    await world.join('tries@example.com', ['qa']);
    for (let round = 0; round < 2; round += 1) {
      for (let wrong = 0; wrong < 9; wrong += 1) expect((await signInAs('tries@example.com', 'wrong', from('198.51.100.1'))).status).toBe(401);
      expect((await signInAs('tries@example.com', password, from('198.51.100.1'))).status).toBe(200);
    }
    for (let wrong = 0; wrong < 10; wrong += 1) await signInAs('tries@example.com', 'wrong', from('198.51.100.1'));
    const late = await signInAs('tries@example.com', password, from('198.51.100.1'));
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(800);
    expect((await signInAs('tries@example.com', password, from('198.51.100.2'))).status).toBe(200);
    for (let wrong = 0; wrong < 11; wrong += 1) await signInAs('never-was@example.com', 'wrong', from('198.51.100.3'));
    expect((await signInAs('never-was@example.com', 'wrong', from('198.51.100.3'))).status).toBe(429);
  });

  it('lets nobody in while tries cannot be counted', async () => {
    await world.owner.query('alter table admin_api.sign_in_try rename to away');
    try {
      const { status, headers } = await signInAs('mara@example.com', password);
      expect(status).toBeGreaterThanOrEqual(500);
      expect(headers.get('set-cookie')).toBeNull();
    } finally {
      await world.owner.query('alter table admin_api.away rename to sign_in_try');
    }
  });

  it('stores neither a password nor a token', async () => {
    const browser = await world.signIn('mara@example.com');
    const token = browser.cookie.split('=')[1]!;
    const { rows } = await world.owner.query<{ all: string }>(
      `select (select json_agg(s)::text from admin_api.session s) || (select json_agg(u)::text from admin_api.app_user u)
         || (select json_agg(i)::text from admin_api.invitation i) || (select json_agg(e)::text from admin_api.audit_entry e)
         || (select json_agg(t)::text from admin_api.sign_in_try t) as all`,
    );
    for (const secret of [token, browser.csrf, password, firstAdminToken]) expect(rows[0]!.all).not.toContain(secret);
    expect(rows[0]!.all).toContain('$argon2id$');
  });
});

describe('a session', () => {
  it('ends after half an hour without a request', async () => {
    const browser = await world.signIn('mara@example.com');
    const asleep = (minutes: number) =>
      world.owner.query('update admin_api.session set last_seen_at = now() - make_interval(mins => $2) where user_id = $1', [browser.userId, minutes]);
    await asleep(29);
    expect(await statusOf(browser)).toBe(200);
    await asleep(29);
    expect(await statusOf(browser)).toBe(200);
    await asleep(31);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is not kept awake by the stream of a page that was left open', async () => {
    const browser = await world.signIn('mara@example.com');
    const seenAt = async (): Promise<Date> =>
      (await world.owner.query<{ at: Date }>('select max(last_seen_at) as at from admin_api.session where user_id = $1', [browser.userId])).rows[0]!.at;
    await world.owner.query("update admin_api.session set last_seen_at = now() - interval '20 minutes' where user_id = $1", [browser.userId]);
    const before = await seenAt();
    const stream = await openStream(world, browser, 'scores');
    expect(stream.status).toBe(200);
    for (let beat = 0; beat < 3; beat += 1) await stream.next('beat');
    stream.close();
    expect(await seenAt()).toEqual(before);
    expect(await statusOf(browser)).toBe(200);
    expect((await seenAt()).getTime()).toBeGreaterThan(before.getTime());
  });

  it('ends after twelve hours, however busy', async () => {
    const before = Date.now();
    const browser = await world.signIn('mara@example.com');
    const { body } = await world.call('GET', '/v1/session', { browser });
    expect(Math.abs(body.endsAt - (before + 12 * 3_600_000))).toBeLessThan(60_000);
    await world.owner.query('update admin_api.session set ends_at = now() where user_id = $1', [browser.userId]);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is over with the sign-out', async () => {
    const browser = await world.signIn('mara@example.com');
    const { status, headers } = await world.call('DELETE', '/v1/session', { browser });
    expect([status, headers.get('set-cookie')]).toEqual([204, expect.stringContaining('Max-Age=0')]);
    expect(await statusOf(browser)).toBe(401);
  });

  it('is seen and ended by its owner from another, and a stranger’s is as if not there', async () => {
    const [here, there, stranger] = [await world.signIn('mara@example.com'), await world.signIn('mara@example.com'), await world.signIn('quinn@example.com')];
    const { body } = await world.call('GET', '/v1/sessions', { browser: here });
    const other = (await world.call('GET', '/v1/sessions', { browser: there })).body.current;
    expect(body.sessions.map(({ id }: { id: string }) => id)).toEqual(expect.arrayContaining([body.current, other]));
    expect((await world.call('DELETE', `/v1/sessions/${other}`, { browser: stranger })).status).toBe(404);
    expect(await statusOf(there)).toBe(200);
    expect((await world.call('DELETE', `/v1/sessions/${other}`, { browser: here })).status).toBe(204);
    expect([await statusOf(there), await statusOf(here)]).toEqual([401, 200]);
  });

  it('is ended by an admin, one or all of a user', async () => {
    const [one, two] = [await world.signIn('quinn@example.com'), await world.signIn('quinn@example.com')];
    const browser = await admin();
    const { body } = await world.call('GET', `/v1/users/${one.userId}/sessions`, { browser });
    const newest = body.sessions[0].id;
    expect((await world.call('DELETE', `/v1/users/${one.userId}/sessions/${newest}`, { browser })).status).toBe(204);
    expect([await statusOf(one), await statusOf(two)]).toEqual([200, 401]);
    expect((await world.call('DELETE', `/v1/users/${one.userId}/sessions`, { browser })).body.ended).toBeGreaterThan(0);
    expect(await statusOf(one)).toBe(401);
  });

  it('is dead with the next request when its user is disabled, and stays dead when the user comes back', async () => {
    const browser = await world.join('leaver@example.com', ['analyst']);
    expect((await world.call('POST', `/v1/users/${browser.userId}/disable`, { browser: await admin() })).body.disabledAt).toEqual(expect.any(Number));
    expect(await statusOf(browser)).toBe(401);
    await world.call('POST', `/v1/users/${browser.userId}/enable`, { browser: await admin() });
    expect(await statusOf(browser)).toBe(401);
    expect((await signInAs('leaver@example.com', password)).status).toBe(200);
  });

  it('ends when the roles of its user change, and not when only the name does', async () => {
    const browser = await world.join('riser@example.com', ['qa']);
    const change = async (name: string, roles: string[]) => world.call('PUT', `/v1/users/${browser.userId}`, { browser: await admin(), body: { name, roles } });
    expect((await change('Riser', ['qa'])).status).toBe(200);
    expect(await statusOf(browser)).toBe(200);
    expect((await change('Riser', ['supervisor'])).body.roles).toEqual(['supervisor']);
    expect(await statusOf(browser)).toBe(401);
    expect((await world.call('GET', '/v1/session', { browser: await world.signIn('riser@example.com') })).body.permissions).toContain('coaching.edit');
  });

  it('stays when its user takes a new password, and every other one ends', async () => {
    const here = await world.join('changer@example.com', ['qa']);
    const there = await world.signIn('changer@example.com');
    const put = (current: string, next: string) => world.call('PUT', '/v1/password', { browser: here, body: { current, next } });
    expect((await put('wrong', 'another long password')).status).toBe(400);
    expect((await put(password, 'too short')).status).toBe(400);
    expect((await put(password, 'another long password')).status).toBe(204);
    expect([await statusOf(here), await statusOf(there)]).toEqual([200, 401]);
    expect([(await signInAs('changer@example.com', password)).status, (await signInAs('changer@example.com', 'another long password')).status]).toEqual([
      401, 200,
    ]);
  });
});

describe('a page of another site', () => {
  const change = (browser: Browser, headers: Record<string, string>) => world.call('DELETE', `/v1/sessions/${idOf('nothing')}`, { browser, headers });

  it('cannot change anything with the cookie of a session', async () => {
    const browser = await world.signIn('mara@example.com');
    const host = `127.0.0.1:${world.service.httpPort}`;
    expect((await change(browser, { origin: `http://${host}` })).status).toBe(404);
    expect((await change(browser, { origin: `http://${host}`, 'sec-fetch-site': 'same-origin' })).status).toBe(404);
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: `https://${host}` },
      { origin: `http://127.0.0.1:1` },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
      { origin: `http://${host}`, 'sec-fetch-site': 'cross-site' },
    ] as Record<string, string>[])
      expect([headers, (await change(browser, headers)).status]).toEqual([headers, 403]);
  });

  it('does not know the token of the session, and neither an empty, a wrong nor another session’s one will do', async () => {
    const [browser, other] = [await world.signIn('mara@example.com'), await world.signIn('quinn@example.com')];
    for (const csrf of ['', 'x', other.csrf, browser.csrf.slice(0, -1), browser.cookie.split('=')[1]!])
      expect((await change({ ...browser, csrf }, {})).status).toBe(403);
    expect((await world.call('DELETE', `/v1/sessions/${idOf('nothing')}`, { headers: { cookie: browser.cookie } })).status).toBe(403);
    expect((await change(browser, {})).status).toBe(404);
  });

  it('cannot sign a visitor in, or join in their name', async () => {
    const headers = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
    expect((await world.call('POST', '/v1/session', { body: { email: 'mara@example.com', password }, headers })).status).toBe(403);
    expect((await world.call('POST', '/v1/invitations/accept', { body: { token: 'x'.repeat(43), password }, headers })).status).toBe(403);
  });

  it('gains nothing by sending a form', async () => {
    const response = await fetch(`http://127.0.0.1:${world.service.httpPort}/v1/session`, {
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: JSON.stringify({ email: 'mara@example.com', password }),
    });
    expect(response.status).toBeGreaterThanOrEqual(400);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe('a bearer token', () => {
  it('is no session: it cannot show or close one', async () => {
    expect((await world.call('GET', '/v1/session', { token: 'rt_0123456789abcdef' })).status).toBe(403);
  });

  it('that is wrong is not mended by a cookie beside it', async () => {
    const browser = await world.signIn('mara@example.com');
    expect((await world.call('GET', '/v1/status', { browser, token: 'wrong' })).status).toBe(401);
  });
});

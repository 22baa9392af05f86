import { grantsOf, grantsOfToken, permissions, roles, type Permission, type Role } from '@throughline/contracts';
import { dana, idOf } from '../test-world';
import type { AccessRule } from './needs';
import { accessWorld, adminToken, readToken, type AccessWorld, type Browser } from './test-access';
import { ownRoutes, rulesOfHandlers } from './test-routes';

let world: AccessWorld;
let rules: Map<string, AccessRule | undefined>;
const browsers = new Map<Role, Browser>();

beforeAll(async () => {
  world = await accessWorld();
  rules = rulesOfHandlers(world);
  for (const role of roles) browsers.set(role, role === 'admin' ? await world.signIn('admin@example.com') : await world.join(`${role}@example.com`, [role]));
}, 120_000);
afterAll(() => world?.stop());

/** A request that reaches the handler and changes nothing: ids of nobody, an empty body. */
function harmless(route: string): { method: string; path: string; body?: object } {
  const [method = '', path = ''] = route.split(' ');
  const filled = path.replace(/:[^/]+/g, idOf('nobody at all')).replace(/\*.*$/, 'x');
  return { method, path: filled, ...(method !== 'GET' && { body: {} }) };
}

const allowed = (rule: AccessRule, held: readonly Permission[]): boolean => rule.kind === 'open' || rule.oneOf.some((one) => held.includes(one));

/** A stream never ends by itself: its answer's head tells enough. */
async function statusOf(route: string, asked: { browser?: Browser; token?: string }): Promise<number> {
  const { method, path, body } = harmless(route);
  const stop = new AbortController();
  const response = await fetch(`http://127.0.0.1:${world.service.httpPort}${path}`, {
    method,
    redirect: 'manual',
    signal: stop.signal,
    headers: {
      ...(asked.browser && { cookie: asked.browser.cookie, 'x-throughline-csrf': asked.browser.csrf }),
      ...(asked.token && { authorization: `Bearer ${asked.token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
  stop.abort();
  return response.status;
}

describe('every route of the running application', () => {
  it('is a handler of ours, and every handler is a route', () => {
    expect(ownRoutes(world)).toEqual([...rules.keys()].sort());
    expect(ownRoutes(world).length).toBeGreaterThan(30);
  });

  it('says who may call it, with words of the vocabulary', () => {
    expect([...rules].filter(([, rule]) => rule === undefined).map(([route]) => route)).toEqual([]);
    const unknown = [...rules].filter(([, rule]) => rule?.kind === 'needs' && rule.oneOf.some((one) => !permissions.includes(one)));
    expect(unknown).toEqual([]);
  });

  it('stands in the OpenAPI document, and nothing else does', async () => {
    const { body } = await world.call('GET', '/openapi.json');
    const described = Object.entries(body.paths as Record<string, object>).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = ownRoutes(world).map((route) => route.replace(/:([^/]+)/g, '{$1}'));
    expect(described.sort()).toEqual(routes.filter((route) => route.includes(' /v1/')).sort());
  });

  it('is closed to everybody who is not signed in, unless it is open', async () => {
    const wrong: string[] = [];
    for (const [route, rule] of rules) {
      const status = await statusOf(route, {});
      if ((status === 401) !== (rule?.kind === 'needs')) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(roles)('lets %s do what the matrix grants and nothing else', async (role) => {
    const held = Object.keys(grantsOf[role]) as Permission[];
    const wrong: string[] = [];
    for (const [route, rule] of rules) {
      // What signs out or ends sessions is asked in a session of its own.
      const browser = await world.signIn(`${role}@example.com`);
      const status = await statusOf(route, { browser });
      const denied = rule!.kind === 'needs' && (status === 401 || status === 403);
      if (denied === allowed(rule!, held)) wrong.push(`${route}: ${status}`);
      if (status >= 500 && status !== 503) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });

  it.each(['read', 'admin'] as const)('lets the %s token do what its fixed grants say and nothing else', async (level) => {
    const held = Object.keys(grantsOfToken[level]) as Permission[];
    const wrong: string[] = [];
    for (const [route, rule] of rules) {
      const status = await statusOf(route, { token: level === 'read' ? readToken : adminToken });
      const denied = rule!.kind === 'needs' && (status === 401 || status === 403);
      if (denied === allowed(rule!, held)) wrong.push(`${route}: ${status}`);
    }
    expect(wrong).toEqual([]);
  });
});

describe('the matrix', () => {
  it('grants every permission to somebody', () => {
    expect(permissions.filter((permission) => !roles.some((role) => permission in grantsOf[role]))).toEqual([]);
  });

  it('lets the admin configure and read no people', () => {
    const people: Permission[] = [
      'kpi.rows',
      'customer.read',
      'customer.reveal',
      'content.read',
      'rows.export',
      'event.read',
      'review.read',
      'coaching.read',
      'case.read',
    ];
    expect(people.filter((permission) => permission in grantsOf.admin)).toEqual([]);
  });

  it('gives nobody but the admin users, keys, teams and the audit', () => {
    const guarded: Permission[] = ['user.edit', 'key.edit', 'team.edit', 'audit.read'];
    expect(roles.filter((role) => guarded.some((permission) => permission in grantsOf[role]))).toEqual(['admin']);
  });
});

describe('a path in disguise', () => {
  it.each([
    `/v1/%75sers`,
    '/v1/%2575sers',
    '//v1/users',
    '/v1//users',
    '/v1/users/',
    '/V1/USERS',
    '/v1/./users',
    '/v1/session/../users',
    '/v1/session/%2e%2e/users',
    '/v1/session/..%2fusers',
    '/v1/users;x=1',
    '/v1/users%00',
    '/openapi.json/../v1/users',
    '/v1/users?x=/v1/session',
  ])('%s opens nothing', async (path) => {
    for (const method of ['GET', 'HEAD', 'POST']) {
      const status = await rawStatus(method, path);
      expect([400, 401, 403, 404, 405]).toContain(status);
      if (status < 400) throw new Error(path);
    }
  });

  it.each(['HEAD', 'GET'])('%s of a closed route is as closed', async (method) => {
    expect(await rawStatus(method, '/v1/users')).toBe(401);
    expect(await rawStatus(method, `/v1/customers/${dana}`)).toBe(401);
  });

  it('a method that is named in a header or a query is not believed', async () => {
    const browser = browsers.get('analyst')!;
    const { status } = await world.call('GET', '/v1/users?_method=POST', { browser, headers: { 'x-http-method-override': 'DELETE' } });
    expect(status).toBe(403);
  });

  /** As written, without a client that cleans it. */
  async function rawStatus(method: string, path: string): Promise<number> {
    const { request } = await import('node:http');
    return new Promise((resolve, reject) => {
      const asked = request({ host: '127.0.0.1', port: world.service.httpPort, method, path }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      });
      asked.on('error', reject);
      asked.end();
    });
  }
});

describe('rows of people', () => {
  const team = idOf('team of ann');

  it('are those of the agents in scope: somebody else’s customer is as if not there', async () => {
    const admin = await world.signIn('admin@example.com');
    const other = idOf('another team');
    await world.call('PUT', '/v1/teams', {
      browser: admin,
      body: {
        teams: [
          { id: team, name: 'Ann’s' },
          { id: other, name: 'Another' },
        ],
      },
    });
    const put = await world.call('PUT', '/v1/agents', {
      browser: admin,
      body: {
        agents: [
          { id: 'ann', name: 'Ann', teamId: team },
          { id: 'bob', name: 'Bob', teamId: other },
        ],
      },
    });
    expect(put.body).toEqual({ put: 2 });
    const seen = async (browser: Browser): Promise<number[]> => [
      (await world.call('GET', `/v1/customers/${dana}`, { browser })).status,
      (await world.call('GET', `/v1/customers/eng_${idOf('ivr/1')}`, { browser })).status,
      (await world.call('POST', '/v1/customers/lookup', { browser, body: { identifier: '+1 555 0101' } })).status,
    ];
    expect(await seen(await world.join('leads-ann@example.com', ['supervisor'], { teams: [team] }))).toEqual([200, 200, 200]);
    expect(await seen(await world.join('leads-bob@example.com', ['supervisor'], { teams: [other] }))).toEqual([404, 404, 404]);
    expect(await seen(await world.join('leads-nobody@example.com', ['supervisor']))).toEqual([404, 404, 404]);
    expect(await seen(await world.join('ann@example.com', ['agent'], { agentId: 'ann' }))).toEqual([200, 200, 200]);
    expect(await seen(await world.join('bob@example.com', ['agent'], { agentId: 'bob' }))).toEqual([404, 404, 404]);
    expect(await seen(await world.join('both@example.com', ['agent', 'supervisor'], { agentId: 'bob', teams: [team] }))).toEqual([200, 200, 200]);
    expect(await seen(await world.join('wide@example.com', ['agent', 'analyst'], { agentId: 'bob' }))).toEqual([200, 200, 200]);
  });

  it('show identifiers to those who may see them, and to others enough to recognise one’s own', async () => {
    const values = async (email: string): Promise<string[]> => {
      const { body } = await world.call('GET', `/v1/customers/${dana}`, { browser: await world.signIn(email) });
      return body.customer.identifiers.map(({ value }: { value: string }) => value);
    };
    expect(await values('steward@example.com')).toEqual(['A4711', '+15550101']);
    expect(await values('leads-ann@example.com')).toEqual(['A4711', '+15550101']);
    expect(await values('analyst@example.com')).toEqual(['••• 11', '+15 ••• 01']);
    const { body } = await world.call('GET', `/v1/customers/${dana}`, { browser: await world.signIn('manager@example.com') });
    expect(JSON.stringify(body)).not.toMatch(/5550101|A4711/);
    expect((await world.call('GET', `/v1/customers/${dana}`, { token: readToken })).body.customer.identifiers).toHaveLength(2);
    const reviewsOf = async (email: string): Promise<string[]> =>
      (await world.call('GET', '/v1/reviews', { browser: await world.signIn(email) })).body.items.map(({ detail }: { detail: string }) => detail);
    expect(await reviewsOf('steward@example.com')).toEqual(['two customer numbers']);
    expect(await reviewsOf('analyst@example.com')).toEqual(['•••']);
  });
});

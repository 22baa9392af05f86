import type { AuditNote, Role } from '@throughline/contracts';
import { recordChange } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { testNats, type TestNats } from '@throughline/messaging/testing';
import { bootService, type RunningService } from '@throughline/service';
import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { migrations } from '../../migrations';
import { AdminApiModule } from '../admin-api-module';
import { hardenHttp } from '../harden-http';
import { adminApiSettings } from '../settings';
import { tellDana, viewMigrations } from '../test-world';

export const readToken = 'rt_0123456789abcdef';
export const adminToken = 'at_0123456789abcdef';
export const firstAdminToken = 'fa_0123456789abcdef';
export const password = 'a long enough password';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: ReturnType<typeof JSON.parse>;
}

/** What a browser holds after a sign-in. */
export interface Browser {
  readonly cookie: string;
  readonly csrf: string;
  readonly userId: string;
}

export interface Asked {
  readonly browser?: Browser | undefined;
  readonly token?: string | undefined;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AccessWorld {
  readonly service: RunningService;
  readonly database: TestDatabase;
  readonly nats: TestNats;
  /** As the owner of the database. */
  readonly owner: Client;
  /** `GET /v1/customers/:id` as the router has it, of every route. */
  readonly routes: readonly string[];
  call(method: string, path: string, asked?: Asked): Promise<Answer>;
  signIn(email: string, more?: Asked): Promise<Browser>;
  /** A user with these roles, joined by an invitation. */
  join(email: string, roles: readonly Role[], more?: { teams?: readonly string[]; agentId?: string }): Promise<Browser>;
  stop(): Promise<void>;
}

/** For tests: adds to the audit as an owner does when it has changed something, by the role of that schema. */
export async function auditOf({ database }: AccessWorld, schema: string): Promise<(note: AuditNote | undefined, outcome: string) => Promise<void>> {
  const owner = await database.open(schema);
  return (note, outcome) => owner.inTransaction((tx) => recordChange(tx, note, outcome));
}

/** For tests: the whole of admin-api with Dana's story, and `admin@example.com` as its first admin. */
export async function accessWorld(more: Readonly<Record<string, unknown>> = {}): Promise<AccessWorld> {
  const [database, nats] = await Promise.all([testDatabase({ migrations: [...viewMigrations, ...migrations] }), testNats()]);
  const owner = new Client({ connectionString: database.url });
  await owner.connect();
  await tellDana(owner);
  const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
  const routes: string[] = [];
  const settings = adminApiSettings.parse({
    DATABASE_URL: database.urlFor('admin_api'),
    NATS_URL: nats.url,
    PORT: 0,
    READ_TOKEN_HASH: sha256(readToken),
    ADMIN_TOKEN_HASH: sha256(adminToken),
    FIRST_ADMIN_TOKEN_HASH: sha256(firstAdminToken),
    PASSWORD_MEMORY_KIB: 8,
    SIGN_INS_PER_ADDRESS: 100_000,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    ...more,
  });
  const service = await bootService({
    name: 'admin-api',
    schema: 'admin_api',
    settings,
    migrations,
    outbox: false,
    module: AdminApiModule,
    http: {
      port: 0,
      bodyLimit: 65_536,
      configure: async (app) => {
        app
          .getHttpAdapter()
          .getInstance()
          .addHook('onRoute', ({ method, url }) => {
            for (const one of [method].flat()) routes.push(`${one} ${url}`);
          });
        await hardenHttp(app);
      },
    },
  });

  const call = async (method: string, path: string, { browser, token, body, headers = {} }: Asked = {}): Promise<Answer> => {
    const response = await fetch(`http://127.0.0.1:${service.httpPort}${path}`, {
      method,
      redirect: 'manual',
      headers: {
        ...(browser && { cookie: browser.cookie, 'x-throughline-csrf': browser.csrf }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return { status: response.status, headers: response.headers, body: isJson && text !== '' ? JSON.parse(text) : text };
  };
  const browserOf = ({ status, headers, body }: Answer): Browser => {
    const cookie = headers.get('set-cookie')?.split(';')[0];
    if (status !== 200 || !cookie) throw new Error(`no session: ${status} ${JSON.stringify(body)}`);
    return { cookie, csrf: body.csrf, userId: body.user.id };
  };
  const signIn = async (email: string, asked: Asked = {}): Promise<Browser> =>
    browserOf(await call('POST', '/v1/session', { body: { email, password }, ...asked }));
  await call('POST', '/v1/first-admin', { body: { token: firstAdminToken, email: 'admin@example.com', name: 'Ada Admin', password } }).then(browserOf);

  return {
    service,
    database,
    nats,
    owner,
    routes,
    call,
    signIn,
    join: async (email, roles, choices = {}) => {
      const admin = await signIn('admin@example.com');
      const invited = await call('POST', '/v1/invitations', { browser: admin, body: { email, name: email.split('@')[0], roles, ...choices } });
      if (invited.status !== 201) throw new Error(`not invited: ${invited.status} ${JSON.stringify(invited.body)}`);
      return browserOf(await call('POST', '/v1/invitations/accept', { body: { token: invited.body.token, password } }));
    },
    stop: async () => {
      await service.stop();
      await owner.end();
      await nats.stop();
      await database.drop();
    },
  };
}

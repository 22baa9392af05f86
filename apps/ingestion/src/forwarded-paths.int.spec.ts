import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { trustedProxies } from '@throughline/service';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { configureHttp } from './configure-http';
import { openApi, withPathsOf } from './open-api';

@Controller('v1/quarantine')
class OwnController {
  @Get()
  list(): object {
    return { of: 'ingestion' };
  }
}
@Module({ controllers: [OwnController] })
class OwnModule {}

let admin: Server;
let app: NestFastifyApplication;
let api: string;
const arrived: IncomingMessage[] = [];
beforeAll(async () => {
  admin = createServer((asked, response) => {
    arrived.push(asked);
    asked.resume().on('end', () => {
      if (asked.url === '/v1/slow.csv') return void response.writeHead(200, { 'content-type': 'text/csv' }).write('first line\n');
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ of: 'admin-api' }));
    });
  });
  await new Promise<void>((listening) => admin.listen(0, '127.0.0.1', listening));
  app = await NestFactory.create<NestFastifyApplication>(OwnModule, new FastifyAdapter(), { logger: false });
  await configureHttp(app, { ADMIN_API_URL: `http://127.0.0.1:${(admin.address() as AddressInfo).port}`, TRUSTED_PROXIES: trustedProxies.parse('192.0.2.1') });
  await app.listen(0, '127.0.0.1');
  api = await app.getUrl();
});
afterAll(async () => {
  admin?.closeAllConnections();
  admin?.close();
  await app?.close();
});

const get = async (path: string, headers: Record<string, string> = {}): Promise<{ of?: string; status: number }> => {
  const answer = await fetch(api + path, { headers });
  return { status: answer.status, ...((await answer.json()) as object) };
};

/** Fetch would put a path with dots right by itself. */
const statusAsSpelled = (path: string): Promise<number | undefined> =>
  new Promise((answered, failed) => {
    request(api, { path }, (answer) => answered(answer.resume().statusCode))
      .on('error', failed)
      .end();
  });

describe('the one address of the API', () => {
  it('answers what is its own and forwards the rest, new features too', async () => {
    expect(await get('/v1/quarantine')).toEqual({ status: 200, of: 'ingestion' });
    for (const path of ['/v1/segments', '/v1/metrics/csat/rows?from=1', '/v1/sources/quarantine', '/v1/of-tomorrow'])
      expect(await get(path)).toEqual({ status: 200, of: 'admin-api' });
    expect(arrived.map(({ url }) => url)).toContain('/v1/metrics/csat/rows?from=1');
  });

  it('hands over the token, and neither a cookie nor an address that the client wrote itself', async () => {
    await get('/v1/customers', { authorization: 'Bearer t', cookie: 'throughline_session=s', 'x-forwarded-for': '203.0.113.9' });
    expect(arrived.at(-1)!.headers).toMatchObject({ authorization: 'Bearer t', 'x-forwarded-for': '127.0.0.1' });
    expect(arrived.at(-1)!.headers.cookie).toBeUndefined();
  });

  it('passes on what comes while it comes', async () => {
    const answer = await fetch(`${api}/v1/slow.csv`);
    const { value } = await answer.body!.getReader().read();
    expect(new TextDecoder().decode(value)).toBe('first line\n');
  });

  it('signs nobody in, whatever the path is spelled like', async () => {
    const before = arrived.length;
    for (const path of ['session', '%73ession', './session', '%2e/session', 'x/../session', 'x/%2e%2e/session', 'invitations/look', 'stream?topics=kpi'])
      expect([400, 404]).toContain(await statusAsSpelled(`/v1/${path}`));
    expect(arrived.slice(before).map(({ url }) => url)).toEqual([]);
  });

  it('describes what it forwards, and nothing that it does not', () => {
    const theirs = { paths: { '/v1/segments/{id}': {}, '/v1/session': {}, '/v1/users/{id}/sessions': {}, '/v1/audit.csv': {} } };
    const { paths } = withPathsOf(openApi, theirs) as { paths: object };
    expect(Object.keys(paths).filter((path) => !(path in (openApi as { paths: object }).paths))).toEqual(['/v1/segments/{id}']);
  });
});

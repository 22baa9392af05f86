import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync, brotliCompressSync } from 'node:zlib';
import { hardenHttp } from '../harden-http';
import { serveAdminApp } from './admin-app';

@Module({})
class Nothing {}

const script = 'console.log("the app")';
let folder: string;
let app: NestFastifyApplication;
let address: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'throughline-admin-app-'));
  mkdirSync(path.join(folder, 'media'));
  writeFileSync(
    path.join(folder, 'index.html'),
    '<!doctype html><html lang="en"><body><tl-root></tl-root><script src="main-ABC.js" type="module"></script></body></html>',
  );
  writeFileSync(path.join(folder, 'main-ABC.js'), script);
  writeFileSync(path.join(folder, 'main-ABC.js.br'), brotliCompressSync(script));
  writeFileSync(path.join(folder, 'main-ABC.js.gz'), gzipSync(script));
  writeFileSync(path.join(folder, 'media/inter-DEF.woff2'), 'font');
  app = await NestFactory.create<NestFastifyApplication>(Nothing, new FastifyAdapter(), { logger: false });
  await hardenHttp(app);
  serveAdminApp(app, folder);
  await app.listen(0, '127.0.0.1');
  address = await app.getUrl();
});
afterAll(async () => {
  await app?.close();
  rmSync(folder, { recursive: true, force: true });
});

const page = (route: string, headers: Record<string, string> = {}): Promise<Response> =>
  fetch(`${address}${route}`, { headers: { accept: 'text/html', ...headers } });

describe('the admin app as admin-api serves it', () => {
  it.each(['/', '/kpi', '/customers/0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c11?level=event'])('is one page for the address %s', async (route) => {
    const answer = await page(route);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await answer.text()).toContain('<tl-root ngCspNonce="');
  });

  it('lets scripts come from its own origin alone and styles by a nonce that no two pages share', async () => {
    const answers = await Promise.all([page('/'), page('/')]);
    const nonces = await Promise.all(
      answers.map(async (answer) => {
        const policy = answer.headers.get('content-security-policy') ?? '';
        const [, nonce] = /style-src 'self' 'nonce-([^']+)'/.exec(policy) ?? [];
        expect(policy).toContain("default-src 'none'");
        expect(policy).toContain("script-src 'self';");
        expect(policy).toContain("frame-ancestors 'none'");
        expect(policy).not.toContain('unsafe-inline');
        expect(policy).not.toContain('unsafe-eval');
        expect(await answer.text()).toContain(`ngCspNonce="${nonce}"`);
        return nonce;
      }),
    );
    expect(new Set(nonces).size).toBe(2);
  });

  it('bears the headers of every answer', async () => {
    const { headers } = await page('/');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  it('is dark from the first byte for somebody who chose so', async () => {
    expect(await (await page('/', { cookie: 'tl-theme=dark' })).text()).toContain('<html data-theme="dark"');
    expect(await (await page('/', { cookie: 'tl-theme="><script>' })).text()).not.toContain('data-theme');
  });

  it.each([
    ['br', 'br'],
    ['gzip', 'gzip'],
    ['identity', null],
  ])('sends hashed files to be kept for ever, as %s', async (accepted, encoding) => {
    const answer = await fetch(`${address}/main-ABC.js`, { headers: { 'accept-encoding': accepted } });
    expect(answer.headers.get('content-encoding')).toBe(encoding);
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(answer.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
    expect(await answer.text()).toBe(script);
  });

  it.each(['/v1/nothing', '/v1', '/s/nothing', '/openapi.json/x', '/main-OLD.js', '/../secrets.json', '/built-from', '/index.html.br'])(
    'answers %s with a refusal, never with the page',
    async (route) => {
      const answer = await fetch(`${address}${route}`, { headers: { accept: route.startsWith('/v1') ? 'text/html' : '*/*' } });
      expect(answer.status).toBe(404);
      expect(await answer.text()).not.toContain('tl-root');
    },
  );

  it('serves nothing where no app was built', () => {
    expect(() => serveAdminApp(app, path.join(folder, 'nowhere'))).not.toThrow();
  });
});

import fastifyStatic from '@fastify/static';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Paths of the API: an unknown one is a problem document, never the app. */
const ofTheApi = /^\/(v1|s|openapi\.json)(\/|$|\?)/;

/**
 * Serves the built admin app from the API's own origin: files by their hashed names, to be kept for ever, and index.html for every other address, never kept and with a nonce for
 * the styles that the app adds. Scripts come from this origin alone; nothing is loaded from, sent to or framed by another. Without a built app (the API alone) it serves nothing.
 */
export async function serveAdminApp(app: NestFastifyApplication, folder: string): Promise<void> {
  const root = path.resolve(folder);
  const file = path.join(root, 'index.html');
  if (!existsSync(file)) return;
  const index = readFileSync(file, 'utf8');
  const fastify = app.getHttpAdapter().getInstance();
  await app.register(fastifyStatic, {
    root,
    wildcard: false,
    index: false,
    globIgnore: ['index.html*', '**/*.{br,gz}'],
    preCompressed: true,
    immutable: true,
    maxAge: '365d',
  });
  fastify.get('/*', (request: FastifyRequest, reply: FastifyReply) => {
    if (ofTheApi.test(request.url) || !wantsPage(request)) return reply.callNotFound();
    const nonce = randomBytes(18).toString('base64');
    void reply.header('content-security-policy', policyWith(nonce));
    return reply.type('text/html; charset=utf-8').send(pageOf(index, nonce, themeOf(request)));
  });
}

/** A browser that opens an address asks for HTML; a missing file or a script's mistake does not get a page. */
const wantsPage = ({ headers }: FastifyRequest): boolean => headers.accept?.includes('text/html') ?? false;

/** Two styles that the chart library writes as attributes (of the invisible area that hears the pointer): these very texts, and no other. */
const stylesOfCharts = ['sha256-zf6mA/WBFVInfITzkgoIoPoP2SZVXZwvxhYsSIZkpGI=', 'sha256-aMqEn2TjFTa4fPKEXLN7OfV3ni2525REsIUI4/tgmhg='];

export function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `style-src-attr 'unsafe-hashes' ${stylesOfCharts.map((hash) => `'${hash}'`).join(' ')}`,
    "font-src 'self'",
    "img-src 'self' data: blob:",
    "connect-src 'self'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    'trusted-types angular angular#bundler',
  ].join('; ');
}

/** Light or dark as the person chose, from the first byte on: no flash of the other one. */
function themeOf({ headers }: FastifyRequest): string | undefined {
  return /(?:^|;\s*)tl-theme=(light|dark)(?:;|$)/.exec(headers.cookie ?? '')?.[1];
}

export function pageOf(index: string, nonce: string, theme: string | undefined): string {
  const page = index.replace('<tl-root', `<tl-root ngCspNonce="${nonce}"`);
  return theme ? page.replace('<html', `<html data-theme="${theme}"`) : page;
}

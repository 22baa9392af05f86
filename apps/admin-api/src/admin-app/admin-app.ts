import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { builtFiles, formFor, type BuiltFile } from './built-files';

/** Paths of the API: an unknown one is a problem document, never the app. */
const ofTheApi = /^\/(v1|s|openapi\.json)(\/|$)/;

/**
 * Serves the built admin app from the API's own origin: files by their hashed names, to be kept for ever, and index.html for every other address, never kept and with a nonce for
 * the styles that the app adds. Scripts come from this origin alone; nothing is loaded from, sent to or framed by another. Without a built app (the API alone) it serves nothing.
 */
export function serveAdminApp(app: NestFastifyApplication, folder: string): void {
  const root = path.resolve(folder);
  const indexFile = path.join(root, 'index.html');
  if (!existsSync(indexFile)) return;
  const index = readFileSync(indexFile, 'utf8');
  const files = builtFiles(root);
  app
    .getHttpAdapter()
    .getInstance()
    .get('/*', (request: FastifyRequest, reply: FastifyReply) => {
      const [address = ''] = request.url.split('?');
      const file = files.get(address);
      if (file) return sendFile(reply, file, request.headers['accept-encoding']);
      if (ofTheApi.test(address) || !wantsPage(request)) return reply.callNotFound();
      const nonce = randomBytes(18).toString('base64');
      void reply.header('content-security-policy', policyWith(nonce));
      return reply.type('text/html; charset=utf-8').send(pageOf(index, nonce, themeOf(request)));
    });
}

/** Its name changes with its content. */
function sendFile(reply: FastifyReply, file: BuiltFile, acceptEncoding: string | undefined): FastifyReply {
  const { bytes, encoding } = formFor(file, acceptEncoding);
  if (encoding) void reply.header('content-encoding', encoding);
  return reply.type(file.type).header('cache-control', 'public, max-age=31536000, immutable').header('vary', 'accept-encoding').send(bytes);
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

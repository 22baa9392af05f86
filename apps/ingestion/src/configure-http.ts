import httpProxy from '@fastify/http-proxy';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { addressOf } from '@throughline/service';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { IncomingMessage } from 'node:http';
import { batchLimitBytes } from './events-controller';
import { isForPeople } from './forwarded-paths';
import type { IngestionSettings } from './settings';

const requestLimitMs = 10_000;

/** Bodies of any content type reach the handlers as bytes: what they are is judged by us, not by a header that clients get wrong. A request that is not read after ten seconds is answered 408. */
export async function configureHttp(
  app: NestFastifyApplication,
  { ADMIN_API_URL: adminApiUrl, FEEDBACK_URL: feedbackUrl, TRUSTED_PROXIES }: Pick<IngestionSettings, 'ADMIN_API_URL' | 'FEEDBACK_URL' | 'TRUSTED_PROXIES'>,
): Promise<void> {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  app.useBodyParser('*', { bodyLimit: batchLimitBytes }, (_request: unknown, body: unknown, done: (error: Error | null, body?: unknown) => void) =>
    done(null, body),
  );
  // PostHog's and Snowplow's clients end their paths with a slash.
  app.getHttpServer().prependListener('request', (request: IncomingMessage) => {
    request.url = request.url?.replace(/^([^?]+)\/(?=$|\?)/, '$1');
  });
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const timer = setTimeout(() => giveUp(request, reply), requestLimitMs);
    request.raw.once('end', () => clearTimeout(timer));
    request.raw.once('close', () => clearTimeout(timer));
    done();
  });
  const cameFrom = addressOf(TRUSTED_PROXIES);
  if (adminApiUrl !== undefined)
    await fastify.register(httpProxy, {
      upstream: adminApiUrl,
      prefix: '/v1',
      rewritePrefix: '/v1',
      proxyPayloads: true,
      preHandler: (request, reply, done) => {
        if (isForPeople(request.url)) reply.callNotFound();
        else done();
      },
      // Tokens alone speak here: a session is for the address of the app.
      replyOptions: {
        rewriteRequestHeaders: (request, { cookie: _cookie, ...headers }) => ({ ...headers, 'x-forwarded-for': cameFrom(request) }),
      },
    });
  if (feedbackUrl !== undefined)
    await fastify.register(httpProxy, {
      upstream: feedbackUrl,
      prefix: '/s',
      rewritePrefix: '/s',
      proxyPayloads: true,
      // Limits count by address: what the client itself wrote there is not believed.
      replyOptions: { rewriteRequestHeaders: (request, headers) => ({ ...headers, 'x-forwarded-for': cameFrom(request) }) },
    });
}

function giveUp(request: FastifyRequest, reply: FastifyReply): void {
  if (request.raw.complete || reply.sent) return;
  reply.hijack();
  const body = JSON.stringify({ type: 'about:blank', status: 408, title: 'The request took too long to arrive' });
  reply.raw.writeHead(408, { 'content-type': 'application/problem+json', connection: 'close', 'content-length': Buffer.byteLength(body) });
  reply.raw.end(body, () => request.raw.destroy());
}

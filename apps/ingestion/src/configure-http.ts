import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { batchLimitBytes } from './events-controller';

const requestLimitMs = 10_000;

/** Bodies of any content type reach the handlers as bytes: what they are is judged by us, not by a header that clients get wrong. A request that is not read after ten seconds is answered 408. */
export function configureHttp(app: NestFastifyApplication): void {
  const fastify = app.getHttpAdapter().getInstance();
  fastify.removeAllContentTypeParsers();
  app.useBodyParser('*', { bodyLimit: batchLimitBytes }, (_request: unknown, body: unknown, done: (error: Error | null, body?: unknown) => void) => done(null, body));
  fastify.addHook('onRequest', (request: FastifyRequest, reply: FastifyReply, done: () => void) => {
    const timer = setTimeout(() => giveUp(request, reply), requestLimitMs);
    request.raw.once('end', () => clearTimeout(timer));
    request.raw.once('close', () => clearTimeout(timer));
    done();
  });
}

function giveUp(request: FastifyRequest, reply: FastifyReply): void {
  if (request.raw.complete || reply.sent) return;
  reply.hijack();
  const body = JSON.stringify({ type: 'about:blank', status: 408, title: 'The request took too long to arrive' });
  reply.raw.writeHead(408, { 'content-type': 'application/problem+json', connection: 'close', 'content-length': Buffer.byteLength(body) });
  reply.raw.end(body, () => request.raw.destroy());
}

import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pagePolicy } from './page-frame';

/** Where a request came from, for limits: the address that a trusted proxy names, else that of the connection. */
export type AddressOf = (request: Pick<FastifyRequest, 'headers' | 'socket'>) => string;

export const addressOf =
  (trusted: readonly string[]): AddressOf =>
  ({ headers, socket }) => {
    const peer = socket.remoteAddress ?? 'unknown';
    const named = headers['x-forwarded-for'];
    if (!trusted.includes(peer) || typeof named !== 'string') return peer;
    // The last entry is what the trusted proxy itself has seen; what stands before it anybody may have written.
    return named.split(',').at(-1)!.trim().slice(0, 64) || peer;
  };

/** Headers of every answer, errors included: nothing is kept, indexed, framed, sniffed or told to the next site. */
export function configureHttp(app: NestFastifyApplication): void {
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request: FastifyRequest, reply: FastifyReply, _payload: unknown, done: () => void) => {
      void reply
        .header('cache-control', 'no-store')
        .header('referrer-policy', 'no-referrer')
        .header('x-robots-tag', 'noindex, nofollow, noarchive')
        .header('x-content-type-options', 'nosniff')
        .header('x-frame-options', 'DENY')
        .header('cross-origin-opener-policy', 'same-origin')
        .header('permissions-policy', 'camera=(), geolocation=(), microphone=()')
        .header('content-security-policy', pagePolicy);
      done();
    });
}

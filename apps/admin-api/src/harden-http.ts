import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { currentTrace } from '@throughline/database';

/** Cookies are read. Headers of every answer: nothing is cached but what says so itself, nothing is framed or sniffed, and the trace id says where to look in the logs. */
export async function hardenHttp(app: NestFastifyApplication): Promise<void> {
  await app.register(cookie);
  await app.register(helmet, { contentSecurityPolicy: { directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] } } });
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onSend', (_request, reply, _payload, done) => {
      if (!reply.hasHeader('cache-control')) void reply.header('cache-control', 'no-store');
      const trace = currentTrace();
      if (trace) void reply.header('x-trace-id', trace.traceId);
      done();
    });
}

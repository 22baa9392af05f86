import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Metrics } from './metrics';
import type { Readiness } from './readiness';

/** `/live` (this process turns its loop), `/ready` (send work here) and `/metrics`, on a listener of their own: it answers while everything else is busy or away. */
export class HealthServer {
  private constructor(private readonly server: Server) {}

  static async listen(options: { host: string; port: number; readiness: Readiness; metrics: Metrics }): Promise<HealthServer> {
    const { readiness, metrics } = options;
    const server = createServer((request, response) => {
      const answer = (status: number, type: string, body: string): void => {
        response.writeHead(status, { 'content-type': type, 'cache-control': 'no-store' }).end(body);
      };
      const json = (status: number, body: object): void => answer(status, 'application/json', JSON.stringify(body));
      const path = (request.url ?? '').split('?')[0];
      if (path === '/live') return json(200, { status: 'alive' });
      if (path === '/ready') {
        void readiness.reasons().then((reasons) => (reasons.length === 0 ? json(200, { status: 'ready' }) : json(503, { status: 'not ready', reasons })));
        return;
      }
      if (path === '/metrics') {
        metrics.registry.metrics().then(
          (text) => answer(200, metrics.registry.contentType, text),
          () => json(500, { status: 'the metrics could not be read' }),
        );
        return;
      }
      json(404, { status: 'there are /live, /ready and /metrics' });
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(options.port, options.host, resolve);
    });
    return new HealthServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise<void>((resolve) => this.server.close(() => resolve()));
  }
}

// A lean HTTP client: keep-alive connections, bodies made beforehand, nothing parsed but the status.
import { Agent, request } from 'node:http';

export class Poster {
  latenciesMs = [];
  statuses = {};

  constructor(api, lanes) {
    const url = new URL(api);
    this.target = { host: url.hostname, port: Number(url.port), method: 'POST', path: '/v1/events' };
    this.agent = new Agent({ keepAlive: true, maxSockets: lanes });
    this.lanes = lanes;
  }

  post({ body, writeKey }) {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const sent = request(
        {
          ...this.target,
          agent: this.agent,
          headers: { authorization: `Bearer ${writeKey}`, 'content-type': 'application/json', 'content-length': body.length },
        },
        (response) => {
          response.resume();
          response.on('end', () => {
            this.latenciesMs.push(performance.now() - startedAt);
            this.statuses[response.statusCode] = (this.statuses[response.statusCode] ?? 0) + 1;
            resolve(response.statusCode);
          });
        },
      );
      sent.on('error', reject);
      sent.end(body);
    });
  }

  /** Sends what `next()` gives, on all lanes, until it gives nothing more. A refusal for load is waited out and sent again; anything else but 2xx ends the bench. */
  async drive(next) {
    let events = 0;
    const lane = async () => {
      for (let batch = await next(); batch; batch = await next()) {
        for (;;) {
          const status = await this.post(batch);
          if (status >= 200 && status < 300) break;
          if (status !== 429 && status !== 503) throw new Error(`unexpected answer ${status}`);
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        events += batch.events;
      }
    };
    await Promise.all(Array.from({ length: this.lanes }, lane));
    return events;
  }

  close() {
    this.agent.destroy();
  }
}

export function percentile(values, share) {
  const sorted = Float64Array.from(values).sort();
  return sorted.length === 0 ? Number.NaN : sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
}

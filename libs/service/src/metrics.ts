import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** What a service counts, in the Prometheus text format at `/metrics`. Label values are bounded; ids are never labels. */
export class Metrics {
  readonly registry = new Registry();

  constructor(service: string) {
    this.registry.setDefaultLabels({ service });
    collectDefaultMetrics({ register: this.registry });
  }

  counter<Label extends string = never>(name: string, help: string, labels: readonly Label[] = []): Counter<Label> {
    return new Counter({ name, help, labelNames: labels, registers: [this.registry] });
  }

  /** `collect` is asked at each scrape; when it throws, the gauge keeps what it last said. */
  gauge<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    collect?: (gauge: Gauge<Label>) => void | Promise<void>,
  ): Gauge<Label> {
    return new Gauge({
      name,
      help,
      labelNames: labels,
      registers: [this.registry],
      ...(collect && {
        async collect() {
          await Promise.resolve(collect(this as unknown as Gauge<Label>)).catch(() => undefined);
        },
      }),
    });
  }

  /** Seconds, from a millisecond to a minute, unless other buckets are given. */
  histogram<Label extends string = never>(
    name: string,
    help: string,
    labels: readonly Label[] = [],
    buckets: readonly number[] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.15, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
  ): Histogram<Label> {
    return new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [this.registry] });
  }
}

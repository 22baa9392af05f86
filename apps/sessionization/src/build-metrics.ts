import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { Log, Metrics } from '@throughline/service';
import type { FailedCustomer } from './due-customers';
import type { BuildFacts, BuildObserver } from './journey-builder';
import { readBacklog, type Backlog } from './ring-unbuilt-customers';

const countedForMs = 2_000;

/** What the builder did, as metrics; and how far it is behind, counted at most every two seconds. */
@Injectable()
export class BuildMetrics implements BuildObserver {
  private readonly customers;
  private readonly events;
  private readonly rowsRead;
  private readonly rowsWritten;
  private readonly seconds;
  private readonly failures;
  private backlog: { at: number; facts: Promise<Backlog> } | undefined;

  constructor(
    metrics: Metrics,
    private readonly database: Database,
    private readonly log: Log,
  ) {
    this.customers = metrics.counter('tl_built_customers_total', 'Customers whose hierarchy was built');
    this.events = metrics.counter('tl_built_events_total', 'Events loaded to build them');
    this.rowsRead = metrics.counter('tl_rows_read_total', 'Rows read to build hierarchies: owners, events, heads and stored nodes');
    this.rowsWritten = metrics.counter('tl_rows_written_total', 'Rows of the hierarchy inserted, changed or deleted');
    this.seconds = metrics.histogram('tl_build_seconds', 'Time of one building transaction');
    this.failures = metrics.counter('tl_failed_customers_total', 'Customers set aside because they could not be built');
    metrics.gauge('tl_unbuilt_customers', 'Customers whose hierarchy is behind identity', [], async (gauge) => gauge.set((await this.behind()).unbuilt));
    metrics.gauge('tl_dirty_oldest_seconds', 'How long the oldest of them has been seen behind', [], async (gauge) =>
      gauge.set((await this.behind()).oldestSeconds),
    );
  }

  built(facts: BuildFacts): void {
    this.customers.inc(facts.customers);
    this.events.inc(facts.events);
    this.rowsRead.inc(facts.rowsRead);
    this.rowsWritten.inc(facts.rowsWritten);
    this.seconds.observe(facts.ms / 1000);
  }

  failed({ customerId, revision, reason }: FailedCustomer): void {
    this.failures.inc();
    this.log.error({ customerId, revision, reason }, 'a customer could not be built and was set aside');
  }

  private behind(): Promise<Backlog> {
    const now = performance.now();
    if (!this.backlog || now - this.backlog.at > countedForMs) this.backlog = { at: now, facts: readBacklog(this.database) };
    return this.backlog.facts;
  }
}

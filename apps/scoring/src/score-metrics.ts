import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { Log, Metrics } from '@throughline/service';
import type { FailedCustomer } from './due-customers';
import type { ScoreFacts, ScoreObserver } from './journey-scorer';
import { readBacklog, type Backlog } from './ring-unscored-customers';

const countedForMs = 5_000;

/** What the scorer did, as metrics; and how far it is behind, counted at most every five seconds. */
@Injectable()
export class ScoreMetrics implements ScoreObserver {
  private readonly customers;
  private readonly whole;
  private readonly events;
  private readonly rowsWritten;
  private readonly seconds;
  private readonly failures;
  private backlog: { at: number; facts: Promise<Backlog> } | undefined;

  constructor(
    metrics: Metrics,
    private readonly database: Database,
    private readonly log: Log,
  ) {
    this.customers = metrics.counter('tl_scored_customers_total', 'Customers that were scored');
    this.whole = metrics.counter('tl_scored_whole_total', 'Of them, those scored from all their events');
    this.events = metrics.counter('tl_scored_events_total', 'Events loaded to score them');
    this.rowsWritten = metrics.counter('tl_score_rows_written_total', 'Rows of facts inserted, changed or deleted');
    this.seconds = metrics.histogram('tl_score_seconds', 'Time of one scoring transaction');
    this.failures = metrics.counter('tl_failed_scores_total', 'Customers set aside because they could not be scored');
    metrics.gauge('tl_unscored_customers', 'Customers whose scores are behind their hierarchy', [], async (gauge) => gauge.set((await this.behind()).unscored));
    metrics.gauge('tl_unscored_oldest_seconds', 'How long the oldest of them has been seen behind', [], async (gauge) =>
      gauge.set((await this.behind()).oldestSeconds),
    );
  }

  scored(facts: ScoreFacts): void {
    this.customers.inc(facts.customers);
    this.whole.inc(facts.whole);
    this.events.inc(facts.events);
    this.rowsWritten.inc(facts.rowsWritten);
    this.seconds.observe(facts.ms / 1000);
  }

  failed({ customerId, revision, reason }: FailedCustomer): void {
    this.failures.inc();
    this.log.error({ customerId, revision, reason }, 'a customer could not be scored and was set aside');
  }

  private behind(): Promise<Backlog> {
    const now = performance.now();
    if (!this.backlog || now - this.backlog.at > countedForMs) this.backlog = { at: now, facts: readBacklog(this.database) };
    return this.backlog.facts;
  }
}

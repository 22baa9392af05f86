import { Inject, Injectable } from '@nestjs/common';
import { Log, Metrics } from '@throughline/service';
import type { ResolveFacts, ResolveObserver } from './resolver';

/** What identity counts. */
@Injectable()
export class ResolveMetrics implements ResolveObserver {
  private readonly events;
  private readonly moved;
  private readonly failures;
  private readonly seconds;
  readonly unaccounted;

  constructor(
    @Inject(Metrics) metrics: Metrics,
    @Inject(Log) private readonly log: Log,
  ) {
    this.events = metrics.counter('tl_events_resolved_total', 'Events that got an owner, or were resolved again at a higher revision.');
    this.moved = metrics.counter('tl_events_moved_total', 'Events that moved from one customer to another.');
    this.failures = metrics.counter('tl_events_failed_total', 'Events set aside because the rule or their save failed.');
    this.seconds = metrics.histogram('tl_resolve_seconds', 'Time of one transaction of the resolver.');
    this.unaccounted = metrics.gauge('tl_unaccounted_events', 'Accepted events that have neither an owner nor a failure, at the last look.');
  }

  resolved(facts: ResolveFacts): void {
    this.events.inc(facts.events);
    this.moved.inc(facts.moved);
    this.seconds.observe(facts.ms / 1000);
    this.log.debug({ ...facts, ms: Math.round(facts.ms) }, 'events resolved');
  }

  failed(eventId: string, error: unknown): void {
    this.failures.inc();
    this.log.error({ eventId, error: error instanceof Error ? error.name : 'unknown' }, 'an event was set aside');
  }
}

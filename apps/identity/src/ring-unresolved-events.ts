import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { ResolveMetrics } from './resolve-metrics';
import { Resolver } from './resolver';

const atOnce = 10_000;
/** An event is resolved from here when its message had this long to do it. */
const patience = '30 seconds';
/** Commits may become visible later than their `received_at`: what was found complete is looked at again for this long. */
const overlap = '2 minutes';
/** The comparison reads every event of its window: it rests this many times as long as it took. */
const restFactor = 100;

/**
 * The reconciler: compares accepted events with those that have an owner or are set aside, and resolves what is missing, so that a lost message is a delay and never a loss.
 * Looks at everything once after the start, and from then on at what was received since it last found nothing missing.
 */
@Injectable()
export class RingUnresolvedEvents implements Sweep {
  readonly name = 'ring-unresolved-events';
  readonly everyMs = 10_000;
  private restUntil = 0;
  private completeUntil: Date | undefined;

  constructor(
    private readonly database: Database,
    private readonly resolver: Resolver,
    private readonly metrics: ResolveMetrics,
  ) {}

  async run(signal?: AbortSignal): Promise<void> {
    await this.resolver.flush();
    if (performance.now() < this.restUntil) return;
    for (let before = Infinity; ;) {
      const startedAt = performance.now();
      const [{ now } = { now: new Date() }] = await this.database.query<{ now: Date }>(`select now() - interval '${patience}' as now`);
      const missing = await this.missing(now);
      this.restUntil = performance.now() + restFactor * (performance.now() - startedAt);
      this.metrics.unaccounted.set(missing.length);
      if (missing.length === 0) this.completeUntil = now;
      // A full page may be followed by more; one that does not get shorter waits for the next run.
      if (missing.length === 0 || signal?.aborted || (missing.length < atOnce && missing.length >= before)) return;
      before = missing.length;
      await this.resolver.resolve(missing);
    }
  }

  private async missing(until: Date): Promise<string[]> {
    const rows = await this.database.query<{ event_id: string }>(
      `select event_id from (select e.event_id, e.received_at from ingestion.read_event e
       where e.received_at <= $1 and ($2::timestamptz is null or e.received_at >= $2::timestamptz - interval '${overlap}')
         and not exists (select from identity.customer_event c where c.event_id = e.event_id and c.revision >= e.revision)
         and not exists (select from identity.failed_event f where f.event_id = e.event_id)
       limit ${atOnce}) as missing order by received_at, event_id`,
      [until, this.completeUntil ?? null],
    );
    return rows.map((row) => row.event_id);
  }
}

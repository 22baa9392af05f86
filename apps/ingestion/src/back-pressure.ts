import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '@throughline/database';
import { OutboxRelay } from '@throughline/messaging';
import { Log, Problem, SETTINGS } from '@throughline/service';
import { statfs } from 'node:fs/promises';
import type { IngestionSettings } from './settings';

const lookEveryMs = 2_000;
const poolWaitLimitMs = 250;
const waitingItemsLimit = 20_000;
/** On a large disk 15 % is room for months: it is short of room when both are true. */
const disk = { freeShare: 0.15, freeBytes: 5 * 2 ** 30 };
const sampled = 100;
/** Longer than the time between two looks, so that the samples catch up with the present. */
const sampledSpan = '1 minute';

/** Refuses new events with 503 and `Retry-After` while the house cannot keep up, so that senders keep what we could not store. */
@Injectable()
export class BackPressure implements OnModuleInit, OnModuleDestroy {
  private reason: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  /** What was received until then is resolved, as far as samples tell; unknown after a start. */
  private resolvedUntil: Date | null = null;
  private readonly unasked = new Set<string>();

  constructor(
    private readonly database: Database,
    private readonly relay: OutboxRelay,
    private readonly log: Log,
    @Inject(SETTINGS) private readonly settings: Pick<IngestionSettings, 'SHED_OUTBOX_SECONDS' | 'SHED_BACKLOG_SECONDS' | 'DATA_DIR'>,
  ) {}

  onModuleInit(): void {
    this.timer = setInterval(() => void this.look(), lookEveryMs);
    this.timer.unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.timer);
  }

  /** Throws a `Problem` when this is no moment for more. */
  check(waitingItems: number): void {
    const pool = this.database.poolState();
    if (waitingItems > waitingItemsLimit) throw busy('too many events wait for their transaction');
    if (pool.waiting > 0 && pool.lastWaitMs > poolWaitLimitMs) throw busy('the database is slow');
    if (this.reason !== null) throw busy(this.reason);
  }

  /** Looks once at what cannot be asked with every request. */
  async look(): Promise<void> {
    const before = this.reason;
    this.reason = await this.shortage();
    if (this.reason !== before) this.log.warn({ reason: this.reason }, this.reason === null ? 'new events are taken again' : 'new events are refused');
  }

  private async shortage(): Promise<string | null> {
    if (await this.holds(async () => (await this.relay.oldestSeconds()) > this.settings.SHED_OUTBOX_SECONDS)) return 'the broker has been away for long';
    if (await this.holds(() => this.isDiskShort())) return 'the disk is nearly full';
    if (await this.holds(() => this.isBehind())) return 'what was sent before is still being worked on';
    return null;
  }

  /** What cannot be asked refuses nobody: while the database is away accepting fails by itself, and what the other services show is there once they are migrated. It is said once. */
  private async holds(ask: () => Promise<boolean>): Promise<boolean> {
    try {
      return await ask();
    } catch (error) {
      const said = String((error as { code?: unknown }).code ?? (error as Error).name);
      if (!this.unasked.has(said)) this.log.warn({ err: error }, 'back-pressure could not be asked');
      this.unasked.add(said);
      return false;
    }
  }

  private async isDiskShort(): Promise<boolean> {
    if (this.settings.DATA_DIR === undefined) return false;
    const { bavail, blocks, bsize } = await statfs(this.settings.DATA_DIR);
    return bavail < disk.freeShare * blocks && bavail * bsize < disk.freeBytes;
  }

  /** Whether an event has waited for its owner, or a customer for its hierarchy, longer than allowed. Reads a few events of the next seconds that were not seen resolved: never more, however long the queue. */
  private async isBehind(): Promise<boolean> {
    const [found] = await this.database.query<{ until: Date; unresolved: boolean; unbuilt: boolean }>(
      `with span as (
         select since, least(since + $3::interval, now() - $1::interval) as until from (select coalesce($2::timestamptz, now() - $1::interval - $3::interval) as since) s)
       select span.until,
         exists (select from (
             select event_id, revision from ingestion.event where received_at > span.since and received_at <= span.until limit ${sampled}) e
           where not exists (select from identity.read_customer_event c where c.event_id = e.event_id and c.revision >= e.revision)
             and not exists (select from identity.read_failed_event f where f.event_id = e.event_id)) as unresolved,
         exists (select from sessionization.read_journey_head where due_since < now() - $1::interval) as unbuilt
       from span`,
      [`${this.settings.SHED_BACKLOG_SECONDS} seconds`, this.resolvedUntil, sampledSpan],
    );
    if (found && !found.unresolved) this.resolvedUntil = found.until;
    return found !== undefined && (found.unresolved || found.unbuilt);
  }
}

const busy = (why: string): Problem =>
  new Problem(503, 'Not available at the moment', `Please send the same request again later: ${why}.`, {
    retryAfterSeconds: 2 + Math.floor(Math.random() * 4),
  });

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

/** Refuses new events with 503 and `Retry-After` while the house cannot keep up, so that senders keep what we could not store. */
@Injectable()
export class BackPressure implements OnModuleInit, OnModuleDestroy {
  private reason: string | null = null;
  private timer: NodeJS.Timeout | undefined;
  /** What was received until then is resolved, as far as the samples tell. */
  private resolvedUntil: Date | null = null;

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
    try {
      if ((await this.relay.oldestSeconds()) > this.settings.SHED_OUTBOX_SECONDS) return 'the broker has been away for long';
      if (await this.isDiskShort()) return 'the disk is nearly full';
      if (await this.isBehind()) return 'what was sent before is still being worked on';
    } catch {
      // The database is away: accepting fails by itself. Or the other services are not migrated yet: then nothing is behind.
    }
    return null;
  }

  private async isDiskShort(): Promise<boolean> {
    if (this.settings.DATA_DIR === undefined) return false;
    const { bavail, blocks, bsize } = await statfs(this.settings.DATA_DIR);
    return bavail < disk.freeShare * blocks && bavail * bsize < disk.freeBytes;
  }

  /** Whether an event has waited for its owner, or a customer for its hierarchy, longer than allowed. Reads a sample of the events, the oldest that were not seen resolved. */
  private async isBehind(): Promise<boolean> {
    const limit = `${this.settings.SHED_BACKLOG_SECONDS} seconds`;
    const [found] = await this.database.query<{ until: Date; unresolved: boolean; unbuilt: boolean }>(
      `select now() - $1::interval as until,
         exists (select from (
             select event_id, revision from ingestion.event
             where received_at > coalesce($2::timestamptz, now() - $1::interval - interval '1 minute') and received_at <= now() - $1::interval
             order by received_at limit ${sampled}) e
           where not exists (select from identity.read_customer_event c where c.event_id = e.event_id and c.revision >= e.revision)
             and not exists (select from identity.read_failed_event f where f.event_id = e.event_id)) as unresolved,
         exists (select from sessionization.read_journey_head where due_since < now() - $1::interval) as unbuilt`,
      [limit, this.resolvedUntil],
    );
    if (found && !found.unresolved) this.resolvedUntil = found.until;
    return found !== undefined && (found.unresolved || found.unbuilt);
  }
}

const busy = (why: string): Problem =>
  new Problem(503, 'Not available at the moment', `Please send the same request again later: ${why}.`, {
    retryAfterSeconds: 2 + Math.floor(Math.random() * 4),
  });

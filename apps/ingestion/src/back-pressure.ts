import { Inject, Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { Database } from '@throughline/database';
import { OutboxRelay } from '@throughline/messaging';
import { Problem, SETTINGS } from '@throughline/service';
import type { IngestionSettings } from './settings';

const lookEveryMs = 2_000;
const poolWaitLimitMs = 250;
const waitingItemsLimit = 20_000;

/** Refuses new events with 503 and `Retry-After` while the house cannot keep up, so that senders keep what we could not store. */
@Injectable()
export class BackPressure implements OnModuleInit, OnModuleDestroy {
  private outboxSeconds = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly database: Database,
    private readonly relay: OutboxRelay,
    @Inject(SETTINGS) private readonly settings: IngestionSettings,
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
    if (this.outboxSeconds > this.settings.SHED_OUTBOX_SECONDS) throw busy('the broker has been away for long');
  }

  private async look(): Promise<void> {
    try {
      this.outboxSeconds = await this.relay.oldestSeconds();
    } catch {
      // The database is away: accepting fails by itself.
    }
  }
}

const busy = (why: string): Problem =>
  new Problem(503, 'Not available at the moment', `Please send the same request again later: ${why}.`, {
    retryAfterSeconds: 2 + Math.floor(Math.random() * 4),
  });

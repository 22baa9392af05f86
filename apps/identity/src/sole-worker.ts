import { Lease, TransientError, type Database, type Transaction } from '@throughline/database';
import { randomUUID } from 'node:crypto';

const name = 'identity';

/** One worker over all replicas, and one piece of work at a time within it. */
export class SoleWorker {
  private readonly holder = `identity-${randomUUID()}`;
  private readonly lease: Lease;
  private queue: Promise<unknown> = Promise.resolve();
  private renewing: NodeJS.Timeout | undefined;
  private renewed: Promise<unknown> = Promise.resolve();
  private confirmedAt = -Infinity;
  /** The lease came back after it had run out: another worker may have held it between. */
  private interrupted = false;

  /** `onTaken` is called when the lease was not held a moment before: another worker may have written since. */
  constructor(
    private readonly database: Database,
    private readonly ttlMs: number,
    private readonly onTaken: () => void,
  ) {
    this.lease = new Lease(database, { name, holder: this.holder, ttlMs });
  }

  /** Runs `work` after all earlier work, while this worker holds the lease. Throws a transient error when another holds it. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const running = this.queue.then(async () => {
      await this.ensure();
      return work();
    });
    this.queue = running.catch(() => undefined);
    return running;
  }

  /** To be called first in every transaction: until its end no other worker can take the lease. */
  async fence(tx: Transaction): Promise<void> {
    const held = await tx.query('select from identity.lease where name = $1 and holder = $2 and expires_at > clock_timestamp() for share', [name, this.holder]);
    if (held.length === 0 || !this.lease.isHeld() || this.interrupted) throw new TransientError('Another worker of identity holds the lease.');
  }

  async release(): Promise<void> {
    clearInterval(this.renewing);
    await this.queue;
    await this.renewed;
    if (this.lease.isHeld()) await this.lease.release();
  }

  private async ensure(): Promise<void> {
    if (this.lease.isHeld() && !this.interrupted) return;
    if (!(await this.take())) throw new TransientError('Another worker of identity holds the lease.');
    this.interrupted = false;
    this.onTaken();
    this.renewing ??= setInterval(() => {
      if (this.lease.isHeld()) this.renewed = this.take().catch(() => undefined);
    }, this.ttlMs / 3).unref();
  }

  private async take(): Promise<boolean> {
    const askedAt = performance.now();
    if (!(await this.lease.acquire())) return false;
    if (performance.now() - this.confirmedAt >= this.ttlMs) this.interrupted = true;
    this.confirmedAt = askedAt;
    return true;
  }
}

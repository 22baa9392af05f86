import type { Database } from '@throughline/database';
import { backoffMs, pause } from './backoff';
import type { BusLog } from './message-bus';

/**
 * Runs work again and again, one runner at a time over all replicas of a service: sweeps, and the comparison of what should be with what is.
 * The runner holds an advisory lock in a transaction of its own for as long as the work takes; if that connection breaks, another may start, so work must stand being done twice.
 */
export class Reconciler {
  private readonly stopping = new AbortController();
  private readonly loops: Promise<void>[] = [];

  constructor(
    private readonly database: Database,
    private readonly log?: BusLog,
  ) {}

  /** Does `work` every `everyMs`, first after a random part of it. An error is logged and the work comes again, sooner. The signal says that the service stops. */
  every(everyMs: number, name: string, work: (signal: AbortSignal) => Promise<void>): void {
    this.loops.push(this.loop(everyMs, name, work));
  }

  /** Starts nothing more and waits for what runs. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.loops);
  }

  private async loop(everyMs: number, name: string, work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const { signal } = this.stopping;
    await pause(everyMs * Math.random(), signal);
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.alone(name, () => work(signal));
        failures = 0;
      } catch (error) {
        failures += 1;
        if (!signal.aborted) this.log?.warn({ sweep: name, err: error, failures }, 'a sweep failed and goes again');
      }
      await pause(failures === 0 ? everyMs : Math.min(everyMs, backoffMs(failures)), signal);
    }
  }

  private async alone(name: string, work: () => Promise<void>): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      const [lock] = await tx.query<{ taken: boolean }>('select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as taken', [
        `${this.database.schema}.${name}`,
      ]);
      if (!lock?.taken) return;
      await tx.query('set local idle_in_transaction_session_timeout = 0');
      await work();
    });
  }
}

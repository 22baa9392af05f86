import { failpoint, type Database, type OutboxRow } from '@throughline/database';
import { pause } from './backoff';
import type { BusLog, MessageBus } from './message-bus';

export interface OutboxRelayOptions {
  readonly log?: BusLog;
  /** How often the sweeper looks. */
  readonly sweepMs?: number;
  /** What is younger is still on its direct way. */
  readonly olderThanMs?: number;
}

const inFlight = 64;
const remembered = 2_000;
const sweepRows = 256;

/**
 * Brings the outbox to the broker. What this process has just committed is published at once and then deleted; whatever that way loses (a crash, a broker that is
 * away) a sweeper finds by age. A row is deleted only after the broker has stored its message, so a message may go twice, never not at all. Nobody waits for it.
 */
export class OutboxRelay {
  private waiting: OutboxRow[] = [];
  private pumping: Promise<void> | undefined;
  private sweeping: Promise<void> | undefined;
  private readonly stopping = new AbortController();

  constructor(
    private readonly database: Database,
    private readonly bus: MessageBus,
    private readonly options: OutboxRelayOptions = {},
  ) {}

  start(): void {
    this.database.onPublished((rows) => this.relaySoon(rows));
    this.sweeping = this.sweepForEver();
  }

  /** Publishes what waits now, as far as the broker takes it; for the end of a service. */
  async flush(): Promise<void> {
    await this.pumping;
    await this.sweepOnce(0).catch((error: unknown) => this.options.log?.warn({ err: error }, 'the outbox keeps messages for the next start'));
  }

  /** Stops the sweeper and takes nothing more. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.sweeping;
    await this.pumping;
  }

  /** The age of the oldest message that is not published, in seconds; 0 when there is none. */
  async oldestSeconds(): Promise<number> {
    const [row] = await this.database.query<{ seconds: number | null }>(
      `select extract(epoch from clock_timestamp() - min(created_at))::float8 as seconds from ${this.database.schema}.outbox`,
    );
    return Math.max(0, row?.seconds ?? 0);
  }

  private relaySoon(rows: readonly OutboxRow[]): void {
    // With the broker away the rows are safe where they are: memory stays bounded, the sweeper brings them later.
    if (this.stopping.signal.aborted || !this.bus.ready() || this.waiting.length + rows.length > remembered) return;
    this.waiting.push(...rows);
    this.pumping ??= this.pump().finally(() => (this.pumping = undefined));
  }

  private async pump(): Promise<void> {
    while (this.waiting.length > 0) {
      const rows = this.waiting.splice(0, inFlight);
      try {
        const sent = await this.send(rows);
        failpoint('after-puback-before-mark');
        if (sent.length > 0) await this.database.execute(`delete from ${this.database.schema}.outbox where id = any($1::uuid[])`, [sent]);
        if (sent.length < rows.length) this.waiting = [];
      } catch (error) {
        this.waiting = [];
        this.options.log?.warn({ err: error }, 'published messages stay in the outbox and go again');
      }
    }
  }

  private async sweepForEver(): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      await pause((this.options.sweepMs ?? 2_000) * (0.75 + Math.random() / 2), signal);
      if (signal.aborted || !this.bus.ready()) continue;
      try {
        while (!signal.aborted && (await this.sweepOnce(this.options.olderThanMs ?? 5_000)) === sweepRows);
      } catch (error) {
        this.options.log?.warn({ err: error }, 'the sweep of the outbox failed and goes again');
      }
    }
  }

  /** Publishes and deletes the oldest rows; replicas skip each other's. Gives how many went. */
  private async sweepOnce(olderThanMs: number): Promise<number> {
    const { schema } = this.database;
    return this.database.inTransaction(async (tx) => {
      const rows = await tx.query<OutboxRow>(
        `select id, subject, payload::text as payload, traceparent from ${schema}.outbox
         where created_at <= now() - $1 * interval '1 millisecond' order by created_at limit ${sweepRows} for update skip locked`,
        [olderThanMs],
      );
      if (rows.length === 0) return 0;
      const sent = await this.send(rows);
      failpoint('after-puback-before-mark');
      await tx.execute(`delete from ${schema}.outbox where id = any($1::uuid[])`, [sent]);
      if (sent.length > 0) this.options.log?.info({ messages: sent.length }, 'the sweeper published what the direct way had left');
      return sent.length;
    });
  }

  private async send(rows: readonly OutboxRow[]): Promise<string[]> {
    const results = await Promise.all(
      rows.map((row) =>
        this.bus.send(row.subject, row.payload, { id: row.id, traceparent: row.traceparent ?? undefined }).then(
          () => row.id,
          () => undefined,
        ),
      ),
    );
    return results.filter((id) => id !== undefined);
  }
}

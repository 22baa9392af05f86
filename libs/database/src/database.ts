import type { Pool, PoolClient } from 'pg';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import type { OutboxRow } from './outbox';
import { Transaction } from './transaction';
import { isConflict, isTransient } from './transient';

export interface DatabaseOptions {
  readonly url: string;
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string;
  /** The schema this service owns; its outbox is there. */
  readonly schema: string;
  readonly poolSize?: number;
  /** How long work may wait for a free connection before it fails as transient. */
  readonly poolWaitTimeoutMs?: number;
  readonly statementTimeoutMs?: number;
  /** Refuses to open as a superuser or as a role that may bypass row security. */
  readonly requireLeastPrivilege?: boolean;
  /** Told of each connection that broke while nobody used it, or while it was in use. */
  readonly onConnectionError?: (error: Error) => void;
}

export interface PoolState {
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
  /** How long the last piece of work waited for its connection, and the longest wait of the last ten seconds. */
  readonly lastWaitMs: number;
  readonly maxWaitMs: number;
}

const maxConflictRetries = 10;

/** The one door to Postgres: a TypeORM data source whose pool the hot path uses directly. Survives broken connections and restarts of the server. */
export class Database {
  readonly schema: string;
  private readonly pool: Pool;
  private readonly guarded = new WeakSet<PoolClient>();
  private readonly publishedListeners: ((rows: readonly OutboxRow[]) => void)[] = [];
  private readonly waitObservers: ((waitMs: number) => void)[] = [];
  private lastWaitMs = 0;
  private recentMaxMs = 0;
  private recentSince = 0;

  private constructor(
    readonly dataSource: DataSource,
    private readonly options: DatabaseOptions,
  ) {
    this.schema = options.schema;
    this.pool = (dataSource.driver as unknown as { master: Pool }).master;
    // Before the pool hands it out: the server may end a connection with the very bytes that complete it.
    this.pool.on('connect', (client) => this.guard(client));
  }

  /** Connects. Throws when the server cannot be reached (see `isTransient`), or when least privilege is required and the role has more. */
  static async open(options: DatabaseOptions): Promise<Database> {
    const statementTimeoutMs = options.statementTimeoutMs ?? 60_000;
    const dataSource = new DataSource({
      type: 'postgres',
      url: options.url,
      applicationName: options.applicationName,
      poolSize: options.poolSize ?? 8,
      connectTimeoutMS: options.poolWaitTimeoutMs ?? 5_000,
      synchronize: false,
      logging: false,
      poolErrorHandler: (error: Error) => options.onConnectionError?.(error),
      extra: {
        keepAlive: true,
        keepAliveInitialDelayMillis: 10_000,
        idleTimeoutMillis: 60_000,
        statement_timeout: statementTimeoutMs,
        // The client's own clock ends what a dead network keeps silent.
        query_timeout: statementTimeoutMs + 10_000,
        // A frozen process must not hold its locks for ever.
        idle_in_transaction_session_timeout: 60_000,
      },
    });
    await dataSource.initialize();
    const database = new Database(dataSource, options);
    try {
      if (options.requireLeastPrivilege) await database.refuseTooMuchPrivilege();
    } catch (error) {
      await database.close();
      throw error;
    }
    return database;
  }

  /** Runs one statement with bound values on any connection and gives its rows. */
  async query<Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row[]> {
    return this.onConnection(async (client) => (await client.query<Row & Record<string, unknown>>(text, values as unknown[])).rows);
  }

  /** Runs one statement with bound values and gives the number of rows it touched. */
  async execute(text: string, values: readonly unknown[] = []): Promise<number> {
    return this.onConnection(async (client) => (await client.query(text, values as unknown[])).rowCount ?? 0);
  }

  /**
   * Runs `work` in one transaction. A deadlock or a serialization failure is retried (ten times at most, with jitter), so `work` may run more than once and must
   * keep nothing from a failed run; every other error rolls back and is thrown as it is.
   */
  async inTransaction<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(work);
      } catch (error) {
        if (!isConflict(error) || attempt > maxConflictRetries) throw error;
        await sleep(Math.random() * Math.min(500, 5 * 2 ** attempt));
      }
    }
  }

  /** How busy the pool is; ingestion sheds load by it. */
  poolState(): PoolState {
    const { totalCount, idleCount, waitingCount } = this.pool;
    return {
      total: totalCount,
      idle: idleCount,
      waiting: waitingCount,
      lastWaitMs: this.lastWaitMs,
      maxWaitMs: performance.now() - this.recentSince < 10_000 ? this.recentMaxMs : 0,
    };
  }

  /** Calls back with each wait for a connection, in milliseconds. */
  onPoolWait(observer: (waitMs: number) => void): void {
    this.waitObservers.push(observer);
  }

  /** Calls back after each commit that wrote to the outbox. The relay listens here. */
  onPublished(listener: (rows: readonly OutboxRow[]) => void): void {
    this.publishedListeners.push(listener);
  }

  /** Waits for running work, then closes all connections. */
  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
  }

  private async attempt<Result>(work: (tx: Transaction) => Promise<Result>): Promise<Result> {
    const { transaction, result } = await this.onConnection(async (client, discard) => {
      const transaction = new Transaction(client, this.schema);
      await client.query('begin');
      try {
        const result = await work(transaction);
        // A transaction in which a failed statement was caught answers "commit" with a rollback, and no error. That must never count as saved.
        if ((await client.query('commit')).command !== 'COMMIT')
          throw new Error('The transaction was rolled back at its commit, since an error of one of its statements was swallowed.');
        return { transaction, result };
      } catch (error) {
        if (!isBroken(error)) await client.query('rollback').catch(discard);
        throw error;
      }
    });
    for (const then of transaction.afterCommits) then();
    if (transaction.published.length > 0) for (const listener of this.publishedListeners) listener(transaction.published);
    return result;
  }

  private async onConnection<Result>(work: (client: PoolClient, discard: () => void) => Promise<Result>): Promise<Result> {
    const askedAt = performance.now();
    const client = await this.pool.connect();
    this.noteWait(performance.now() - askedAt);
    this.guard(client);
    let broken = false;
    try {
      return await work(client, () => (broken = true));
    } catch (error) {
      broken ||= isBroken(error);
      throw error;
    } finally {
      client.release(broken);
    }
  }

  /** The pool listens for errors only while a connection is idle; one that breaks in use must not end the process. The work itself fails with its own error. */
  private guard(client: PoolClient): void {
    if (this.guarded.has(client)) return;
    client.on('error', (error) => this.options.onConnectionError?.(error));
    this.guarded.add(client);
  }

  private noteWait(waitMs: number): void {
    const now = performance.now();
    if (now - this.recentSince > 10_000 || waitMs > this.recentMaxMs) {
      this.recentMaxMs = waitMs;
      this.recentSince = now;
    }
    this.lastWaitMs = waitMs;
    for (const observer of this.waitObservers) observer(waitMs);
  }

  private async refuseTooMuchPrivilege(): Promise<void> {
    const [role] = await this.query<{ name: string; rolsuper: boolean; rolbypassrls: boolean; rolcreaterole: boolean }>(
      'select rolname as name, rolsuper, rolbypassrls, rolcreaterole from pg_roles where rolname = current_user',
    );
    if (role && (role.rolsuper || role.rolbypassrls || role.rolcreaterole)) {
      throw new Error(
        `The database role "${role.name}" may do more than this service needs (superuser, create roles or bypass row security). Set DATABASE_URL to the role that the migration created.`,
      );
    }
  }
}

/** An ordinary error of a statement leaves the connection usable; one of the connection itself, or a client-side time-out, does not. */
function isBroken(error: unknown): boolean {
  return isTransient(error) && (error as { severity?: unknown }).severity !== 'ERROR';
}

import type { Database } from './database';

/** The leases of a service, for a migration. */
export function leaseTable(schema: string): string {
  return `
    create table ${schema}.lease (
      name text primary key,
      holder text not null,
      expires_at timestamptz not null
    );
  `;
}

/**
 * One worker at a time over all replicas: a row with its holder and its end, both judged by the database's clock. A holder that dies is followed when its time is up;
 * one that was frozen for longer finds at its next `renew` that it lost the lease.
 */
export class Lease {
  private heldUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly options: { readonly name: string; readonly holder: string; readonly ttlMs: number },
  ) {}

  /** Takes or renews the lease. True when this worker holds it now. */
  async acquire(): Promise<boolean> {
    const { name, holder, ttlMs } = this.options;
    const askedAt = performance.now();
    const rows = await this.database.query<{ holder: string }>(
      `insert into ${this.database.schema}.lease as held (name, holder, expires_at) values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
       on conflict (name) do update set holder = excluded.holder, expires_at = excluded.expires_at
       where held.holder = excluded.holder or held.expires_at < clock_timestamp()
       returning holder`,
      [name, holder, ttlMs],
    );
    this.heldUntil = rows.length === 1 ? askedAt + ttlMs : 0;
    return rows.length === 1;
  }

  /** Whether the lease is still held by this process's own, monotonic clock, counted from before the last successful `acquire`. */
  isHeld(): boolean {
    return performance.now() < this.heldUntil;
  }

  /** Gives the lease back, so that the next worker need not wait for its end. */
  async release(): Promise<void> {
    this.heldUntil = 0;
    await this.database.execute(`delete from ${this.database.schema}.lease where name = $1 and holder = $2`, [this.options.name, this.options.holder]);
  }
}

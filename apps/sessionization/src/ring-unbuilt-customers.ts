import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';

const atOnce = 2000;
/** A customer is built from here when its message had this long to do it. */
const patienceSeconds = 20;
/** The comparison reads every customer: it rests this many times as long as it took. */
const restFactor = 100;

/** How far the hierarchy is behind identity. */
export interface Backlog {
  readonly unbuilt: number;
  readonly oldestSeconds: number;
}

/**
 * The reconciler: compares identity's revisions with the built ones and builds what is behind, so that a lost message is a delay and never a loss.
 * What it finds is stamped, so that the age of the oldest is known to every replica.
 */
@Injectable()
export class RingUnbuiltCustomers implements Sweep {
  readonly name = 'ring-unbuilt-customers';
  readonly everyMs = 10_000;
  private restUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async run(): Promise<void> {
    if (performance.now() < this.restUntil) return;
    const startedAt = performance.now();
    const behind = await this.behind();
    this.restUntil = performance.now() + restFactor * (performance.now() - startedAt);
    if (behind.length > 0) await this.customers.build(await this.stamp(behind));
  }

  private async behind(): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string }>(
      `select r.customer_id from identity.read_customer_revision r
       left join sessionization.journey_head h on h.customer_id = r.customer_id
       where h.customer_id is null or h.built_revision < r.revision or h.due
       order by h.due_since nulls last limit ${atOnce}`,
    );
    return rows.map((row) => row.customer_id).sort();
  }

  /**
   * Writes down since when they wait, but for those built meanwhile: a mark that stayed would refuse new events. Passes over a customer that somebody holds: who waited for
   * it would hold all others meanwhile. Gives those that wait too long.
   */
  private async stamp(customerIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string; isLate: boolean }>(
      `with unknown as (insert into sessionization.journey_head (customer_id, due_since) select id, now() from unnest($1::uuid[]) as r (id) order by id on conflict do nothing),
         free as (select customer_id from sessionization.journey_head where customer_id = any($1::uuid[]) order by customer_id for update skip locked)
       update sessionization.journey_head h set due_since = coalesce(h.due_since, now()) from free
       where h.customer_id = free.customer_id and (h.due or h.built_revision < (select revision from identity.read_customer_revision where customer_id = h.customer_id))
       returning h.customer_id, h.due_since < now() - $2 * interval '1 second' as "isLate"`,
      [customerIds, patienceSeconds],
    );
    return rows.filter((row) => row.isLate).map((row) => row.customer_id);
  }
}

/** For the metrics `tl_unbuilt_customers` and `tl_dirty_oldest_seconds`; reads every customer. */
export async function readBacklog(database: Database): Promise<Backlog> {
  const [row] = await database.query<Backlog>(
    `select count(*)::integer as unbuilt, coalesce(extract(epoch from now() - min(h.due_since)), 0)::double precision as "oldestSeconds"
     from identity.read_customer_revision r left join sessionization.journey_head h on h.customer_id = r.customer_id
     where h.customer_id is null or h.built_revision < r.revision or h.due`,
  );
  return row ?? { unbuilt: 0, oldestSeconds: 0 };
}

import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { PathToHierarchy, type Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';

const atOnce = 1000;
/** A customer is scored from here when its message had this long to do it. */
const patienceSeconds = 30;
/** The comparison reads every customer: it rests this many times as long as it took. */
const restFactor = 100;
const isBehind = `(s.customer_id is null or s.scored_revision < h.built_revision or s.rewritten <> h.rewritten or s.due)`;

/** How far the scores are behind the hierarchy. */
export interface Backlog {
  readonly unscored: number;
  readonly oldestSeconds: number;
}

/**
 * The reconciler: compares the hierarchy's revisions with the scored ones and scores what is behind, so that a lost message is a delay and never a loss. While events still wait for
 * their hierarchy, or everybody's is being rebuilt, it does nothing.
 */
@Injectable()
export class RingUnscoredCustomers implements Sweep {
  readonly name = 'ring-unscored-customers';
  readonly everyMs = 10_000;
  private restUntil = 0;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
    private readonly path: PathToHierarchy,
  ) {}

  async run(): Promise<void> {
    if (performance.now() < this.restUntil || (await this.path.isBusy())) return;
    const startedAt = performance.now();
    const behind = await this.behind();
    this.restUntil = performance.now() + restFactor * (performance.now() - startedAt);
    if (behind.length > 0) await this.customers.score(await this.stamp(behind));
  }

  private async behind(): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string }>(
      `select h.customer_id from sessionization.read_journey_head h left join scoring.score_head s on s.customer_id = h.customer_id
       where h.built_revision > 0 and ${isBehind} order by s.due_since nulls last limit ${atOnce}`,
    );
    return rows.map((row) => row.customer_id).sort();
  }

  /** Writes down since when they wait, but for those scored meanwhile, and passes over those that somebody holds; gives those that wait too long. */
  private async stamp(customerIds: readonly string[]): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string; isLate: boolean }>(
      `with unknown as (insert into scoring.score_head (customer_id, due_since) select id, now() from unnest($1::uuid[]) as r (id) order by id on conflict do nothing),
         free as (select customer_id from scoring.score_head where customer_id = any($1::uuid[]) order by customer_id for update skip locked)
       update scoring.score_head s set due_since = coalesce(s.due_since, now()) from free
       where s.customer_id = free.customer_id and (s.due or exists (select from sessionization.read_journey_head h
         where h.customer_id = s.customer_id and (s.scored_revision < h.built_revision or s.rewritten <> h.rewritten)))
       returning s.customer_id, s.due_since < now() - $2 * interval '1 second' as "isLate"`,
      [customerIds, patienceSeconds],
    );
    return rows.filter((row) => row.isLate).map((row) => row.customer_id);
  }
}

/** For the metrics `tl_unscored_customers` and `tl_unscored_oldest_seconds`; reads every customer. */
export async function readBacklog(database: Pick<Database, 'query'>): Promise<Backlog> {
  const [row] = await database.query<Backlog>(
    `select count(*)::integer as unscored, coalesce(extract(epoch from now() - min(s.due_since)), 0)::double precision as "oldestSeconds"
     from sessionization.read_journey_head h left join scoring.score_head s on s.customer_id = h.customer_id where h.built_revision > 0 and ${isBehind}`,
  );
  return row ?? { unscored: 0, oldestSeconds: 0 };
}

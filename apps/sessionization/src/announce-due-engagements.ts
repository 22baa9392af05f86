import { Injectable } from '@nestjs/common';
import { journeyChanged } from '@throughline/contracts';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';

const atOnce = 1000;
const dayMs = 86_400_000;

/** Says which journeys have an engagement whose window has passed. States are derived when they are read; this only rings. */
@Injectable()
export class AnnounceDueEngagements implements Sweep {
  readonly name = 'announce-due-engagements';
  readonly everyMs = 60_000;

  constructor(private readonly database: Database) {}

  async run(): Promise<void> {
    while ((await this.announce(Date.now())) === atOnce);
  }

  /** Announces what is due at `at`, at most a thousand engagements. Gives how many. */
  async announce(at: number): Promise<number> {
    return this.database.inTransaction(async (tx) => {
      const rows = await tx.query<{ customer_id: string }>(
        `update sessionization.engagement e set announced_due_at = e.due_at
         from (select customer_id, anchor from sessionization.engagement
               where announced_due_at is null and due_day <= $1 and due_at <= to_timestamp($2::double precision / 1000)
               order by due_day limit ${atOnce} for update skip locked) d
         where e.customer_id = d.customer_id and e.anchor = d.anchor
         returning e.customer_id`,
        [Math.floor(at / dayMs), at],
      );
      if (rows.length > 0) await tx.publish(journeyChanged, { customerIds: [...new Set(rows.map((row) => row.customer_id))].sort() });
      return rows.length;
    });
  }
}

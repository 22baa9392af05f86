import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';

/** Tries customers that were set aside again, each time after a longer rest: a mended rule heals them without anybody's doing. */
@Injectable()
export class RetryFailedCustomers implements Sweep {
  readonly name = 'retry-failed-customers';
  readonly everyMs = 60_000;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async run(): Promise<void> {
    const rows = await this.database.query<{ customer_id: string }>(
      `update scoring.score_head h set due = true
       where h.customer_id in (select customer_id from scoring.failed_customer
                               where failed_at < now() - least(attempts, 24) * interval '15 minutes' order by failed_at limit 100)
       returning h.customer_id`,
    );
    if (rows.length > 0) await this.customers.score(rows.map((row) => row.customer_id).sort());
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';

/** Tries customers that were set aside again: after a restart all of them, since a mended rule comes with one, else each after a longer rest. Nobody has to do anything. */
@Injectable()
export class RetryFailedCustomers implements Sweep {
  readonly name = 'retry-failed-customers';
  readonly everyMs = 15_000;
  private isFirst = true;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async run(): Promise<void> {
    const rows = await this.database.query<{ customer_id: string }>(
      `update sessionization.journey_head h set due = true
       where h.customer_id in (select customer_id from sessionization.failed_customer
                               where $1 or failed_at < now() - least(attempts, 24) * interval '15 minutes' order by failed_at limit 100)
       returning h.customer_id`,
      [this.isFirst],
    );
    this.isFirst = false;
    if (rows.length > 0) await this.customers.build(rows.map((row) => row.customer_id).sort());
  }
}

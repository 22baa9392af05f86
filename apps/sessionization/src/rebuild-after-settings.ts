import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';
import { activeSettings } from './settings-versions';

const atOnce = 400;
const longestRunMs = 20_000;

/** After a new settings version: builds, in the background, every customer whose rows name an older one. `read_settings` shows how far it is. */
@Injectable()
export class RebuildAfterSettings implements Sweep {
  readonly name = 'rebuild-after-settings';
  readonly everyMs = 2_000;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async run(): Promise<void> {
    for (const startedAt = performance.now(); performance.now() - startedAt < longestRunMs;) {
      const { version } = await activeSettings(this.database);
      const rows = await this.database.query<{ customer_id: string }>(
        `select h.customer_id from sessionization.journey_head h
         where h.settings_version < $1 and h.built_revision > 0 and not exists (select 1 from sessionization.failed_customer f where f.customer_id = h.customer_id)
         order by h.settings_version limit ${atOnce}`,
        [version],
      );
      if (rows.length === 0) return;
      await this.customers.build(rows.map((row) => row.customer_id).sort());
      if (rows.length < atOnce) return;
    }
  }
}

import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { HeldCustomers } from './held-customers';
import { activeSettings } from './settings-versions';

const atOnce = 400;
const longestRunMs = 20_000;
const first = '00000000-0000-0000-0000-000000000000';
const canBeBuilt = `h.built_revision > 0 and not exists (select 1 from sessionization.failed_customer f where f.customer_id = h.customer_id)`;

/** After a new settings version: builds, in the background, every customer whose rows name an older one. `read_settings` shows how far it is, `read_rebuild`
 * that it is under way: whatever is derived from the hierarchy gives way to it. */
@Injectable()
export class RebuildAfterSettings implements Sweep {
  readonly name = 'rebuild-after-settings';
  readonly everyMs = 2_000;
  /** As far as the walk over all customers has come. */
  private after = first;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
  ) {}

  async run(): Promise<void> {
    for (const startedAt = performance.now(); performance.now() - startedAt < longestRunMs;) {
      const { version } = await activeSettings(this.database);
      if (this.after === first && !(await this.isUnderWay())) return;
      const behind = await this.behind(version);
      this.after = behind.at(-1) ?? first;
      // Those that another worker held meanwhile, the next run finds.
      if (behind.length === 0) return;
      await this.customers.build(behind);
    }
  }

  /** In the order of their ids, in which all their rows stand in the indexes: each page is read once, however many customers there are. */
  private async behind(version: number): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string }>(
      `select h.customer_id from sessionization.journey_head h where h.customer_id > $2 and h.settings_version < $1 and ${canBeBuilt} order by h.customer_id limit ${atOnce}`,
      [version, this.after],
    );
    return rows.map((row) => row.customer_id);
  }

  private async isUnderWay(): Promise<boolean> {
    const [rebuild] = await this.database.query<{ isUnderWay: boolean }>('select under_way as "isUnderWay" from sessionization.read_rebuild');
    return rebuild!.isUnderWay;
  }
}

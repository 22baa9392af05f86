import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { GiveWay } from '@throughline/messaging';
import { PathToHierarchy, type Sweep } from '@throughline/service';
import { setTimeout as sleep } from 'node:timers/promises';
import { HeldCustomers } from './held-customers';
import { activeSettings } from './settings-versions';

const atOnce = 200;
const longestRunMs = 20_000;
const first = '00000000-0000-0000-0000-000000000000';
const canBeScored = `h.scored_revision > 0 and not exists (select 1 from scoring.failed_customer f where f.customer_id = h.customer_id)`;

/** After a new version of the settings: scores, in the background, every customer whose scores name an older one. It rests as long as it works, and gives way to the path to the hierarchy. */
@Injectable()
export class RescoreAfterSettings implements Sweep {
  readonly name = 'rescore-after-settings';
  readonly everyMs = 2_000;
  /** As far as the walk over all customers has come. */
  private after = first;
  private readonly way: GiveWay;

  constructor(
    private readonly database: Database,
    private readonly customers: HeldCustomers,
    path: PathToHierarchy,
  ) {
    this.way = new GiveWay(atOnce, () => path.isBusy());
  }

  async run(signal: AbortSignal): Promise<void> {
    for (const startedAt = performance.now(); performance.now() - startedAt < longestRunMs && !signal.aborted;) {
      const { version } = await activeSettings(this.database);
      if (this.after === first && !(await this.someAreBehind(version))) return;
      const behind = await this.behind(version, await this.way.mayTake(signal));
      this.after = behind.at(-1) ?? first;
      if (behind.length === 0) return;
      const from = performance.now();
      await this.customers.score(behind);
      this.way.handled(performance.now() - from);
      await sleep(Math.min(1_000, performance.now() - from));
    }
  }

  /** In the order of their ids, in which all their rows stand in the indexes. */
  private async behind(version: number, most: number): Promise<string[]> {
    const rows = await this.database.query<{ customer_id: string }>(
      `select h.customer_id from scoring.score_head h where h.customer_id > $2 and h.settings_version < $1 and ${canBeScored} order by h.customer_id limit $3`,
      [version, this.after, most],
    );
    return rows.map((row) => row.customer_id);
  }

  private async someAreBehind(version: number): Promise<boolean> {
    const rows = await this.database.query(`select 1 from scoring.score_head h where h.settings_version < $1 and ${canBeScored} limit 1`, [version]);
    return rows.length > 0;
  }
}

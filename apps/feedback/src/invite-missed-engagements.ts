import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { Inviter } from './inviter';
import { activeSurvey } from './survey-settings-store';

const atOnce = 1_000;

/** Looks at the customers of whom something was active or due lately: a lost message is a delay and never a customer who is not asked. */
@Injectable()
export class InviteMissedEngagements implements Sweep {
  readonly name = 'invite-missed-engagements';
  readonly everyMs = 10 * 60_000;

  constructor(
    private readonly database: Database,
    private readonly inviter: Inviter,
  ) {}

  async run(signal?: AbortSignal): Promise<void> {
    const { settings } = await activeSurvey(this.database);
    for (let after = '00000000-0000-0000-0000-000000000000'; !signal?.aborted;) {
      const rows = await this.database.query<{ customer_id: string }>(
        `select distinct customer_id from sessionization.read_engagement
         where customer_id > $1 and (last_at > now() - $2 * interval '1 millisecond' or due_at between now() - $2 * interval '1 millisecond' and now())
         order by customer_id limit ${atOnce}`,
        [after, settings.notAfterMs],
      );
      if (rows.length === 0) return;
      const ids = rows.map(({ customer_id: id }) => id);
      await this.inviter.consider(ids, Date.now());
      after = ids.at(-1)!;
    }
  }
}

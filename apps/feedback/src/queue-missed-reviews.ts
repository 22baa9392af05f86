import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { ReviewQueue } from './review-queue';

const atOnce = 1_000;

/** Goes through all scored customers once an hour, a thousand at a time: what a lost message left out, and engagements that time alone has ended. */
@Injectable()
export class QueueMissedReviews implements Sweep {
  readonly name = 'queue-missed-reviews';
  readonly everyMs = 60 * 60_000;

  constructor(
    private readonly database: Database,
    private readonly queue: ReviewQueue,
  ) {}

  async run(signal?: AbortSignal): Promise<void> {
    for (let after = '00000000-0000-0000-0000-000000000000'; !signal?.aborted;) {
      const rows = await this.database.query<{ customer_id: string }>(
        `select customer_id from scoring.read_customer where customer_id > $1 and engagements > 0 order by customer_id limit ${atOnce}`,
        [after],
      );
      if (rows.length === 0) return;
      const ids = rows.map(({ customer_id: id }) => id);
      await this.queue.consider(ids, Date.now());
      after = ids.at(-1)!;
    }
  }
}

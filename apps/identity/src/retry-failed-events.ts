import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { Sweep } from '@throughline/service';
import { Resolver } from './resolver';

/** So few that their failing again is never taken for a bug in every event. */
const atOnce = 10;
const inOneRun = 200;

/** Tries events that were set aside again: after a restart all of them, since a mended rule comes with one, else each after a longer rest. Nobody has to do anything. */
@Injectable()
export class RetryFailedEvents implements Sweep {
  readonly name = 'retry-failed-events';
  readonly everyMs = 15_000;
  private isFirst = true;

  constructor(
    private readonly database: Database,
    private readonly resolver: Resolver,
  ) {}

  async run(signal?: AbortSignal): Promise<void> {
    const rows = await this.database.query<{ event_id: string }>(
      `select event_id from identity.failed_event where $1 or failed_at < now() - least(attempts, 24) * interval '15 minutes'
       order by failed_at limit ${inOneRun}`,
      [this.isFirst],
    );
    const ids = rows.map((row) => row.event_id);
    for (let from = 0; from < ids.length && !signal?.aborted; from += atOnce) await this.resolver.resolve(ids.slice(from, from + atOnce));
    this.isFirst = false;
  }
}

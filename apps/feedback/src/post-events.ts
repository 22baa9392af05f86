import { Inject, Injectable } from '@nestjs/common';
import type { AcceptResult, PostedEvent } from '@throughline/contracts';
import { Database, failpoint } from '@throughline/database';
import { Log, SETTINGS, type Sweep } from '@throughline/service';
import type { FeedbackSettings } from './settings';

const atOnce = 100;
const patienceMs = 10_000;

interface Waiting {
  readonly anchor: string;
  readonly source_event_id: string;
  readonly revision: number;
  readonly body: PostedEvent;
}

/**
 * Posts what was answered to ingestion, as any other source would. An event is removed when ingestion has committed it; until then it is sent again, and ingestion knows one
 * that it has already by its id. One that is refused for good stays, with the reason.
 */
@Injectable()
export class PostEvents implements Sweep {
  readonly name = 'post-events';
  readonly everyMs = 2_000;

  constructor(
    private readonly database: Database,
    @Inject(SETTINGS) private readonly settings: Pick<FeedbackSettings, 'INGEST_URL' | 'SURVEY_WRITE_KEY'>,
    private readonly log: Log,
  ) {}

  async run(): Promise<void> {
    while ((await this.post()) === atOnce);
  }

  /** Posts what waits, at most a hundred. Gives how many were taken up. */
  async post(): Promise<number> {
    const waiting = await this.database.query<Waiting>(
      `select anchor, source_event_id, revision, body from feedback.posted_event where problem is null and next_at <= now() order by next_at, anchor, source_event_id, revision limit ${atOnce}`,
    );
    if (waiting.length === 0) return 0;
    const result = await this.send(waiting.map(({ body }) => body));
    if (!result) {
      await this.retryLater(waiting);
      return 0;
    }
    failpoint('after-accept-before-mark');
    const done = waiting.filter((_, index) => ['accepted', 'duplicate'].includes(statusAt(result, index)));
    await this.database.execute(
      `delete from feedback.posted_event e using unnest($1::uuid[], $2::text[], $3::integer[]) as d (anchor, id, revision)
       where e.anchor = d.anchor and e.source_event_id = d.id and e.revision = d.revision`,
      [done.map(({ anchor }) => anchor), done.map(({ source_event_id: id }) => id), done.map(({ revision }) => revision)],
    );
    for (const [index, { anchor, source_event_id: id, revision }] of waiting.entries()) {
      const item = result.items.find((one) => one.index === index);
      if (!item || item.status === 'accepted' || item.status === 'duplicate') continue;
      this.log.error({ sourceEventId: id, reason: item.reason }, 'an answered survey was refused by ingestion');
      await this.database.execute('update feedback.posted_event set problem = $4 where anchor = $1 and source_event_id = $2 and revision = $3', [
        anchor,
        id,
        revision,
        `${item.status}: ${item.reason ?? 'no reason given'}`,
      ]);
    }
    return waiting.length;
  }

  /** What ingestion said of each; undefined where it could not be asked or could not keep them now. */
  private async send(events: readonly PostedEvent[]): Promise<AcceptResult | undefined> {
    try {
      const response = await fetch(new URL('/v1/events', this.settings.INGEST_URL), {
        method: 'POST',
        headers: { authorization: `Bearer ${this.settings.SURVEY_WRITE_KEY}`, 'content-type': 'application/json' },
        body: JSON.stringify(events),
        signal: AbortSignal.timeout(patienceMs),
      });
      if (response.status !== 200 && response.status !== 400) {
        this.log.warn({ status: response.status }, 'ingestion takes no survey answers at the moment');
        return undefined;
      }
      const result = (await response.json()) as Partial<AcceptResult>;
      return Array.isArray(result.items) ? (result as AcceptResult) : undefined;
    } catch (error) {
      this.log.warn({ err: error }, 'ingestion did not answer');
      return undefined;
    }
  }

  private async retryLater(waiting: readonly Waiting[]): Promise<void> {
    await this.database.execute(
      `update feedback.posted_event e set attempts = attempts + 1, next_at = now() + least(60, 2 ^ least(attempts, 6)) * interval '1 second'
       from unnest($1::uuid[], $2::text[], $3::integer[]) as d (anchor, id, revision) where e.anchor = d.anchor and e.source_event_id = d.id and e.revision = d.revision`,
      [waiting.map(({ anchor }) => anchor), waiting.map(({ source_event_id: id }) => id), waiting.map(({ revision }) => revision)],
    );
  }
}

const statusAt = (result: AcceptResult, index: number): string => result.items.find((one) => one.index === index)?.status ?? 'missing';

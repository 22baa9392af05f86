import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { dayMs, dayOf } from '@throughline/domain-metrics';
import type { z } from 'zod';
import type { freshness } from './metric-answers';

type Freshness = z.infer<typeof freshness>;

/** Weeks with fewer contacts say nothing: then a range without a last day ends where the contacts did. */
const enoughContacts = 100;
const renewedAfterMs = 2_000;
const keptForMs = 10_000;
const usualKeptForMs = 60_000;

/** How new the facts are. Answers are kept for a moment: every open page asks. One that is some seconds old claims too little, never too much. */
@Injectable()
export class NewestFacts {
  private usual: { readonly at: number; readonly newest: Promise<number | null> } | undefined;
  private fresh: { readonly at: number; readonly answer: Freshness } | undefined;
  private reading: Promise<Freshness> | undefined;

  constructor(private readonly database: Database) {}

  /** The last day of a range that names none: today, or the last day with contacts when the last four weeks have almost none. */
  async usualLastDay(zone: string, now: number): Promise<string> {
    if (!this.usual || now - this.usual.at > usualKeptForMs) {
      const newest = this.newestBeforeSilence(now);
      this.usual = { at: now, newest };
      newest.catch(() => (this.usual = undefined));
    }
    return dayOf((await this.usual.newest) ?? now, zone);
  }

  /** At most ten seconds old; renewed beside the answer when older than two. */
  async freshness(now: number): Promise<Freshness> {
    const age = this.fresh ? now - this.fresh.at : Number.POSITIVE_INFINITY;
    if (age > renewedAfterMs && !this.reading) {
      this.reading = this.readFreshness(now)
        .then((answer) => (this.fresh = { at: now, answer }).answer)
        .finally(() => (this.reading = undefined));
      // Whoever waits for it hears of its failure; who has an answer does not need to.
      this.reading.catch(() => undefined);
    }
    return age > keptForMs ? this.reading! : this.fresh!.answer;
  }

  /** When the newest contact before the last four weeks began, if those have too few; null where today is as good a last day as any. */
  private async newestBeforeSilence(now: number): Promise<number | null> {
    const since = new Date(now - 28 * dayMs).toISOString();
    const [row] = await this.database.query<{ recent: number; older: Date | null }>(
      `select (select count(*)::integer from (select 1 from scoring.read_contact where at >= $1::timestamptz limit ${enoughContacts}) r) as recent,
         (select max(at) from scoring.read_contact where at < $1::timestamptz) as older`,
      [since],
    );
    return row && row.recent < enoughContacts && row.older ? row.older.getTime() : null;
  }

  private async readFreshness(now: number): Promise<Freshness> {
    const [row] = await this.database.query<{ behind: number; since: Date | null; newest: Date | null }>(
      `select count(*)::integer as behind, min(least(h.due_since, s.due_since)) as since, (select max(at) from scoring.read_contact) as newest
       from identity.read_customer_revision r
       left join sessionization.read_journey_head h on h.customer_id = r.customer_id
       left join scoring.read_score_head s on s.customer_id = r.customer_id
       where h.customer_id is null or h.built_revision < r.revision or s.customer_id is null or s.scored_revision < h.built_revision`,
    );
    return { completeThrough: row?.since?.getTime() ?? now, behind: row?.behind ?? 0, newestContactAt: row?.newest?.getTime() ?? null };
  }
}

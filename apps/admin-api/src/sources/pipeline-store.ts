import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { SourcesAnswer } from './source-answers';

type Stage = SourcesAnswer['pipeline'][number];

const keptForMs = 1_000;
const hourMs = 3_600_000;
/** Commits may become visible later than their `received_at`: what was found settled is looked at again for this long. */
const overlapMs = 120_000;
/** The last day is looked at again so often: what a replay lets in bears the time at which it first came. */
const dayEveryMs = 600_000;
const dayMs = 24 * hourMs;

/** How far everything is, stage by stage. Counted at most once a second, whoever asks, and never twice at a time. */
@Injectable()
export class PipelineStore {
  /** What was received before this instant has an owner, or failed: only what came since is compared. The first look is at everything. */
  private settledUntil = 0;
  private dayLookedAtAt = 0;
  private last: { at: number; readonly stages: Promise<Stage[]> } | undefined;

  constructor(private readonly database: Database) {}

  read(now: number): Promise<Stage[]> {
    if (!this.last || now - this.last.at > keptForMs) {
      const stages = this.count(now);
      const counting = { at: Infinity, stages };
      this.last = counting;
      stages.then(
        () => (counting.at = Date.now()),
        () => (this.last = undefined),
      );
    }
    return this.last.stages;
  }

  private async count(now: number): Promise<Stage[]> {
    const since = new Date(now - hourMs).toISOString();
    const one = async <Row extends object>(text: string, values: readonly unknown[] = []): Promise<Row> => (await this.database.query<Row>(text, values))[0]!;
    const [arrived, failed, unowned, linked, scored] = await Promise.all([
      one<{ accepted: number; kept: number }>(
        `select (select count(*)::integer from ingestion.read_event where received_at >= $1::timestamptz) as accepted,
           (select count(*)::integer from ingestion.read_quarantine where received_at >= $1::timestamptz) as kept`,
        [since],
      ),
      one<{ lately: number; all: number }>(
        `select count(e.event_id)::integer as lately, count(*)::integer as all from identity.read_failed_event f
         left join ingestion.read_event e on e.event_id = f.event_id and e.received_at >= $1::timestamptz`,
        [since],
      ),
      this.unowned(now, since),
      one<{ built: number; behind: number; oldest: Date | null; failed: number }>(
        `select count(h.customer_id) filter (where h.built_revision >= r.revision)::integer as built,
           count(*) filter (where h.customer_id is null or h.built_revision < r.revision)::integer as behind,
           min(h.due_since) as oldest, (select count(*)::integer from sessionization.read_failed_customer) as failed
         from identity.read_customer_revision r left join sessionization.read_journey_head h on h.customer_id = r.customer_id`,
      ),
      one<{ scored: number; behind: number; oldest: Date | null }>(
        `select count(s.customer_id) filter (where s.scored_revision >= h.built_revision)::integer as scored,
           count(*) filter (where s.customer_id is null or s.scored_revision < h.built_revision)::integer as behind, min(s.due_since) as oldest
         from sessionization.read_journey_head h left join scoring.read_score_head s on s.customer_id = h.customer_id`,
      ),
    ]);
    const instant = (at: Date | null): number | null => at?.getTime() ?? null;
    return [
      { stage: 'received', count: arrived.accepted + arrived.kept, unit: 'events', behind: 0, oldestAt: null, failed: 0 },
      { stage: 'accepted', count: arrived.accepted, unit: 'events', behind: 0, oldestAt: null, failed: arrived.kept },
      {
        stage: 'identified',
        count: Math.max(0, arrived.accepted - unowned.lately - failed.lately),
        unit: 'events',
        behind: unowned.all,
        oldestAt: instant(unowned.oldest),
        failed: failed.all,
      },
      { stage: 'linked', count: linked.built, unit: 'customers', behind: linked.behind, oldestAt: instant(linked.oldest), failed: linked.failed },
      { stage: 'scored', count: scored.scored, unit: 'customers', behind: scored.behind, oldestAt: instant(scored.oldest), failed: 0 },
    ];
  }

  /** What waits for its owner: of the last hour, and at all. */
  private async unowned(now: number, since: string): Promise<{ lately: number; all: number; oldest: Date | null }> {
    if (now - this.dayLookedAtAt > dayEveryMs) [this.settledUntil, this.dayLookedAtAt] = [Math.min(this.settledUntil, now - dayMs), now];
    const [found] = await this.database.query<{ lately: number; all: number; oldest: Date | null }>(
      `select count(*) filter (where e.received_at >= $2::timestamptz)::integer as lately, count(*)::integer as all, min(e.received_at) as oldest
       from ingestion.read_event e where e.received_at >= $1::timestamptz
         and not exists (select from identity.read_customer_event o where o.event_id = e.event_id)
         and not exists (select from identity.read_failed_event f where f.event_id = e.event_id)`,
      [new Date(Math.max(0, this.settledUntil - overlapMs)).toISOString(), since],
    );
    this.settledUntil = found!.oldest?.getTime() ?? now;
    return found!;
  }
}

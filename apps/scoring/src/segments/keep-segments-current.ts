import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import { dependentsOf } from '@throughline/domain-segments';
import type { Sweep } from '@throughline/service';
import { publishedSegments, type PublishedSegment } from './published-segments';
import { WorkOutSegment, type RunCause } from './work-out-segment';

/** How old a segment's members may be: people leave "in the last 14 days" by the mere passing of time. */
const sweepAfterMs = 5 * 60_000;

/** Works out for everybody what was published, with all segments that ask for it, and every segment anew from time to time. Both in an order in which each segment comes after those it asks for. */
@Injectable()
export class KeepSegmentsCurrent implements Sweep {
  readonly name = 'keep-segments-current';
  readonly everyMs = 1_000;

  constructor(
    private readonly database: Database,
    private readonly workOut: WorkOutSegment,
  ) {}

  async run(signal: AbortSignal): Promise<void> {
    await this.bringUp(signal, Date.now() - sweepAfterMs);
  }

  /** Works out what was published since, and what was last worked out before `olderThan`. */
  async bringUp(signal: AbortSignal | undefined, olderThan: number): Promise<void> {
    const segments = await publishedSegments(this.database);
    if (segments.length === 0) return;
    const due = await this.dueOf(segments, olderThan);
    if (due.size === 0) return;
    for (const segment of segments) {
      const cause = due.get(segment.id);
      if (!cause) continue;
      if ((await this.workOut.run(segment, cause, signal)) === 'stopped') return;
    }
  }

  private async dueOf(segments: readonly PublishedSegment[], olderThan: number): Promise<ReadonlyMap<string, RunCause>> {
    const runs = await this.database.query<{ segment_id: string; version: number; finished: number | null }>(
      `select segment_id, version, round(date_part('epoch', finished_at) * 1000) as finished from scoring.segment_run`,
    );
    const lastOf = new Map(runs.map((run) => [run.segment_id, run]));
    const due = new Map<string, RunCause>();
    for (const { id, version } of segments) {
      const last = lastOf.get(id);
      if (last?.version !== version || last.finished === null) {
        due.set(id, 'published');
        for (const asking of dependentsOf(id, segments)) if (!due.has(asking.id)) due.set(asking.id, 'time');
      } else if (last.finished < olderThan) due.set(id, due.get(id) ?? 'time');
    }
    return due;
  }
}

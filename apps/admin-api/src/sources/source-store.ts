import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { HourCount } from '@throughline/domain-events';

const hourMs = 3_600_000;
const learnedWeeks = 8;
/** An accepting transaction may take a while: what is younger is counted again. */
const unsettledMs = 120_000;
/** The last day is counted anew so often: a replay lets in what came earlier, and a corrected event counts when it was corrected. */
const dayEveryMs = 600_000;
const dayMs = 24 * hourMs;

export interface SourceFacts {
  readonly name: string;
  readonly disabled: boolean;
  readonly firstReceivedAt: number | null;
  readonly lastReceivedAt: number | null;
  readonly lastOccurredAt: number | null;
  readonly hours: readonly HourCount[];
  readonly keptAsideLastDay: number;
}

interface HourRow {
  readonly source: string;
  readonly hour: Date;
  readonly settled: boolean;
  readonly count: number;
  readonly last_received: Date;
  readonly last_occurred: Date;
}

interface Known {
  /** Of what is settled, and of what came since, which is counted anew each time. */
  readonly counts: Map<number, number>;
  lately: Map<number, number>;
  lastReceivedAt: number;
  lastOccurredAt: number;
}

/** What arrived from whom, hour by hour. Between two counts of the last day each event is counted once: only the last two minutes can still change. */
@Injectable()
export class SourceStore {
  private readonly known = new Map<string, Known>();
  private settledUntil = 0;
  private dayCountedAt = 0;
  private learning: Promise<void> | undefined;

  constructor(private readonly database: Database) {}

  async read(now: number): Promise<SourceFacts[]> {
    const [sources, kept] = await Promise.all([
      this.database.query<{ name: string; disabled_at: Date | null }>('select name, disabled_at from ingestion.read_source order by name'),
      this.database.query<{ source: string; count: number }>(
        `select source, count(*)::integer as count from ingestion.read_quarantine where received_at >= $1::timestamptz group by source`,
        [new Date(now - 24 * hourMs).toISOString()],
      ),
      this.learnOnce(now),
    ]);
    const keptOf = new Map(kept.map(({ source, count }) => [source, count]));
    return sources.map(({ name, disabled_at: disabledAt }) => {
      const known = this.known.get(name);
      const hours = known ? hoursOf(known) : [];
      return {
        name,
        disabled: disabledAt !== null,
        firstReceivedAt: hours.length === 0 ? null : Math.min(...hours.map(({ hour }) => hour)),
        lastReceivedAt: known?.lastReceivedAt ?? null,
        lastOccurredAt: known?.lastOccurredAt ?? null,
        hours,
        keptAsideLastDay: keptOf.get(name) ?? 0,
      };
    });
  }

  /** Who asks while it is being counted is told of the same count. */
  private learnOnce(now: number): Promise<void> {
    this.learning ??= this.learn(now).finally(() => (this.learning = undefined));
    return this.learning;
  }

  /** Counts what arrived since what is settled, and forgets what is older than what is learned from. */
  private async learn(now: number): Promise<void> {
    const oldest = Math.floor((now - learnedWeeks * 168 * hourMs) / hourMs) * hourMs;
    const recounts = now - this.dayCountedAt > dayEveryMs;
    const dayAgo = Math.floor((now - dayMs) / hourMs) * hourMs;
    const from = Math.max(oldest, recounts ? Math.min(this.settledUntil, dayAgo) : this.settledUntil);
    const until = Math.max(from, now - unsettledMs);
    const rows = await this.database.query<HourRow>(
      `select source, date_trunc('hour', received_at, 'UTC') as hour, received_at < $2::timestamptz as settled, count(*)::integer as count,
         max(received_at) as last_received, max(occurred_at) as last_occurred
       from ingestion.read_event where received_at >= $1::timestamptz group by source, hour, settled`,
      [new Date(from).toISOString(), new Date(until).toISOString()],
    );
    for (const known of this.known.values()) {
      known.lately = new Map();
      if (recounts) for (const hour of known.counts.keys()) if (hour >= from) known.counts.delete(hour);
    }
    if (recounts) this.dayCountedAt = now;
    for (const { source, hour, settled, count, last_received: received, last_occurred: occurred } of rows) {
      const known = this.known.get(source) ?? { counts: new Map(), lately: new Map(), lastReceivedAt: 0, lastOccurredAt: 0 };
      this.known.set(source, known);
      const at = hour.getTime();
      if (settled) known.counts.set(at, (known.counts.get(at) ?? 0) + count);
      else known.lately.set(at, count);
      known.lastReceivedAt = Math.max(known.lastReceivedAt, received.getTime());
      known.lastOccurredAt = Math.max(known.lastOccurredAt, occurred.getTime());
    }
    for (const { counts } of this.known.values()) for (const hour of counts.keys()) if (hour < oldest) counts.delete(hour);
    this.settledUntil = until;
  }
}

function hoursOf({ counts, lately }: Known): HourCount[] {
  const sum = new Map(counts);
  for (const [hour, count] of lately) sum.set(hour, (sum.get(hour) ?? 0) + count);
  return [...sum].map(([hour, count]) => ({ hour, count }));
}

import { Injectable } from '@nestjs/common';
import { Database } from '@throughline/database';
import type { HourCount } from '@throughline/domain-events';

const hourMs = 3_600_000;
const learnedWeeks = 8;

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
  readonly count: number;
  readonly last_received: Date;
  readonly last_occurred: Date;
}

interface Known {
  readonly counts: Map<number, number>;
  lastReceivedAt: number;
  lastOccurredAt: number;
}

/** What arrived from whom, hour by hour. Hours that are over are read once: only the last two can still change. */
@Injectable()
export class SourceStore {
  private readonly known = new Map<string, Known>();
  private completeUntil = 0;

  constructor(private readonly database: Database) {}

  async read(now: number): Promise<SourceFacts[]> {
    const [sources, kept] = await Promise.all([
      this.database.query<{ name: string; disabled_at: Date | null }>('select name, disabled_at from ingestion.read_source order by name'),
      this.database.query<{ source: string; count: number }>(
        `select source, count(*)::integer as count from ingestion.read_quarantine where received_at >= $1::timestamptz group by source`,
        [new Date(now - 24 * hourMs).toISOString()],
      ),
      this.learn(now),
    ]);
    const keptOf = new Map(kept.map(({ source, count }) => [source, count]));
    return sources.map(({ name, disabled_at: disabledAt }) => {
      const known = this.known.get(name);
      const hours = known ? [...known.counts].map(([hour, count]) => ({ hour, count })) : [];
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

  /** Counts what arrived since the last complete hour that is known, and forgets what is older than what is learned from. */
  private async learn(now: number): Promise<void> {
    const oldest = Math.floor((now - learnedWeeks * 168 * hourMs) / hourMs) * hourMs;
    const from = Math.max(this.completeUntil, oldest);
    const rows = await this.database.query<HourRow>(
      `select source, date_trunc('hour', received_at, 'UTC') as hour, count(*)::integer as count, max(received_at) as last_received, max(occurred_at) as last_occurred
       from ingestion.read_event where received_at >= $1::timestamptz group by source, hour`,
      [new Date(from).toISOString()],
    );
    for (const { source, hour, count, last_received: received, last_occurred: occurred } of rows) {
      const known = this.known.get(source) ?? { counts: new Map<number, number>(), lastReceivedAt: 0, lastOccurredAt: 0 };
      this.known.set(source, known);
      known.counts.set(hour.getTime(), count);
      known.lastReceivedAt = Math.max(known.lastReceivedAt, received.getTime());
      known.lastOccurredAt = Math.max(known.lastOccurredAt, occurred.getTime());
    }
    for (const { counts } of this.known.values()) for (const hour of counts.keys()) if (hour < oldest) counts.delete(hour);
    // An accepting transaction may take a while: the hour before is read again as well.
    this.completeUntil = Math.floor(now / hourMs) * hourMs - hourMs;
  }
}

import { Injectable } from '@nestjs/common';
import { Database, type Transaction } from '@throughline/database';
import { bucketStarts, nextBucketStart, type AnyMetric, type Bucket, type Dimension } from '@throughline/domain-metrics';
import {
  bucketsStatement,
  periodsStatement,
  spansStatement,
  tilesStatement,
  type Asking,
  type Line,
  type MomentRow,
  type MomentSums,
  type Span,
} from './metric-statements';
import { countStatement, rowsStatement, type CountedRowData, type RowPosition, type RowsAsking } from './row-statements';
import type { Statement } from './sql-parameters';

/** Where statements run: the pool, or one transaction. */
type Door = Pick<Database | Transaction, 'query'>;

const run = <Row extends object>(door: Door, { text, values }: Statement): Promise<Row[]> => door.query<Row>(text, values);

/** Reads sums and rows of facts. The statements are made in `metric-statements` and `row-statements`. */
@Injectable()
export class MetricStore implements MomentSums {
  constructor(private readonly database: Database) {}

  spans(asking: Asking, spans: readonly Span[], by?: Dimension): Promise<MomentRow[]> {
    return run(this.database, spansStatement(asking, spans, by));
  }

  buckets(asking: Asking, span: Span, bucket: Bucket, zone: string): Promise<MomentRow[]> {
    return isByPeriod(asking.metrics) ? this.spans(asking, bucketSpans(span, bucket, zone)) : run(this.database, bucketsStatement(asking, span, bucket, zone));
  }

  async tiles(asking: Asking, spans: readonly Span[], line: Line): Promise<MomentRow[]> {
    if (isByPeriod(asking.metrics)) return run(this.database, periodsStatement(asking, [...spans, ...bucketSpans(line.span, line.bucket, line.zone)]));
    // A row has one key in a scan; a period of more than a year meets the one it is compared with.
    const apart = spans.filter((span, place) => spans.slice(0, place).every(({ from, until }) => span.until <= from || span.from >= until));
    const others = spans.filter((span) => !apart.includes(span));
    const [rows, rest] = await Promise.all([
      run<MomentRow>(this.database, tilesStatement(asking, apart, line)),
      others.length > 0 ? this.spans(asking, others) : [],
    ]);
    return [...rows, ...rest];
  }

  /** A page of the rows that count, after a position or a number of rows, with their number and sum, as of one instant of the database. */
  async page(asking: RowsAsking, limit: number, from: RowPosition | number = 0): Promise<{ n: number; sum: number; rows: CountedRowData[] }> {
    return this.database.inTransaction(async (tx) => {
      await beginReading(tx);
      const [count] = await run<{ n: number; sum: number }>(tx, countStatement(asking));
      return { ...count!, rows: await run<CountedRowData>(tx, rowsStatement(asking, limit, from)) };
    });
  }

  /** All rows that count, in pages, as of one instant of the database. `take` is waited for before the next page is read: it must not wait for a reader. */
  async everyRow(asking: RowsAsking, atOnce: number, take: (rows: readonly CountedRowData[]) => Promise<void>): Promise<void> {
    await this.database.inTransaction(async (tx) => {
      await beginReading(tx);
      for (let position: RowPosition | undefined; ;) {
        const rows = await run<CountedRowData>(tx, rowsStatement(asking, atOnce, position));
        await take(rows);
        const last = rows.at(-1);
        if (!last || rows.length < atOnce) return;
        position = positionOf(last);
      }
    });
  }

  /** The names of slices, where they have other names than their ids. */
  async namesOf(by: Dimension, slices: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows =
      by === 'agent'
        ? await this.database.query<{ id: string; name: string }>('select agent_id as id, name from admin_api.read_agent where agent_id = any($1::text[])', [
            slices,
          ])
        : by === 'team'
          ? await this.database.query<{ id: string; name: string }>(
              'select team_id::text as id, name from admin_api.read_team where team_id::text = any($1::text[])',
              [slices],
            )
          : by === 'segment'
            ? await this.database.query<{ id: string; name: string }>(
                'select segment_id::text as id, name from scoring.read_segment where segment_id::text = any($1::text[])',
                [slices],
              )
            : [];
    return new Map(rows.map(({ id, name }) => [id, name]));
  }
}

const beginReading = (tx: Transaction): Promise<unknown> => tx.execute('set transaction isolation level repeatable read, read only');

const isByPeriod = (metrics: readonly AnyMetric[]): boolean => metrics[0]?.datedBy === 'period';

/** The buckets of a span as spans of their own, cut at its ends. */
export function bucketSpans({ from, until }: Span, bucket: Bucket, zone: string): Span[] {
  return bucketStarts(from, until, bucket, zone).map((start) => ({
    key: String(start),
    from: Math.max(start, from),
    until: Math.min(nextBucketStart(start, bucket, zone), until),
  }));
}

export const positionOf = ({ at_text, anchor, place }: CountedRowData): RowPosition => ({ at: at_text, anchor, place });

import { bucketStart, momentsOf, type AnyMetric, type Bucket, type Dimension, type Moments, type RowKind, type RowOf } from '@throughline/domain-metrics';
import type { AskedAnswer } from './metric-answers';
import { idOf, type TestHouse } from './test-facts';

/** A counted row, as a list would show it. */
export interface NaiveRow {
  readonly customerId: string;
  readonly key: string;
  readonly at: number;
  readonly value: number;
  readonly slices: readonly (string | null)[];
}

type AnyRow = RowOf[RowKind];
type Period = Pick<AskedAnswer['period'], 'from' | 'until'>;

/** What a row is under a dimension; several for segments. */
function valuesOf(house: TestHouse, row: AnyRow, by: Dimension): readonly (string | null)[] {
  const of = row as unknown as Record<string, string | null>;
  if (by === 'segment') return (house.segments.get(row.customerId) ?? []).map(idOf);
  if (by === 'team') {
    const team = house.teams.get(of['agent'] ?? '');
    return [team === undefined ? null : idOf(team)];
  }
  const isCustomer = 'lastChannel' in row;
  return [isCustomer ? (by === 'channel' ? of['lastChannel']! : of['lastIntent']!) : of[by]!];
}

/**
 * The rows that a metric counts, by looking at every row: filters, dates and the metric's own rule, without a statement. `agents`: the caller's own, null for all.
 */
export function naiveRows(
  house: TestHouse,
  metric: AnyMetric,
  asked: Pick<AskedAnswer, 'filters' | 'asOf'>,
  period: Period,
  options: { readonly agents?: readonly string[] | undefined; readonly by?: Dimension | undefined } = {},
): NaiveRow[] {
  const rows = house.facts[metric.row] as readonly AnyRow[];
  return rows.flatMap((row) => {
    const of = row as unknown as Record<string, number | string | null>;
    const at = (metric.row === 'customer' ? of['lastAt'] : of[metric.datedBy]) as number | null;
    if (metric.datedBy !== 'period' && (at === null || at < period.from || at >= period.until)) return [];
    if (options.agents && !options.agents.includes(String(of['agent']))) return [];
    for (const [dimension, chosen] of Object.entries(asked.filters) as [Dimension, (string | null)[]][]) {
      const values = valuesOf(house, row, dimension);
      const isUnknown = values.length === 0 || values.includes(null);
      if (!values.some((value) => value !== null && chosen.includes(value)) && !(isUnknown && chosen.includes(null))) return [];
    }
    const contribution = metric.contribute(row as never, { asOf: asked.asOf, ...period });
    if (!contribution.counted) return [];
    return [
      {
        customerId: row.customerId,
        key: `${of['anchor'] ?? row.customerId}/${of['place'] ?? 0}`,
        at: at!,
        value: contribution.value,
        slices: options.by === undefined ? [] : valuesOf(house, row, options.by),
      },
    ];
  });
}

export const naiveMoments = (rows: readonly NaiveRow[]): Moments => momentsOf(rows);

/** Counted rows by the start of their time bucket. */
export function byBucket(rows: readonly NaiveRow[], bucket: Bucket, zone: string): Map<number, NaiveRow[]> {
  const groups = new Map<number, NaiveRow[]>();
  for (const row of rows) {
    const start = bucketStart(row.at, bucket, zone);
    const group = groups.get(start);
    if (group) group.push(row);
    else groups.set(start, [row]);
  }
  return groups;
}

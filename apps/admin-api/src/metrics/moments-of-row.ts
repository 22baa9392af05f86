import type { Moments } from '@throughline/domain-metrics';
import { sumsPerMetric, type MomentRow } from './metric-statements';

/** The sums of the metric at `place`. */
export function momentsOfRow({ sums }: MomentRow, place: number): Moments {
  const [n, sum, customers, sumSquared, sumTimesRows, rowsSquared] = sums.slice(place * sumsPerMetric, (place + 1) * sumsPerMetric).map((one) => one ?? 0) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return { n, sum, customers, sumSquared, sumTimesRows, rowsSquared };
}

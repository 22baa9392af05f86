import { bucketFor, bucketStarts, nextBucketStart, noMoments, type AnyMetric, type Bucket, type Period } from '@throughline/domain-metrics';
import { figureOf } from './figures';
import type { SeriesAnswer } from './metric-answers';
import type { MetricQuestion } from './metric-questions';
import type { MomentSums } from './metric-statements';
import { momentsOfRow } from './moments-of-row';

/** One metric over time, and over the compared period. Bars without rows are there, without a value. */
export async function answerSeries(sums: MomentSums, question: MetricQuestion, metric: AnyMetric): Promise<Pick<SeriesAnswer, 'bucket' | 'now' | 'before'>> {
  const bucket = bucketFor(question.period.days);
  const bars = (period: Period | null) => (period === null ? [] : barsOf(sums, question, metric, period, bucket));
  const [now, before] = await Promise.all([bars(question.period), bars(question.compared)]);
  return { bucket, now, before };
}

async function barsOf(
  sums: MomentSums,
  { choice, asOf, zone, isPart }: MetricQuestion,
  metric: AnyMetric,
  period: Period,
  bucket: Bucket,
): Promise<SeriesAnswer['now']> {
  const rows = new Map((await sums.buckets({ metrics: [metric], choice, asOf }, { key: 'series', ...period }, bucket, zone)).map((row) => [row.key, row]));
  return bucketStarts(period.from, period.until, bucket, zone).map((start) => {
    const row = rows.get(String(start));
    const next = nextBucketStart(start, bucket, zone);
    return {
      start,
      until: next,
      figure: figureOf(metric, row ? momentsOfRow(row, 0) : noMoments, isPart),
      isComplete: start >= period.from && next <= Math.min(period.until, asOf),
    };
  });
}

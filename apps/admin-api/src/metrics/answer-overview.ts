import { metricOf, noMoments, scaleOf, sparkOf, bucketStarts, tiles, type AnyMetric } from '@throughline/domain-metrics';
import { absentFigure, changeOf, figureOf } from './figures';
import type { OverviewAnswer } from './metric-answers';
import type { MetricQuestion } from './metric-questions';
import { groupedBy } from './grouped-by';
import type { MomentSums } from './metric-statements';
import { momentsOfRow } from './moments-of-row';
import { refusalOf } from './row-conditions';

/** Shown beside a tile: what channels count, and what only looked solved. */
const companions = ['fcr.channel', 'fcr.falseSuccess'].map((id) => metricOf(id)!);
const shown: readonly AnyMetric[] = [...tiles, ...companions];

type Tile = OverviewAnswer['tiles'][number];

/** All tiles of one question: one scan of each kind of rows answers all of its tiles. */
export async function answerTiles(sums: MomentSums, question: MetricQuestion): Promise<Tile[]> {
  const groups = groupedBy(
    shown.filter((metric) => refusalOf(metric, question.choice) === undefined),
    ({ row, datedBy }) => `${row} ${datedBy}`,
  );
  const counted = new Map(
    (await Promise.all([...groups.values()].map((metrics) => tilesOf(sums, question, metrics)))).flat().map((tile) => [tile.metric, tile]),
  );
  return shown.map((metric) => counted.get(metric.id) ?? absentTile(metric, question));
}

async function tilesOf(sums: MomentSums, question: MetricQuestion, metrics: readonly AnyMetric[]): Promise<Tile[]> {
  const { period, compared, choice, asOf, zone, isPart } = question;
  const asking = { metrics, choice, asOf };
  const line = sparkOf(period, zone);
  const spans = [{ key: 'now', ...period }, ...(compared ? [{ key: 'before', ...compared }] : [])];
  const rows = await sums.tiles(asking, spans, { span: { key: 'line', from: line.from, until: line.until }, bucket: line.bucket, zone });
  const byKey = new Map(rows.map((row) => [row.key, row]));
  const moments = (key: string, place: number) => {
    const row = byKey.get(key);
    return row ? momentsOfRow(row, place) : noMoments;
  };
  return metrics.map((metric, place) => {
    const [now, before] = [moments('now', place), moments('before', place)];
    const scale = scaleOf(metric.unit);
    return {
      metric: metric.id,
      now: figureOf(metric, now, isPart),
      before: compared && figureOf(metric, before, isPart),
      change: changeOf(metric, now, before, compared, isPart),
      spark: {
        bucket: line.bucket,
        points: bucketStarts(line.from, line.until, line.bucket, zone).map((start) => {
          const { n, sum } = moments(String(start), place);
          const isShown = n > 0 && !(isPart && n < metric.minimumN);
          return { start, value: isShown ? (sum / n) * scale : null, n: isShown ? n : 0 };
        }),
      },
    };
  });
}

function absentTile(metric: AnyMetric, { choice, period, zone }: MetricQuestion): Tile {
  const figure = absentFigure(metric, refusalOf(metric, choice)!);
  return { metric: metric.id, now: figure, before: null, change: null, spark: { bucket: sparkOf(period, zone).bucket, points: [] } };
}

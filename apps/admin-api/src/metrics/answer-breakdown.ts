import { noMoments, scaleOf, whatMovedIt, type AnyMetric, type Dimension, type Moments } from '@throughline/domain-metrics';
import { absentFigure, changeOf, figureOf, isSuppressed } from './figures';
import type { BreakdownAnswer, MovedAnswer } from './metric-answers';
import type { MetricQuestion } from './metric-questions';
import type { MomentRow, MomentSums, Span } from './metric-statements';
import type { MetricStore } from './metric-store';
import { groupedBy } from './grouped-by';
import { momentsOfRow } from './moments-of-row';
import { refusalOf } from './row-conditions';

/** Who sums, and who knows what slices are called. Sums are all asked for before anything is waited for: what is kept in memory is of one moment. */
export interface Sources {
  readonly sums: MomentSums;
  readonly store: Pick<MetricStore, 'namesOf'>;
}

/** Slices in an answer, those with most rows. */
const slicesAtMost = 200;

const spansOf = ({ period, compared }: MetricQuestion): Span[] => [{ key: 'now', ...period }, ...(compared ? [{ key: 'before', ...compared }] : [])];

/** One metric cut by a dimension, with further metrics for the same slices. */
export async function answerBreakdown(
  { sums, store }: Sources,
  question: MetricQuestion,
  metric: AnyMetric,
  by: Dimension,
  further: readonly AnyMetric[],
): Promise<Pick<BreakdownAnswer, 'total' | 'slices' | 'leftOut'>> {
  const { choice, asOf, period, compared, isPart } = question;
  const [rows, whole, beside] = await Promise.all([
    sums.spans({ metrics: [metric], choice, asOf }, spansOf(question), by),
    sums.spans({ metrics: [metric], choice, asOf }, [{ key: 'now', ...period }]),
    Promise.all(further.map((other) => besideOf(sums, question, other, by))),
  ]);
  const slices = [...groupedBy(rows, ({ slice }) => slice)].map(([slice, of]) => ({ slice, now: momentsFor(of, 'now'), before: momentsFor(of, 'before') }));
  const counted = slices.filter(({ now }) => now.n > 0).sort((a, b) => b.now.n - a.now.n || compareSlices(a.slice, b.slice));
  const kept = counted.slice(0, slicesAtMost);
  const names = await store.namesOf(
    by,
    kept.flatMap(({ slice }) => (slice === null ? [] : [slice])),
  );
  return {
    total: figureOf(metric, whole[0] ? momentsOfRow(whole[0], 0) : noMoments, isPart),
    slices: kept.map(({ slice, now, before }) => ({
      slice,
      label: labelOf(slice, names),
      figure: figureOf(metric, now, true),
      before: compared && figureOf(metric, before, true),
      change: changeOf(metric, now, before, compared, true),
      with: Object.fromEntries(beside.map(({ other, figure }) => [other.id, figure(slice)])),
    })),
    leftOut: counted.length - kept.length,
  };
}

async function besideOf(sums: MomentSums, { choice, asOf, period }: MetricQuestion, other: AnyMetric, by: Dimension) {
  const refusal = refusalOf(other, choice, by);
  if (refusal !== undefined) return { other, figure: () => absentFigure(other, refusal) };
  const rows = await sums.spans({ metrics: [other], choice, asOf }, [{ key: 'now', ...period }], by);
  const bySlice = new Map(rows.map((row) => [row.slice, momentsOfRow(row, 0)]));
  return { other, figure: (slice: string | null) => figureOf(other, bySlice.get(slice) ?? noMoments, true) };
}

/** The parts of a change: mix and rate of each slice, which sum to it. Slices of which too few answers came stand together as one without a name. */
export async function answerMoved(
  { sums, store }: Sources,
  question: MetricQuestion,
  metric: AnyMetric,
  by: Dimension,
): Promise<Pick<MovedAnswer, 'change' | 'mix' | 'rate' | 'slices'>> {
  const rows = await sums.spans({ metrics: [metric], choice: question.choice, asOf: question.asOf }, spansOf(question), by);
  const slices = [...groupedBy(rows, ({ slice }) => slice)].map(([slice, of]) => ({ slice, now: momentsFor(of, 'now'), before: momentsFor(of, 'before') }));
  const few = slices.filter(({ now, before }) => isSuppressed(metric, now.n, true) || isSuppressed(metric, before.n, true));
  const open = slices.filter((slice) => !few.includes(slice));
  const together = few.length === 0 ? [] : [{ slice: tooFew, now: addUp(few.map(({ now }) => now)), before: addUp(few.map(({ before }) => before)) }];
  const all = [...open, ...together];
  const moved = whatMovedIt(all);
  if (!moved) return { change: null, mix: 0, rate: 0, slices: [] };
  const scale = scaleOf(metric.unit);
  const rowsOf = new Map(all.map(({ slice, now }) => [slice, now.n]));
  const names = await store.namesOf(
    by,
    open.flatMap(({ slice }) => (slice === null ? [] : [slice])),
  );
  return {
    change: moved.change * scale,
    mix: moved.mix * scale,
    rate: moved.rate * scale,
    slices: moved.slices.map(({ slice, mix, rate, total }) => ({
      slice,
      label: slice === tooFew ? `${few.length} with few answers` : labelOf(slice, names),
      mix: mix * scale,
      rate: rate * scale,
      total: total * scale,
      n: rowsOf.get(slice) ?? 0,
    })),
  };
}

/** No slice is called so: a control character cannot be stored in a name that people gave. */
const tooFew = '\u0001few';

const addUp = (all: readonly Moments[]): { n: number; sum: number } => ({
  n: all.reduce((n, one) => n + one.n, 0),
  sum: all.reduce((sum, one) => sum + one.sum, 0),
});

const momentsFor = (rows: readonly MomentRow[], key: string): Moments => {
  const row = rows.find((one) => one.key === key);
  return row ? momentsOfRow(row, 0) : noMoments;
};

const compareSlices = (a: string | null, b: string | null): number => (a ?? '').localeCompare(b ?? '', 'en');
const labelOf = (slice: string | null, names: ReadonlyMap<string, string>): string => (slice === null ? 'not known' : (names.get(slice) ?? slice));

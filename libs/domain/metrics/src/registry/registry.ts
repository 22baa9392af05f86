import { fcrChannel, frustration, oneTransaction, repeatContact } from './contact-metrics';
import { retention } from './customer-metrics';
import { effort, falseSuccess, fcrTrue, goalTime } from './engagement-metrics';
import type { Metric, RowKind, RowOf } from './metric';
import { abandonment } from './queue-metrics';
import { csat, csatTopBox, empathy, empathyTopBox, nps } from './survey-metrics';

/** Every number of the house, in the order in which people read them. */
export const registry = {
  fcrTrue,
  fcrChannel,
  falseSuccess,
  csat,
  csatTopBox,
  nps,
  empathy,
  empathyTopBox,
  repeatContact,
  oneTransaction,
  abandonment,
  effort,
  goalTime,
  retention,
  frustration,
} as const;

export type AnyMetric = { readonly [Kind in RowKind]: Metric<Kind> }[RowKind];

export const metrics: readonly AnyMetric[] = Object.values(registry);

/** The tiles of the overview, in the order of the keys 1 to 8. */
export const tiles: readonly AnyMetric[] = [fcrTrue, csat, nps, empathyTopBox, repeatContact, abandonment, effort, retention];

const byId = new Map(metrics.map((metric) => [metric.id, metric]));

/** The metric of this id, or nothing. */
export const metricOf = (id: string): AnyMetric | undefined => byId.get(id);

/** The metrics over rows of one kind, with their rule at hand. */
export const metricsOver = <Kind extends RowKind>(kind: Kind): readonly Metric<Kind>[] =>
  metrics.filter((metric) => metric.row === kind) as unknown as readonly Metric<Kind>[];

/** What a row adds to a metric of its own kind. */
export function contributionOf<Kind extends RowKind>(metric: Metric<Kind>, row: RowOf[Kind], asked: Parameters<Metric<Kind>['contribute']>[1]) {
  return metric.contribute(row, asked);
}

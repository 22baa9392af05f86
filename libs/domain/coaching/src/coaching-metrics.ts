import { coachingMetrics, type CoachingMetric } from '@throughline/contracts';
import { metricOf, repeatDays, type Ink, type Unit } from '@throughline/domain-metrics';

/** How a metric of the registry reads where agents are compared by it. */
export interface MetricReading {
  readonly metric: CoachingMetric;
  readonly title: string;
  readonly unit: Unit;
  /** What a value is called after the number; empty for rates. */
  readonly of: string;
  readonly ink: Ink;
  readonly better: 'higher' | 'lower';
  /** What a row's value is multiplied by to be shown: a rate in percent. */
  readonly scale: number;
  /** Days after a contact until its value is known. */
  readonly knownAfterDays: number;
}

const readingOf = (id: CoachingMetric): MetricReading => {
  const metric = metricOf(id);
  if (!metric) throw new Error(`The registry has no metric ${id}.`);
  const { title, unit, of, ink, better } = metric;
  return { metric: id, title, unit, of, ink, better, scale: unit === 'percent' ? 100 : 1, knownAfterDays: id === 'contact.repeat' ? repeatDays : 0 };
};

/** One definition of each number: what is coached is what the KPI page shows. */
export const metricReadings = Object.fromEntries(coachingMetrics.map((id) => [id, readingOf(id)])) as Readonly<Record<CoachingMetric, MetricReading>>;

import type { CoachingMetric } from '@throughline/contracts';

/** How a coaching metric reads. `scale` and `offset` turn the stored value into the unit: shown = (stored + offset) × scale. */
export interface MetricReading {
  readonly metric: CoachingMetric;
  /** `answer`: a customer's answer about the agent; `contact`: a contact the agent had. */
  readonly per: 'answer' | 'contact';
  readonly unit: 'points' | 'percent';
  readonly better: 'higher' | 'lower';
  readonly offset: number;
  readonly scale: number;
  /** Days after the contact until its value is known. */
  readonly knownAfterDays: number;
}

const reading = (metric: CoachingMetric, rest: Omit<MetricReading, 'metric'>): MetricReading => ({ metric, ...rest });

/** Answers are put on 0–100 points (1–5 and 1–7 alike), shares on percent. */
export const metricReadings: Readonly<Record<CoachingMetric, MetricReading>> = {
  empathy: reading('empathy', { per: 'answer', unit: 'points', better: 'higher', offset: -1, scale: 25, knownAfterDays: 0 }),
  csat: reading('csat', { per: 'answer', unit: 'points', better: 'higher', offset: -1, scale: 25, knownAfterDays: 0 }),
  effort: reading('effort', { per: 'answer', unit: 'points', better: 'higher', offset: -1, scale: 100 / 6, knownAfterDays: 0 }),
  solved: reading('solved', { per: 'answer', unit: 'percent', better: 'higher', offset: 0, scale: 100, knownAfterDays: 0 }),
  repeat: reading('repeat', { per: 'contact', unit: 'percent', better: 'lower', offset: 0, scale: 100, knownAfterDays: 7 }),
  frustration: reading('frustration', { per: 'contact', unit: 'points', better: 'lower', offset: 0, scale: 1, knownAfterDays: 0 }),
};

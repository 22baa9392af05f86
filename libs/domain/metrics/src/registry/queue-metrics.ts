import { counts, type Metric } from './metric';

export const abandonment: Metric<'queueStay'> = {
  id: 'queue.abandonment',
  version: 1,
  title: 'Abandoned in queue',
  unit: 'percent',
  ink: 'recorded',
  better: 'lower',
  row: 'queueStay',
  datedBy: 'at',
  formula: 'The share of stays in a queue that the customer ended before anybody answered, however short the wait.',
  numerator: 'stays that the customer ended',
  denominator: 'stays in a queue that began in the period',
  exclusions: {},
  of: '',
  minimumN: 1,
  notBy: ['agent', 'team'],
  contribute: (row) => counts(row.abandoned),
};

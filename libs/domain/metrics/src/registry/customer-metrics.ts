import { activeDays, counts, dayMs, excluded, type Metric } from './metric';

export const retention: Metric<'customer'> = {
  id: 'retention',
  version: 1,
  title: 'Customers who stayed',
  unit: 'percent',
  ink: 'recorded',
  better: 'higher',
  row: 'customer',
  datedBy: 'period',
  formula: `Of the customers who were ours when the period began and had been seen in the ${activeDays} days before it, or later, the share who had not left by its end.`,
  numerator: 'those who had not left by the end of the period',
  denominator: `customers first seen before the period, last seen no earlier than ${activeDays} days before it, who had not left when it began`,
  exclusions: {
    unknown: 'Placeholders: visitors whom nothing identifies yet.',
    new: 'Customers first seen in the period or later.',
    dormant: `Customers last seen more than ${activeDays} days before the period.`,
    gone: 'Customers who had left before the period began.',
  },
  of: '',
  minimumN: 1,
  notBy: ['queue', 'family', 'agent', 'team', 'site'],
  contribute: (row, { from, until, asOf }) => {
    if (!row.known) return excluded('unknown');
    if (row.firstAt >= from) return excluded('new');
    if (row.lastAt < from - activeDays * dayMs) return excluded('dormant');
    if (row.leftAt !== null && row.leftAt < from) return excluded('gone');
    return counts(row.leftAt === null || row.leftAt >= Math.min(until, asOf));
  },
};

import type { EngagementFact, Instant } from '@throughline/contracts';
import { fcrVerdict } from '@throughline/domain-scoring';
import { counts, excluded, repeatDays, repeatMs, type Metric } from './metric';

const quarterHourMs = 900_000;
const engagements = { row: 'engagement', minimumN: 1, notBy: [] } as const;

export const fcrTrue: Metric<'engagement'> = {
  ...engagements,
  id: 'fcr.true',
  version: 1,
  title: 'Solved first time',
  unit: 'percent',
  ink: 'recorded',
  better: 'higher',
  datedBy: 'at',
  of: '',
  formula: `The share of engagements that were resolved in their first contact, on whatever channel, and after which the customer did not come back about the same matter, on any channel, within ${repeatDays} days. The customer’s own answer to whether it is solved outranks the records.`,
  numerator: `engagements resolved or sold after one contact, without another about the same matter within ${repeatDays} days of its end`,
  denominator: `engagements whose first contact was in the period and ended at least ${repeatDays} days ago`,
  exclusions: {
    waiting: `Engagements whose first contact ended less than ${repeatDays} days ago: whether the customer comes back is not known yet.`,
    open: 'Engagements that nothing has closed yet, whose time is not up and whose customer has not come back.',
  },
  contribute: (row, { asOf }) => {
    // Failures show before the wait is over: to count them alone would make the newest days look worse than they are.
    if (asOf <= row.firstContactEndAt + repeatMs) return excluded('waiting');
    const verdict = fcrVerdict(row, asOf, repeatDays);
    return verdict === 'pending' ? excluded('open') : counts(verdict === 'yes');
  },
};

export const falseSuccess: Metric<'engagement'> = {
  ...engagements,
  id: 'fcr.falseSuccess',
  version: 1,
  title: 'Looked solved and was not',
  unit: 'percent',
  ink: 'inferred',
  better: 'lower',
  datedBy: 'at',
  of: '',
  formula: 'The share of engagements in which a contact looked resolved to its own channel while the matter went on.',
  numerator: 'engagements with a contact that looked resolved and was not the end of the matter',
  denominator: `engagements whose first contact was in the period and ended at least ${repeatDays} days ago`,
  exclusions: { waiting: `Engagements whose first contact ended less than ${repeatDays} days ago.` },
  contribute: (row, { asOf }) => (asOf <= row.firstContactEndAt + repeatMs ? excluded('waiting') : counts(row.falseSuccess)),
};

const notReached = {
  notResolved: 'Engagements that closed otherwise: lost or cancelled.',
  notClosed: 'Engagements that nothing has closed.',
};

/** When the customer reached the goal: the matter closed as resolved or sold. */
function goalOf({ closedAs, closedAt }: EngagementFact): { readonly at: Instant } | keyof typeof notReached {
  if (closedAt === null || closedAs === null) return 'notClosed';
  return closedAs === 'resolved' || closedAs === 'sold' ? { at: closedAt } : 'notResolved';
}

export const effort: Metric<'engagement'> = {
  ...engagements,
  id: 'effort.steps',
  version: 1,
  title: 'Steps to the goal',
  unit: 'mean',
  ink: 'recorded',
  better: 'lower',
  datedBy: 'closedAt',
  of: 'steps',
  formula: 'The mean number of things a customer had to do until the matter was resolved or sold, counted when it closed.',
  numerator: 'the sum of the steps',
  denominator: 'engagements that closed as resolved or sold in the period',
  exclusions: notReached,
  contribute: (row) => {
    const goal = goalOf(row);
    return typeof goal === 'string' ? excluded(goal) : counts(row.steps);
  },
};

export const goalTime: Metric<'engagement'> = {
  ...engagements,
  id: 'goal.time',
  version: 1,
  title: 'Time to the goal',
  unit: 'mean',
  ink: 'recorded',
  better: 'lower',
  datedBy: 'closedAt',
  of: 'hours',
  formula:
    'The mean time from the start of the first contact until the matter closed as resolved or sold, in hours by the clock, nights and days off included, each to the nearest quarter of an hour. It is a mean, which few long matters pull up; the file of its rows has each of them.',
  numerator: 'the sum of the hours',
  denominator: 'engagements that closed as resolved or sold in the period',
  exclusions: notReached,
  contribute: (row) => {
    const goal = goalOf(row);
    return typeof goal === 'string' ? excluded(goal) : counts(Math.round(Math.max(0, goal.at - row.at) / quarterHourMs) / 4);
  },
};

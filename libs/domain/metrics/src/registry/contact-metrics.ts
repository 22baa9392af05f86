import type { ContactFact, Instant } from '@throughline/contracts';
import { counts, excluded, repeatDays, repeatMs, type Asked, type Contribution, type Metric } from './metric';

const ours = 'ours';
const waiting = 'waiting';
const oursWords = 'Contacts that the company started, promised callbacks included.';
const waitingWords = `Contacts that ended less than ${repeatDays} days ago: whether the customer comes back is not known yet.`;

/** What keeps a contact from being judged by what came after it. */
const obstacle = ({ startedBy, endedAt }: ContactFact, { asOf }: Asked): Contribution | undefined =>
  startedBy !== 'customer' ? excluded(ours) : asOf <= endedAt + repeatMs ? excluded(waiting) : undefined;
const within = (next: Instant | null, { endedAt }: ContactFact): boolean => next !== null && next <= endedAt + repeatMs;

const contacts = {
  row: 'contact',
  datedBy: 'at',
  of: '',
  minimumN: 1,
  notBy: [],
} as const;

export const fcrChannel: Metric<'contact'> = {
  ...contacts,
  id: 'fcr.channel',
  version: 1,
  title: 'Solved first time, as channels count it',
  unit: 'percent',
  ink: 'recorded',
  better: 'higher',
  formula: `The share of contacts that their own channel would call solved: it ended well, and the same customer did not use the same channel again within ${repeatDays} days. Other channels are not looked at.`,
  numerator: `contacts that ended well and were not followed on the same channel within ${repeatDays} days`,
  denominator: `contacts that customers began in the period and that ended at least ${repeatDays} days ago`,
  exclusions: { [ours]: oursWords, [waiting]: waitingWords },
  contribute: (row, asked) => obstacle(row, asked) ?? counts(row.looksResolved && !within(row.channelRepeatAt, row)),
};

export const repeatContact: Metric<'contact'> = {
  ...contacts,
  id: 'contact.repeat',
  version: 1,
  title: `Repeat contact, ${repeatDays} days`,
  unit: 'percent',
  ink: 'recorded',
  better: 'lower',
  formula: `The share of contacts after which the same customer came back about the same matter, on any channel, within ${repeatDays} days.`,
  numerator: `contacts followed by one about the same matter within ${repeatDays} days`,
  denominator: `contacts that customers began in the period and that ended at least ${repeatDays} days ago`,
  exclusions: { [ours]: oursWords, [waiting]: waitingWords },
  contribute: (row, asked) => obstacle(row, asked) ?? counts(within(row.repeatAt, row)),
};

export const oneTransaction: Metric<'contact'> = {
  ...contacts,
  id: 'contact.oneTransaction',
  version: 1,
  title: 'Handled in one transaction',
  unit: 'percent',
  ink: 'recorded',
  better: 'higher',
  formula: 'The share of contacts that needed one transaction only: one system, without a transfer.',
  numerator: 'contacts of one transaction',
  denominator: 'contacts that customers began in the period',
  exclusions: { [ours]: oursWords },
  contribute: (row) => (row.startedBy === 'customer' ? counts(row.transactions === 1) : excluded(ours)),
};

export const frustration: Metric<'contact'> = {
  ...contacts,
  id: 'frustration',
  version: 1,
  title: 'Frustration',
  unit: 'mean',
  ink: 'inferred',
  better: 'lower',
  formula: 'The mean frustration score of contacts, 0 to 100. Each score is a ledger whose points open to the events they rest on.',
  numerator: 'the sum of the scores',
  denominator: 'contacts that began in the period',
  exclusions: {},
  of: 'of 100',
  contribute: (row) => counts(row.frustration),
};

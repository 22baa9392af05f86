import type { Instant } from '@throughline/contracts';
import { activeDays, dayMs, repeatMs, type Asked, type RowKind, type RowOf } from './metric';

/** The instants of a row that metrics compare with the time of asking. Rows of customers have none: their metrics look at a period. */
const instantsOf: { readonly [Kind in RowKind]: readonly (keyof RowOf[Kind])[] } = {
  contact: ['endedAt'],
  engagement: ['firstContactEndAt', 'nextSameIntentAt', 'saidSolvedAt', 'resolvedAt', 'closedAt', 'idleAt'],
  queueStay: [],
  answer: [],
  customer: [],
};

/**
 * Until when, exclusive, every metric that is dated by its rows says of this row what it says at `asOf`: a contribution changes only when one of the row's instants, or the
 * end of the seven days after it, goes by. Infinity where nothing is to come.
 */
export function unchangedUntil<Kind extends RowKind>(kind: Kind, row: RowOf[Kind], asOf: Instant): Instant {
  let until = Number.POSITIVE_INFINITY;
  for (const name of instantsOf[kind]) {
    const at = row[name] as Instant | null;
    if (at === null) continue;
    for (const turn of [at, at + repeatMs]) {
      // What is compared with `<` turns right after its instant.
      const next = turn > asOf ? turn : turn === asOf ? asOf + 1 : Number.POSITIVE_INFINITY;
      if (next < until) until = next;
    }
  }
  return until;
}

/** The instants that metrics dated by the period compare the dates of a customer with: rows whose dates lie alike before, on or after each of them count alike. */
export const turningPoints = ({ asOf, from, until }: Asked): Instant[] => [from, until, asOf, from - activeDays * dayMs];

import { defaultScoringSettings, type EngagementFact, type Instant } from '@throughline/contracts';
import { dayMs } from './scoring-input';

export type FcrVerdict = 'yes' | 'no' | 'pending';

/** What the verdict needs of an engagement. */
export type FcrFact = Pick<
  EngagementFact,
  'firstContactEndAt' | 'nextSameIntentAt' | 'closedAs' | 'closedAt' | 'resolvedAt' | 'idleAt' | 'saidSolved' | 'saidSolvedAt'
>;

/**
 * True first-contact resolution: whether the matter was resolved in its first contact, on whatever channel, and no contact about the same matter came within
 * `windowDays` days (inclusive) after it ended. The customer's own word outranks every status. `pending` until the facts that stand at `asOf` can tell.
 * Throws a RangeError for a window that facts cannot see (above the look-ahead of the settings, 30 days).
 */
export function fcrVerdict(fact: FcrFact, asOf: Instant, windowDays = 7, lookAheadDays = defaultScoringSettings.lookAheadDays): FcrVerdict {
  if (!(windowDays >= 0 && windowDays <= lookAheadDays)) throw new RangeError(`A window of ${windowDays} days is outside 0 to ${lookAheadDays}.`);
  const until = fact.firstContactEndAt + windowDays * dayMs;
  const by = (at: Instant | null): at is Instant => at !== null && at <= asOf;
  if (by(fact.nextSameIntentAt) && fact.nextSameIntentAt <= until) return 'no';
  const said = by(fact.saidSolvedAt) ? fact.saidSolved : null;
  if (said === false) return 'no';
  if (asOf <= until) return 'pending';
  if (said === true) return 'yes';
  if (by(fact.resolvedAt) && (fact.nextSameIntentAt === null || fact.resolvedAt < fact.nextSameIntentAt)) return 'yes';
  if (by(fact.nextSameIntentAt)) return 'no';
  if (by(fact.closedAt) && fact.closedAs !== null) return 'no';
  return by(fact.idleAt) ? 'no' : 'pending';
}

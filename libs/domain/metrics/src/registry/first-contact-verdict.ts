import type { EngagementFact, Instant } from '@throughline/contracts';

export type FirstContactVerdict = { readonly kind: 'resolved' | 'notResolved' } | { readonly kind: 'undecided'; readonly because: 'waiting' | 'open' };

/**
 * Whether the first contact of an engagement solved the matter, as of an instant. Nobody is judged before the wait of `repeatMs` is over: the failures show early, and
 * counting them alone would make the newest days look worse than they are. After it: not when another contact about the same matter came within the wait (inclusive); else the
 * customer's own word decides; else whether the matter was resolved before any other contact about it. Undecided while nothing closed it and its time is not up.
 */
export function firstContactVerdict(row: EngagementFact, repeatMs: number, asOf: Instant): FirstContactVerdict {
  const { firstContactEndAt, nextSameIntentAt, resolvedAt, closedAs, closedAt, idleAt, saidSolved, saidSolvedAt } = row;
  const by = (at: Instant | null): at is Instant => at !== null && at <= asOf;
  const until = firstContactEndAt + repeatMs;
  if (asOf <= until) return { kind: 'undecided', because: 'waiting' };
  if (nextSameIntentAt !== null && nextSameIntentAt <= until) return { kind: 'notResolved' };
  if (by(saidSolvedAt) && saidSolved !== null) return { kind: saidSolved ? 'resolved' : 'notResolved' };
  if (by(resolvedAt) && (nextSameIntentAt === null || resolvedAt < nextSameIntentAt)) return { kind: 'resolved' };
  if (by(nextSameIntentAt) || (by(closedAt) && closedAs !== null) || by(idleAt)) return { kind: 'notResolved' };
  return { kind: 'undecided', because: 'open' };
}

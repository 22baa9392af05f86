import type { Instant, ScoringSettings } from '@throughline/contracts';
import { dayMs, type Span } from './scoring-input';

/** First to last instant of an engagement, as the hierarchy has it now or had it when it was scored. */
export interface EngagementExtent {
  readonly anchor: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** How far the hierarchy's word on a contact reaches: a family is borrowed, and a failure repeated, within 72 hours; a block of time joins within an hour. */
const reachMs = 73 * 3_600_000;

/** The time in which contacts may read otherwise after a change of the events in `window`. */
export const reachOf = (window: Span): Span => ({ startAt: window.startAt - reachMs, endAt: window.endAt + reachMs });

const overlaps = (a: Span, { firstAt, lastAt }: EngagementExtent): boolean => firstAt <= a.endAt && lastAt >= a.startAt;
const hull = (span: Span, extents: readonly EngagementExtent[]): Span =>
  extents.reduce(({ startAt, endAt }, { firstAt, lastAt }) => ({ startAt: Math.min(startAt, firstAt), endAt: Math.max(endAt, lastAt) }), span);

/**
 * The time whose contacts must be read anew. Within `reach` (see `reachOf`) always. Beyond it a contact changes only when it goes to another engagement, and then an engagement
 * appeared or vanished among those that overlap the ones the change touches, now or before: if none did, the rest is as it was; otherwise all of it is read.
 * `touched` names the engagements that events within the reach belong to now, or answers within it belonged to.
 */
export function changedSpan(reach: Span, touched: ReadonlySet<string>, now: readonly EngagementExtent[], stored: readonly EngagementExtent[]): Span {
  const concerned = [...now.filter(({ anchor }) => touched.has(anchor)), ...stored.filter((extent) => touched.has(extent.anchor) || overlaps(reach, extent))];
  const wide = hull(reach, concerned);
  const has = new Set(now.map(({ anchor }) => anchor));
  const had = new Set(stored.map(({ anchor }) => anchor));
  const moved = [...now.filter(({ anchor }) => !had.has(anchor)), ...stored.filter(({ anchor }) => !has.has(anchor))].filter((extent) =>
    overlaps(wide, extent),
  );
  if (moved.length === 0) return reach;
  return hull(wide, moved);
}

/** Whose facts a change of readings within `span` can alter: what looks ahead to it, and what looks back at it. */
export const coreOf = (span: Span, { lookAheadDays, lookBackDays }: Pick<ScoringSettings, 'lookAheadDays' | 'lookBackDays'>): Span => ({
  startAt: span.startAt - lookAheadDays * dayMs,
  endAt: span.endAt + lookBackDays * dayMs,
});

/** Which readings the facts of a core need. A reading counts when any of it lies within. */
export const neighboursOf = (core: Span, { lookAheadDays, lookBackDays }: Pick<ScoringSettings, 'lookAheadDays' | 'lookBackDays'>): Span => ({
  startAt: core.startAt - lookBackDays * dayMs,
  endAt: core.endAt + lookAheadDays * dayMs,
});

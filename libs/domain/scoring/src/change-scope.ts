import type { Instant, ScoringSettings } from '@throughline/contracts';
import type { AnswersReading, ContactReading, ItemReading, Readings } from './readings';
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
 * appeared or vanished among those that overlap the ones the change touches, now or before: if none did, or none that reaches further (`staysWithin`), the rest is as it was;
 * otherwise all of it is read.
 * Nor does it read otherwise, unless its family comes from elsewhere: of an engagement with such a part outside the reach (`unsettled`) all is read, and who may borrow from it.
 * `touched` names the engagements that events within the reach belong to now, or answers within it belonged to.
 */
export function changedSpan(
  reach: Span,
  touched: ReadonlySet<string>,
  now: readonly EngagementExtent[],
  stored: readonly EngagementExtent[],
  unsettled: ReadonlySet<string>,
): Span {
  const concerned = [...now.filter(({ anchor }) => touched.has(anchor)), ...stored.filter((extent) => touched.has(extent.anchor) || overlaps(reach, extent))];
  const wide = hull(reach, concerned);
  const has = new Set(now.map(({ anchor }) => anchor));
  const had = new Set(stored.map(({ anchor }) => anchor));
  const moved = [...now.filter(({ anchor }) => !had.has(anchor)), ...stored.filter(({ anchor }) => !has.has(anchor))].filter((extent) =>
    overlaps(wide, extent),
  );
  const span = staysWithin(reach, moved, concerned, [...now, ...stored]) ? reach : hull(wide, moved);
  return [...now, ...stored]
    .filter(({ anchor }) => touched.has(anchor) && unsettled.has(anchor))
    .map(({ firstAt, lastAt }) => reachOf({ startAt: firstAt, endAt: lastAt }))
    .reduce((all, { startAt, endAt }) => ({ startAt: Math.min(all.startAt, startAt), endAt: Math.max(all.endAt, endAt) }), span);
}

/**
 * Whether engagements that appeared or vanished (`moved`) leave every contact outside the reach where it was. Edges of the hierarchy look back, so with nothing after the reach
 * only what holds earlier contacts together can have changed there: one of them then went to an engagement that appeared, came from one that vanished (which would reach as far
 * back), or went from one older engagement to another, which takes two: it may borrow its family from a contact within the reach, so it may lie as far from that as that from the change,
 * in an engagement with nothing in the reach itself. The first event of a new contact, an engagement of its own until it says what it is about, is such a case.
 */
function staysWithin(reach: Span, moved: readonly EngagementExtent[], concerned: readonly EngagementExtent[], all: readonly EngagementExtent[]): boolean {
  if (moved.length === 0) return true;
  const near = all.filter((extent) => overlaps(reachOf(reach), extent));
  const older = new Set([...concerned, ...near].filter(({ firstAt }) => firstAt < reach.startAt).map(({ anchor }) => anchor));
  return older.size <= 1 && moved.every(({ firstAt }) => firstAt >= reach.startAt) && all.every(({ lastAt }) => lastAt <= reach.endAt);
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

const touches = (span: Span, { fromAt, toAt }: Pick<ContactReading, 'fromAt' | 'toAt'>): boolean => fromAt <= span.endAt && toAt >= span.startAt;
const isWithin = (span: Span, at: Instant): boolean => at >= span.startAt && at <= span.endAt;

/** The span with the whole of every contact that touches it. */
export const around = (span: Span, contacts: readonly Pick<ContactReading, 'fromAt' | 'toAt'>[]): Span =>
  contacts
    .filter((contact) => touches(span, contact))
    .reduce(({ startAt, endAt }, { fromAt, toAt }) => ({ startAt: Math.min(startAt, fromAt), endAt: Math.max(endAt, toAt) }), span);

/** The stored readings with those of `span` replaced by `fresh`: contacts that touch it, and items in it. A contact that was read anew counts once, wherever it lies. */
export function replaceReadings(stored: Readings, fresh: Readings, span: Span): Readings {
  const read = new Set(fresh.contacts.map(({ anchor }) => anchor));
  return {
    contacts: [...stored.contacts.filter((contact) => !touches(span, contact) && !read.has(contact.anchor)), ...fresh.contacts],
    items: [...stored.items.filter(({ at }) => !isWithin(span, at)), ...fresh.items.filter(({ at }) => isWithin(span, at))],
  };
}

/**
 * Of the stored answers those whose engagement must be asked again: in an engagement that is touched, about an event that was looked at, or in none. Feedback hangs, however late it
 * comes, where the event hangs that its transaction was first asked about; that need not be the event the answer itself names, so one that hangs nowhere may hang now whatever changed.
 */
export function answersToAsk(stored: readonly ItemReading[], touched: ReadonlySet<string>, looked: ReadonlySet<string>): AnswersReading[] {
  return stored.flatMap((item) =>
    item.kind === 'answers' && (item.engagement === null || touched.has(item.engagement) || (item.about !== null && looked.has(item.about))) ? [item] : [],
  );
}

/** The engagements whose facts a core can alter: those of the contacts that lie in it, now or before, and those that the change touches. */
export function engagementsIn(core: Span, touched: ReadonlySet<string>, ...contacts: readonly (readonly ContactReading[])[]): ReadonlySet<string> {
  const found = new Set(touched);
  for (const contact of contacts.flat())
    if (contact.endedAt >= core.startAt && contact.at <= core.endAt) for (const { engagement } of contact.parts) if (engagement !== null) found.add(engagement);
  return found;
}

/** The engagements that a set of readings names. */
export const engagementsNamed = ({ contacts, items }: Readings): string[] =>
  [...contacts.flatMap(({ parts }) => parts.map(({ engagement }) => engagement)), ...items.map(({ engagement }) => engagement)].filter(
    (engagement) => engagement !== null,
  );

import type { Channel, Family, Instant } from '@throughline/contracts';
import { mainPart, type ContactReading, type PartReading } from './readings';
import type { Repeats } from './repeats';

/**
 * What one contact brought to one engagement: compact, kept in the store, so that an engagement is added up from these however long it lasts.
 * A contact with two parts in one engagement has one share in it, named after the larger.
 */
export interface EngagementShare {
  readonly engagement: string;
  readonly contact: string;
  readonly at: Instant;
  readonly endedAt: Instant;
  readonly startedBy: ContactReading['startedBy'];
  readonly asked: boolean;
  /** The contact counts for this engagement: its larger part is in it. */
  readonly counts: boolean;
  readonly channel: Channel | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly site: string | null;
  readonly agents: readonly string[];
  readonly intent: string;
  readonly family: Family;
  readonly intentConfidence: number;
  readonly settled: boolean;
  readonly transactions: number;
  readonly steps: number;
  readonly liveMs: number;
  readonly failed: boolean;
  readonly looksResolved: boolean;
  /** When somebody wrote down that it is resolved or sold. */
  readonly resolvedAt: Instant | null;
  readonly channelRepeatAt: Instant | null;
  /** The next contact about its matter, whoever started it. */
  readonly nextAt: Instant | null;
  readonly frustration: number;
}

/** The shares of one contact, one an engagement. `nextAbout`: the next contact about a part. */
export function sharesOf(
  contact: ContactReading,
  { channelRepeatAt }: Repeats,
  frustration: number,
  nextAbout: (part: PartReading) => Instant | null,
): EngagementShare[] {
  const engagements = [...new Set(contact.parts.flatMap(({ engagement }) => engagement ?? []))];
  return engagements.map((engagement) => {
    const parts = contact.parts.filter((part) => part.engagement === engagement);
    const counts = mainPart(contact).engagement === engagement;
    const named = counts ? mainPart(contact) : parts.reduce((best, part) => (part.share > best.share ? part : best));
    const sum = (of: (part: PartReading) => number): number => parts.reduce((total, part) => total + of(part), 0);
    return {
      engagement,
      contact: contact.anchor,
      at: contact.at,
      endedAt: contact.endedAt,
      startedBy: contact.startedBy,
      asked: contact.asked,
      counts,
      channel: contact.channel,
      queue: contact.queue,
      agent: contact.agent,
      site: contact.site,
      agents: contact.agents,
      intent: named.intent,
      family: named.family,
      intentConfidence: named.intentConfidence,
      settled: parts.every(({ settled }) => settled),
      transactions: contact.transactions,
      steps: sum(({ steps }) => steps),
      liveMs: sum(({ liveMs }) => liveMs),
      failed: parts.some(({ failed }) => failed !== null),
      looksResolved: counts ? contact.looksResolved : isResolved(named),
      resolvedAt: parts.reduce<Instant | null>((first, part) => earlier(first, isResolved(part) ? part.outcomeAt : null), null),
      channelRepeatAt,
      nextAt: nextAbout(named),
      frustration,
    };
  });
}

const isResolved = ({ outcome }: PartReading): boolean => outcome === 'resolved' || outcome === 'sold';
/** The earlier of two instants, where there is any. */
export const earlier = (a: Instant | null, b: Instant | null): Instant | null => (a === null ? b : b === null ? a : Math.min(a, b));

export const sharesInOrder = (a: EngagementShare, b: EngagementShare): number => a.at - b.at || (a.contact < b.contact ? -1 : a.contact > b.contact ? 1 : 0);

/** Shares by engagement, in order. */
export function sharesByEngagement(shares: readonly EngagementShare[]): ReadonlyMap<string, readonly EngagementShare[]> {
  const groups = new Map<string, EngagementShare[]>();
  for (const share of shares) {
    const group = groups.get(share.engagement);
    if (group) group.push(share);
    else groups.set(share.engagement, [share]);
  }
  for (const group of groups.values()) group.sort(sharesInOrder);
  return groups;
}

/** A contact and its place among those of its engagement, from 1. */
export interface ContactPlace {
  readonly contact: string;
  readonly place: number;
}

/** The contacts that have another place in their engagement than before. Both lists hold all shares of the engagements in question. */
export function movedPlaces(before: readonly EngagementShare[], after: readonly EngagementShare[]): ContactPlace[] {
  const was = new Map(placesOf(before).map(({ contact, place }) => [contact, place]));
  return placesOf(after).filter(({ contact, place }) => was.has(contact) && was.get(contact) !== place);
}

const placesOf = (shares: readonly EngagementShare[]): ContactPlace[] =>
  [...sharesByEngagement(shares).values()].flatMap((group) => group.flatMap(({ contact, counts }, index) => (counts ? [{ contact, place: index + 1 }] : [])));

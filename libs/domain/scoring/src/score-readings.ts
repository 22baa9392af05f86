import type { AnswerFact, ContactFact, Dimensions, EngagementFact, Instant, MenuVisitFact, QueueStayFact, ScoringSettings } from '@throughline/contracts';
import { answerFacts } from './answer-facts';
import { engagementFact } from './engagement-fact';
import { sharesByEngagement, sharesOf, type EngagementShare } from './engagement-share';
import { rateFrustration } from './rate-frustration';
import { inOrder, mainPart, type AnswersReading, type ContactReading, type MissedVisitReading, type Readings } from './readings';
import { earlierAbout, nextAbout, repeatsOf } from './repeats';
import { dayMs, type ScoredEngagement, type Span } from './scoring-input';
import { whyOptedOut } from './why-opted-out';

/** What is to be scored: everything, or what a change reaches. */
export interface Scope {
  /** Facts of contacts that touch it are wanted; null: all. The readings reach far enough beyond these for their neighbours (`neighboursOf`). */
  readonly core: Span | null;
  /** Engagements whose facts are wanted; null: all. */
  readonly engagements: ReadonlySet<string> | null;
  /** `survey.answered` events whose answers are wanted; null: all. */
  readonly answers: ReadonlySet<string> | null;
  /** Shares of these engagements in contacts outside the core, as they were stored. */
  readonly shares: readonly EngagementShare[];
}

export const everything: Scope = { core: null, engagements: null, answers: null, shares: [] };

export interface ScoredFacts {
  readonly contacts: readonly ContactFact[];
  readonly shares: readonly EngagementShare[];
  readonly stays: readonly QueueStayFact[];
  readonly visits: readonly MenuVisitFact[];
  readonly answers: readonly AnswerFact[];
  readonly engagements: readonly EngagementFact[];
}

/** Contacts this many days back count as a reason to leave a menu. */
const optOutDays = 7;

const isIn = (at: Instant, endedAt: Instant, core: Span | null): boolean => core === null || (endedAt >= core.startAt && at <= core.endAt);

/** The facts of a customer within a scope, from the readings of its contacts and items. Equal readings give equal facts, in whatever order they come. */
export function scoreReadings(
  customerId: string,
  readings: Readings,
  engagements: readonly ScoredEngagement[],
  settings: ScoringSettings,
  { core, engagements: wanted, answers: answered, shares: stored }: Scope = everything,
): ScoredFacts {
  const contacts = [...readings.contacts].sort(inOrder);
  const missed = readings.items.filter((item): item is MissedVisitReading => item.kind === 'missedVisit').sort(inOrder);
  const answers = readings.items.filter((item): item is AnswersReading => item.kind === 'answers');
  const fresh: EngagementShare[] = [];
  const facts: ContactFact[] = [];
  const stays: QueueStayFact[] = [];
  const visits: MenuVisitFact[] = [];
  contacts.forEach((contact, place) => {
    if (!isIn(contact.at, contact.endedAt, core)) return;
    const repeats = repeatsOf(contacts, place, settings.lookAheadDays);
    const earlier = earlierAbout(contacts, place, settings.lookBackDays);
    const missedVisits = missedBefore(contact, missed, settings.lookBackDays);
    const { score, ledger, unjudged } = rateFrustration({ contact, earlier, missedVisits }, settings);
    fresh.push(...sharesOf(contact, repeats, score, (part) => nextAbout(contacts, place, part, settings.lookAheadDays)));
    stays.push(...staysOf(customerId, contact));
    visits.push(...visitsOf(customerId, contact, () => earlierAbout(contacts, place, optOutDays), settings));
    facts.push({ customerId, ...contactFact(contact), ...repeats, frustration: score, ledger, unjudged });
  });
  const sharesIn = sharesByEngagement([...fresh, ...stored]);
  const placed = facts.map((fact) => ({ ...fact, place: placeOf(fact, sharesIn) }));
  const itemsIn = groupedBy(readings.items, ({ engagement }) => engagement);
  return {
    contacts: placed,
    shares: fresh,
    stays,
    visits,
    answers: answers
      .filter(({ anchor }) => answered === null || answered.has(anchor))
      .flatMap((reading) => answerFacts(customerId, reading, (reading.engagement !== null && sharesIn.get(reading.engagement)) || [])),
    engagements: engagements
      .filter(({ anchor }) => wanted === null || wanted.has(anchor))
      .flatMap((engagement) => engagementFact(customerId, engagement, sharesIn.get(engagement.anchor) ?? [], itemsIn.get(engagement.anchor) ?? []) ?? []),
  };
}

type Local = Omit<ContactFact, 'customerId' | 'repeatAt' | 'channelRepeatAt' | 'frustration' | 'ledger' | 'unjudged'>;

function contactFact(contact: ContactReading): Local {
  const main = mainPart(contact);
  return {
    anchor: contact.anchor,
    at: contact.at,
    endedAt: contact.endedAt,
    engagement: main.engagement,
    place: 1,
    ...dimensionsOf(contact),
    intentConfidence: main.intentConfidence,
    startedBy: contact.startedBy,
    agents: contact.agents,
    transactions: contact.transactions,
    events: contact.events,
    liveMs: contact.parts.reduce((sum, { liveMs }) => sum + liveMs, 0),
    outcome: main.outcome,
    failed: main.failed,
    looksResolved: contact.looksResolved,
  };
}

function dimensionsOf(contact: ContactReading): Dimensions {
  const { channel, queue, agent, site } = contact;
  const { intent, family } = mainPart(contact);
  return { channel, queue, agent, site, intent, family };
}

function placeOf({ engagement, anchor }: ContactFact, shares: ReadonlyMap<string, readonly EngagementShare[]>): number {
  return engagement === null ? 1 : shares.get(engagement)!.findIndex(({ contact }) => contact === anchor) + 1;
}

function missedBefore(contact: ContactReading, missed: readonly MissedVisitReading[], lookBackDays: number): string[] {
  const from = contact.at - lookBackDays * dayMs;
  return missed
    .filter(({ at, engagement }) => at >= from && at <= contact.endedAt && engagement !== null && contact.parts.some((part) => part.engagement === engagement))
    .map(({ anchor }) => anchor);
}

function staysOf(customerId: string, contact: ContactReading): QueueStayFact[] {
  const { intent, family } = mainPart(contact);
  return contact.stays.map((stay) => ({ customerId, contact: contact.anchor, intent, family, ...stay, waitMs: stay.leftAt - stay.at }));
}

function visitsOf(customerId: string, contact: ContactReading, earlier: () => readonly ContactReading[], settings: ScoringSettings): MenuVisitFact[] {
  return contact.menus.flatMap((menu) => {
    const optOut = menu.leftForPerson && menu.nodes.length > 0 ? whyOptedOut(menu, earlier(), settings) : null;
    return menu.nodes.map(({ node, at, dwellMs, invalidInputs }, index) => ({
      customerId,
      ...dimensionsOf(contact),
      channel: menu.channel,
      anchor: menu.anchor,
      contact: contact.anchor,
      at,
      place: index + 1,
      node,
      dwellMs,
      invalidInputs: invalidInputs.length,
      optOut: index === menu.nodes.length - 1 ? optOut : null,
    }));
  });
}

function groupedBy<Item>(items: readonly Item[], keyOf: (item: Item) => string | null): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

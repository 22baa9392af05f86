import type { AnswerFact, CanonicalEvent, ContactFact, EngagementFact, MenuVisitFact, QueueStayFact, ScoringSettings } from '@throughline/contracts';
import {
  answersToAsk,
  around,
  changedSpan,
  coreOf,
  engagementsIn,
  engagementsNamed,
  neighboursOf,
  reachOf,
  replaceReadings,
  type EngagementExtent,
} from './change-scope';
import { movedPlaces, type EngagementShare } from './engagement-share';
import { readJourney } from './read-journey';
import { everything, scoreReadings, type ScoredFacts } from './score-readings';
import type { Readings } from './readings';
import type { ScoringInput, Span } from './scoring-input';

/** What is stored of one customer's scores, in memory, for tests: a change reads and writes what `apps/scoring` does against Postgres, and nothing else. */
export class StoredScores {
  readings: Readings = { contacts: [], items: [] };
  private extents: EngagementExtent[] = [];
  contacts: ContactFact[] = [];
  shares: EngagementShare[] = [];
  stays: QueueStayFact[] = [];
  visits: MenuVisitFact[] = [];
  answers: AnswerFact[] = [];
  engagements: EngagementFact[] = [];
  /** Events read by the last change. */
  eventsRead = 0;

  constructor(private readonly settings: ScoringSettings) {}

  /** Scores everything. */
  rescore(input: ScoringInput): void {
    this.readings = readJourney(input, this.settings);
    this.extents = [...input.engagements];
    Object.assign(this, scoreReadings(input.customerId, this.readings, input.engagements, this.settings, everything));
  }

  /** Scores what a change of the events in `window` can have altered. `input` is the whole journey after it, of which only a part is looked at. */
  change(input: ScoringInput, window: Span): void {
    const { settings } = this;
    const reach = reachOf(window);
    const within = partOf(input, reach, this.anchorsIn(reach));
    const touched = new Set([...engagementsOf(within), ...engagementsNamed(this.storedIn(reach))]);
    const unsettled = new Set(
      this.shares.flatMap(({ engagement, settled, at, endedAt }) => (settled || (at <= reach.endAt && endedAt >= reach.startAt) ? [] : [engagement])),
    );
    const span = changedSpan(reach, touched, input.engagements, this.extents, unsettled);
    const part = partOf(input, span, this.anchorsIn(span));
    this.eventsRead = part.transactions.reduce((sum, { events }) => sum + events.length, 0);
    const fresh = readJourney(part, settings);
    const before = this.storedIn(span);
    for (const engagement of [...engagementsNamed(fresh), ...engagementsNamed(before)]) touched.add(engagement);
    const asked = this.askAnswers(input, touched, new Set(part.transactions.flatMap(({ events }) => events.map(({ id }) => id))));
    const core = coreOf(around(around(span, before.contacts), fresh.contacts), settings);
    const needed = neighboursOf(around(core, [...this.readings.contacts, ...fresh.contacts]), settings);
    const neighbours = this.storedIn(needed);
    const engagements = engagementsIn(core, touched, this.readings.contacts, fresh.contacts);
    const isCore = ({ at, endedAt }: { at: number; endedAt: number }): boolean => endedAt >= core.startAt && at <= core.endAt;
    const merged = replaceReadings(neighbours, fresh, span);
    const known = new Set(merged.items);
    const further = this.readings.items.filter(
      (item) =>
        ((item.engagement !== null && engagements.has(item.engagement)) || (item.kind === 'answers' && asked.has(item.anchor))) &&
        !known.has(item) &&
        !isWithin(span, item.at),
    );
    const items = [...merged.items, ...further];
    const answers = new Set([
      ...asked,
      ...answersIn(before.items),
      ...answersIn(items.filter(({ at, engagement }) => isWithin(span, at) || (engagement !== null && engagements.has(engagement)))),
    ]);
    const storedShares = this.shares.filter(({ engagement }) => engagements.has(engagement));
    const shares = storedShares.filter((share) => !isCore(share));
    const facts = scoreReadings(input.customerId, { contacts: merged.contacts, items }, input.engagements, settings, { core, engagements, answers, shares });
    this.replace(facts, answers, engagements, isCore);
    const places = new Map(movedPlaces(storedShares, [...shares, ...facts.shares]).map(({ contact, place }) => [contact, place]));
    this.contacts = this.contacts.map((fact) => ({ ...fact, place: places.get(fact.anchor) ?? fact.place }));
    this.readings = replaceReadings(this.readings, fresh, span);
    this.extents = [...input.engagements];
  }

  private askAnswers(input: ScoringInput, touched: Set<string>, looked: ReadonlySet<string>): ReadonlySet<string> {
    const asked = new Map(answersToAsk(this.readings.items, touched, looked).map((answer) => [answer.anchor, answer]));
    const engagementOf = new Map(input.transactions.flatMap(({ events, engagement }) => events.map(({ id }) => [id, engagement] as const)));
    const items = this.readings.items.map((item) =>
      item.kind === 'answers' && asked.has(item.anchor) ? { ...item, engagement: engagementOf.get(item.anchor) ?? null } : item,
    );
    for (const { anchor } of asked.values()) {
      const engagement = engagementOf.get(anchor) ?? null;
      if (engagement !== null) touched.add(engagement);
    }
    this.readings = { ...this.readings, items };
    return new Set(asked.keys());
  }

  private replace(
    facts: ScoredFacts,
    answers: ReadonlySet<string>,
    engagements: ReadonlySet<string>,
    isCore: (of: { at: number; endedAt: number }) => boolean,
  ): void {
    const gone = new Set(this.contacts.filter(isCore).map(({ anchor }) => anchor));
    this.contacts = [...this.contacts.filter((fact) => !isCore(fact)), ...facts.contacts];
    this.shares = [...this.shares.filter((share) => !isCore(share)), ...facts.shares];
    this.stays = [...this.stays.filter(({ contact }) => !gone.has(contact)), ...facts.stays];
    this.visits = [...this.visits.filter(({ contact }) => !gone.has(contact)), ...facts.visits];
    this.answers = [...this.answers.filter(({ anchor }) => !answers.has(anchor)), ...facts.answers];
    this.engagements = [...this.engagements.filter(({ anchor }) => !engagements.has(anchor)), ...facts.engagements];
  }

  private storedIn(span: Span): Readings {
    return {
      contacts: this.readings.contacts.filter(({ fromAt, toAt }) => fromAt <= span.endAt && toAt >= span.startAt),
      items: this.readings.items.filter(({ at }) => at >= span.startAt && at <= span.endAt),
    };
  }

  private anchorsIn(span: Span): ReadonlySet<string> {
    return new Set(this.storedIn(span).contacts.map(({ anchor }) => anchor));
  }
}

const isWithin = (span: Span, at: number): boolean => at >= span.startAt && at <= span.endAt;
const answersIn = (items: Readings['items']): string[] => items.flatMap(({ kind, anchor }) => (kind === 'answers' ? [anchor] : []));

/** What of a journey a span reads: the whole of every interaction with an event in it or with one of the stored anchors, and the loose events in it. */
export function partOf(input: ScoringInput, span: Span, anchors: ReadonlySet<string>): ScoringInput {
  const isIn = ({ occurredAt }: CanonicalEvent): boolean => occurredAt >= span.startAt && occurredAt <= span.endAt;
  const wanted = new Set(anchors);
  for (const { interaction, events } of input.transactions) if (interaction !== null && events.some(isIn)) wanted.add(interaction);
  const interactions = input.interactions.filter(({ anchor }) => wanted.has(anchor));
  return {
    ...input,
    interactions,
    transactions: input.transactions.flatMap((transaction) => {
      if (transaction.interaction !== null) return wanted.has(transaction.interaction) ? [transaction] : [];
      const events = transaction.events.filter(isIn);
      return events.length > 0 ? [{ ...transaction, events }] : [];
    }),
  };
}

function engagementsOf({ interactions, transactions }: ScoringInput): string[] {
  return [...interactions.flatMap(({ parts }) => parts.map(({ engagement }) => engagement)), ...transactions.map(({ engagement }) => engagement)].filter(
    (engagement) => engagement !== null,
  );
}

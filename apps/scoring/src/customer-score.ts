import type { ScoringSettings } from '@throughline/contracts';
import {
  answersToAsk,
  around,
  changedSpan,
  coreOf,
  engagementsIn,
  engagementsNamed,
  everything,
  movedPlaces,
  neighboursOf,
  reachOf,
  readJourney,
  replaceReadings,
  scoreReadings,
  type AnswersReading,
  type ContactPlace,
  type ContactReading,
  type EngagementExtent,
  type EngagementShare,
  type ItemReading,
  type Readings,
  type ScoredEngagement,
  type ScoredFacts,
  type Span,
} from '@throughline/domain-scoring';
import type { LockedCustomer } from './due-customers';
import type { JourneyPart } from './hierarchy-reader';

const nothing: Readings = { contacts: [], items: [] };
const isWithin = ({ startAt, endAt }: Span, at: number): boolean => at >= startAt && at <= endAt;

/** One customer while it is scored: what was loaded for it, and what the rules said, step by step. The steps ask nobody; `ScoreBatch` loads for many customers at once. */
export class CustomerScore {
  engagements: readonly ScoredEngagement[] = [];
  /** The time whose contacts are read anew; null: all of it. */
  span: Span | null;
  /** Of contacts that touch it facts are written. */
  core: Span | null = null;
  readonly touched = new Set<string>();
  part: JourneyPart = { transactions: [], interactions: [], events: 0 };
  /** Stored readings of the span, and those read anew. */
  before: Readings = nothing;
  fresh: Readings = nothing;
  /** Stored readings around the core. */
  private near: Readings = nothing;
  /** Stored answers whose engagement is asked again, and what they are now. */
  asked: readonly AnswersReading[] = [];
  answered: readonly AnswersReading[] = [];
  wanted: ReadonlySet<string> = new Set();
  answers: ReadonlySet<string> = new Set();
  facts: ScoredFacts | undefined;
  /** Contacts that have another place in their engagement than before, in the core or not. */
  places: readonly ContactPlace[] = [];

  constructor(
    readonly customer: LockedCustomer,
    private readonly settings: ScoringSettings,
    /** Null: only all events can tell. */
    window: Span | null,
  ) {
    this.span = window && reachOf(window);
  }

  get customerId(): string {
    return this.customer.customerId;
  }

  get isWhole(): boolean {
    return this.span === null;
  }

  /** Notes what was read of the span; `stored` are the stored readings of it. */
  take(part: JourneyPart, stored: Readings): void {
    this.part = part;
    this.before = stored;
    for (const { parts } of part.interactions) for (const { engagement } of parts) if (engagement !== null) this.touched.add(engagement);
    for (const { engagement } of part.transactions) if (engagement !== null) this.touched.add(engagement);
    for (const engagement of engagementsNamed(stored)) this.touched.add(engagement);
  }

  /** Widens the span where a change reaches further. True: more must be read. */
  widen(stored: readonly EngagementExtent[], unsettled: ReadonlySet<string>): boolean {
    if (!this.span) return false;
    const span = changedSpan(this.span, this.touched, this.engagements, stored, unsettled);
    const wider = span.startAt < this.span.startAt || span.endAt > this.span.endAt;
    this.span = span;
    return wider;
  }

  /** Reads the contacts and items of what was loaded. */
  read(): void {
    const { customerId, kind } = this.customer;
    const input = { customerId, known: kind === 'customer', ...this.part, engagements: this.engagements };
    this.fresh = kind === 'internal' ? nothing : readJourney(input, this.settings);
    for (const engagement of engagementsNamed(this.fresh)) this.touched.add(engagement);
  }

  /** Events that were looked at: a stored answer about one of them may hang elsewhere now. */
  lookedAt(): string[] {
    return this.part.transactions.flatMap(({ events }) => events.map(({ id }) => id));
  }

  /** Notes which stored answers must be asked again; those of the span are read anew anyway. */
  ask(stored: readonly ItemReading[]): readonly AnswersReading[] {
    const { span } = this;
    const outside = span ? stored.filter(({ at }) => !isWithin(span, at)) : [];
    this.asked = answersToAsk(outside, this.touched, new Set(this.lookedAt()));
    return this.asked;
  }

  /** Where those answers hang now. One that hung nowhere and still does is as it was. */
  hang(engagementOf: (event: string) => string | null): void {
    this.asked = this.asked.filter(({ anchor, engagement }) => engagement !== null || engagementOf(anchor) !== null);
    this.answered = this.asked.map((answer) => ({ ...answer, engagement: engagementOf(answer.anchor) }));
    for (const { engagement } of this.answered) if (engagement !== null) this.touched.add(engagement);
  }

  /** The core, and what it needs of its neighbours once the hull of the stored contacts in it is known. */
  reachOut(): Span | null {
    this.core = this.span && coreOf(around(around(this.span, this.before.contacts), this.fresh.contacts), this.settings);
    return this.core;
  }

  neighbours(hull: Span | undefined): Span {
    const core = this.core!;
    const wide = hull ? { startAt: Math.min(core.startAt, hull.startAt), endAt: Math.max(core.endAt, hull.endAt) } : core;
    return neighboursOf(around(wide, this.fresh.contacts), this.settings);
  }

  /** Which engagements are scored anew; `near`: stored readings around the core. */
  choose(near: Readings): ReadonlySet<string> {
    this.near = near;
    this.wanted = engagementsIn(this.core!, this.touched, near.contacts, this.fresh.contacts);
    return this.wanted;
  }

  /** The stored contacts whose facts a change may replace. */
  storedContacts(): ContactReading[] {
    return [...this.before.contacts, ...this.near.contacts.filter((contact) => this.isCore(contact))];
  }

  /** Scores. `far`: stored items of the chosen engagements, wherever they lie; `shares`: stored shares of these, all of them. */
  score(far: readonly ItemReading[], shares: readonly EngagementShare[]): void {
    const { customerId, engagements, settings, span, core } = this;
    if (!span || !core) {
      this.facts = scoreReadings(customerId, this.fresh, engagements, settings, everything);
      return;
    }
    const { contacts, items } = replaceReadings(this.near, this.fresh, span);
    const replaced = new Map(this.answered.map((answer) => [answer.anchor, answer]));
    const known = new Map<string, ItemReading>(far.filter(({ at }) => !isWithin(span, at)).map((item) => [`${item.kind}|${item.anchor}`, item]));
    for (const item of items) known.set(`${item.kind}|${item.anchor}`, item);
    for (const answer of replaced.values()) known.set(`answers|${answer.anchor}`, answer);
    const all = [...known.values()];
    this.answers = new Set([
      ...replaced.keys(),
      ...answersIn(this.before.items.filter(({ at }) => isWithin(span, at))),
      ...answersIn(all.filter(({ at, engagement }) => isWithin(span, at) || (engagement !== null && this.wanted.has(engagement)))),
    ]);
    const outside = shares.filter((share) => !this.isCore(share));
    this.facts = scoreReadings(customerId, { contacts, items: all }, engagements, settings, {
      core,
      engagements: this.wanted,
      answers: this.answers,
      shares: outside,
    });
    this.places = movedPlaces(shares, [...outside, ...this.facts.shares]);
  }

  /** Whether a stored contact is among those whose facts are written. */
  isCore({ at, endedAt }: { readonly at: number; readonly endedAt: number }): boolean {
    return this.core === null || (endedAt >= this.core.startAt && at <= this.core.endAt);
  }
}

const answersIn = (items: readonly ItemReading[]): string[] => items.flatMap(({ kind, anchor }) => (kind === 'answers' ? [anchor] : []));

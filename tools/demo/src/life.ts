import type {
  Channel,
  ContactLink,
  EventType,
  Family,
  Identifier,
  Instant,
  Intent,
  IssueKey,
  IssueKeyKind,
  IssueKeyState,
  System,
} from '@throughline/contracts';
import type { DemoEvent, Emit, SourceName } from './demo-event';
import type { CoachedDesk } from './coached-desk';
import type { OptOutReason, PlantedFact } from './planted-fact';
import { closesAtHour, hour, minute, opensAtHour, wallHour } from './local-time';
import { subject, type Person } from './person';
import type { Random } from './random';

/** A course of events that waits: it yields the instant at which it goes on, and returns its result. */
export type Script<Result = void> = Generator<Instant, Result, void>;

type Told = Partial<Omit<DemoEvent, 'source' | 'system' | 'type' | 'sourceEventId' | 'sourceSequence' | 'occurredAt'>>;

const nothing: readonly never[] = [];
const noAttributes = {};

export const key = (kind: IssueKeyKind, value: string, state?: IssueKeyState): IssueKey =>
  state === undefined ? { kind, namespace: namespaceOf[kind], value } : { kind, namespace: namespaceOf[kind], value, state };
const namespaceOf: Record<IssueKeyKind, string> = {
  ticket: 'crm',
  case: 'crm',
  order: 'shop',
  appointment: 'field',
  claim: 'shop',
  quote: 'shop',
  thread: 'mail',
  callback: 'pbx',
};
export const link = (kind: ContactLink['kind'], namespace: string, value: string): ContactLink => ({ kind, namespace, value });

/** What a customer wants in one issue. */
export interface Want {
  readonly family: Family;
  readonly intent: string;
}

/** One issue of one person while it lasts: the clock, the truth, and the only mouth through which its events leave. */
export class Life {
  /** The keys that the parties of this issue know by now; an agent writes the last one down. */
  readonly keys: IssueKey[] = [];
  /** What the customer asks for just now: where the parcel is, in the course of a purchase. */
  topic: Want;
  private blocks = 0;
  /** What the customer has gone through with it so far: about one for each thing that went wrong. */
  hardship = 0;
  /** Who served in it, in order. */
  readonly met: string[] = [];
  private solved = false;
  private readonly given: { readonly block: string; readonly at: Instant; endAt: Instant; readonly promised: boolean }[] = [];
  private told = 0;
  /** Name of the issue in the truth, with its family. */
  readonly issue: string;
  private interaction: string;
  private engagements: readonly string[];

  constructor(
    readonly person: Person,
    readonly random: Random,
    /** Unique in the world; every id of this issue starts with it. */
    readonly tag: string,
    readonly want: Want,
    public now: Instant,
    /** When the number that two customers own one after the other changes hands. */
    readonly phoneMovesAt: Instant,
    private readonly emit: Emit,
    /** Chance for what was planted later, so that the rest of the town stays as it was. */
    readonly side: Random,
    private readonly plant: (fact: PlantedFact) => void,
    /** The desk on which coaching is planted; not in towns that are not staged. */
    readonly desk?: CoachedDesk,
  ) {
    this.interaction = `${tag}.b0`;
    this.topic = want;
    this.issue = `${tag}/${want.family}`;
    this.engagements = [this.issue];
  }

  /** From here on the customer gives a new block of time. */
  newBlock(): void {
    if (this.given.length > 0) this.hardship += 0.6;
    this.interaction = `${this.tag}.b${++this.blocks}`;
    this.engagements = [this.issue];
  }

  /** The present block serves a second issue as well. Its events until now are told already: say it before the first. */
  alsoServes(issue: string): void {
    this.engagements = [this.issue, issue];
  }

  id(word: string): string {
    return `${word}-${this.tag}-${this.told}`;
  }

  /** An event that belongs to the present block of time. */
  say(source: SourceName, system: System, type: EventType, channel: Channel, at: Instant, more: Told): string {
    if ((more.presence ?? 'live') === 'live') this.give(at, more);
    return this.tell(source, system, type, channel, at, more, this.interaction, this.engagements);
  }

  /** An event of the issue outside every block of time: the company works alone. */
  note(source: SourceName, system: System, type: EventType, channel: Channel, at: Instant, more: Told): string {
    return this.tell(source, system, type, channel, at, { presence: 'away', initiator: 'system', ...more }, null, [this.issue]);
  }

  /** A question to the customer about the present block of time, and the answer: for all that the block served. */
  ask(source: SourceName, type: EventType, channel: Channel, at: Instant, more: Told): string {
    return this.tell(source, 'survey', type, channel, at, { purpose: 'feedback', presence: 'away', initiator: 'system', ...more }, null, this.engagements);
  }

  private give(at: Instant, more: Told): void {
    const last = this.given.at(-1);
    if (last?.block === this.interaction) last.endAt = Math.max(last.endAt, more.endedAt ?? at);
    else this.given.push({ block: this.interaction, at, endAt: more.endedAt ?? at, promised: more.startedBy === 'callback' });
  }

  /** How many times the customer has given time to it before, within so long before `at`. */
  triesWithin(ms: number, at: Instant): number {
    return this.given.filter(({ block, endAt }) => block !== this.interaction && at - endAt <= ms).length;
  }

  /** Somebody settles it. */
  settle(): void {
    this.solved = true;
  }

  plantOptOut(source: SourceName, sourceEventId: string, reason: OptOutReason): void {
    this.plant({ kind: 'optOut', source, sourceEventId, reason });
  }

  /** Says what became of it. */
  end(): void {
    const own = this.given.filter(({ promised }) => !promised);
    const [first, second] = own;
    if (!first) return;
    this.plant({
      kind: 'issue',
      person: this.person.id,
      issue: this.issue,
      blocks: own.length,
      firstEndAt: first.endAt,
      secondAt: second?.at ?? null,
      solved: this.solved,
    });
  }

  private tell(
    source: SourceName,
    system: System,
    type: EventType,
    channel: Channel,
    at: Instant,
    more: Told,
    interaction: string | null,
    engagements: readonly string[],
  ): string {
    const isOwn = (more.intents?.[0]?.family ?? this.want.family) === this.want.family;
    if (isOwn && (more.outcome === 'resolved' || more.outcome === 'sold')) this.solved = true;
    const sourceEventId = `${source}-${this.tag}-${this.told}`;
    const event: DemoEvent = {
      revision: 0,
      source,
      sourceEventId,
      sourceSequence: this.told++,
      occurredAt: at,
      system,
      type,
      channel,
      initiator: 'customer',
      presence: 'live',
      purpose: 'service',
      identifiers: nothing,
      contactLinks: nothing,
      issueKeys: nothing,
      intents: nothing,
      attributes: noAttributes,
      ...more,
    };
    this.emit(event, { person: this.person.id, interaction, engagements }, more.endedAt ?? at);
    return sourceEventId;
  }

  intent(by: Intent['by'], confidence: number, want: Want = this.topic): readonly Intent[] {
    return [{ intent: want.intent, family: want.family, confidence, by }];
  }

  /** What the exchange knows of a caller. */
  callerId(at: Instant): readonly Identifier[] {
    const { person, random } = this;
    if (person.kind === 'reusedPhone' && (person.index % 2 === 1) !== at < this.phoneMovesAt) return nothing;
    const phone = person.phones.length > 1 && random.chance(0.25) ? person.phones[1] : person.phones[0];
    if (phone === undefined) return random.chance(0.5) ? [subject('phone', 'anonymous')] : nothing;
    return [subject('phone', phone)];
  }

  /** What the company's own systems know the customer by. */
  known(): readonly Identifier[] {
    const { person } = this;
    if (person.number !== null && person.crmContact !== null)
      return this.random.chance(0.7)
        ? [subject('customerNumber', person.number, true)]
        : [subject('customerNumber', person.number, true), subject('crmContact', person.crmContact, true)];
    if (person.emails[0] !== undefined)
      return person.phones[0] === undefined ? [subject('email', person.emails[0])] : [subject('email', person.emails[0]), subject('phone', person.phones[0])];
    return nothing;
  }

  /** A login, and with it the address that a customer without a number registered with. */
  signedIn(): readonly Identifier[] {
    const { login, number, emails } = this.person;
    if (login === null) return nothing;
    return number === null && emails[0] !== undefined ? [subject('login', login, true), subject('email', emails[0])] : [subject('login', login, true)];
  }

  /** The organisation in whose name a contact is made, where it is. */
  actingFor(): readonly Identifier[] {
    const { organisation, kind } = this.person;
    return organisation !== null && (kind === 'actsForOrganisation' || this.random.chance(0.5))
      ? [{ kind: 'customerNumber', namespace: '', value: organisation, verified: false, role: 'actingFor' }]
      : nothing;
  }

  /** The device at hand. */
  device(): string {
    const { devices } = this.person;
    return devices.length === 1 || this.random.chance(0.7) ? (devices[0] as string) : this.random.pick(devices);
  }

  /** The next instant from `at` on when the centre answers. */
  whenOpen(at: Instant): Instant {
    const wall = wallHour(at);
    if (wall >= opensAtHour && wall < closesAtHour) return at;
    const opens = at + Math.round(((wall < opensAtHour ? opensAtHour : opensAtHour + 24) - wall) * hour);
    return opens + this.random.logNormal(75 * minute, 0.7);
  }

  /**
   * The customer comes back. `soon` is the chance that they stay with the matter: minutes later, in the same block of time. Otherwise it is another day or another part of
   * the day. A few come back after about half an hour, where nobody can tell: the longer they were away, the less it is one block.
   */
  *comeBack(end: Instant, soon: number, later: { readonly medianMs: number; readonly sigma: number } = nextDay): Script {
    const { random } = this;
    const u = random.next();
    if (u < 0.1) {
      const gap = random.logNormal(30 * minute, 0.5);
      if (!random.chance(1 / (1 + (gap / (30 * minute)) ** 4))) this.newBlock();
      yield* this.waitUntil(end + gap);
    } else if (u < soon) {
      yield* this.waitUntil(end + random.logNormal(4 * minute, 0.8));
    } else {
      this.newBlock();
      yield* this.waitUntil(this.whenOpen(end + random.logNormal(later.medianMs, later.sigma)));
    }
  }

  /** Where nobody answers at this hour, the customer gives it another block of time. */
  *waitForOpening(): Script {
    const opens = this.whenOpen(this.now);
    if (opens === this.now) return;
    this.newBlock();
    yield* this.waitUntil(opens);
  }

  *waitUntil(at: Instant): Script {
    this.now = at;
    yield at;
  }
}

/** How long people leave a matter that they have not settled. */
export const nextDay = { medianMs: 20 * hour, sigma: 0.9 };

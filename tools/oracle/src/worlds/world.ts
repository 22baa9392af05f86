import {
  defaultHierarchySettings,
  defaultIdentitySettings,
  type CanonicalEvent,
  type Correction,
  type Decision,
  type Family,
  type IssueKeyState,
} from '@throughline/contracts';
import { Dice } from './dice';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A small world of facts. The order of `events` is that of arrival. */
export interface World {
  readonly events: readonly CanonicalEvent[];
  readonly decisions: readonly Decision[];
  readonly corrections: readonly Correction[];
  readonly asOf: number;
}

const hierarchyLimits = [
  ...new Set([
    ...Object.values(defaultHierarchySettings.transactionGapMs),
    defaultHierarchySettings.keyReuseMs,
    defaultHierarchySettings.openForMs,
    10 * minute,
    30 * minute,
    60 * minute,
    defaultHierarchySettings.agentItemMs,
    defaultHierarchySettings.borrowMs,
    ...Object.values(defaultHierarchySettings.families).flatMap(({ windowMs, reopenMs }) => [windowMs, reopenMs]),
    defaultHierarchySettings.keySilenceMs,
  ]),
];
const identityLimits = [
  defaultIdentitySettings.kinds.phone.quietGapMs!,
  defaultIdentitySettings.kinds.device.quietGapMs!,
  defaultIdentitySettings.contactQuietGapMs,
  defaultIdentitySettings.reachBackMs,
  defaultIdentitySettings.reachForwardMs,
];

const reachLimits = [defaultIdentitySettings.reachBackMs, defaultIdentitySettings.reachForwardMs, defaultIdentitySettings.kinds.phone.quietGapMs!];

export const startOfWorlds = Date.UTC(2026, 2, 2, 8);

/** Next instants that stand to an earlier event exactly at a limit, one millisecond before or after it, at the same instant, or a little later. */
function nextAt(dice: Dice, events: readonly CanonicalEvent[], limits: readonly number[], sharpness = 0.35): number {
  if (events.length === 0) return startOfWorlds;
  const reference = dice.chance(0.7) ? events[events.length - 1]! : dice.pick(events);
  const from = dice.chance(0.6) ? (reference.endedAt ?? reference.occurredAt) : reference.occurredAt;
  const kind = dice.next();
  if (kind < sharpness) return from + dice.pick(limits) + dice.pick([-1, 0, 1]);
  if (kind < sharpness + 0.1) return from;
  if (kind < 0.75) return from + dice.whole(1, 20 * minute);
  if (kind < 0.9) return from + dice.whole(1, 3 * hour);
  if (kind < 0.97) return from + dice.whole(1, 10 * day);
  return Math.max(0, from - dice.pick(limits) + dice.pick([-1, 0, 1]));
}

const blank = {
  revision: 0,
  source: 'desk',
  sourceSequence: 0,
  initiator: 'customer',
  presence: 'live',
  purpose: 'service',
  identifiers: [],
  contactLinks: [],
  issueKeys: [],
  intents: [],
  attributes: {},
} as const;

type Shape = Partial<Omit<CanonicalEvent, 'id' | 'occurredAt' | 'system' | 'type' | 'channel'>> & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>;

export function eventOf(id: string, occurredAt: number, shape: Shape): CanonicalEvent {
  return { ...blank, id, sourceEventId: id, occurredAt, receivedAt: occurredAt, ...shape } as CanonicalEvent;
}

/** What one customer's contacts may look like; fields are then changed at random. */
const shapes: readonly ((dice: Dice) => Shape)[] = [
  (dice) => ({ system: 'ivr', type: dice.pick(['entered', 'keyPressed', 'nodeEntered', 'left']), channel: 'voice', source: 'phone' }),
  (dice) => ({
    system: 'acd',
    type: dice.pick(['enqueued', 'abandoned', 'dequeued', 'callbackAccepted']),
    channel: 'voice',
    source: 'phone',
    queue: dice.pick(['q1', 'q2']),
  }),
  (dice) => ({
    system: 'agent',
    type: dice.pick(['connected', 'held', 'ended', 'disposed', 'wrappedUp']),
    channel: 'voice',
    source: 'phone',
    agent: dice.pick(['a1', 'a2']),
  }),
  (dice) => ({
    system: 'agent',
    type: dice.pick(['connected', 'ended', 'disposed', 'wrappedUp']),
    channel: 'voice',
    source: 'phone',
    agent: dice.pick(['a1', 'a2']),
    presence: dice.pick(['live', 'away']),
  }),
  () => ({ system: 'agent', type: 'attempted', channel: 'voice', source: 'phone', agent: 'a1', initiator: 'agent', presence: 'away', ending: 'noAnswer' }),
  () => ({ system: 'agent', type: 'monitored', channel: 'voice', source: 'phone', agent: 'a9', initiator: 'agent', presence: 'observer' }),
  (dice) => ({ system: 'chat', type: dice.pick(['started', 'messageReceived', 'ended']), channel: 'chat', source: 'chat' }),
  () => ({ system: 'chat', type: 'messageSent', channel: 'chat', source: 'chat', initiator: 'agent', presence: 'away', agent: 'a1' }),
  (dice) => ({ system: 'messaging', type: dice.pick(['messageReceived', 'ended']), channel: 'messaging', source: dice.pick(['chat', 'wire']) }),
  () => ({ system: 'email', type: 'messageReceived', channel: 'email', source: 'mail' }),
  () => ({ system: 'email', type: 'messageSent', channel: 'email', source: 'mail', initiator: 'agent', presence: 'away', agent: 'a2' }),
  (dice) => ({ system: 'web', type: dice.pick(['pageViewed', 'clicked', 'formSent', 'identified']), channel: dice.pick(['web', 'app']), source: 'site' }),
  (dice) => ({
    system: 'crm',
    type: dice.pick(['ticketOpened', 'ticketChanged', 'ticketClosed', 'ticketReopened', 'noteWritten']),
    channel: 'voice',
    source: 'desk',
    initiator: dice.pick(['agent', 'agent', 'system']),
    presence: 'away',
    ...(dice.chance(0.6) ? { agent: dice.pick(['a1', 'a2']) } : {}),
  }),
  (dice) => ({
    system: 'order',
    type: dice.pick(['placed', 'delivered', 'cancelled', 'shipped', 'quoted']),
    channel: 'web',
    source: 'shop',
    initiator: dice.pick(['customer', 'system', 'agent']),
    presence: dice.pick(['live', 'away', 'away']),
  }),
  (dice) => ({
    system: 'field',
    type: dice.pick(['arrived', 'completed', 'booked']),
    channel: 'field',
    source: 'field',
    presence: dice.pick(['live', 'away']),
    initiator: 'agent',
  }),
  (dice) => ({
    system: 'survey',
    type: dice.pick(['sent', 'answered']),
    channel: dice.pick(['voice', 'email']),
    source: 'survey',
    purpose: 'feedback',
    initiator: 'system',
    presence: dice.pick(['none', 'live']),
  }),
  () => ({ system: 'campaign', type: 'sent', channel: 'email', source: 'mail', purpose: 'marketing', initiator: 'system', presence: 'away' }),
  (dice) => ({ system: 'social', type: dice.pick(['posted', 'replied']), channel: 'social', source: 'wire' }),
];

const families = ['fault', 'billing', 'purchase', 'delivery', 'information', 'unknown'] as const;

/** What a hierarchy world is about. */
interface HierarchyTheme {
  readonly size: number;
  readonly limits: readonly number[];
  readonly sharpness: number;
  readonly shapes: readonly ((dice: Dice) => Shape)[];
  readonly families: readonly Family[];
  readonly sessions: number;
  readonly links: number;
  readonly keys: number;
  readonly keyNames: readonly string[];
  readonly keyStates: readonly (IssueKeyState | undefined)[];
  readonly wants: number;
  readonly endings: number;
  readonly outcomes: number;
  readonly corrections: number;
}

const anyState = [undefined, undefined, 'opened', 'closed', 'reopened', 'cancelled'] as const;
const plainVisit = (): Shape => ({ system: 'web', type: 'pageViewed', channel: 'web', source: 'site' });

function hierarchyTheme(dice: Dice): HierarchyTheme {
  const anything = {
    size: dice.chance(0.7) ? dice.whole(1, 14) : dice.whole(15, 60),
    limits: dice.chance(0.4) ? hierarchyLimits.filter((limit) => limit <= 4 * hour) : hierarchyLimits,
    sharpness: 0.35,
    shapes: dice.chance(0.5) ? dice.shuffle(shapes).slice(0, 4) : shapes,
    families: dice.shuffle(families).slice(0, dice.whole(1, 4)),
    sessions: 0.35,
    links: dice.pick([0, 0.2, 0.6]),
    keys: dice.pick([0, 0.3, 0.7]),
    keyNames: ['ticket:1', 'ticket:2', 'order:1', 'order:2', 'thread:1'],
    keyStates: anyState,
    wants: dice.pick([0, 0.3, 0.7]),
    endings: 0.15,
    outcomes: 0.15,
    corrections: 0.35,
  };
  if (dice.chance(0.6)) return anything;
  const family = dice.pick(families);
  const { windowMs, reopenMs } = defaultHierarchySettings.families[family];
  const sharp = {
    ...anything,
    size: dice.whole(2, 7),
    sharpness: 0.8,
    shapes: [plainVisit],
    families: [family],
    sessions: 0,
    links: 0,
    keys: 0,
    wants: 0.9,
    endings: 0,
    outcomes: 0,
    corrections: 0.1,
  };
  const theme = dice.pick(['runs', 'keys', 'keys', 'sessions', 'failures', 'links', 'silence', 'talk', 'talk', 'streams', 'between'] as const);
  if (theme === 'runs') return { ...sharp, limits: [windowMs, reopenMs], outcomes: 0.5 };
  if (theme === 'keys')
    return {
      ...sharp,
      limits: [reopenMs],
      keys: 1,
      keyNames: ['ticket:1'],
      keyStates: ['closed', 'closed', 'opened', 'reopened', undefined],
      wants: dice.pick([0, 0.6, 1]),
      families: dice.pick([[family], families]),
    };
  if (theme === 'sessions') return { ...sharp, limits: [defaultHierarchySettings.keyReuseMs], sessions: 1, shapes: dice.shuffle(shapes).slice(0, 1) };
  if (theme === 'failures') return { ...sharp, limits: [defaultHierarchySettings.borrowMs], endings: 0.7, wants: 0.4 };
  if (theme === 'between')
    return { ...sharp, size: dice.whole(3, 5), sharpness: 1, limits: [dice.pick([2 * hour, day])], wants: 0.5, families: ['fault', 'billing'] };
  if (theme === 'talk')
    return {
      ...sharp,
      sharpness: 0,
      shapes: shapes.slice(2, 4),
      sessions: 0.8,
      wants: 0.8,
      keys: 0.3,
      families: dice.shuffle(families).slice(0, 3),
      corrections: 0.3,
    };
  if (theme === 'streams') {
    const shape = dice.pick(shapes);
    return { ...sharp, limits: [defaultHierarchySettings.transactionGapMs[shape(dice).system]], shapes: [shape], wants: 0 };
  }
  if (theme === 'links') return { ...sharp, limits: [defaultHierarchySettings.keyReuseMs], links: 1 };
  return { ...sharp, limits: [defaultHierarchySettings.keySilenceMs], keys: 1, keyNames: ['ticket:1', 'thread:1'], keyStates: [undefined, 'opened'] };
}

/** The events of one customer, with corrections: dense in equal keys, links, limits and ties. */
export function hierarchyWorld(seed: number): World & { readonly decidedBy: ReadonlyMap<string, string | null> } {
  const dice = new Dice(seed);
  const theme = hierarchyTheme(dice);
  const events: CanonicalEvent[] = [];
  while (events.length < theme.size) events.push(contactOf(dice, theme, events));
  const decidedBy = new Map(events.map(({ id }) => [id, dice.pick(['customerNumber::1', 'customerNumber::1', 'phone::+12025550143', null])]));
  const corrections = dice.chance(theme.corrections) ? Array.from({ length: dice.whole(1, 3) }, () => correctionOf(dice, events)) : [];
  const last = events.reduce((latest, event) => Math.max(latest, event.endedAt ?? event.occurredAt), 0);
  const { occurredAt, endedAt } = dice.pick(events);
  const asOf = dice.chance(0.5)
    ? (endedAt ?? occurredAt) + dice.pick(hierarchyLimits) + dice.pick([-1, 0, 1])
    : last + dice.pick([0, 1, hour, 4 * hour, 7 * day, 30 * day, 61 * day]);
  return { events: dice.shuffle(events), decisions: [], corrections, asOf, decidedBy };
}

function contactOf(dice: Dice, theme: HierarchyTheme, events: readonly CanonicalEvent[]): CanonicalEvent {
  const at = nextAt(dice, events, theme.limits, theme.sharpness);
  const shape: Record<string, unknown> = { ...dice.pick(theme.shapes)(dice) };
  if (dice.chance(theme.sessions)) shape.sessionKey = dice.pick(['s1', 's2']);
  if (dice.chance(0.2)) shape.clientKey = dice.pick(['c1', 'c2']);
  if (dice.chance(0.3)) shape.endedAt = at + dice.pick([0, 1, minute, 5 * minute, 30 * minute, dice.whole(0, hour)]);
  if (dice.chance(0.3)) shape.sourceSequence = dice.whole(0, 2);
  if (dice.chance(theme.links))
    shape.contactLinks = Array.from({ length: dice.whole(1, 2) }, () => ({
      kind: dice.pick(['call', 'conversation']),
      namespace: '',
      value: dice.pick(['1', '2']),
    }));
  if (dice.chance(theme.keys)) {
    const keys = new Map(Array.from({ length: dice.whole(1, 2) }, () => [dice.pick(theme.keyNames), dice.pick(theme.keyStates)]));
    shape.issueKeys = [...keys].map(([key, state]) => ({ kind: key.split(':')[0], namespace: '', value: key.split(':')[1], ...(state ? { state } : {}) }));
  }
  if (shape.system === 'order' && dice.chance(0.8)) shape.issueKeys = [{ kind: 'order', namespace: '', value: dice.pick(['1', '2']) }];
  if (shape.system === 'crm' && dice.chance(0.7)) {
    const state = { ticketOpened: 'opened', ticketClosed: 'closed', ticketReopened: 'reopened' }[shape.type as string];
    shape.issueKeys = [{ kind: 'ticket', namespace: '', value: dice.pick(['1', '2']), ...(state ? { state } : {}) }];
  }
  if (dice.chance(theme.wants))
    shape.intents = Array.from({ length: dice.whole(1, 2) }, () => ({
      intent: 'wish',
      family: dice.pick(theme.families),
      confidence: dice.pick([499, 500, 700, 700, 1000]),
      by: dice.pick(['person', 'disposition', 'text', 'text', 'menu']),
    }));
  if (dice.chance(theme.endings)) shape.ending = dice.pick(['completed', 'transferred', 'abandoned', 'technical', 'technical', 'noAnswer']);
  if (dice.chance(theme.outcomes)) shape.outcome = dice.pick(['resolved', 'sold', 'lost', 'cancelled', 'unresolved']);
  if (dice.chance(0.06)) shape.startedBy = 'callback';
  if (shape.purpose === 'feedback' && events.length > 0 && dice.chance(0.7)) shape.aboutEventId = dice.pick(events).id;
  return eventOf(dice.uuid(), at, shape as Shape);
}

/** A person's correction of something in these events. */
export function correctionOf(dice: Dice, events: readonly CanonicalEvent[]): Correction {
  const common = { id: dice.uuid(), at: startOfWorlds + dice.whole(0, 3), by: 'eva' };
  const level = dice.pick(['interaction', 'engagement'] as const);
  const eventId = dice.pick(events).id;
  const kind = dice.pick(['join', 'cut', 'move', 'relabel'] as const);
  if (kind === 'relabel') return { ...common, kind, eventId, family: dice.pick(families) };
  if (kind === 'cut') return { ...common, kind, level, eventId };
  return { ...common, kind, level, eventId, toEventId: dice.pick(events).id };
}

const people = ['1', '2', '3', '4'];

/** What an identity world is about: the same pools of values, met in other proportions. */
const themes = ['anything', 'anything', 'limits', 'sessions', 'shared', 'devices', 'reach'] as const;

/** Several people who share phones, browsers and sessions: every value may meet every other. */
export function identityWorld(seed: number): World {
  const dice = new Dice(seed);
  const theme = dice.pick(themes);
  const events: CanonicalEvent[] = [];
  const size = theme === 'reach' ? dice.whole(2, 6) : dice.chance(0.7) ? dice.whole(1, 14) : dice.whole(15, 45);
  const population = people.slice(0, theme === 'limits' ? 1 : dice.whole(1, 4));
  const contactless = theme === 'reach';
  const limits =
    theme === 'sessions'
      ? [defaultIdentitySettings.contactQuietGapMs]
      : contactless
        ? reachLimits
        : dice.chance(0.5)
          ? [dice.pick(identityLimits)]
          : identityLimits;
  const share = {
    anything: { number: dice.pick([0.1, 0.3, 0.5]), weak: 0.2, phone: 0.35, device: 0.25, session: 0.4, other: 0.06 },
    limits: { number: 0.7, weak: 0.5, phone: 0.3, device: 0, session: 0.1, other: 0.12 },
    sessions: { number: 0.25, weak: 0.25, phone: 0.25, device: 0.1, session: 0.9, other: 0.03 },
    shared: { number: 0.6, weak: 0.35, phone: 0.3, device: 0.05, session: 0.1, other: 0.12 },
    devices: { number: 0.2, weak: 0.05, phone: 0.05, device: 0.9, session: 0.1, other: 0.02 },
    reach: { number: 0.45, weak: 0, phone: 0.35, device: 0.9, session: 0, other: 0 },
  }[theme];
  for (let count = 0; count < size; count += 1) {
    const at = nextAt(dice, events, limits, contactless ? 0.85 : 0.35);
    const shape: Record<string, unknown> = { ...dice.pick(shapes)(dice) };
    const person = dice.pick(population);
    const identifiers: unknown[] = [];
    const show = (kind: string, namespace: string, value: string): void => {
      identifiers.push({ kind, namespace, value, verified: dice.chance(0.4), role: dice.chance(0.85) ? 'subject' : dice.pick(['actingFor', 'mentioned']) });
    };
    const own = (name: string): string => {
      if (theme === 'limits') return `${name}${dice.whole(1, 8)}`;
      if (theme === 'shared') return `${name}1`;
      return `${name}${person}`;
    };
    if (dice.chance(share.number)) show('customerNumber', dice.pick(['', '', '', 'b']), dice.pick([`10${person}`, `10-${person} `]));
    if (dice.chance(share.weak)) show('email', dice.pick(['', 'x']), dice.pick([`${own('p')}@x.org`, `${own('P')}@X.org `]));
    if (dice.chance(share.phone))
      show(
        'phone',
        '',
        dice.pick(['+1 202 555 0143', '(202) 555-0143', contactless ? '+12025550143' : `+120255501${own('5').padStart(2, '0')}`, '12345', 'anonymous']),
      );
    if (dice.chance(share.weak)) show('login', '', own('user'));
    if (dice.chance(share.other)) show('socialHandle', 'net', dice.pick([`@${own('Nick')}`, own('nick')]));
    if (dice.chance(share.other)) show('socialHandle', 'web', own('nick'));
    if (dice.chance(share.other)) show('account', '', dice.pick(['AC 1', 'ac-2']));
    if (dice.chance(share.other)) show('crmContact', '', dice.pick(['k1', 'k2']));
    if (dice.chance(share.other)) show('cardToken', '', dice.pick(['t1', 't2']));
    if (dice.chance(share.other)) show('loyalty', '', dice.pick(['l1', 'l2']));
    if (dice.chance(share.other)) show('nationalId', '', `n${person}`);
    if (dice.chance(share.other)) show('contract', '', dice.pick(['v1', 'unknown', '000']));
    if (dice.chance(share.device)) show('cookie', 'site', contactless ? 'k1' : dice.pick(['k1', 'k1', 'k2']));
    if (!contactless && dice.chance(share.device / 2)) show('device', 'app', dice.pick(['d1', 'd2']));
    shape.identifiers = dice.shuffle(identifiers);
    if (dice.chance(share.session)) shape.sessionKey = dice.pick(['s1', 's2', 's3'].slice(0, theme === 'sessions' ? 1 : 3));
    if (dice.chance(share.session)) shape.clientKey = dice.pick(['c1', 'c1', 'c2']);
    if (theme === 'sessions') shape.source = 'site';
    if (!contactless && dice.chance(0.2))
      shape.contactLinks = Array.from({ length: dice.whole(1, 2) }, () => ({
        kind: dice.pick(['call', 'chain']),
        namespace: '',
        value: dice.pick(['1', '2']),
      }));
    if (dice.chance(0.2)) shape.endedAt = at + dice.pick([0, minute, hour]);
    if (dice.chance(0.2)) shape.sourceSequence = dice.whole(0, 2);
    if (dice.chance(0.05)) shape.startedBy = 'callback';
    if (dice.chance(0.05)) shape.purpose = 'internal';
    events.push(eventOf(dice.uuid(), at, shape as Shape));
  }
  const decisions = dice.chance(0.45) ? Array.from({ length: dice.whole(1, 5) }, () => decisionOf(dice, events)) : [];
  return { events: dice.shuffle(events), decisions, corrections: [], asOf: startOfWorlds + 400 * day };
}

/** People and their contacts at once: few people, many equal keys, links and limits of every level. */
export function wholeWorld(seed: number): World {
  const dice = new Dice(seed);
  const people = identityWorld(dice.whole(1, 0x7fffffff));
  const contacts = hierarchyWorld(dice.whole(1, 0x7fffffff));
  const shown = people.events.map((event) => event.identifiers);
  const events = contacts.events.map((event) => ({ ...event, identifiers: dice.chance(0.85) ? dice.pick(shown) : [] }));
  return { events: dice.shuffle([...events, ...people.events.slice(0, 10)]), decisions: [], corrections: [], asOf: contacts.asOf };
}

/** A person's decision about values seen in these events, now and then about one never seen. */
export function decisionOf(dice: Dice, events: readonly CanonicalEvent[]): Decision {
  const seen = events.flatMap((event) => event.identifiers.map(({ kind, namespace, value }) => ({ kind, namespace, value })));
  const value = () => (seen.length > 0 && dice.chance(0.93) ? dice.pick(seen) : ({ kind: 'email', namespace: '', value: 'never@seen.org' } as const));
  const at = dice.pick(events).occurredAt + dice.whole(-1, 1);
  const common = { id: dice.uuid(), at, by: 'eva' };
  const kind = dice.pick(['same', 'same', 'different', 'different', 'assign', 'household'] as const);
  if (kind !== 'assign') return { ...common, kind, a: value(), b: value() };
  const from = dice.pick(events).occurredAt + dice.whole(-1, 1);
  return { ...common, kind, value: value(), to: value(), from, ...(dice.chance(0.5) ? { until: from + dice.pick([0, 1, day, 90 * day]) } : {}) };
}

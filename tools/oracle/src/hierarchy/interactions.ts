import type { Channel, Correction, HierarchySettings, Membership } from '@throughline/contracts';
import { flood, noteLimit, type Note } from '../flood';
import { alone, correct, evidenceOf, liesBetween, type Edge } from './edges';
import { inOrder, inOrderOfFact, type Reading } from './reading';
import type { Transaction } from './transactions';

export interface Interaction {
  readonly kind: 'contact' | 'attempt';
  /** Contact transactions, or the attempts; in order of anchor. */
  readonly members: readonly Transaction[];
  /** Items and side transactions. */
  readonly attached: readonly Transaction[];
  readonly why: ReadonlyMap<Transaction, Membership>;
  readonly readings: readonly Reading[];
  readonly anchor: Reading;
}

interface Contact {
  readonly members: readonly Transaction[];
  readonly start: number;
  readonly end: number;
  readonly anchor: Reading;
}

/** docs/rules.md 2.2: an edge is tried between every two contact transactions; then attempts, then items, each on its own. */
export function interactionsOf(
  transactions: readonly Transaction[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
  note: Note,
): { interactions: Interaction[]; loose: Transaction[] } {
  const contacts = transactions.filter((transaction) => transaction.live);
  const holder = (eventId: string): Transaction | undefined => transactions.find(({ readings }) => readings.some((reading) => reading.id === eventId));
  const eventOf = (eventId: string): Reading | undefined => holder(eventId)?.readings.find((reading) => reading.id === eventId);
  const contactOf = (eventId: string): Transaction | undefined => {
    const found = holder(eventId);
    return found?.live ? found : undefined;
  };
  const natural = contacts.flatMap((a, index) => contacts.slice(index + 1).flatMap((b) => edgesBetween(a, b, settings, note)));
  const edges = correct(natural, corrections, 'interaction', contactOf, eventOf);
  const tied = new Map(contacts.map((contact) => [contact, new Set<Transaction>()]));
  for (const { a, b } of edges) {
    tied.get(a)!.add(b);
    tied.get(b)!.add(a);
  }
  const groups: Contact[] = flood(contacts, (a, b) => tied.get(a)!.has(b)).map((members) => ({
    members,
    start: Math.min(...members.map((member) => member.live!.start)),
    end: Math.max(...members.map((member) => member.live!.end)),
    anchor: members[0]!.anchor,
  }));

  const cuts = corrections.flatMap((correction) =>
    correction.kind === 'cut' && correction.level === 'interaction' ? (eventOf(correction.eventId) ?? []) : [],
  );
  const shared = (a: Transaction, b: Transaction): string[] =>
    cuts.some((cut) => liesBetween(cut, a.anchor, b.anchor)) ? [] : [...a.pieces].flatMap(([piece, value]) => (b.pieces.has(piece) ? [value] : [])).sort();
  const placed = (item: Transaction): Transaction | undefined => placedByPerson(item, corrections, holder, eventOf);

  const others = transactions.filter((transaction) => !transaction.live);
  const attempts = others.filter((item) => item.attempt && !placed(item) && !contacts.some((contact) => shared(item, contact).length > 0));
  const tries = flood(attempts, (a, b) => shared(a, b).length > 0);

  const attached = new Map<Contact | Transaction[], { item: Transaction; why: Membership }[]>();
  const loose: Transaction[] = [];
  for (const item of others.filter((other) => !attempts.includes(other))) {
    const found = parentOf(item, groups, tries, placed(item), shared, cuts, settings, note);
    if (!found) loose.push(item);
    else attached.set(found.parent, [...(attached.get(found.parent) ?? []), found]);
  }

  const build = (kind: 'contact' | 'attempt', parent: Contact | Transaction[], members: readonly Transaction[], memberEdges: readonly Edge<Transaction>[]) => {
    const items = attached.get(parent) ?? [];
    const readings = [...members, ...items.map(({ item }) => item)].flatMap((transaction) => transaction.readings).sort(inOrder);
    const why = new Map([
      ...members.map((member) => [member, members.length === 1 ? alone : evidenceOf(member, memberEdges)] as const),
      ...items.map((entry) => [entry.item, entry.why] as const),
    ]);
    for (const { rule } of why.values()) note(`membership: transaction ${rule}`);
    return { kind, members, attached: items.map(({ item }) => item), why, readings, anchor: readings[0]! };
  };
  const tryEdges = attempts.flatMap((a, index) => attempts.slice(index + 1).flatMap((b) => shared(a, b).map((value) => linkEdge(a, b, value))));
  const interactions = [
    ...groups.map((group) => build('contact', group, group.members, edges)),
    ...tries.map((members) => build('attempt', members, members, tryEdges)),
  ];
  if (tries.length > 0) note('interaction: attempt');
  if (loose.length > 0) note('item: loose');
  return { interactions, loose };
}

const linkEdge = (a: Transaction, b: Transaction, value: string): Edge<Transaction> => ({
  a,
  b,
  rule: 'link',
  value,
  gapMs: null,
  limitMs: null,
  confidence: 1000,
});

function edgesBetween(a: Transaction, b: Transaction, settings: HierarchySettings, note: Note): Edge<Transaction>[] {
  const edges = [...a.pieces].flatMap(([piece, value]) => (b.pieces.has(piece) ? [linkEdge(a, b, value)] : []));
  const [first, second] = a.live!.start < b.live!.start || (a.live!.start === b.live!.start && inOrder(a.anchor, b.anchor) < 0) ? [a, b] : [b, a];
  const gap = second.live!.start - first.live!.end;
  const limit = gapLimit(a.channel as Channel, b.channel as Channel, settings);
  noteLimit(note, 'timeBlock', gap, limit);
  if (gap <= 0) edges.push({ a, b, rule: 'overlap', value: null, gapMs: 0, limitMs: null, confidence: 950 });
  else if (gap <= limit) edges.push({ a, b, rule: 'timeBlock', value: null, gapMs: gap, limitMs: limit, confidence: 950 - Math.floor((350 * gap) / limit) });
  return edges;
}

function gapLimit(a: Channel, b: Channel, { interactionGapMs }: HierarchySettings): number {
  if (interactionGapMs.asynchronous.includes(a) || interactionGapMs.asynchronous.includes(b)) return interactionGapMs.withAsynchronous;
  if (a === 'messaging' && b === 'messaging') return interactionGapMs.betweenMessaging;
  return interactionGapMs.standard;
}

/** The contact transaction to which the latest join or move ties an item, unless a later cut lies between. */
function placedByPerson(
  item: Transaction,
  corrections: readonly Correction[],
  holder: (eventId: string) => Transaction | undefined,
  eventOf: (eventId: string) => Reading | undefined,
): Transaction | undefined {
  let partner: Transaction | undefined;
  for (const correction of inOrderOfFact(corrections)) {
    if (correction.kind === 'relabel' || correction.level !== 'interaction') continue;
    if (correction.kind === 'cut') {
      const cut = eventOf(correction.eventId);
      if (cut && partner && liesBetween(cut, item.anchor, partner.anchor)) partner = undefined;
      continue;
    }
    const [from, to] = [holder(correction.eventId), holder(correction.toEventId)];
    if (from === item && to?.live) partner = to;
    else if (correction.kind === 'join' && to === item && from?.live) partner = from;
  }
  return partner;
}

type Parent = { parent: Contact | Transaction[]; item: Transaction; why: Membership };

function parentOf(
  item: Transaction,
  groups: readonly Contact[],
  tries: readonly Transaction[][],
  placed: Transaction | undefined,
  shared: (a: Transaction, b: Transaction) => string[],
  cuts: readonly Reading[],
  settings: HierarchySettings,
  note: Note,
): Parent | undefined {
  if (placed)
    return {
      parent: groups.find((group) => group.members.includes(placed))!,
      item,
      why: { rule: 'person', otherEvent: placed.anchor.id, value: null, gapMs: null, limitMs: null, confidence: 1000 },
    };
  return (
    byLink(item, groups, tries, shared) ??
    (item.kind === 'item' && item.anchor.event.initiator === 'agent' ? byAgent(item, groups, cuts, settings, note) : undefined)
  );
}

function byLink(
  item: Transaction,
  groups: readonly Contact[],
  tries: readonly Transaction[][],
  shared: (a: Transaction, b: Transaction) => string[],
): Parent | undefined {
  const distance = (span: { start: number; end: number }): number => Math.max(0, span.start - item.end, item.start - span.end);
  const sharing = (members: readonly Transaction[]): boolean => members.some((member) => shared(item, member).length > 0);
  const nearest = <Span extends { start: number; end: number; anchor: Reading }>(spans: Span[]): Span | undefined =>
    spans.sort((a, b) => distance(a) - distance(b) || a.start - b.start || inOrder(a.anchor, b.anchor))[0];
  const group = nearest(groups.filter(({ members }) => sharing(members)));
  const attempt = nearest(
    tries.filter(sharing).map((members) => ({
      members,
      start: Math.min(...members.map((member) => member.start)),
      end: Math.max(...members.map((member) => member.end)),
      anchor: members[0]!.anchor,
    })),
  );
  const members = group?.members ?? attempt?.members;
  if (!members) return undefined;
  const partner = members.find((member) => shared(item, member).length > 0)!;
  const why: Membership = { rule: 'link', otherEvent: partner.anchor.id, value: shared(item, partner)[0]!, gapMs: null, limitMs: null, confidence: 1000 };
  return { parent: group ?? attempt!.members, item, why };
}

function byAgent(item: Transaction, groups: readonly Contact[], cuts: readonly Reading[], settings: HierarchySettings, note: Note): Parent | undefined {
  const agentsOf = (transactions: readonly Transaction[]): string[] =>
    transactions.flatMap(({ readings }) => readings.flatMap(({ event }) => event.agent ?? []));
  const mine = agentsOf([item]);
  const fits = groups.filter((group) => {
    const theirs = agentsOf(group.members);
    noteLimit(note, 'agentItem', item.start - group.end, settings.agentItemMs);
    return (
      item.start >= group.start &&
      item.start <= group.end + settings.agentItemMs &&
      (mine.length === 0 || theirs.length === 0 || mine.some((agent) => theirs.includes(agent))) &&
      cuts.every((cut) => group.members.some((member) => !liesBetween(cut, item.anchor, member.anchor)))
    );
  });
  const parent = fits.sort((a, b) => b.start - a.start || inOrder(b.anchor, a.anchor))[0];
  if (!parent) return undefined;
  return {
    parent,
    item,
    why: {
      rule: 'agentItem',
      otherEvent: parent.members[0]!.anchor.id,
      value: null,
      gapMs: Math.max(0, item.start - parent.end),
      limitMs: settings.agentItemMs,
      confidence: 800,
    },
  };
}

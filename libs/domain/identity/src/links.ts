import type { Decision, IdentitySettings, Instant } from '@throughline/contracts';
import { compareMoments, compareText, type EventFacts, type Moment } from './event-facts';
import { valueKeyOf, type ValueKey } from './normalise';
import type { NodeKey } from './uses';

export type LinkRule = 'sameEvent' | 'sameSession' | 'person';

/** A fact that ties two nodes. `a` is the smaller node key. */
export interface Link {
  readonly a: NodeKey;
  readonly b: NodeKey;
  readonly rule: LinkRule;
  readonly rank: number;
  readonly verified: boolean;
  readonly at: Instant;
  /** The event, or the decision, that shows it. */
  readonly evidence: string;
}

/** Strongest first (docs/rules.md 1.3.2); decisions before everything. */
export function compareLinks(x: Link, y: Link): number {
  return (
    Number(y.rule === 'person') - Number(x.rule === 'person') ||
    y.rank - x.rank ||
    Number(y.verified) - Number(x.verified) ||
    x.at - y.at ||
    compareText(x.a, y.a) ||
    compareText(x.b, y.b) ||
    compareText(x.evidence, y.evidence)
  );
}

export const pairKey = (a: NodeKey, b: NodeKey): string => `${a}\u001f${b}`;

function link(x: NodeKey, y: NodeKey, rest: Omit<Link, 'a' | 'b'>): Link {
  return x < y ? { a: x, b: y, ...rest } : { a: y, b: x, ...rest };
}

export interface NodeOnEvent {
  readonly node: NodeKey;
  readonly rank: number;
  readonly verified: boolean;
}

/** The order in which the nodes of one event are preferred, as hub and as owner: rank, verified, node key. */
export const comparePreference = (x: NodeOnEvent, y: NodeOnEvent): number =>
  y.rank - x.rank || Number(y.verified) - Number(x.verified) || compareText(x.node, y.node);

/** The star of one event: its best node tied to each of the others. `nodes` are its usable naming nodes of role `subject`. */
export function starLinks(facts: EventFacts, nodes: readonly NodeOnEvent[]): Link[] {
  if (nodes.length < 2) return [];
  const [hub, ...others] = [...nodes].sort(comparePreference);
  return others.map((other) =>
    link(hub!.node, other.node, {
      rule: 'sameEvent',
      rank: Math.min(hub!.rank, other.rank),
      verified: hub!.verified && other.verified,
      at: facts.at,
      evidence: facts.id,
    }),
  );
}

/** A login, customer number, e-mail or phone as one session piece and client have seen it. */
export interface SeenInSession {
  readonly key: ValueKey;
  first: Moment;
  /** Seen there on two or more events. */
  several: boolean;
}

const names = (key: ValueKey): boolean => key.startsWith('login:') || key.startsWith('customerNumber:');
const reaches = (key: ValueKey): boolean => key.startsWith('email:') || key.startsWith('phone:');
export const countsInSession = (key: ValueKey): boolean => names(key) || reaches(key);

/** Notes that a value was seen on one more event of the session piece and client. Noting twice is noting once. */
export function noteInSession(seen: Map<ValueKey, SeenInSession>, key: ValueKey, moment: Moment): boolean {
  const known = seen.get(key);
  if (!known) {
    seen.set(key, { key, first: moment, several: false });
    return true;
  }
  if (known.first.id === moment.id) return false;
  const earlier = compareMoments(moment, known.first) < 0;
  const changed = earlier || !known.several;
  if (earlier) known.first = moment;
  known.several = true;
  return changed;
}

/** Same-session links of one session piece and client (docs/rules.md 1.2). `nodeAt` gives the usable node of a value at an instant, or null. */
export function sessionLinks(seen: Iterable<SeenInSession>, nodeAt: (key: ValueKey, at: Instant) => NodeKey | null, settings: IdentitySettings): Link[] {
  const all = [...seen];
  const links: Link[] = [];
  for (const name of all) {
    if (!names(name.key)) continue;
    const nameNode = nodeAt(name.key, name.first.at);
    if (nameNode === null) continue;
    for (const reach of all) {
      if (!reaches(reach.key)) continue;
      if (name.first.id === reach.first.id && !name.several && !reach.several) continue;
      const reachNode = nodeAt(reach.key, reach.first.at);
      if (reachNode === null) continue;
      const later = compareMoments(name.first, reach.first) < 0 ? reach.first : name.first;
      links.push(link(nameNode, reachNode, { rule: 'sameSession', rank: settings.sameSessionRank, verified: false, at: later.at, evidence: later.id }));
    }
  }
  return links;
}

export interface Different {
  readonly a: NodeKey;
  readonly b: NodeKey;
  readonly at: Instant;
}

/** A person's words, read: the latest on each pair, and what they name. */
export interface StandingDecisions {
  readonly pairs: readonly { readonly kind: 'same' | 'different'; readonly a: ValueKey; readonly b: ValueKey; readonly at: Instant; readonly id: string }[];
  readonly assigns: readonly {
    readonly value: ValueKey;
    readonly to: ValueKey;
    readonly from: Instant;
    readonly until: Instant;
    readonly at: Instant;
    readonly id: string;
  }[];
  readonly households: readonly { readonly a: ValueKey; readonly b: ValueKey; readonly id: string }[];
}

/** Reads decisions that are not withdrawn (docs/rules.md 1.2). What names a blocked value or a carrier rests. */
export function readDecisions(decisions: readonly Decision[], settings: IdentitySettings): StandingDecisions {
  const pairs = new Map<string, StandingDecisions['pairs'][number]>();
  const assigns: StandingDecisions['assigns'][number][] = [];
  const households: StandingDecisions['households'][number][] = [];
  const keyOf = (ref: Parameters<typeof valueKeyOf>[0]): ValueKey | null => {
    if (settings.kinds[ref.kind].class === 'carrier') return null;
    return valueKeyOf(ref, '', settings);
  };
  for (const decision of [...decisions].sort((x, y) => x.at - y.at || compareText(x.id, y.id))) {
    const [from, to] = decision.kind === 'assign' ? [keyOf(decision.value), keyOf(decision.to)] : [keyOf(decision.a), keyOf(decision.b)];
    if (from === null || to === null || from === to) continue;
    const [a, b] = from < to ? [from, to] : [to, from];
    if (decision.kind === 'assign') assigns.push({ value: from, to, from: decision.from, until: decision.until ?? Infinity, at: decision.at, id: decision.id });
    else if (decision.kind === 'household') households.push({ a, b, id: decision.id });
    else pairs.set(`${a}\u001f${b}`, { kind: decision.kind, a, b, at: decision.at, id: decision.id });
  }
  return { pairs: [...pairs.values()], assigns: assigns.reverse(), households };
}

/** Which use of a value a decision names: the last that begins at or before it, else the first. */
export function useNamedBy(uses: readonly { readonly first: Moment }[], at: Instant): number {
  for (let index = uses.length - 1; index > 0; index--) if (uses[index]!.first.at <= at) return index;
  return 0;
}

import { compareEvents, type CanonicalEvent, type Decision, type IdentifierRef, type IdentitySettings } from '@throughline/contracts';
import type { Facts, UseNode } from './nodes';
import { compareText, isCarrierKind, keyOf, kindOfKey, type SeenValue } from './values';

export interface Link {
  /** Smaller node key first. */
  readonly a: string;
  readonly b: string;
  readonly decision: boolean;
  readonly rule: 'star' | 'session' | 'decision';
  readonly rank: number;
  readonly verified: boolean;
  readonly at: number;
  /** Event or decision id. */
  readonly evidence: string;
}

export interface Different {
  readonly a: string;
  readonly b: string;
  readonly at: number;
}

export interface Assignment {
  readonly id: string;
  readonly at: number;
  readonly value: string;
  /** Node key; null while the value was never seen. */
  readonly to: string | null;
  readonly from: number;
  readonly until: number;
}

/** docs/rules.md 1.3 point 2: the order in which links are met. */
export function compareLinks(x: Link, y: Link): number {
  return (
    Number(y.decision) - Number(x.decision) ||
    y.rank - x.rank ||
    Number(y.verified) - Number(x.verified) ||
    x.at - y.at ||
    compareText(x.a, y.a) ||
    compareText(x.b, y.b) ||
    compareText(x.evidence, y.evidence)
  );
}

const pair = (x: string, y: string): { a: string; b: string } => (compareText(x, y) < 0 ? { a: x, b: y } : { a: y, b: x });

/** The usable naming values of role `subject` on an event, the hub of its star first. */
export function usableOf(event: CanonicalEvent, role: SeenValue['role'], facts: Facts, settings: IdentitySettings): { seen: SeenValue; node: UseNode }[] {
  return facts.valuesOf
    .get(event)!
    .filter((seen) => seen.role === role && !isCarrierKind(seen.kind, settings))
    .map((seen) => ({ seen, node: facts.nodeOf(seen.key, event)! }))
    .filter(({ node }) => !facts.shared.has(node))
    .sort(
      (x, y) =>
        settings.kinds[y.seen.kind].rank - settings.kinds[x.seen.kind].rank ||
        Number(y.seen.verified) - Number(x.seen.verified) ||
        compareText(x.node.key, y.node.key),
    );
}

/** Star and same-session links; of several on one pair the strongest. */
export function eventLinks(facts: Facts, settings: IdentitySettings): Link[] {
  const links: Link[] = [];
  for (const event of facts.events) {
    const [hub, ...others] = usableOf(event, 'subject', facts, settings);
    for (const other of others)
      links.push({
        ...pair(hub!.node.key, other.node.key),
        decision: false,
        rule: 'star',
        rank: Math.min(settings.kinds[hub!.seen.kind].rank, settings.kinds[other.seen.kind].rank),
        verified: hub!.seen.verified && other.seen.verified,
        at: event.occurredAt,
        evidence: event.id,
      });
  }
  links.push(...sessionLinks(facts, settings));
  const strongest = new Map<string, Link>();
  for (const link of links) {
    const known = strongest.get(`${link.a} ${link.b}`);
    if (!known || compareLinks(link, known) < 0) strongest.set(`${link.a} ${link.b}`, link);
  }
  return [...strongest.values()];
}

function sessionLinks(facts: Facts, settings: IdentitySettings): Link[] {
  const links: Link[] = [];
  for (const session of facts.nodes.filter((node) => node.value.startsWith('session:')))
    for (const client of new Set(session.events.flatMap((event) => event.clientKey ?? []))) {
      const events = session.events.filter((event) => event.clientKey === client);
      const sightings = new Map<UseNode, CanonicalEvent[]>();
      for (const event of events)
        for (const { node } of usableOf(event, 'subject', facts, settings)) sightings.set(node, [...(sightings.get(node) ?? []), event]);
      for (const [named, first] of sightings)
        for (const [reached, second] of sightings) {
          if (!['login', 'customerNumber'].includes(named.kind) || !['email', 'phone'].includes(reached.kind)) continue;
          if (new Set([...first, ...second]).size < 2) continue;
          const later = compareEvents(first[0]!, second[0]!) > 0 ? first[0]! : second[0]!;
          links.push({
            ...pair(named.key, reached.key),
            decision: false,
            rule: 'session',
            rank: settings.sameSessionRank,
            verified: false,
            at: later.occurredAt,
            evidence: later.id,
          });
        }
    }
  return links;
}

/** docs/rules.md 1.2, decisions: those that stand, on nodes. */
export function decisionFacts(
  decisions: readonly Decision[],
  facts: Facts,
  settings: IdentitySettings,
): { same: Link[]; different: Different[]; assignments: Assignment[] } {
  const nodeFor = (value: string, at: number): string => {
    const uses = facts.nodesOfValue(value);
    const begun = uses.filter((use) => use.events[0]!.occurredAt <= at);
    return (begun[begun.length - 1] ?? uses[0])?.key ?? `${value}#0`;
  };
  const naming = (ref: IdentifierRef): string | undefined => {
    const key = keyOf(ref, '', settings);
    return key === undefined || isCarrierKind(kindOfKey(key), settings) ? undefined : key;
  };
  const same: Link[] = [];
  const different: Different[] = [];
  const assignments: Assignment[] = [];
  const latest = new Map<string, { decision: Decision; a: string; b: string }>();
  for (const decision of [...decisions].sort((x, y) => x.at - y.at || compareText(x.id, y.id))) {
    if (decision.kind === 'household') continue;
    const [a, b] = decision.kind === 'assign' ? [naming(decision.value), naming(decision.to)] : [naming(decision.a), naming(decision.b)];
    if (a === undefined || b === undefined || a === b) continue;
    if (decision.kind === 'assign')
      assignments.push({
        id: decision.id,
        at: decision.at,
        value: a,
        to: facts.nodesOfValue(b).length > 0 ? nodeFor(b, decision.at) : null,
        from: decision.from,
        until: decision.until ?? Infinity,
      });
    else latest.set(JSON.stringify(pair(a, b)), { decision, ...pair(a, b) });
  }
  for (const { decision, a, b } of latest.values()) {
    const ends = pair(nodeFor(a, decision.at), nodeFor(b, decision.at));
    if (decision.kind === 'different') different.push({ ...ends, at: decision.at });
    else same.push({ ...ends, decision: true, rule: 'decision', rank: 1000, verified: true, at: decision.at, evidence: decision.id });
  }
  return { same, different, assignments };
}

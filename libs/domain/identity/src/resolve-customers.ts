import type { IdentitySettings, Instant } from '@throughline/contracts';
import { compareFacts, momentOf, readEvent, type EventFacts } from './event-facts';
import type { Founding, IdentityFacts, NewCustomerId, Resolution, ResolvedNode, ReviewItem } from './identity';
import {
  compareLinks,
  countsInSession,
  noteInSession,
  pairKey,
  readDecisions,
  sessionLinks,
  starLinks,
  useNamedBy,
  type Different,
  type Link,
  type NodeOnEvent,
  type SeenInSession,
} from './links';
import type { ValueKey } from './normalise';
import { assignmentOf, decideByCarrier, decideDirectly, derivedId, foldRuns, type Owner, type Piece } from './owner';
import { groupHouseholds, resolveComponent } from './raw-component';
import { cutUses, nodeKey, noteNumbers, useAt, valueOfNode, type NamingUse, type NodeKey } from './uses';

/**
 * Who is who in a whole world: docs/rules.md §1, from the facts to the owner of each event. A pure function of its arguments, in any order of the facts.
 * `absorb` computes the same on the neighbourhood of a change.
 */
export function resolveCustomers(facts: IdentityFacts, settings: IdentitySettings, newCustomerId: NewCustomerId): Resolution {
  const events = facts.events.map((event) => readEvent(event, settings)).sort(compareFacts);
  const decisions = readDecisions(facts.decisions, settings);
  const naming = namingUses(events, settings);
  const carriers = carrierPieces(events, settings);

  const useOf = (key: ValueKey, at: Instant): { node: NodeKey; use: NamingUse } | null => {
    const uses = naming.get(key);
    const index = uses ? useAt(uses, at) : -1;
    return index < 0 ? null : { node: nodeKey(key, index), use: uses![index]! };
  };
  const usableAt = (key: ValueKey, at: Instant): NodeKey | null => {
    const found = useOf(key, at);
    return found && !found.use.shared ? found.node : null;
  };
  const named = (key: ValueKey, at: Instant): NodeKey => nodeKey(key, useNamedBy(naming.get(key) ?? [], at));
  const useOfNode = (node: NodeKey): NamingUse | undefined => naming.get(valueOfNode(node))?.[Number(node.slice(node.lastIndexOf('#') + 1))];

  // The raw graph.
  const links = new Map<string, Link>();
  const note = (link: Link): void => {
    const pair = pairKey(link.a, link.b);
    const known = links.get(pair);
    if (!known || compareLinks(link, known) < 0) links.set(pair, link);
  };
  const seen = new Map<string, Map<ValueKey, SeenInSession>>();
  for (const event of events) {
    const nodes: NodeOnEvent[] = [];
    for (const value of event.naming) {
      const node = value.subject ? usableAt(value.key, event.at) : null;
      if (node !== null) nodes.push({ node, rank: value.rank, verified: value.verified });
    }
    starLinks(event, nodes).forEach(note);
    if (event.session === null || event.client === null) continue;
    const piece = useAt(carriers.get(event.session)!, event.at);
    const inSession = `${event.session}#${piece}\u001f${event.client}`;
    for (const value of event.naming)
      if (value.subject && countsInSession(value.key)) {
        if (!seen.has(inSession)) seen.set(inSession, new Map());
        noteInSession(seen.get(inSession)!, value.key, momentOf(event));
      }
  }
  for (const values of seen.values()) sessionLinks(values.values(), usableAt, settings).forEach(note);
  const all = [...links.values()];
  const differents: Different[] = [];
  for (const pair of decisions.pairs) {
    const [x, y] = [named(pair.a, pair.at), named(pair.b, pair.at)];
    const [a, b] = x < y ? [x, y] : [y, x];
    if (pair.kind === 'same') all.push({ a, b, rule: 'person', rank: 1000, verified: true, at: pair.at, evidence: pair.id });
    else differents.push({ a, b, at: pair.at });
  }

  // Its components, clustered and named.
  const foundings = new Map<NodeKey, Founding[]>();
  const byId = new Map(events.map((event) => [event.id, event]));
  for (const founding of facts.foundings) {
    const event = byId.get(founding.eventId);
    if (!event?.naming.some((value) => value.key === founding.value)) continue;
    const node = usableAt(founding.value, event.at);
    if (node !== null) foundings.set(node, [...(foundings.get(node) ?? []), founding]);
  }
  const nodes = new Map<NodeKey, ResolvedNode>();
  const newFoundings: Founding[] = [];
  const resolvesTo = new Map<string, string>();
  const reviews: ReviewItem[] = [];
  const usable = [...naming].flatMap(([key, uses]) => uses.flatMap((use, index) => (use.shared ? [] : [nodeKey(key, index)])));
  for (const component of componentsOf(usable, all, differents)) {
    const answer = resolveComponent(
      component,
      (node) => {
        const use = useOfNode(node);
        return use && !use.shared ? use.first : null;
      },
      (node) => foundings.get(node) ?? [],
      newCustomerId,
      settings,
    );
    for (const [node, customerId] of answer.customerOf) {
      const shared = useOfNode(node)?.shared ?? false;
      nodes.set(node, { node, value: valueOfNode(node), shared, customerId, link: answer.linkOf.get(node)! });
    }
    newFoundings.push(...answer.newFoundings);
    for (const [former, now] of answer.resolvesTo) resolvesTo.set(former, now);
    reviews.push(...answer.reviews);
  }
  for (const [key, uses] of naming)
    uses.forEach((use, index) => {
      if (!use.shared) return;
      const node = nodeKey(key, index);
      reviews.push({ kind: 'shared', id: derivedId('shared', node), node, numbers: [...use.numbers].sort(), offers: ['household', 'moved', 'same'] });
      if (!nodes.has(node)) nodes.set(node, { node, value: key, shared: true, customerId: null, link: { rule: 'alone', evidence: null, confidence: 1000 } });
    });

  // Whose event.
  const customerOf = (node: NodeKey): string | null => (useOfNode(node) ? (nodes.get(node)?.customerId ?? null) : null);
  const assigned = assignmentOf(decisions, (key, at) => {
    const node = named(key, at);
    return customerOf(node) === null ? null : node;
  });
  const nodeOf = (key: ValueKey, at: Instant): { node: NodeKey; usable: boolean } | null => {
    const found = useOf(key, at);
    return found && { node: found.node, usable: !found.use.shared };
  };
  const owners = new Map<string, Owner>();
  const identifications = new Map<Piece, { moment: ReturnType<typeof momentOf>; node: NodeKey }[]>();
  for (const event of events) {
    const decided = event.internal ? null : decideDirectly(event, nodeOf, assigned);
    if (decided === null) continue;
    owners.set(event.id, { customerId: customerOf(decided.node)!, rule: 'identifier', decidedBy: decided.value, confidence: 1000 });
    for (const carrier of event.carriers) {
      const pieces = carriers.get(carrier)!;
      const piece = pieces[useAt(pieces, event.at)]!;
      const list = identifications.get(piece) ?? [];
      list.push({ moment: momentOf(event), node: decided.node });
      identifications.set(piece, list);
    }
  }
  for (const [piece, list] of identifications) piece.runs = foldRuns(list);
  for (const event of events) {
    if (owners.has(event.id)) continue;
    const pieceOf = (carrier: ValueKey): { piece: Piece; number: number } => {
      const pieces = carriers.get(carrier)!;
      const number = useAt(pieces, event.at);
      return { piece: pieces[number]!, number };
    };
    owners.set(event.id, decideByCarrier(event, pieceOf, customerOf, settings));
  }
  const households = groupHouseholds(
    decisions.households.flatMap(({ a, b }) => {
      const pair = [customerOf(named(a, Infinity)), customerOf(named(b, Infinity))] as const;
      return pair[0] !== null && pair[1] !== null && pair[0] !== pair[1] ? [[pair[0], pair[1]] as const] : [];
    }),
  );
  return { owners, nodes, newFoundings, resolvesTo, reviews, households };
}

function namingUses(events: readonly EventFacts[], settings: IdentitySettings): Map<ValueKey, NamingUse[]> {
  const sightings = new Map<ValueKey, EventFacts[]>();
  for (const event of events)
    for (const { key } of event.naming) {
      const known = sightings.get(key);
      if (known) known.push(event);
      else sightings.set(key, [event]);
    }
  return new Map([...sightings].map(([key, seen]) => [key, namingUsesOf(key, seen, settings)]));
}

/** The uses of a naming value from all its sightings. */
export function namingUsesOf(key: ValueKey, sightings: readonly EventFacts[], settings: IdentitySettings): NamingUse[] {
  return cutUses(key, sightings, settings).map(({ use, sightings: own }) => {
    const naming: NamingUse = { ...use, numbers: [], shared: false, customerId: null };
    for (const facts of own) noteNumbers(key, naming, facts, settings);
    return naming;
  });
}

function carrierPieces(events: readonly EventFacts[], settings: IdentitySettings): Map<ValueKey, Piece[]> {
  const sightings = new Map<ValueKey, EventFacts[]>();
  for (const event of events)
    for (const key of event.carriers) {
      const known = sightings.get(key);
      if (known) known.push(event);
      else sightings.set(key, [event]);
    }
  return new Map([...sightings].map(([key, seen]) => [key, cutUses(key, seen, settings).map(({ use }) => ({ ...use, runs: [] }))]));
}

/** Connected components of the raw graph, nodes without links alone. */
export function componentsOf(
  nodes: Iterable<NodeKey>,
  links: readonly Link[],
  differents: readonly Different[],
): { nodes: NodeKey[]; links: Link[]; differents: Different[] }[] {
  const neighbours = new Map<NodeKey, Link[]>();
  for (const node of nodes) neighbours.set(node, []);
  for (const link of links)
    for (const node of [link.a, link.b]) {
      const known = neighbours.get(node);
      if (known) known.push(link);
      else neighbours.set(node, [link]);
    }
  const componentOf = new Map<NodeKey, { nodes: NodeKey[]; links: Link[]; differents: Different[] }>();
  const components: { nodes: NodeKey[]; links: Link[]; differents: Different[] }[] = [];
  for (const start of neighbours.keys()) {
    if (componentOf.has(start)) continue;
    const component = { nodes: [start], links: [] as Link[], differents: [] as Different[] };
    componentOf.set(start, component);
    for (const node of component.nodes)
      for (const link of neighbours.get(node)!) {
        if (link.a === node) component.links.push(link);
        const other = link.a === node ? link.b : link.a;
        if (!componentOf.has(other)) {
          componentOf.set(other, component);
          component.nodes.push(other);
        }
      }
    components.push(component);
  }
  for (const different of differents) {
    const component = componentOf.get(different.a);
    if (component !== undefined && component === componentOf.get(different.b)) component.differents.push(different);
  }
  return components;
}

import type { IdentitySettings } from '@throughline/contracts';
import { clusterComponent, type RefusedLink } from './cluster-component';
import { compareMoments, compareText, type Moment } from './event-facts';
import type { Founding, NewCustomerId, NodeLink, ReviewItem } from './identity';
import { compareLinks, type Different, type Link } from './links';
import { derivedId } from './owner';
import { valueOfNode, type NodeKey } from './uses';

/** One connected component of the raw graph, with all that its answer needs. */
export interface RawComponent {
  readonly nodes: readonly NodeKey[];
  readonly links: readonly Link[];
  readonly differents: readonly Different[];
}

export interface ComponentAnswer {
  /** Customer of each node; null: nothing founds one. */
  readonly customerOf: ReadonlyMap<NodeKey, string | null>;
  readonly linkOf: ReadonlyMap<NodeKey, NodeLink>;
  readonly newFoundings: readonly Founding[];
  readonly resolvesTo: ReadonlyMap<string, string>;
  readonly reviews: readonly ReviewItem[];
}

const alone: NodeLink = { rule: 'alone', evidence: null, confidence: 1000 };

/**
 * Clusters a raw component and names its clusters (docs/rules.md 1.3). `firstSightingOf` gives the first sighting of a usable node, null for one that founds nothing;
 * `foundingsOf` the foundings in force whose sighting the node holds.
 */
export function resolveComponent(
  component: RawComponent,
  firstSightingOf: (node: NodeKey) => Moment | null,
  foundingsOf: (node: NodeKey) => readonly Founding[],
  newCustomerId: NewCustomerId,
  settings: IdentitySettings,
): ComponentAnswer {
  const { clusters, accepted, refused, oversize } = clusterComponent(component.nodes, component.links, component.differents, settings);
  const customerOf = new Map<NodeKey, string | null>();
  const linkOf = new Map<NodeKey, NodeLink>();
  const newFoundings: Founding[] = [];
  const resolvesTo = new Map<string, string>();
  for (const nodes of clusters) {
    const foundings = nodes.flatMap((node) => foundingsOf(node));
    let eldest = foundings.reduce<Founding | null>((best, next) => (best === null || compareFoundings(next, best) < 0 ? next : best), null);
    if (eldest === null) {
      eldest = foundCluster(nodes, firstSightingOf, newCustomerId);
      if (eldest !== null) newFoundings.push(eldest);
    }
    for (const founding of foundings) resolvesTo.set(founding.customerId, eldest!.customerId);
    if (eldest !== null) resolvesTo.set(eldest.customerId, eldest.customerId);
    for (const node of nodes) {
      customerOf.set(node, eldest?.customerId ?? null);
      linkOf.set(node, alone);
    }
  }
  for (const link of [...accepted].sort(compareLinks).reverse()) {
    const why: NodeLink = { rule: link.rule, evidence: link.evidence, confidence: Math.min(1000, link.rank * 10) };
    linkOf.set(link.a, why);
    linkOf.set(link.b, why);
  }
  const reviews: ReviewItem[] = refused.map((each) => ({ kind: 'refused', id: reviewOfRefused(each), refused: each }));
  if (oversize) {
    const node = [...component.nodes].sort(compareText)[0]!;
    reviews.push({ kind: 'oversize', id: derivedId('oversize', node), node, nodes: component.nodes.length });
  }
  return { customerOf, linkOf, newFoundings, resolvesTo, reviews };
}

const reviewOfRefused = (refused: RefusedLink): string => derivedId('refused', refused.link.a, refused.link.b);

export const compareFoundings = (a: Founding, b: Founding): number => a.at - b.at || compareText(a.customerId, b.customerId);

function foundCluster(nodes: readonly NodeKey[], firstSightingOf: (node: NodeKey) => Moment | null, newCustomerId: NewCustomerId): Founding | null {
  let best: { node: NodeKey; moment: Moment } | null = null;
  for (const node of nodes) {
    const moment = firstSightingOf(node);
    if (moment === null) continue;
    if (best === null || (compareMoments(moment, best.moment) || compareText(node, best.node)) < 0) best = { node, moment };
  }
  return best && { customerId: newCustomerId(), value: valueOfNode(best.node), eventId: best.moment.id, at: best.moment.at };
}

/** Households: customers tied by household decisions, directly or through each other, under one id made of the least customer id. */
export function groupHouseholds(pairs: readonly (readonly [string, string])[]): Map<string, string> {
  const root = new Map<string, string>();
  const find = (id: string): string => {
    let at = id;
    while (root.has(at) && root.get(at) !== at) at = root.get(at)!;
    return at;
  };
  for (const [a, b] of pairs) {
    const [x, y] = [find(a), find(b)];
    const least = x < y ? x : y;
    root.set(x, least);
    root.set(y, least);
  }
  const households = new Map<string, string>();
  for (const id of root.keys()) households.set(id, derivedId('household', find(id)));
  return households;
}

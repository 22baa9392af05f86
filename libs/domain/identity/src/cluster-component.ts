import type { IdentifierKind, IdentitySettings } from '@throughline/contracts';
import { compareLinks, type Different, type Link } from './links';
import { kindAndNamespaceOf, kindOf, type ValueKey } from './normalise';
import { valueOfNode, type NodeKey } from './uses';

export interface RefusedLink {
  readonly link: Link;
  /** `limit:<kind>` or `different`. */
  readonly broken: string;
}

export interface ClusteredComponent {
  /** Nodes of each cluster, sorted. */
  readonly clusters: readonly (readonly NodeKey[])[];
  readonly accepted: readonly Link[];
  readonly refused: readonly RefusedLink[];
  readonly oversize: boolean;
}

interface Cluster {
  readonly nodes: NodeKey[];
  /** Different values by kind, and by kind and namespace where that is limited. */
  readonly values: Map<string, Set<ValueKey>>;
}

interface Counted {
  readonly group: string;
  readonly limit: number;
}

function limitsOf(kind: IdentifierKind, kindAndNamespace: string, settings: IdentitySettings): Counted[] {
  const rule = settings.kinds[kind].perCustomer;
  if (!rule) return [];
  const counted: Counted[] = [{ group: rule.perNamespace ? kindAndNamespace : kind, limit: rule.limit }];
  if (rule.limitInNamespace !== undefined) counted.push({ group: kindAndNamespace, limit: rule.limitInNamespace });
  return counted;
}

/**
 * Clusters one raw component by the sorted loop (docs/rules.md 1.3): the strongest link first, each a union unless that breaks a limit or a `different`.
 * `links` may come in any order and hold several on one pair; only the strongest of a pair is met. No other component can change the answer.
 */
export function clusterComponent(
  nodes: readonly NodeKey[],
  links: readonly Link[],
  differents: readonly Different[],
  settings: IdentitySettings,
): ClusteredComponent {
  if (links.length === 0) return { clusters: nodes.map((node) => [node]), accepted: [], refused: [], oversize: nodes.length > settings.oversizeNodes };
  const oversize = nodes.length > settings.oversizeNodes;
  const clusterOf = new Map<NodeKey, Cluster>();
  const limits = new Map<string, number>();
  for (const node of nodes) {
    const value = valueOfNode(node);
    const kind = kindOf(value);
    const values = new Map<string, Set<ValueKey>>();
    for (const { group, limit } of limitsOf(kind, kindAndNamespaceOf(value), settings)) {
      values.set(group, new Set([value]));
      limits.set(group, limit);
    }
    clusterOf.set(node, { nodes: [node], values });
  }
  const accepted: Link[] = [];
  const refused: RefusedLink[] = [];
  const met = new Set<string>();
  for (const link of [...links].sort(compareLinks)) {
    const person = link.rule === 'person';
    if (oversize && !person && link.rank < settings.oversizeRank) continue;
    if (!person) {
      const pair = `${link.a}\u001f${link.b}`;
      if (met.has(pair)) continue;
      met.add(pair);
    }
    const a = clusterOf.get(link.a)!;
    const b = clusterOf.get(link.b)!;
    if (a === b) {
      accepted.push(link);
      continue;
    }
    const broken = brokenBy(a, b, link, clusterOf, limits, differents);
    if (broken !== null) {
      refused.push({ link, broken });
      continue;
    }
    accepted.push(link);
    const [into, from] = a.nodes.length >= b.nodes.length ? [a, b] : [b, a];
    for (const node of from.nodes) {
      into.nodes.push(node);
      clusterOf.set(node, into);
    }
    for (const [group, values] of from.values) {
      const kept = into.values.get(group);
      if (!kept) into.values.set(group, values);
      else for (const value of values) kept.add(value);
    }
  }
  const clusters = [...new Set(nodes.map((node) => clusterOf.get(node)!))].map((cluster) => cluster.nodes.sort());
  return { clusters, accepted, refused, oversize };
}

function brokenBy(
  a: Cluster,
  b: Cluster,
  link: Link,
  clusterOf: ReadonlyMap<NodeKey, Cluster>,
  limits: ReadonlyMap<string, number>,
  differents: readonly Different[],
): string | null {
  const person = link.rule === 'person';
  for (const different of differents) {
    if (person && different.at <= link.at) continue;
    const x = clusterOf.get(different.a);
    const y = clusterOf.get(different.b);
    if ((x === a && y === b) || (x === b && y === a)) return 'different';
  }
  if (person) return null;
  for (const [group, values] of a.values) {
    const others = b.values.get(group);
    if (!others) continue;
    let union = values.size;
    for (const value of others) if (!values.has(value)) union++;
    if (union > limits.get(group)! && union > values.size && union > others.size) return `limit:${group}`;
  }
  return null;
}

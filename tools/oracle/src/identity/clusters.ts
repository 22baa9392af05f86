import type { IdentitySettings } from '@throughline/contracts';
import { flood } from '../flood';
import { compareLinks, type Different, type Link } from './links';
import { kindOfKey } from './values';

export interface Refusal {
  readonly link: Link;
  /** `different`, or the limit as `kind` or `kind:namespace`. */
  readonly limit: string;
}

export interface Clustering {
  readonly clusters: readonly ReadonlySet<string>[];
  readonly refused: readonly Refusal[];
  readonly accepted: readonly Link[];
  /** Nodes of raw components above the bound. */
  readonly oversize: readonly (readonly string[])[];
}

/** docs/rules.md 1.3: clusters are a list of sets; for every link in order the two sets are found by looking, and their union is tried on a copy. */
export function clustersOf(usable: readonly string[], links: readonly Link[], different: readonly Different[], settings: IdentitySettings): Clustering {
  const nodes = [...new Set([...usable, ...links.flatMap((link) => [link.a, link.b])])];
  const neighbours = new Map(nodes.map((node) => [node, new Set<string>()]));
  for (const { a, b } of links) {
    neighbours.get(a)!.add(b);
    neighbours.get(b)!.add(a);
  }
  const oversize = flood(nodes, (a, b) => neighbours.get(a)!.has(b)).filter((component) => component.length > settings.oversizeNodes);
  const used = links.filter((link) => link.decision || link.rank >= settings.oversizeRank || !oversize.some((component) => component.includes(link.a)));

  let clusters: Set<string>[] = nodes.map((node) => new Set([node]));
  const refused: Refusal[] = [];
  const accepted: Link[] = [];
  for (const link of [...used].sort(compareLinks)) {
    const one = clusters.find((cluster) => cluster.has(link.a))!;
    const two = clusters.find((cluster) => cluster.has(link.b))!;
    if (one === two) {
      accepted.push(link);
      continue;
    }
    const union = new Set([...one, ...two]);
    const limit = brokenBy(link, one, two, union, different, settings);
    if (limit !== undefined) refused.push({ link, limit });
    else {
      accepted.push(link);
      clusters = [...clusters.filter((cluster) => cluster !== one && cluster !== two), union];
    }
  }
  return { clusters, refused, accepted, oversize };
}

function brokenBy(
  link: Link,
  one: ReadonlySet<string>,
  two: ReadonlySet<string>,
  union: ReadonlySet<string>,
  different: readonly Different[],
  settings: IdentitySettings,
): string | undefined {
  const apart = different.find(({ a, b, at }) => ((one.has(a) && two.has(b)) || (one.has(b) && two.has(a))) && (!link.decision || at > link.at));
  if (apart) return 'different';
  if (link.decision) return undefined;
  const exceeds = (limit: number, counts: (node: string) => boolean): boolean => {
    const count = (nodes: ReadonlySet<string>): number => new Set([...nodes].filter(counts).map(valueOf)).size;
    return count(union) > limit && count(union) > count(one) && count(union) > count(two);
  };
  for (const node of [...union].sort()) {
    const kind = kindOfKey(node);
    const namespace = namespaceOf(node);
    const rule = settings.kinds[kind].perCustomer;
    if (!rule) continue;
    const inKind = (other: string): boolean => kindOfKey(other) === kind;
    const inNamespace = (other: string): boolean => inKind(other) && namespaceOf(other) === namespace;
    if (exceeds(rule.limit, rule.perNamespace ? inNamespace : inKind)) return rule.perNamespace ? `${kind}:${namespace}` : kind;
    if (rule.limitInNamespace !== undefined && exceeds(rule.limitInNamespace, inNamespace)) return `${kind}:${namespace}`;
  }
  return undefined;
}

export const valueOf = (node: string): string => node.slice(0, node.lastIndexOf('#'));
const namespaceOf = (node: string): string => node.split(':')[1]!;

import type { Group, RuleNode, SegmentRule } from '@throughline/domain-segments';

/** Changes of a rule as a person makes them: each gives a new rule, and says which node to go on with. The outermost group stays. */
export interface Edited {
  readonly rule: SegmentRule;
  readonly chosen: string;
}

/** A node with its place: the groups around it, the outermost first, and where it stands in the last of them. */
export interface Place {
  readonly node: RuleNode;
  readonly around: readonly Group[];
  readonly index: number;
}

export function* places(node: RuleNode, around: readonly Group[] = [], index = 0): Generator<Place> {
  yield { node, around, index };
  if (node.kind === 'group') for (const [at, inner] of node.of.entries()) yield* places(inner, [...around, node], at);
}

export function placeOf(rule: SegmentRule, id: string): Place | undefined {
  for (const place of places(rule.root)) if (place.node.id === id) return place;
  return undefined;
}

/** A name that no node has. */
export function freshId(rule: SegmentRule): string {
  const numbers = [...places(rule.root)].map(({ node }) => Number(/^n(\d+)$/.exec(node.id)?.[1] ?? 0));
  return `n${Math.max(0, ...numbers) + 1}`;
}

export function replaceNode(rule: SegmentRule, id: string, next: RuleNode): SegmentRule {
  return within(rule, id, () => [next]);
}

/** After the chosen node, or at the end of the chosen group where that is the outermost. */
export function addAfter(rule: SegmentRule, id: string, added: RuleNode): Edited {
  if (id === rule.root.id) return addInto(rule, id, added);
  return { rule: within(rule, id, (node) => [node, added]), chosen: added.id };
}

export function addInto(rule: SegmentRule, groupId: string, added: RuleNode): Edited {
  const place = placeOf(rule, groupId);
  if (place?.node.kind !== 'group') return addAfter(rule, groupId, added);
  return { rule: replaceNode(rule, groupId, { ...place.node, of: [...place.node.of, added] }), chosen: added.id };
}

export function removeNode(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  if (!place || place.around.length === 0) return { rule, chosen: id };
  const parent = place.around.at(-1)!;
  const next = parent.of[place.index + 1] ?? parent.of[place.index - 1] ?? parent;
  return { rule: within(rule, id, () => []), chosen: next.id };
}

export function duplicateNode(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  if (!place || place.around.length === 0) return { rule, chosen: id };
  let number = Number(freshId(rule).slice(1));
  const copy = <Node extends RuleNode>(node: Node): Node => {
    const named = { ...node, id: `n${number++}` };
    return (named.kind === 'group' ? { ...named, of: named.of.map(copy) } : named) as Node;
  };
  const twin = copy(place.node);
  return { rule: within(rule, id, (node) => [node, twin]), chosen: twin.id };
}

/** Up or down among its fellows. */
export function moveNode(rule: SegmentRule, id: string, by: -1 | 1): Edited {
  const place = placeOf(rule, id);
  const parent = place?.around.at(-1);
  if (!place || !parent) return { rule, chosen: id };
  const to = place.index + by;
  if (to < 0 || to >= parent.of.length) return { rule, chosen: id };
  const of = [...parent.of];
  [of[place.index], of[to]] = [of[to]!, of[place.index]!];
  return { rule: replaceNode(rule, parent.id, { ...parent, of }), chosen: id };
}

/** Into the group before it, or else into a new one of its own. */
export function moveIn(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  const parent = place?.around.at(-1);
  if (!place || !parent) return { rule, chosen: id };
  const before = parent.of[place.index - 1];
  if (before?.kind !== 'group') return wrapNode(rule, id);
  const of = parent.of.filter((node) => node.id !== id).map((node) => (node.id === before.id ? { ...before, of: [...before.of, place.node] } : node));
  return { rule: replaceNode(rule, parent.id, { ...parent, of }), chosen: id };
}

/** Out of its group, to stand after it. */
export function moveOut(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  const [outer, parent] = place?.around.slice(-2) ?? [];
  if (!place || !outer || !parent) return { rule, chosen: id };
  const emptied: Group = { ...parent, of: parent.of.filter((node) => node.id !== id) };
  const of = outer.of.flatMap((node) => (node.id === parent.id ? [...(emptied.of.length > 0 ? [emptied] : []), place.node] : [node]));
  return { rule: replaceNode(rule, outer.id, { ...outer, of }), chosen: id };
}

export function wrapNode(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  if (!place || place.around.length === 0) return { rule, chosen: id };
  const group: Group = { id: freshId(rule), kind: 'group', join: 'any', of: [place.node] };
  return { rule: within(rule, id, () => [group]), chosen: group.id };
}

export function muteNode(rule: SegmentRule, id: string): Edited {
  const place = placeOf(rule, id);
  if (!place || place.around.length === 0) return { rule, chosen: id };
  const { muted, ...node } = place.node;
  return { rule: replaceNode(rule, id, (muted ? node : { ...node, muted: true }) as RuleNode), chosen: id };
}

function within(rule: SegmentRule, id: string, change: (node: RuleNode) => readonly RuleNode[]): SegmentRule {
  const walk = (node: RuleNode): readonly RuleNode[] => {
    if (node.id === id) return change(node);
    return [node.kind === 'group' ? { ...node, of: node.of.flatMap(walk) } : node];
  };
  const [root] = walk(rule.root);
  return root?.kind === 'group' ? { ...rule, root } : rule;
}

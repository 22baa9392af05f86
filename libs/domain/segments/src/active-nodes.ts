import type { Group, Leaf, RuleNode } from './rule';

/** The nodes of a group that count: not muted, and of groups those in which something counts. */
export function activeNodes(group: Group): readonly RuleNode[] {
  return group.of.filter(isActive);
}

function isActive(node: RuleNode): boolean {
  if (node.muted) return false;
  return node.kind !== 'group' || node.of.some(isActive);
}

/** The leaves that count, in the order of the document. */
export function activeLeaves(group: Group): readonly Leaf[] {
  return activeNodes(group).flatMap((node) => (node.kind === 'group' ? activeLeaves(node) : [node]));
}

/** Every node, muted ones too, in the order of the document. */
export function allNodes(node: RuleNode): readonly RuleNode[] {
  return node.kind === 'group' ? [node, ...node.of.flatMap(allNodes)] : [node];
}

/** The segments a rule refers to, each once; muted nodes as well, since they may speak again. */
export function segmentsIn(root: Group): readonly string[] {
  return [...new Set(allNodes(root).flatMap((node) => (node.kind === 'membership' ? [node.segmentId] : [])))];
}

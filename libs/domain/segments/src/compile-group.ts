import { activeNodes } from './active-nodes';
import type { Group, Leaf } from './rule';

/** A group as SQL over the SQL of its leaves; `true` where nothing in it counts. */
export function holdsText(group: Group, holds: (leaf: Leaf) => string): string {
  const parts = activeNodes(group).map((node) => (node.kind === 'group' ? holdsText(node, holds) : holds(node)));
  if (parts.length === 0) return 'true';
  if (group.join === 'all') return `(${parts.join(' and ')})`;
  const any = `(${parts.join(' or ')})`;
  return group.join === 'any' ? any : `not ${any}`;
}

import { allNodes } from './active-nodes';
import type { RuleNode, SegmentRule } from './rule';
import { nodeWords, type Wording } from './sentence-of';

/** One difference between two versions of a rule. */
export interface RuleChange {
  readonly kind: 'added' | 'removed' | 'changed' | 'moved' | 'muted' | 'unmuted';
  readonly nodeId: string;
  readonly words: string;
}

const joinWords = { all: 'all of them hold', any: 'any of them holds', none: 'none of them holds' } as const;

/** What changed from `before` to `after`, in words. Nodes are the same when their ids are; empty when both say the same. */
export function diffRules(before: SegmentRule, after: SegmentRule, wording: Wording): readonly RuleChange[] {
  const [was, is] = [placesOf(before), placesOf(after)];
  const changes: RuleChange[] = [];
  for (const { node } of was.values()) if (!is.has(node.id)) changes.push({ kind: 'removed', nodeId: node.id, words: `Removed: ${wordsOf(node, wording)}` });
  for (const now of is.values()) {
    const then = was.get(now.node.id);
    if (then) changes.push(...changesOf(then, now, wording));
    else changes.push({ kind: 'added', nodeId: now.node.id, words: `Added: ${wordsOf(now.node, wording)}` });
  }
  return changes;
}

interface Place {
  readonly node: RuleNode;
  readonly parent: string | null;
}

function placesOf(rule: SegmentRule): Map<string, Place> {
  const places = new Map<string, Place>([[rule.root.id, { node: rule.root, parent: null }]]);
  for (const group of allNodes(rule.root)) if (group.kind === 'group') for (const node of group.of) places.set(node.id, { node, parent: group.id });
  return places;
}

function changesOf(then: Place, now: Place, wording: Wording): RuleChange[] {
  const nodeId = now.node.id;
  const words = wordsOf(now.node, wording);
  const changes: RuleChange[] = [];
  if (ownPart(then.node) !== ownPart(now.node))
    changes.push({
      kind: 'changed',
      nodeId,
      words:
        now.node.kind === 'group' && then.node.kind === 'group'
          ? groupChange(then.node.join, now.node.join)
          : `Changed: ${wordsOf(then.node, wording)} → ${words}`,
    });
  if (then.parent !== now.parent) changes.push({ kind: 'moved', nodeId, words: `Moved into another group: ${words}` });
  if (!then.node.muted && now.node.muted) changes.push({ kind: 'muted', nodeId, words: `Muted: ${words}` });
  if (then.node.muted && !now.node.muted) changes.push({ kind: 'unmuted', nodeId, words: `Counts again: ${words}` });
  return changes;
}

const groupChange = (before: keyof typeof joinWords, after: keyof typeof joinWords): string =>
  `A group asked that ${joinWords[before]}; now that ${joinWords[after]}`;

/** What a node says by itself, without what stands in it and whether it is muted. */
function ownPart(node: RuleNode): string {
  const { muted: _, ...rest } = node;
  return JSON.stringify('of' in rest ? { ...rest, of: [] } : rest, (_key, value: unknown) => (isObject(value) ? sorted(value) : value));
}

function wordsOf(node: RuleNode, wording: Wording): string {
  if (node.kind !== 'group') return nodeWords(node, wording);
  return `a group in which ${joinWords[node.join]}`;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const sorted = (value: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));

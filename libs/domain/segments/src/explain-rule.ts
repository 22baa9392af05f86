import type { Instant } from '@throughline/contracts';
import { activeNodes } from './active-nodes';
import { fieldOf, type Catalogue } from './catalogue';
import type { CustomerFacts } from './customer-facts';
import { evaluateLeaf, holdsGroup, type Finding } from './evaluate-rule';
import type { Leaf, RuleNode, SegmentRule } from './rule';
import { nodeWords, type Wording } from './sentence-of';
import { dayWords, listWords, minuteWords, numberWords } from './words-of-values';

/** Why a node holds for one customer or does not. */
export interface Explanation {
  readonly id: string;
  readonly kind: RuleNode['kind'];
  /** Null of what does not count: muted, or a group in which nothing does. */
  readonly held: boolean | null;
  /** What the node asks, in words. */
  readonly asks: string;
  /** What was found, in words; null of groups and of what does not count. */
  readonly found: string | null;
  readonly finding: Finding | null;
  readonly of: readonly Explanation[];
}

/** Why this customer is in or out: each node's answer with the facts that made it. `held` of the root is what `evaluateRule` says of a known customer (null where the rule is everybody). */
export function explainRule(rule: SegmentRule, facts: CustomerFacts, asOf: Instant, wording: Wording): Explanation {
  return explainNode(rule.root, true, facts, asOf, wording);
}

function explainNode(node: RuleNode, counts: boolean, facts: CustomerFacts, asOf: Instant, wording: Wording): Explanation {
  const about = { id: node.id, kind: node.kind, asks: nodeWords(node, wording) };
  if (node.kind === 'group') {
    const active = new Set(counts ? activeNodes(node) : []);
    const of = node.of.map((inner) => explainNode(inner, active.has(inner), facts, asOf, wording));
    const held = active.size === 0 ? undefined : holdsGroup(node, (leaf) => evaluateLeaf(leaf, facts, asOf, wording.catalogue).held);
    return { ...about, held: held ?? null, found: null, finding: null, of };
  }
  if (!counts) return { ...about, held: null, found: null, finding: null, of: [] };
  const { held, finding } = evaluateLeaf(node, facts, asOf, wording.catalogue);
  return { ...about, held, found: foundWords(node, finding, wording.catalogue), finding, of: [] };
}

function foundWords(leaf: Leaf, finding: Finding, catalogue: Catalogue): string {
  switch (finding.kind) {
    case 'customer':
      return valueWords(leaf, finding.value, catalogue);
    case 'behaviour':
      return behaviourWords(leaf, finding, catalogue);
    case 'sequence':
      return finding.pair === null ? 'no such pair' : `${minuteWords(finding.pair[0].at)}, then ${minuteWords(finding.pair[1].at)}`;
    case 'membership':
      return finding.since === null ? 'not in it' : `in it since ${dayWords(finding.since)}`;
  }
}

function valueWords(leaf: Leaf, value: Extract<Finding, { kind: 'customer' }>['value'], catalogue: Catalogue): string {
  const field = leaf.kind === 'customer' ? fieldOf(catalogue, 'customer', leaf.field) : undefined;
  if (value === null) return 'unknown';
  if (Array.isArray(value)) return value.length === 0 ? 'none' : listWords(value as readonly string[], 'and');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (typeof value === 'string') return listWords([value]);
  return field?.type === 'instant' ? minuteWords(value as number) : numberWords(value as number, field?.unit);
}

function behaviourWords(leaf: Leaf, { measured, counted, against }: Extract<Finding, { kind: 'behaviour' }>, catalogue: Catalogue): string {
  if (leaf.kind !== 'behaviour') return '';
  const [one, many] = catalogue.things[leaf.thing].label;
  const things = `${counted.length} ${counted.length === 1 ? one : many}`;
  const when =
    counted.length === 0
      ? ''
      : ` (${counted
          .slice(0, 3)
          .map(({ at }) => minuteWords(at))
          .join(', ')}${counted.length > 3 ? ', …' : ''})`;
  const unit = leaf.measure.take === 'count' ? undefined : fieldOf(catalogue, leaf.thing, leaf.measure.field)?.unit;
  const value = leaf.measure.take === 'count' ? '' : measured === null ? 'unknown over ' : `${numberWords(measured, unit)} over `;
  const forbidden = against.length === 0 ? '' : `; ${against.length} of them ${against.length === 1 ? 'is' : 'are'} what none may be`;
  return `${value}${things}${when}${forbidden}`;
}

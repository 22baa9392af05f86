import type { Correction, Membership, MembershipRule } from '@throughline/contracts';
import { inOrder, inOrderOfFact, type Reading } from './reading';

/** A node of some level as edges see it. */
export interface Ended {
  readonly anchor: Reading;
}

export interface Edge<Node extends Ended> {
  readonly a: Node;
  readonly b: Node;
  readonly rule: MembershipRule;
  readonly value: string | null;
  readonly gapMs: number | null;
  readonly limitMs: number | null;
  readonly confidence: number;
}

export const personEdge = <Node extends Ended>(a: Node, b: Node): Edge<Node> => ({
  a,
  b,
  rule: 'person',
  value: null,
  gapMs: null,
  limitMs: null,
  confidence: 1000,
});

export const alone: Membership = { rule: 'alone', otherEvent: null, value: null, gapMs: null, limitMs: null, confidence: 1000 };

/** Evidence order where confidences are equal. */
const ruleOrder: readonly MembershipRule[] = ['person', 'link', 'overlap', 'timeBlock', 'key', 'intent', 'repeatAfterFailure'];

/** Why `node` belongs to its fellows: of its edges the best by (confidence, rule, earliest partner, smallest value). */
export function evidenceOf<Node extends Ended>(node: Node, edges: readonly Edge<Node>[]): Membership {
  const mine = edges.filter((edge) => edge.a === node || edge.b === node).map((edge) => ({ edge, partner: edge.a === node ? edge.b : edge.a }));
  mine.sort(
    (x, y) =>
      y.edge.confidence - x.edge.confidence ||
      ruleOrder.indexOf(x.edge.rule) - ruleOrder.indexOf(y.edge.rule) ||
      inOrder(x.partner.anchor, y.partner.anchor) ||
      ((x.edge.value ?? '') < (y.edge.value ?? '') ? -1 : (x.edge.value ?? '') > (y.edge.value ?? '') ? 1 : 0) ||
      (x.edge.gapMs ?? 0) - (y.edge.gapMs ?? 0),
  );
  const best = mine[0];
  if (!best) return alone;
  const { rule, value, gapMs, limitMs, confidence } = best.edge;
  return { rule, otherEvent: best.partner.anchor.id, value, gapMs, limitMs, confidence };
}

/** Corrections of one level over its edges, one after the other: the later stands, and a cut spares what a person joined after it. */
export function correct<Node extends Ended>(
  edges: readonly Edge<Node>[],
  corrections: readonly Correction[],
  level: 'interaction' | 'engagement',
  nodeOf: (eventId: string) => Node | undefined,
  eventOf: (eventId: string) => Reading | undefined,
): Edge<Node>[] {
  let corrected = [...edges];
  for (const correction of inOrderOfFact(corrections)) {
    if (correction.kind === 'relabel' || correction.level !== level) continue;
    if (correction.kind === 'cut') {
      const cut = eventOf(correction.eventId);
      if (cut) corrected = corrected.filter((edge) => !liesBetween(cut, edge.a.anchor, edge.b.anchor));
      continue;
    }
    const node = nodeOf(correction.eventId);
    const to = nodeOf(correction.toEventId);
    if (!node || !to || node === to) continue;
    if (correction.kind === 'move') corrected = corrected.filter((edge) => edge.a !== node && edge.b !== node);
    corrected.push(personEdge(node, to));
  }
  return corrected;
}

/** One anchor is before the event, the other is it or later. */
export const liesBetween = (cut: Reading, a: Reading, b: Reading): boolean => inOrder(a, cut) < 0 !== inOrder(b, cut) < 0;

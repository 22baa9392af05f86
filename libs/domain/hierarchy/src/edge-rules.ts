import type { Correction } from '@throughline/contracts';
import { compareRefs, compareText } from './event-order';
import type { EventRef } from './hierarchy';

/** An edge that a person drew between two nodes, given by their places. */
export interface PersonEdge {
  readonly a: number;
  readonly b: number;
}

/** What the corrections of one level say about edges between nodes (rules §2.2, "Corrections"). */
export interface EdgeRules {
  /** Standing `person` edges, in order of `(at, id)`. */
  readonly person: readonly PersonEdge[];
  /** Whether an edge that a rule found may hold. */
  allows(a: number, b: number): boolean;
  /** Whether a cut lies between two places in the total order. */
  divides(a: EventRef, b: EventRef): boolean;
  /** False when no correction of the level applies: then everything above is trivial. */
  readonly any: boolean;
}

export const noEdgeRules: EdgeRules = { person: [], allows: () => true, divides: () => false, any: false };

export interface CorrectedNodes {
  readonly anchors: readonly EventRef[];
  /** The node that holds the event; undefined where none does. */
  nodeOf(eventId: string): number | undefined;
  refOf(eventId: string): EventRef | undefined;
  /** Whether the edges of a node are the rule's to correct; `person` edges hold between such nodes only. */
  isCorrected(node: number): boolean;
}

export function inOrderOfFact<Fact extends { readonly at: number; readonly id: string }>(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => a.at - b.at || compareText(a.id, b.id));
}

/** Whether exactly one of two places lies before a cut. */
export function isDivided(a: EventRef, b: EventRef, cut: EventRef): boolean {
  return compareRefs(a, cut) < 0 !== compareRefs(b, cut) < 0;
}

/** A correction that names an event the customer does not have, or two events of one node, does nothing. */
export function edgeRules(level: 'interaction' | 'engagement', corrections: readonly Correction[], nodes: CorrectedNodes): EdgeRules {
  const ofLevel = corrections.filter((correction) => correction.kind !== 'relabel' && correction.level === level);
  if (ofLevel.length === 0) return noEdgeRules;
  const cuts: EventRef[] = [];
  const moved = new Set<number>();
  let person: PersonEdge[] = [];
  for (const correction of inOrderOfFact(ofLevel)) {
    if (correction.kind === 'cut') {
      const cut = nodes.refOf(correction.eventId);
      if (!cut) continue;
      cuts.push(cut);
      person = person.filter(({ a, b }) => !isDivided(nodes.anchors[a]!, nodes.anchors[b]!, cut));
    } else if (correction.kind === 'join' || correction.kind === 'move') {
      const a = nodes.nodeOf(correction.eventId);
      const b = nodes.nodeOf(correction.toEventId);
      if (a === undefined || b === undefined || a === b || !nodes.isCorrected(a) || !nodes.isCorrected(b)) continue;
      if (correction.kind === 'move') {
        moved.add(a);
        person = person.filter((edge) => edge.a !== a && edge.b !== a);
      }
      person.push({ a, b });
    }
  }
  const divides = (a: EventRef, b: EventRef): boolean => cuts.some((cut) => isDivided(a, b, cut));
  return {
    person,
    any: cuts.length > 0 || moved.size > 0 || person.length > 0,
    divides,
    allows: (a, b) => !moved.has(a) && !moved.has(b) && !divides(nodes.anchors[a]!, nodes.anchors[b]!),
  };
}

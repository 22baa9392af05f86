import type { Correction, Family, HierarchySettings } from '@throughline/contracts';
import { DisjointSets } from './disjoint-sets';
import { edgeRules, type CorrectedNodes, type EdgeRules } from './edge-rules';
import type { Episodes } from './episodes';
import { stronger, type Evidence } from './evidence';
import type { EventRef } from './hierarchy';
import type { GraphNode, IssueNode, IssueNodes, PartNode } from './issue-nodes';
import type { Runs } from './runs';
import type { SealedFailure } from './sealed';

/** A failed part that waits for the next part of another interaction. */
interface Failure {
  readonly node: GraphNode;
  readonly interaction: object | null;
  readonly endAt: number;
  readonly technical: boolean;
  readonly ownFamily: Family | null;
}

export interface SealedFailureNode extends SealedFailure {
  readonly graphNode: GraphNode;
}

/** Rules §2.6: ties parts and loose nodes by every edge, leaves the evidence on the nodes, and returns the sets by vertex with what still waits. */
export function tieNodes(input: {
  readonly nodes: IssueNodes;
  readonly episodes: Episodes;
  readonly runs: Runs;
  readonly vertices: number;
  readonly sealedFailures: readonly SealedFailureNode[];
  readonly corrections: readonly Correction[];
  readonly corrected: CorrectedNodes;
  readonly settings: HierarchySettings;
}): { readonly sets: DisjointSets; readonly failures: readonly Failure[] } {
  const { nodes, episodes, runs, settings } = input;
  const rules: EdgeRules = edgeRules('engagement', input.corrections, input.corrected);
  const sets = new DisjointSets(input.vertices);
  const tie = (a: GraphNode, b: GraphNode, edge: Omit<Evidence, 'partner'>, isPersons = false): void => {
    if (!isPersons && rules.any && !rules.allows(a.vertex, b.vertex)) return;
    sets.join(a.vertex, b.vertex);
    if (areFellows(a, b)) return;
    a.evidence = stronger(a.evidence, { ...edge, partner: b.anchor });
    b.evidence = stronger(b.evidence, { ...edge, partner: a.anchor });
  };
  for (const { a, b, key } of episodes.edges)
    tie(a, b, { rule: 'key', value: key, gapMs: null, limitMs: null, confidence: key.startsWith('callback:') ? 980 : 1000 });
  for (const { a, b, gapMs, limitMs, confidence } of runs.edges) tie(a, b, { rule: 'intent', value: null, gapMs, limitMs, confidence });
  const failures = tieFailures(nodes.parts, input.sealedFailures, settings.repeatAfterFailureMs, tie);
  for (const { a, b } of rules.person) tie(nodes.all[a]!, nodes.all[b]!, { rule: 'person', value: null, gapMs: null, limitMs: null, confidence: 1000 }, true);
  return { sets, failures };
}

/** Two parts of one interaction: an edge between them is no evidence. */
function areFellows(a: GraphNode, b: GraphNode): boolean {
  const interaction = (a as IssueNode).interaction ?? null;
  return interaction !== null && interaction === (b as IssueNode).interaction;
}

function tieFailures(
  parts: readonly PartNode[],
  sealed: readonly SealedFailureNode[],
  limitMs: number,
  tie: (a: GraphNode, b: GraphNode, edge: Omit<Evidence, 'partner'>) => void,
): readonly Failure[] {
  let waiting: Failure[] = sealed.map(({ graphNode, endAt, technical, ownFamily }) => ({ node: graphNode, interaction: null, endAt, technical, ownFamily }));
  for (const part of parts) {
    const { interaction, own, failed } = part.part;
    if (waiting.length > 0) {
      for (const failure of waiting) {
        if (failure.interaction === interaction) continue;
        const gapMs = Math.max(0, part.startAt - failure.endAt);
        const differ = own !== null && failure.ownFamily !== null && own.family !== failure.ownFamily;
        if (gapMs <= limitMs && !differ)
          tie(failure.node, part, { rule: 'repeatAfterFailure', value: null, gapMs, limitMs, confidence: failure.technical ? 700 : 500 });
      }
      waiting = waiting.filter((failure) => failure.interaction === interaction);
    }
    if (failed) waiting.push({ node: part, interaction, endAt: part.endAt, technical: failed === 'technical', ownFamily: own?.family ?? null });
  }
  return waiting;
}

/** Places of nodes and events for the corrections of an engagement. */
export function correctedNodes(
  nodes: IssueNodes,
  nodeOfEvent: (eventId: string) => IssueNode | undefined,
  refOf: (eventId: string) => EventRef | undefined,
): CorrectedNodes {
  return { anchors: nodes.all.map((node) => node.anchor), nodeOf: (eventId) => nodeOfEvent(eventId)?.vertex, refOf, isCorrected: () => true };
}

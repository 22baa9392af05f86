import type { Correction, Family, HierarchySettings } from '@throughline/contracts';
import { gatherComponents, hangFeedback, type Component, type Components } from './components';
import { correctedNodes, tieNodes } from './engagements';
import { foldEpisodes, type Episode, type Episodes, type KeyFold } from './episodes';
import { giveFamilies } from './families';
import { buildInteractions, type Interactions } from './interactions';
import { buildIssueNodes, type GraphNode, type IssueNode, type IssueNodes } from './issue-nodes';
import type { Reading } from './reading';
import { foldRuns, type Run, type Runs } from './runs';
import { beforeAll, type SealedComponent, type SealedPast, type SealedRun } from './sealed';
import { buildTransactions, type TransactionDraft, type Transactions } from './transactions';

export interface FoldInput {
  readonly customerId: string;
  /** In total order. */
  readonly readings: readonly Reading[];
  readonly past: SealedPast;
  /** Component of each sealed event that feedback can hang on (one of a part, or of a loose node with an opened key that was not asked itself); null of another. */
  readonly sealedSubjects: ReadonlyMap<string, string | null>;
  readonly corrections: readonly Correction[];
  readonly settings: HierarchySettings;
}

/** The whole rule over a sealed past and the readings after it. */
export interface Fold {
  readonly input: FoldInput;
  readonly transactions: Transactions;
  readonly interactions: Interactions;
  readonly nodes: IssueNodes;
  readonly episodes: Episodes;
  readonly runs: Runs;
  readonly components: Components;
  /** By label: sealed ones that are at hand, and those of the readings. */
  readonly componentOfLabel: ReadonlyMap<string, Component>;
  readonly sealedNodes: ReadonlyMap<string, SealedGraphNode>;
  readonly failures: ReturnType<typeof tieNodes>['failures'];
  /** Label of the component that each hanging feedback hangs on. */
  readonly feedbackOn: ReadonlyMap<TransactionDraft, string>;
  nodeOfEvent(eventId: string): IssueNode | undefined;
}

export interface SealedGraphNode extends GraphNode {
  readonly component: string;
  readonly takesFeedback: boolean;
}

export function foldJourney(input: FoldInput): Fold {
  const { readings, past, sealedSubjects, corrections, settings } = input;
  const transactions = buildTransactions(readings, settings);
  const interactions = buildInteractions(transactions, readings, corrections, settings);
  const places = lazily(() => new Map(readings.map((reading, place) => [reading.id, place])));
  const placeOf = (eventId: string) => {
    const place = places().get(eventId);
    return place === undefined ? undefined : { transaction: transactions.ofReading[place]!, reading: readings[place]! };
  };
  const nodes = buildIssueNodes(
    transactions,
    interactions,
    { placeOf, isSealedSubject: (eventId) => (sealedSubjects.get(eventId) ?? null) !== null },
    settings,
  );
  const nodeOfPlace = lazily(() => nodesByPlace(nodes, transactions, places()));
  const nodeOfEvent = (eventId: string): IssueNode | undefined => nodeOfPlace()[places().get(eventId) ?? -1];
  const restored = restore(past, nodes.all.length);
  const episodes = foldEpisodes(readings, nodes, restored.keys, settings);
  giveFamilies(nodes.parts, past.lenders, settings);
  const corrected = corrections.some((correction) => correction.kind !== 'relabel');
  const runs = foldRuns(nodes, episodes, restored.running, settings, corrected);
  const { sets, failures } = tieNodes({
    nodes,
    episodes,
    runs,
    vertices: nodes.all.length + past.components.length,
    sealedFailures: past.failures.map((failure) => ({ ...failure, graphNode: restored.nodes.get(failure.node)! })),
    corrections,
    corrected: correctedNodes(nodes, nodeOfEvent, (eventId) => readings[places().get(eventId) ?? -1]),
    settings,
  });
  const components = gatherComponents(nodes, past.components, restored.runs, sets, episodes, runs);
  const componentOfLabel = new Map<string, Component>();
  for (const component of components.all) for (const label of component.labels) componentOfLabel.set(label, component);
  const feedbackOn = new Map<TransactionDraft, string>();
  for (const { transaction, aboutEventId, about } of nodes.feedback) {
    const label = about ? components.ofVertex(about.vertex).labels[0]! : sealedSubjects.get(aboutEventId)!;
    feedbackOn.set(transaction, label);
    const component = componentOfLabel.get(label);
    if (component) hangFeedback(component, transaction);
  }
  return {
    input,
    transactions,
    interactions,
    nodes,
    episodes,
    runs,
    components,
    componentOfLabel,
    sealedNodes: restored.nodes,
    failures,
    feedbackOn,
    nodeOfEvent,
  };
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

/** The node that holds each reading, by the reading's place; none for hanging feedback. */
function nodesByPlace(nodes: IssueNodes, transactions: Transactions, places: ReadonlyMap<string, number>): (IssueNode | undefined)[] {
  const byPlace: (IssueNode | undefined)[] = transactions.ofReading.map(() => undefined);
  for (const node of nodes.all) {
    const groups = node.part ? [...node.part.segments, ...node.part.items] : node.transactions;
    for (const { readings } of groups) for (const { id } of readings) byPlace[places.get(id)!] = node;
  }
  return byPlace;
}

interface Restored {
  readonly nodes: ReadonlyMap<string, SealedGraphNode>;
  readonly keys: readonly KeyFold[];
  readonly runs: ReadonlyMap<string, Run>;
  readonly running: Readonly<Partial<Record<Family, Run>>>;
}

/** Working forms of what is sealed; a sealed node's vertex is that of its component. */
function restore(past: SealedPast, firstVertex: number): Restored {
  if (past.components.length === 0) return { nodes: new Map(), keys: [], runs: new Map(), running: {} };
  const vertexOf = new Map<string, number>();
  past.components.forEach((component, place) => component.labels.forEach((label) => vertexOf.set(label, firstVertex + place)));
  const nodes = new Map<string, SealedGraphNode>();
  for (const node of past.nodes) nodes.set(node.id, { ...node, vertex: vertexOf.get(node.component)! });
  const nodeOf = (id: string, component: string): GraphNode => nodes.get(id) ?? { id, vertex: vertexOf.get(component)!, anchor: unknownAnchor, evidence: null };
  const runs = new Map<string, Run>();
  for (const component of past.components as readonly SealedComponent[])
    for (const run of component.runs) runs.set(run.id, restoreRun(run, nodeOf(run.lastMember, run.component)));
  const keys = past.keys.map(({ key, episode, carriedBy }): KeyFold => {
    const running: Episode = {
      key,
      sealed: episode,
      began: null,
      earlier: null,
      family: episode.family,
      familyGiver: null,
      open: episode.open,
      closedAt: episode.closedAt,
      lastUseAt: episode.lastUseAt,
      lastMember: nodeOf(episode.lastMember, episode.component),
      members: [],
      transitions: [],
      carriers: episode.carriers.flatMap((id) => runs.get(id) ?? []),
      sweepOpen: episode.open,
      sweepClosedAt: episode.closedAt,
    };
    const carried: Partial<Record<Family, Run>> = {};
    for (const [family, id] of Object.entries(carriedBy)) {
      const run = runs.get(id);
      if (run) carried[family as Family] = run;
    }
    return { key, running, carriedBy: carried };
  });
  const running: Partial<Record<Family, Run>> = {};
  for (const [family, id] of Object.entries(past.running)) running[family as Family] = runs.get(id)!;
  return { nodes, keys, runs, running };
}

const unknownAnchor = { id: '', occurredAt: beforeAll, sourceSequence: 0 };

function restoreRun(run: SealedRun, lastMember: GraphNode): Run {
  return {
    id: run.id,
    family: run.family,
    sealed: run,
    earlier: null,
    lastMember,
    startAt: run.startAt,
    first: run.first,
    endAt: run.endAt,
    confidence: run.confidence,
    borrowed: run.borrowed,
    hasKeys: run.hasKeys,
    open: run.open,
    closedAt: run.closedAt,
    soldAt: run.soldAt,
    steps: [],
  };
}

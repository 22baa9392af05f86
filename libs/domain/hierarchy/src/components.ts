import { vocabulary, type Family, type HierarchySettings, type Instant } from '@throughline/contracts';
import type { DisjointSets } from './disjoint-sets';
import { closingWord, type Episode, type Episodes } from './episodes';
import { compareRefs, compareText, earlierRef, refOf } from './event-order';
import type { Engagement, EventRef, Phase } from './hierarchy';
import type { IssueNode, IssueNodes } from './issue-nodes';
import { phasesOf } from './phases';
import { anchorOf, startOf, type TransactionDraft } from './transactions';
import type { Run, Runs } from './runs';
import type { Closing, EarlierRef, SealedComponent } from './sealed';

/** A connected component of parts and loose nodes, sealed history included. */
export interface Component {
  /** The first one names it. */
  readonly labels: readonly string[];
  /** Sealed components that are in it. */
  readonly sealed: readonly SealedComponent[];
  readonly nodes: readonly IssueNode[];
  anchor: EventRef;
  firstAt: Instant;
  lastAt: Instant;
  partsEndAt: Instant | null;
  openedAt: Instant | null;
  readonly families: Set<Family>;
  readonly episodeFamilies: Set<Family>;
  /** The last run of each family. */
  readonly runs: Map<Family, Run>;
  /** Its episodes that were touched. */
  readonly episodes: Episode[];
  readonly closings: Closing[];
  readonly repeats: (Omit<EarlierRef, 'component'> & { readonly vertex: number })[];
  readonly follows: (Omit<EarlierRef, 'component'> & { readonly vertex: number })[];
}

export interface Components {
  readonly all: readonly Component[];
  ofVertex(vertex: number): Component;
}

/** Gathers what §2.6 asks of a component. `sealedAt` gives the sealed component of each vertex from `nodes.all.length` on. */
export function gatherComponents(
  nodes: IssueNodes,
  sealed: readonly SealedComponent[],
  sealedRuns: ReadonlyMap<string, Run>,
  sets: DisjointSets,
  episodes: Episodes,
  runs: Runs,
): Components {
  const first = nodes.all.length;
  const members = new Map<number, { nodes: IssueNode[]; sealed: SealedComponent[] }>();
  const at = (vertex: number) => {
    const root = sets.root(vertex);
    let group = members.get(root);
    if (!group) members.set(root, (group = { nodes: [], sealed: [] }));
    return group;
  };
  for (const node of nodes.all) at(node.vertex).nodes.push(node);
  sealed.forEach((component, place) => at(first + place).sealed.push(component));
  const byRoot = new Map<number, Component>();
  for (const [root, group] of members) byRoot.set(root, gather(group.nodes, group.sealed, sealedRuns));
  const ofVertex = (vertex: number): Component => byRoot.get(sets.root(vertex))!;
  for (const [reading, node] of nodes.ofReading) {
    const word = node.part && closingWord(reading.outcome);
    if (word) ofVertex(node.vertex).closings.push({ at: reading, word });
  }
  for (const episode of episodes.touched) {
    for (const component of new Set([...episode.members, episode.lastMember].map(({ vertex }) => ofVertex(vertex)))) {
      component.episodes.push(episode);
      if (episode.family) component.episodeFamilies.add(episode.family);
      for (const { closing, at: ref } of episode.transitions) if (closing) component.closings.push({ at: ref, word: closing });
    }
    if (!episode.began || !episode.earlier) continue;
    const first = ofVertex(episode.members[0]!.vertex);
    const list = episode.earlier.cause === 'follow' ? first.follows : first.repeats;
    list.push({ ref: episode.began, name: `k${episode.key}`, vertex: episode.earlier.episode.lastMember.vertex });
  }
  noteRuns(runs, nodes, ofVertex);
  return { all: [...byRoot.values()], ofVertex };
}

function gather(nodes: readonly IssueNode[], sealed: readonly SealedComponent[], sealedRuns: ReadonlyMap<string, Run>): Component {
  const ordered = sealed.length > 1 ? sealed.toSorted((a, b) => compareRefs(a.anchor, b.anchor)) : sealed;
  const start = ordered[0] ?? nodes[0]!;
  const component: Component = {
    labels: [],
    sealed: ordered,
    nodes,
    anchor: start.anchor,
    firstAt: start.anchor.occurredAt,
    lastAt: -Infinity,
    partsEndAt: null,
    openedAt: null,
    families: new Set(),
    episodeFamilies: new Set(),
    runs: new Map(),
    episodes: [],
    closings: [],
    repeats: [],
    follows: [],
  };
  for (const past of ordered) {
    widen(component, past.anchor, past.lastAt);
    component.partsEndAt = latest(component.partsEndAt, past.partsEndAt);
    component.openedAt = earliest(component.openedAt, past.openedAt);
    for (const family of past.families) component.families.add(family);
    for (const family of past.episodeFamilies) component.episodeFamilies.add(family);
    for (const { id } of past.runs) addRun(component, sealedRuns.get(id)!);
  }
  for (const node of nodes) {
    widen(component, node.anchor, node.lastAt);
    component.openedAt = earliest(component.openedAt, node.openedAt);
    if (!node.part) continue;
    component.partsEndAt = latest(component.partsEndAt, node.endAt);
    component.families.add(node.family);
    addRun(component, node.run!);
  }
  const labels = ordered.length > 0 ? ordered.flatMap((past) => past.labels) : [component.anchor.id];
  return Object.assign(component, { labels });
}

function addRun(component: Component, run: Run): void {
  const other = component.runs.get(run.family);
  if (!other || other.startAt < run.startAt || (other.startAt === run.startAt && compareRefs(other.first, run.first) < 0)) component.runs.set(run.family, run);
}

function noteRuns(runs: Runs, nodes: IssueNodes, ofVertex: (vertex: number) => Component): void {
  const firstMember = new Map(nodes.parts.map((part) => [part.part.first.id, part]));
  for (const { id, family, earlier } of runs.began) {
    if (!earlier) continue;
    const part = firstMember.get(id)!;
    ofVertex(part.vertex).repeats.push({ ref: part.part.first, name: `f${family}`, vertex: earlier.lastMember.vertex });
  }
}

/** Feedback that hangs on the component widens it and does nothing else. */
export function hangFeedback(component: Component, transaction: TransactionDraft): void {
  widen(component, anchorOf(transaction), Math.max(startOf(transaction), transaction.endAt));
}

function widen(component: Component, anchor: EventRef, lastAt: Instant): void {
  component.anchor = earlierRef(component.anchor, anchor);
  component.firstAt = component.anchor.occurredAt;
  component.lastAt = Math.max(component.lastAt, lastAt);
}

export function isEngagement(component: Component): boolean {
  return component.partsEndAt !== null || component.openedAt !== null;
}

export function compareEarlier(a: Pick<EarlierRef, 'ref' | 'name'>, b: Pick<EarlierRef, 'ref' | 'name'>): number {
  return compareRefs(a.ref, b.ref) || compareText(a.name, b.name);
}

export function familiesOf(component: Component): Family[] {
  const families = component.families.size > 0 ? component.families : component.episodeFamilies;
  const sorted = vocabulary.families.filter((family) => families.has(family));
  return sorted.length > 0 ? sorted : ['unknown'];
}

/** The engagement of a component that is one. */
export function engagementOf(component: Component, components: Components, settings: HierarchySettings): Engagement {
  const elsewhere = (earlier: EarlierRef | null): string | null => (earlier && !component.labels.includes(earlier.component) ? earlier.component : null);
  const families = familiesOf(component);
  const phases: readonly Phase[] = phasesOf(component);
  return {
    id: `eng_${component.anchor.id}`,
    anchor: refOf(component.anchor),
    components: component.labels,
    families,
    firstAt: component.firstAt,
    lastAt: component.lastAt,
    lastActivityAt: component.partsEndAt ?? component.openedAt!,
    windowMs: Math.max(...families.map((family) => settings.families[family].windowMs)),
    phases,
    repeatOf: elsewhere(earlierOf(component, 'repeats', components)),
    follows: elsewhere(earlierOf(component, 'follows', components)),
  };
}

/** Of the runs (or episodes) of the component that began after another, the first in order, with the component of that other one. */
export function earlierOf(component: Component, list: 'repeats' | 'follows', components: Components): EarlierRef | null {
  const key = list === 'repeats' ? 'repeat' : 'follow';
  const refs: EarlierRef[] = component.sealed.flatMap((past) => past[key] ?? []);
  for (const { ref, name, vertex } of component[list]) refs.push({ ref: refOf(ref), name, component: components.ofVertex(vertex).labels[0]! });
  return refs.sort(compareEarlier)[0] ?? null;
}

function latest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.max(a, b);
}

function earliest(a: Instant | null, b: Instant | null): Instant | null {
  return a === null ? b : b === null ? a : Math.min(a, b);
}

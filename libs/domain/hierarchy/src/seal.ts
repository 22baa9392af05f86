import type { Family, Instant } from '@throughline/contracts';
import type { Component } from './components';
import { earlierOf } from './components';
import type { Episode } from './episodes';
import type { Evidence } from './evidence';
import { refOf } from './event-order';
import { lends } from './families';
import type { Fold } from './fold-journey';
import { takesFeedback, type GraphNode, type IssueNode, type PartNode } from './issue-nodes';
import { phasesOf } from './phases';
import type { Run } from './runs';
import type { Closing, SealedComponent, SealedEpisode, SealedFailure, SealedKey, SealedLender, SealedNode, SealedPast, SealedRun } from './sealed';

/** Everything that a fold leaves behind for the events after it. */
export interface Sealed {
  readonly keys: readonly SealedKey[];
  readonly components: readonly SealedComponent[];
  readonly nodes: readonly SealedNode[];
}

/**
 * The state of the folds after everything in `fold`, whose events are sealed with this: `all` of it for the rows, and what of it can be
 * touched by the rest, whose parts and key uses begin at `boundaryAt` or later and name `keys` and hang feedback on `labels`.
 *
 * Exact because the three folds only look forward: an episode is its last state and its last member, a run its last member and a few numbers
 * (its closings count from the start of that member on), and a component is a sum. An edge from a sealed node to a later one starts at the last
 * member of an episode or run, or at a failed part that nothing has followed; those nodes are kept with their strongest sealed edge.
 */
export function sealFold(
  fold: Fold,
  boundaryAt: Instant,
  keys: ReadonlySet<string>,
  labels: ReadonlySet<string>,
): { readonly all: Sealed; readonly past: SealedPast } {
  const sealing = new Sealing(fold);
  const allKeys: SealedKey[] = [];
  for (const { key, running, carriedBy } of fold.episodes.keys.values())
    if (running) allKeys.push({ key, episode: sealing.episode(running), carriedBy: sealing.carriers(carriedBy) });
  const running = Object.entries(fold.runs.running) as [Family, Run][];
  const failures = fold.failures
    .filter(({ endAt }) => endAt + fold.input.settings.repeatAfterFailureMs >= boundaryAt)
    .map(({ node, endAt, technical, ownFamily }): SealedFailure => ({ node: sealing.node(node).id, endAt, technical, ownFamily }));
  for (const [, run] of running) sealing.node(run.lastMember);
  // Nodes that were sealed before may have a stronger edge now.
  for (const node of fold.sealedNodes.values()) sealing.node(node);
  const all: Sealed = { keys: allKeys, components: fold.components.all.map((component) => sealing.component(component)), nodes: [...sealing.nodes.values()] };

  const keptKeys = allKeys.filter(({ key }) => keys.has(key));
  const keptNodes = new Set([
    ...keptKeys.map(({ episode }) => episode.lastMember),
    ...running.map(([, run]) => run.lastMember.id),
    ...failures.map(({ node }) => node),
  ]);
  const nodes = all.nodes.filter(({ id }) => keptNodes.has(id));
  const keptLabels = new Set([...labels, ...keptKeys.map(({ episode }) => episode.component), ...nodes.map(({ component }) => component)]);
  return {
    all,
    past: {
      boundaryAt,
      keys: keptKeys,
      components: all.components.filter((component) => component.labels.some((label) => keptLabels.has(label))),
      nodes,
      running: Object.fromEntries(running.map(([family, { id }]) => [family, id])),
      lenders: lendersFrom(fold, boundaryAt),
      failures,
    },
  };
}

/** Plain forms of what a fold works with. */
class Sealing {
  readonly nodes = new Map<string, SealedNode>();
  private readonly awaited: ReadonlySet<Episode>;

  constructor(private readonly fold: Fold) {
    this.awaited = awaitedEpisodes(fold.nodes.parts);
  }

  private labelOf(node: GraphNode): string {
    return this.fold.sealedNodes.get(node.id)?.component ?? this.fold.components.ofVertex(node.vertex).labels[0]!;
  }

  node(node: GraphNode): SealedNode {
    let sealed = this.nodes.get(node.id);
    if (!sealed) {
      const takes = this.fold.sealedNodes.get(node.id)?.takesFeedback ?? takesFeedback(node as IssueNode);
      sealed = { id: node.id, component: this.labelOf(node), anchor: refOf(node.anchor), evidence: plain(node.evidence), takesFeedback: takes };
      this.nodes.set(node.id, sealed);
    }
    return sealed;
  }

  episode(episode: Episode): SealedEpisode {
    const { family, open, closedAt, lastUseAt, lastMember, sealed } = episode;
    // Of an untouched episode the last member need not be at hand; its row stands as it is.
    if (sealed && episode.members.length === 0 && !this.fold.sealedNodes.has(lastMember.id)) return { ...sealed, family, open, closedAt, lastUseAt };
    const { id, component } = this.node(lastMember);
    const { runs } = this.fold.components.ofVertex(lastMember.vertex);
    const carriers = episode.carriers.filter((run) => runs.get(run.family) === run).map((run) => run.id);
    return {
      family,
      open,
      closedAt,
      lastUseAt,
      lastMember: id,
      component,
      carriers,
      awaited: family === null && ((sealed?.awaited ?? false) || this.awaited.has(episode)),
    };
  }

  /** Only the run that its family's next part is held against is ever asked for its keys. */
  carriers(carriedBy: Readonly<Partial<Record<Family, Run>>>): Partial<Record<Family, string>> {
    const kept: Partial<Record<Family, string>> = {};
    for (const [family, run] of Object.entries(carriedBy) as [Family, Run][]) if (this.fold.runs.running[family] === run) kept[family] = run.id;
    return kept;
  }

  component(component: Component): SealedComponent {
    const { labels, anchor, firstAt, lastAt, partsEndAt, openedAt, families, episodeFamilies, runs, sealed } = component;
    let openKeys = sealed.reduce((sum, past) => sum + past.openKeys, 0);
    let keyClosed = sealed.some((past) => past.keyClosed);
    for (const { transitions } of component.episodes)
      for (const { open, wasOpen, closing } of transitions) {
        openKeys += Number(open) - Number(wasOpen);
        if (closing) keyClosed = true;
      }
    return {
      labels,
      anchor: refOf(anchor),
      firstAt,
      lastAt,
      partsEndAt,
      openedAt,
      families: [...families],
      episodeFamilies: [...episodeFamilies],
      runs: [...runs.values()].map((run) => this.run(run, component)),
      openKeys,
      keyClosed,
      closing: latestClosing(component),
      phases: phasesOf(component).slice(-keptPhases),
      repeat: earlierOf(component, 'repeats', this.fold.components),
      follow: earlierOf(component, 'follows', this.fold.components),
    };
  }

  private run(run: Run, component: Component): SealedRun {
    const { id, family, lastMember, startAt, first, endAt, confidence, borrowed, hasKeys, open, closedAt, soldAt } = run;
    return {
      id,
      family,
      lastMember: lastMember.id,
      component: component.labels[0]!,
      startAt,
      first: refOf(first),
      endAt,
      confidence,
      borrowed,
      hasKeys,
      open,
      closedAt,
      soldAt,
    };
  }
}

/** Phases before these are forgotten by the seal: it matters only to who asks for a state of long ago. */
const keptPhases = 16;

function plain(evidence: Evidence | null): Evidence | null {
  return evidence && { ...evidence, partner: refOf(evidence.partner) };
}

/** Episodes without a family that a part without its own would take one from. */
function awaitedEpisodes(parts: readonly PartNode[]): ReadonlySet<Episode> {
  const awaited = new Set<Episode>();
  for (const part of parts) {
    if (part.part.own) continue;
    for (const key of part.keys) {
      const episode = part.episodes.get(key)!;
      if (episode.family) break;
      awaited.add(episode);
    }
  }
  return awaited;
}

function latestClosing(component: Component): Closing | null {
  let latest: Closing | null = null;
  for (const closing of [...component.sealed.flatMap((past) => past.closing ?? []), ...component.closings])
    if (closing.word !== 'cancelledKey' && (!latest || compareClosings(latest, closing) <= 0)) latest = closing;
  return latest && { at: refOf(latest.at), word: latest.word };
}

function compareClosings(a: Closing, b: Closing): number {
  return a.at.occurredAt - b.at.occurredAt || a.at.sourceSequence - b.at.sourceSequence || (a.at.id < b.at.id ? -1 : a.at.id > b.at.id ? 1 : 0);
}

/** For parts that begin at `boundaryAt` or later: of the lenders that ended before, only the one that ended last (the earliest of these) can lend. */
function lendersFrom({ input, nodes }: Fold, boundaryAt: Instant): SealedLender[] {
  let best: SealedLender | null = null;
  for (const lender of input.past.lenders) if (!best || lender.endAt > best.endAt) best = lender;
  for (const part of nodes.parts)
    if (lends(part) && (!best || part.endAt > best.endAt)) best = { endAt: part.endAt, family: part.family, confidence: part.intentConfidence };
  return best && best.endAt + input.settings.borrowMs >= boundaryAt ? [best] : [];
}

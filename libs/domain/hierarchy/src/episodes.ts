import type { Family, HierarchySettings, Instant, IssueKeyState, Outcome } from '@throughline/contracts';
import { refOf } from './event-order';
import type { EventRef } from './hierarchy';
import type { GraphNode, IssueNode, IssueNodes } from './issue-nodes';
import type { Reading } from './reading';
import type { Run } from './runs';
import type { Closing, SealedEpisode } from './sealed';

/** A change of whether a key is open. */
export interface Transition {
  readonly at: EventRef;
  readonly episode: Episode;
  readonly open: boolean;
  readonly wasOpen: boolean;
  readonly closing: Closing['word'] | null;
}

/** Uses of one issue key that belong together (rules §2.4). */
export interface Episode {
  readonly key: string;
  readonly sealed: SealedEpisode | null;
  readonly began: EventRef | null;
  /** The episode of the key before this one, and why this one began. */
  readonly earlier: { readonly episode: Episode; readonly cause: 'repeat' | 'follow' } | null;
  family: Family | null;
  /** The node that showed the family; null for a sealed one. */
  familyGiver: IssueNode | null;
  open: boolean;
  closedAt: Instant | null;
  lastUseAt: Instant;
  lastMember: GraphNode;
  /** Those that joined after the seal. */
  readonly members: IssueNode[];
  readonly transitions: Transition[];
  /** Runs with a member in it. */
  readonly carriers: Run[];
  /** State of the sweep of `runs.ts`. */
  sweepOpen: boolean;
  sweepClosedAt: Instant | null;
}

export interface KeyFold {
  readonly key: string;
  running: Episode | null;
  carriedBy: Partial<Record<Family, Run>>;
}

export interface KeyEdge {
  readonly a: GraphNode;
  readonly b: IssueNode;
  readonly key: string;
}

export interface Episodes {
  readonly keys: ReadonlyMap<string, KeyFold>;
  readonly edges: readonly KeyEdge[];
  /** Every episode that began, or was used, in the readings. */
  readonly touched: readonly Episode[];
  /** A sealed part would change its family: only a full build is exact. */
  readonly reachesSealedFamily: boolean;
}

/** Folds the uses of every key, in total order, from the sealed state of the keys. */
export function foldEpisodes(readings: readonly Reading[], nodes: IssueNodes, sealedKeys: readonly KeyFold[], settings: HierarchySettings): Episodes {
  const keys = new Map<string, KeyFold>(sealedKeys.map((fold) => [fold.key, fold]));
  const edges: KeyEdge[] = [];
  const touched = new Set<Episode>();
  let reachesSealedFamily = false;
  for (const reading of readings) {
    if (!reading.keys) continue;
    const node = nodes.ofReading.get(reading);
    if (!node) continue;
    for (const { key, state } of reading.keys) {
      let fold = keys.get(key);
      if (!fold) keys.set(key, (fold = { key, running: null, carriedBy: {} }));
      const episode = join(fold, reading, state, node, settings, edges);
      if (!episode) continue;
      touched.add(episode);
      const family = familyShown(node, reading, nodes.ofItems);
      if (!episode.family && family) {
        episode.family = family;
        episode.familyGiver = node;
        if (episode.sealed?.awaited) reachesSealedFamily = true;
      }
      episode.lastUseAt = reading.occurredAt;
      applyState(episode, reading, state);
    }
  }
  return { keys, edges, touched: [...touched], reachesSealedFamily };
}

/** The family that a use shows: of a contact event the part's own; of an item's that of the event, or else, attached, the part's own. */
function familyShown(node: IssueNode, reading: Reading, ofItems: ReadonlySet<Reading>): Family | null {
  const own = node.part?.own?.family ?? null;
  const shown = reading.intent?.family ?? null;
  return node.part && !ofItems.has(reading) ? own : (shown ?? own);
}

/** The episode of a use, begun if need be; null when the use is ignored. */
function join(
  fold: KeyFold,
  reading: Reading,
  state: IssueKeyState | undefined,
  node: IssueNode,
  settings: HierarchySettings,
  edges: KeyEdge[],
): Episode | null {
  const { key, running } = fold;
  if (!node.keys.includes(key)) node.keys.push(key);
  const known = node.episodes.get(key);
  if (known) return known === running ? running : null;
  if (running && continues(running, reading, state, node, settings)) {
    edges.push({ a: running.lastMember, b: node, key });
    running.lastMember = node;
    running.members.push(node);
    node.episodes.set(key, running);
    return running;
  }
  const own = (node.part ? node.part.own?.family : reading.intent?.family) ?? null;
  const cause = running?.family && own && running.family !== own ? 'follow' : 'repeat';
  const episode: Episode = {
    key,
    sealed: null,
    began: refOf(reading),
    earlier: running && { episode: running, cause },
    family: null,
    familyGiver: null,
    open: false,
    closedAt: null,
    lastUseAt: reading.occurredAt,
    lastMember: node,
    members: [node],
    transitions: [],
    carriers: [],
    sweepOpen: false,
    sweepClosedAt: null,
  };
  fold.running = episode;
  node.episodes.set(key, episode);
  return episode;
}

function continues(episode: Episode, reading: Reading, state: IssueKeyState | undefined, node: IssueNode, settings: HierarchySettings): boolean {
  if (reading.occurredAt - episode.lastUseAt > settings.keySilenceMs) return false;
  if (episode.closedAt === null) return true;
  const { reopenMs } = settings.families[episode.family ?? 'unknown'];
  if (state === 'reopened') return reading.occurredAt - episode.closedAt <= reopenMs;
  if (!node.part) return true;
  const own = node.part.own?.family ?? null;
  return node.startAt - episode.closedAt <= reopenMs && (own === null || episode.family === null || own === episode.family);
}

const closingWords: Readonly<Partial<Record<Outcome, Closing['word']>>> = { resolved: 'resolved', sold: 'sold', lost: 'lost', cancelled: 'cancelled' };

/** The word of an outcome that closes; null for one that does not. */
export function closingWord(outcome: Outcome | undefined): Closing['word'] | null {
  return (outcome && closingWords[outcome]) ?? null;
}

function applyState(episode: Episode, reading: Reading, state: IssueKeyState | undefined): void {
  if (!state) return;
  const wasOpen = episode.open;
  if (state === 'opened' || state === 'reopened') {
    episode.closedAt = null;
    if (wasOpen) return;
    episode.open = true;
    episode.transitions.push({ at: reading, episode, open: true, wasOpen, closing: null });
  } else if (episode.closedAt === null) {
    episode.closedAt = reading.occurredAt;
    episode.open = false;
    const closing = closingWord(reading.outcome) ?? (state === 'closed' ? 'resolved' : 'cancelledKey');
    episode.transitions.push({ at: reading, episode, open: false, wasOpen, closing });
  }
}

import type { Family, HierarchySettings, IssueKeyState } from '@throughline/contracts';
import { byKey, noteLimit, type Note } from '../flood';
import type { Edge } from './edges';
import type { Interaction } from './interactions';
import type { Part } from './parts';
import { inOrder, type Reading } from './reading';
import type { Transaction } from './transactions';

/** An item or side transaction without interaction, or an attempt. */
export interface LooseNode {
  readonly type: 'loose' | 'attempt';
  readonly transaction?: Transaction;
  readonly interaction?: Interaction;
  readonly readings: readonly Reading[];
  readonly anchor: Reading;
}
export type Node = Part | LooseNode;

export interface Use {
  readonly reading: Reading;
  readonly node: Node;
  readonly state: IssueKeyState | undefined;
}

export interface Episode {
  readonly key: string;
  readonly uses: Use[];
  /** The episode of the key before it, and whether its family differed. */
  readonly before: Episode | null;
  readonly familiesDiffer: boolean;
}

export interface Closing {
  readonly reading: Reading;
  readonly state: 'closed' | 'cancelled';
}

export interface KeyStatus {
  readonly family: Family | null;
  readonly open: boolean;
  readonly closedAt: number | null;
  readonly closings: readonly Closing[];
}

/** docs/rules.md 2.4: where an episode stands after these uses of it, read anew from the first. */
export function statusAfter(uses: readonly Use[]): KeyStatus {
  let family: Family | null = null;
  let open = false;
  let closedAt: number | null = null;
  const closings: Closing[] = [];
  for (const use of uses) {
    family ??= familyOfUse(use);
    if (use.state === 'opened' || use.state === 'reopened') {
      open = true;
      closedAt = null;
    } else if (use.state !== undefined && closedAt === null) {
      open = false;
      closedAt = use.reading.start;
      closings.push({ reading: use.reading, state: use.state });
    }
  }
  return { family, open, closedAt, closings };
}

/** Where it stands at an instant. */
export const statusAt = (episode: Episode, at: number): KeyStatus => statusAfter(episode.uses.filter(({ reading }) => reading.start <= at));

/** Of a contact event the part's own family; of an item's event what it shows, or else, attached, its part's own. */
function familyOfUse({ reading, node }: Use): Family | null {
  const shown = reading.shown?.family ?? null;
  if (node.type !== 'part') return shown;
  return (node.contact.includes(reading) ? null : shown) ?? node.own?.family ?? null;
}

/** The uses of every issue key, divided into episodes. */
export function episodesOf(nodes: readonly Node[], settings: HierarchySettings, note: Note): Episode[] {
  const uses = nodes
    .flatMap((node) =>
      node.readings.flatMap((reading) => reading.keys.map((key, place) => ({ key: key.key, place, use: { reading, node, state: key.state } }))),
    )
    .sort((a, b) => inOrder(a.use.reading, b.use.reading) || a.place - b.place);
  const episodes: Episode[] = [];
  for (const [key, ofKey] of byKey(uses, (use) => use.key)) {
    const mine: Episode[] = [];
    for (const { use } of ofKey) take(use, key, mine, settings, note);
    episodes.push(...mine);
  }
  return episodes;
}

function take(use: Use, key: string, episodes: Episode[], settings: HierarchySettings, note: Note): void {
  const running = episodes[episodes.length - 1];
  if (!running) {
    episodes.push({ key, uses: [use], before: null, familiesDiffer: false });
    return;
  }
  if (running.uses.some((other) => other.node === use.node)) {
    running.uses.push(use);
    return;
  }
  if (episodes.some((episode) => episode.uses.some((other) => other.node === use.node))) {
    note('key: use of an earlier episode ignored');
    return;
  }
  const { family, closedAt } = statusAfter(running.uses);
  const own = use.node.type === 'part' ? (use.node.own?.family ?? null) : familyOfUse(use);
  const differ = own !== null && family !== null && own !== family;
  const silence = use.reading.start - running.uses[running.uses.length - 1]!.reading.start;
  const reopen = settings.families[family ?? 'unknown'].reopenMs;

  noteLimit(note, 'key silence', silence, settings.keySilenceMs);
  let joins = true;
  if (silence > settings.keySilenceMs) {
    note('cut: key silence');
    joins = false;
  } else if (closedAt !== null && use.state === 'reopened') {
    noteLimit(note, 'key reopened', use.reading.start - closedAt, reopen);
    joins = use.reading.start - closedAt <= reopen;
    note(joins ? 'key: reopened' : 'cut: key reopened too late');
  } else if (closedAt !== null && use.node.type === 'part') {
    noteLimit(note, 'key closed', use.node.start - closedAt, reopen);
    joins = use.node.start - closedAt <= reopen && !differ;
    note(joins ? 'key: joined after closing' : differ ? 'cut: key closed, families differ' : 'cut: key closed');
  }
  if (joins) running.uses.push(use);
  else episodes.push({ key, uses: [use], before: running, familiesDiffer: differ });
}

/** Consecutive nodes of an episode, in order of joining. */
export function keyEdges(episodes: readonly Episode[]): Edge<Node>[] {
  return episodes.flatMap((episode) => {
    const nodes = [...new Set(episode.uses.map((use) => use.node))];
    return nodes.slice(1).map((b, index) => ({
      a: nodes[index]!,
      b,
      rule: 'key' as const,
      value: episode.key,
      gapMs: null,
      limitMs: null,
      confidence: episode.key.startsWith('callback:') ? 980 : 1000,
    }));
  });
}

import type { CanonicalEvent, CustomerTree, EngagementBranch, EventLeaf, InteractionBranch, TransactionBranch } from '@throughline/contracts';
import type { LevelName } from '../ui/level';

/** Why a node belongs to its parent, whatever the level. */
export interface LinkEvidence {
  readonly rule: string;
  /** Shared link or key, `kind:namespace:value`. */
  readonly value: string | null;
  readonly otherEvent: string | null;
  readonly gapMs: number | null;
  readonly limitMs: number | null;
  /** 0–1000. */
  readonly confidence: number;
}

interface Common {
  /** Its own in the whole tree: an interaction may stand in two engagements. */
  readonly key: string;
  /** As the server names it. */
  readonly id: string;
  readonly at: number;
  readonly endAt: number;
  /** The event by which a correction names it. */
  readonly eventId: string;
  readonly link: LinkEvidence | null;
  readonly parent: TimelineNode | null;
  readonly children: readonly TimelineNode[];
}

export interface EngagementNode extends Common {
  readonly level: 'engagement';
  readonly branch: EngagementBranch | null;
}
export interface InteractionNode extends Common {
  readonly level: 'interaction';
  readonly branch: InteractionBranch;
}
export interface TransactionNode extends Common {
  readonly level: 'transaction';
  readonly branch: TransactionBranch;
}
export interface EventNode extends Common {
  readonly level: 'event';
  readonly branch: EventLeaf;
}
/** One thing on the timeline. An engagement without a branch gathers what hangs on the journey itself. */
export type TimelineNode = EngagementNode | InteractionNode | TransactionNode | EventNode;

/** A node as a line of the tree, for eyes and for assistive technology. */
export interface TimelineRow {
  readonly node: TimelineNode;
  /** 1 for engagements. */
  readonly depth: number;
  readonly place: number;
  readonly of: number;
  /** Undefined for a leaf. */
  readonly open: boolean | undefined;
}

const anchorOf = (id: string): string => id.replace(/^(tx|int|eng)_/, '');
const byTime = (a: TimelineNode, b: TimelineNode): number => a.at - b.at || (a.key < b.key ? -1 : 1);

/** The engagements of a tree, the latest first, each with all that is in it in the order of time; what belongs to none comes last. */
export function timelineOf(tree: CustomerTree): readonly EngagementNode[] {
  const engagements = tree.engagements.map((branch) => engagementNode(branch, branch.id, branch.interactions, branch.transactions));
  engagements.sort((a, b) => b.endAt - a.endAt || b.at - a.at);
  const { interactions, transactions } = tree.unengaged;
  return interactions.length + transactions.length > 0 ? [...engagements, engagementNode(null, 'loose', interactions, transactions)] : engagements;
}

function engagementNode(
  branch: EngagementBranch | null,
  id: string,
  interactions: readonly InteractionBranch[],
  transactions: readonly TransactionBranch[],
): EngagementNode {
  const children: TimelineNode[] = [];
  const times = [...interactions, ...transactions];
  const node: EngagementNode = {
    level: 'engagement',
    key: id,
    id,
    branch,
    at: branch?.firstAt ?? Math.min(...times.map(({ firstAt }) => firstAt)),
    endAt: branch?.lastAt ?? Math.max(...times.map(({ lastAt }) => lastAt)),
    eventId: anchorOf(id),
    link: null,
    parent: null,
    children,
  };
  children.push(...interactions.map((one) => interactionNode(one, node)), ...transactions.map((one) => transactionNode(one, node)));
  children.sort(byTime);
  return node;
}

function interactionNode(branch: InteractionBranch, parent: TimelineNode): InteractionNode {
  const children: TimelineNode[] = [];
  const { id, firstAt: at, lastAt: endAt, membership: link } = branch;
  const node: InteractionNode = { level: 'interaction', key: `${parent.key}/${id}`, id, branch, at, endAt, eventId: anchorOf(id), link, parent, children };
  children.push(...branch.transactions.map((one) => transactionNode(one, node)));
  children.sort(byTime);
  return node;
}

function transactionNode(branch: TransactionBranch, parent: TimelineNode): TransactionNode {
  const children: TimelineNode[] = [];
  const { id, firstAt: at, lastAt: endAt, membership: link } = branch;
  const node: TransactionNode = { level: 'transaction', key: `${parent.key}/${id}`, id, branch, at, endAt, eventId: anchorOf(id), link, parent, children };
  children.push(...branch.events.map((leaf) => eventNode(leaf, node)));
  return node;
}

function eventNode(branch: EventLeaf, parent: TimelineNode): EventNode {
  const { event, rule, gapMs, limitMs, confidence } = branch;
  const link = { rule, value: rule === 'session' ? (event.sessionKey ?? null) : null, otherEvent: null, gapMs, limitMs, confidence };
  const { id } = event;
  return {
    level: 'event',
    key: `${parent.key}/${id}`,
    id,
    branch,
    at: event.occurredAt,
    endAt: event.endedAt ?? event.occurredAt,
    eventId: id,
    link,
    parent,
    children: [],
  };
}

/** The lines that are to be seen when these nodes are open. */
export function rowsOf(nodes: readonly TimelineNode[], open: ReadonlySet<string>, depth = 1): TimelineRow[] {
  return nodes.flatMap((node, i) => {
    const isOpen = node.children.length === 0 ? undefined : open.has(node.key);
    const row = { node, depth, place: i + 1, of: nodes.length, open: isOpen };
    return isOpen ? [row, ...rowsOf(node.children, open, depth + 1)] : [row];
  });
}

export function* everyNode(nodes: readonly TimelineNode[]): Generator<TimelineNode> {
  for (const node of nodes) {
    yield node;
    yield* everyNode(node.children);
  }
}

export const ancestorsOf = (node: TimelineNode): TimelineNode[] => (node.parent ? [node.parent, ...ancestorsOf(node.parent)] : []);

/** Keys that are open when the tree is shown down to a level. */
export function openTo(nodes: readonly TimelineNode[], level: LevelName): Set<string> {
  const above: Readonly<Record<string, readonly string[]>> = {
    interaction: ['engagement'],
    transaction: ['engagement', 'interaction'],
    event: ['engagement', 'interaction', 'transaction'],
  };
  const levels = above[level] ?? [];
  return new Set([...everyNode(nodes)].filter((node) => levels.includes(node.level)).map(({ key }) => key));
}

export const transactionsOf = (node: TimelineNode): TransactionNode[] =>
  node.level === 'transaction' ? [node] : node.children.flatMap((child) => transactionsOf(child));

export const eventsOf = (node: TimelineNode): CanonicalEvent[] =>
  node.level === 'event' ? [node.branch.event] : node.children.flatMap((child) => eventsOf(child));

/** The channel in which most of a node's time went. */
export function channelOf(node: TimelineNode): string {
  if (node.level === 'event') return node.branch.event.channel;
  const spans = new Map<string, number>();
  for (const { branch, at, endAt } of transactionsOf(node))
    if (branch.kind === 'contact') spans.set(branch.channel, (spans.get(branch.channel) ?? 0) + endAt - at + 1);
  const [longest] = [...spans].sort((a, b) => b[1] - a[1]);
  return longest?.[0] ?? transactionsOf(node)[0]?.branch.channel ?? '';
}

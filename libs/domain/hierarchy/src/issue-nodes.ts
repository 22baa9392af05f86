import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import type { Evidence } from './evidence';
import { compareRefs, earlierRef } from './event-order';
import type { Episode } from './episodes';
import type { EventRef } from './hierarchy';
import type { InteractionDraft, Interactions } from './interactions';
import { buildParts, type PartDraft } from './parts';
import type { Reading } from './reading';
import type { Run } from './runs';
import { anchorOf, startOf, type TransactionDraft, type Transactions } from './transactions';

/** What an edge of rules §2.6 can end in: a node of the work at hand, or a sealed one. */
export interface GraphNode {
  readonly id: string;
  /** Place in the disjoint sets; sealed nodes share that of their component. */
  readonly vertex: number;
  readonly anchor: EventRef;
  evidence: Evidence | null;
}

/** A part, a loose transaction or an attempt: what episodes, runs and engagements are made of. */
export interface IssueNode extends GraphNode {
  readonly part: PartDraft | null;
  /** Of a part or an attempt. */
  readonly interaction: InteractionDraft | null;
  readonly transactions: readonly TransactionDraft[];
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** Of all its events, for the recorded span. */
  readonly lastAt: Instant;
  /** In order of first use. */
  readonly keys: string[];
  readonly episodes: Map<string, Episode>;
  openedAt: Instant | null;
  /** Parts only. */
  family: Family;
  familyBy: 'own' | 'episode' | 'borrowed' | 'unknown';
  intentConfidence: number;
  run: Run | null;
}

export interface PartNode extends IssueNode {
  readonly part: PartDraft;
}

export interface IssueNodes {
  readonly all: readonly IssueNode[];
  /** The parts, in order. */
  readonly parts: readonly PartNode[];
  /** The node of a reading that carries keys or a closing outcome. */
  readonly ofReading: ReadonlyMap<Reading, IssueNode>;
  /** Loose feedback that names an earlier event of the customer: it hangs on that event's engagement and is no node. */
  readonly feedback: readonly HangingFeedback[];
  /** Parts of a contact interaction. */
  readonly partsOf: ReadonlyMap<InteractionDraft, readonly PartNode[]>;
}

export interface HangingFeedback {
  readonly transaction: TransactionDraft;
  readonly aboutEventId: string;
}

/** Tells whether an event that is named as the subject of feedback is the customer's, and lies before the event that names it. */
export type KnowsEvent = (eventId: string, namedBy: Reading) => boolean;

export function buildIssueNodes(transactions: Transactions, interactions: Interactions, knows: KnowsEvent, settings: HierarchySettings): IssueNodes {
  const all: IssueNode[] = [];
  const parts: PartNode[] = [];
  const feedback: HangingFeedback[] = [];
  const ofReading = new Map<Reading, IssueNode>();
  const partsOf = new Map<InteractionDraft, PartNode[]>();
  const drafts: PartDraft[] = [];
  for (const interaction of interactions.all) if (interaction.kind === 'contact') for (const part of buildParts(interaction, settings)) drafts.push(part);
  drafts.sort((a, b) => a.startAt - b.startAt || compareRefs(a.first, b.first));
  for (const draft of drafts) {
    const node = partNode(draft, all.length);
    all.push(node);
    parts.push(node);
    const fellows = partsOf.get(draft.interaction);
    if (fellows) fellows.push(node);
    else partsOf.set(draft.interaction, [node]);
    for (const segment of draft.segments) note(segment.readings, node, ofReading);
    for (const item of draft.items) note(item.readings, node, ofReading);
  }
  for (const interaction of interactions.all)
    if (interaction.kind === 'attempt') addNode(all, ofReading, 'int_', interaction, [...interaction.core, ...interaction.items]);
  for (const transaction of transactions.all) {
    if (interactions.ofTransaction[transaction.index]) continue;
    const aboutEventId = subjectOf(transaction, knows);
    if (aboutEventId) feedback.push({ transaction, aboutEventId });
    else addNode(all, ofReading, 'tx_', null, [transaction]);
  }
  return { all, parts, ofReading, feedback, partsOf };
}

function subjectOf(transaction: TransactionDraft, knows: KnowsEvent): string | null {
  if (!transaction.side) return null;
  for (const reading of transaction.readings) if (reading.aboutEventId !== undefined && knows(reading.aboutEventId, reading)) return reading.aboutEventId;
  return null;
}

const unfolded = { family: 'unknown', familyBy: 'unknown', intentConfidence: 1000, run: null, openedAt: null, evidence: null } as const;

function partNode(part: PartDraft, vertex: number): PartNode {
  let anchor: Reading = part.first;
  let lastAt = part.endAt;
  for (const segment of part.segments) for (const reading of segment.readings) lastAt = Math.max(lastAt, reading.endAt);
  for (const item of part.items) {
    anchor = earlierRef(anchor, anchorOf(item)) as Reading;
    lastAt = Math.max(lastAt, item.endAt);
  }
  return {
    ...unfolded,
    id: `part_${part.first.id}`,
    vertex,
    anchor,
    part,
    interaction: part.interaction,
    transactions: [],
    startAt: part.startAt,
    endAt: part.endAt,
    lastAt,
    keys: [],
    episodes: new Map(),
  };
}

function addNode(
  all: IssueNode[],
  ofReading: Map<Reading, IssueNode>,
  prefix: string,
  interaction: InteractionDraft | null,
  transactions: TransactionDraft[],
): void {
  const first = transactions.reduce((earliest, transaction) => (transaction.index < earliest.index ? transaction : earliest));
  const endAt = transactions.reduce((latest, transaction) => Math.max(latest, transaction.endAt), -Infinity);
  const node: IssueNode = {
    ...unfolded,
    id: `${prefix}${anchorOf(first).id}`,
    vertex: all.length,
    anchor: anchorOf(first),
    part: null,
    interaction,
    transactions,
    startAt: startOf(first),
    endAt,
    lastAt: endAt,
    keys: [],
    episodes: new Map(),
  };
  all.push(node);
  for (const transaction of transactions) note(transaction.readings, node, ofReading);
}

function note(readings: readonly Reading[], node: IssueNode, ofReading: Map<Reading, IssueNode>): void {
  for (const reading of readings) if (reading.keys || reading.outcome) ofReading.set(reading, node);
}

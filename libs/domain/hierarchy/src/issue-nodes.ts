import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import type { Evidence } from './evidence';
import { compareRefs, earlierRef } from './event-order';
import type { Episode } from './episodes';
import type { EventRef } from './hierarchy';
import type { InteractionDraft } from './interaction-draft';
import type { Interactions } from './interactions';
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

/** Whether feedback about one of the node's events hangs on its engagement (rules, H9). */
export function takesFeedback(node: IssueNode): boolean {
  if (node.part) return true;
  return node.openedAt !== null && (node.interaction !== null || subjectOf(node.transactions[0]!) === undefined);
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
  /** The later part that the family is borrowed from. */
  laterLender: IssueNode | null;
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
  /** Such readings of items that are attached to a part. */
  readonly ofItems: ReadonlySet<Reading>;
  /** Loose feedback that was asked about an event of an engagement: it hangs on that engagement and is no node. */
  readonly feedback: readonly HangingFeedback[];
  /** Parts of a contact interaction. */
  readonly partsOf: ReadonlyMap<InteractionDraft, readonly PartNode[]>;
}

export interface HangingFeedback {
  readonly transaction: TransactionDraft;
  readonly aboutEventId: string;
  /** The node that holds the event; null when it is sealed. */
  readonly about: IssueNode | null;
}

/** Finds what feedback was asked about: an unsealed event's transaction and place, or whether a sealed event is part of an engagement. */
export interface Subjects {
  placeOf(eventId: string): { readonly transaction: TransactionDraft; readonly reading: Reading } | undefined;
  isSealedSubject(eventId: string): boolean;
}

export function buildIssueNodes(transactions: Transactions, interactions: Interactions, subjects: Subjects, settings: HierarchySettings): IssueNodes {
  const all: IssueNode[] = [];
  const parts: PartNode[] = [];
  const ofReading = new Map<Reading, IssueNode>();
  const ofItems = new Set<Reading>();
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
    for (const item of draft.items) {
      note(item.readings, node, ofReading);
      for (const reading of item.readings) if (ofReading.has(reading)) ofItems.add(reading);
    }
  }
  const looseOf = new Map<TransactionDraft, IssueNode>();
  const addLoose = (prefix: string, interaction: InteractionDraft | null, members: readonly TransactionDraft[]): void => {
    const node = looseNode(all.length, prefix, interaction, members);
    all.push(node);
    for (const transaction of members) {
      note(transaction.readings, node, ofReading);
      looseOf.set(transaction, node);
    }
  };
  for (const interaction of interactions.all) if (interaction.kind === 'attempt') addLoose('int_', interaction, [...interaction.core, ...interaction.items]);
  const asked: TransactionDraft[] = [];
  for (const transaction of transactions.all) {
    if (interactions.ofTransaction[transaction.index]) continue;
    if (transaction.side && transaction.readings.some((reading) => reading.aboutEventId !== undefined)) asked.push(transaction);
    else addLoose('tx_', null, [transaction]);
  }
  const feedback: HangingFeedback[] = [];
  for (const transaction of asked) {
    const aboutEventId = subjectOf(transaction)!;
    const place = subjects.placeOf(aboutEventId);
    const about = (place && (nodeOfContact(place, interactions, partsOf) ?? looseOf.get(place.transaction))) ?? null;
    if (about ? about.part || about.openedAt !== null : !place && subjects.isSealedSubject(aboutEventId)) feedback.push({ transaction, aboutEventId, about });
  }
  const hanging = new Set(feedback.map(({ transaction }) => transaction));
  for (const transaction of asked) if (!hanging.has(transaction)) addLoose('tx_', null, [transaction]);
  return { all, parts, ofReading, ofItems, feedback, partsOf };
}

/** The event that a loose feedback transaction was first asked about. */
export function subjectOf({ readings }: TransactionDraft): string | undefined {
  return readings.find((reading) => reading.aboutEventId !== undefined)?.aboutEventId;
}

function nodeOfContact(
  { transaction, reading }: { readonly transaction: TransactionDraft; readonly reading: Reading },
  interactions: Interactions,
  partsOf: ReadonlyMap<InteractionDraft, readonly PartNode[]>,
): PartNode | undefined {
  const interaction = interactions.ofTransaction[transaction.index];
  const parts = (interaction && partsOf.get(interaction)) ?? [];
  return parts.length === 1
    ? parts[0]
    : parts.find(
        ({ part }) =>
          part.items.includes(transaction) || part.segments.some((segment) => segment.transaction === transaction && segment.readings.includes(reading)),
      );
}

const unfolded = { family: 'unknown', familyBy: 'unknown', intentConfidence: 1000, laterLender: null, run: null, openedAt: null, evidence: null } as const;

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

function looseNode(vertex: number, prefix: string, interaction: InteractionDraft | null, transactions: readonly TransactionDraft[]): IssueNode {
  const first = transactions.reduce((earliest, transaction) => (transaction.index < earliest.index ? transaction : earliest));
  const endAt = transactions.reduce((latest, transaction) => Math.max(latest, transaction.endAt), -Infinity);
  return {
    ...unfolded,
    id: `${prefix}${anchorOf(first).id}`,
    vertex,
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
}

function note(readings: readonly Reading[], node: IssueNode, ofReading: Map<Reading, IssueNode>): void {
  for (const reading of readings) {
    if (!reading.keys && !reading.outcome) continue;
    ofReading.set(reading, node);
    if (reading.keys?.some(({ state }) => state === 'opened')) node.openedAt = Math.min(node.openedAt ?? Infinity, reading.occurredAt);
  }
}

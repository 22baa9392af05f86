import type { Channel, Correction, HierarchySettings } from '@throughline/contracts';
import { attachItems, placedByPerson } from './attached-items';
import { DisjointSets } from './disjoint-sets';
import { edgeRules, type CorrectedNodes, type EdgeRules } from './edge-rules';
import { stronger, type Evidence } from './evidence';
import { components, draft, personEdge, type InteractionDraft } from './interaction-draft';
import type { Reading } from './reading';
import { anchorOf, type TransactionDraft, type Transactions } from './transactions';

export interface Interactions {
  readonly all: readonly InteractionDraft[];
  /** By transaction index; null for a loose one. */
  readonly ofTransaction: readonly (InteractionDraft | null)[];
  /** By transaction index: why it belongs to its interaction; null for an only core member or a loose transaction. */
  readonly evidence: readonly (Evidence | null)[];
}

/** Rules §2.2: transactions → interactions. */
export function buildInteractions(
  transactions: Transactions,
  readings: readonly Reading[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
): Interactions {
  const corrected = correctedTransactions(transactions, readings, corrections);
  const rules = edgeRules('interaction', corrections, corrected);
  const evidence: (Evidence | null)[] = transactions.all.map(() => null);
  const ofTransaction: (InteractionDraft | null)[] = transactions.all.map(() => null);
  const contacts = transactions.all.filter((transaction) => transaction.live).sort((a, b) => a.live!.startAt - b.live!.startAt || a.index - b.index);
  const sets = new DisjointSets(transactions.all.length);
  const tie = (a: TransactionDraft, b: TransactionDraft, edge: Omit<Evidence, 'partner'>): void => {
    sets.join(a.index, b.index);
    evidence[a.index] = stronger(evidence[a.index]!, { ...edge, partner: anchorOf(b) });
    evidence[b.index] = stronger(evidence[b.index]!, { ...edge, partner: anchorOf(a) });
  };
  tieByTime(contacts, rules, settings, tie);
  tieByLink(contacts, rules, sets, evidence);
  for (const { a, b } of rules.person) tie(transactions.all[a]!, transactions.all[b]!, personEdge);
  const all: InteractionDraft[] = [];
  for (const core of components(contacts, sets)) all.push(draft('contact', core, ofTransaction));
  attachItems({ transactions, all, ofTransaction, evidence, rules, placed: placedByPerson(transactions, corrections, corrected), settings });
  return { all, ofTransaction, evidence };
}

/** Between contacts corrections make and unmake edges; where they put other transactions, `placedByPerson` says. */
function correctedTransactions(transactions: Transactions, readings: readonly Reading[], corrections: readonly Correction[]): CorrectedNodes {
  const places = corrections.length > 0 ? new Map(readings.map((reading, place) => [reading.id, place])) : new Map<string, number>();
  const placeOf = (eventId: string): number => places.get(eventId) ?? -1;
  return {
    anchors: corrections.length > 0 ? transactions.all.map(anchorOf) : [],
    nodeOf: (eventId) => transactions.ofReading[placeOf(eventId)]?.index,
    refOf: (eventId) => readings[placeOf(eventId)],
    isCorrected: (index) => transactions.all[index]!.live !== null,
  };
}

/** The silence that still joins two contacts. */
export function interactionGap(a: Channel, b: Channel, { interactionGapMs: gaps }: HierarchySettings): number {
  if (gaps.asynchronous.includes(a) || gaps.asynchronous.includes(b)) return gaps.withAsynchronous;
  return a === 'messaging' && b === 'messaging' ? gaps.betweenMessaging : gaps.standard;
}

function tieByTime(
  contacts: readonly TransactionDraft[],
  rules: EdgeRules,
  settings: HierarchySettings,
  tie: (a: TransactionDraft, b: TransactionDraft, edge: Omit<Evidence, 'partner'>) => void,
): void {
  const { standard, withAsynchronous, betweenMessaging } = settings.interactionGapMs;
  const reach = Math.max(standard, withAsynchronous, betweenMessaging);
  let near: TransactionDraft[] = [];
  for (const later of contacts) {
    const { startAt, channel } = later.live!;
    near = near.filter((earlier) => startAt - earlier.live!.endAt <= reach);
    for (const earlier of near) {
      const gapMs = startAt - earlier.live!.endAt;
      const limitMs = interactionGap(earlier.live!.channel, channel, settings);
      if (gapMs > limitMs || !rules.allows(earlier.index, later.index)) continue;
      if (gapMs <= 0) tie(earlier, later, { rule: 'overlap', value: null, gapMs: 0, limitMs: null, confidence: 950 });
      else tie(earlier, later, { rule: 'timeBlock', value: null, gapMs, limitMs, confidence: 950 - Math.floor((350 * gapMs) / limitMs) });
    }
    near.push(later);
  }
}

/** Ties every contact of a piece to the earliest other one that it may be tied to: the same components and evidence as all pairs, without visiting them. */
function tieByLink(contacts: readonly TransactionDraft[], rules: EdgeRules, sets: DisjointSets, evidence: (Evidence | null)[]): void {
  for (const transaction of contacts)
    for (const piece of transaction.pieces) {
      if (piece.transactions.length < 2) continue;
      const partner = piece.transactions.find((other) => other.live && other !== transaction && rules.allows(other.index, transaction.index));
      if (!partner) continue;
      sets.join(partner.index, transaction.index);
      const edge: Evidence = { rule: 'link', partner: anchorOf(partner), value: piece.link, gapMs: null, limitMs: null, confidence: 1000 };
      evidence[transaction.index] = stronger(evidence[transaction.index]!, edge);
    }
}

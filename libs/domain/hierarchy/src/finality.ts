import type { HierarchySettings, Instant } from '@throughline/contracts';
import type { Fold } from './fold-journey';
import { subjectOf, type IssueNode } from './issue-nodes';
import type { Reading } from './reading';
import { anchorOf, startOf, type TransactionDraft } from './transactions';

/** An interaction with all that attached to it, or a loose transaction: what is sealed whole or not at all. */
interface Unit {
  readonly transactions: readonly TransactionDraft[];
  /** From here on its parts and key uses: what the folds meet of it. Infinity for a loose transaction without keys. */
  begin: Instant;
  end: Instant;
  /** An event later than this cannot change it. */
  reach: Instant;
  /** Nodes that gave a family to parts of it: later lenders, and who showed the family of a key. */
  readonly givers: Set<IssueNode>;
  /** The first event that its feedback was asked about. */
  readonly subject: string | undefined;
}

export interface Division {
  readonly sealed: readonly Reading[];
  readonly rest: readonly Reading[];
  /** Everything sealed ended before; every part and key use of the rest begins here or later. */
  readonly boundaryAt: Instant;
}

/**
 * Divides the readings of a fold into what no event at or after `from` can change any more, and the rest. Sealed is an interaction (or loose
 * transaction), whole, when
 * - no such event can join one of its transactions, use one of its link pieces, or be near enough in time to its live span (`reach`);
 * - it ended before anything unsealed begins to matter to the folds, so the folds meet all of the sealed before any of the rest;
 * - what its parts have their family from is not in the rest, and no later part could lend them one (but see `BorrowGuard`);
 * - it shares no link piece with the rest, and what its feedback was asked about is not in the rest.
 * `distrust` names parts that a try showed to depend on the rest after all (a family that came later through a key).
 */
export function divide(fold: Fold, from: Instant, distrust: ReadonlySet<string>): Division {
  const { readings, settings } = fold.input;
  const units = unitsOf(fold, settings);
  const unitOf = new Map<TransactionDraft, Unit>();
  for (const unit of units) for (const transaction of unit.transactions) unitOf.set(transaction, unit);
  const unsealed = new Set<Unit>();
  let boundaryAt = from;
  const keep = (unit: Unit): void => {
    if (unsealed.has(unit)) return;
    unsealed.add(unit);
    boundaryAt = Math.min(boundaryAt, unit.begin);
    for (const { pieces } of unit.transactions) for (const piece of pieces) for (const other of piece.transactions) keep(unitOf.get(other)!);
  };
  for (const unit of units) if (unit.reach >= from) keep(unit);
  for (const { id, part } of fold.nodes.parts) if (distrust.has(id)) keep(unitOf.get(part.segments[0]!.transaction)!);
  const asked = units.filter((unit) => unit.subject !== undefined);
  const unitOfSubject = subjectUnits(fold, asked, unitOf);
  const byEnd = units.filter((unit) => !unsealed.has(unit)).sort((a, b) => b.end - a.end);
  const given = byEnd.filter((unit) => unit.givers.size > 0);
  for (let next = 0, before = -1; unsealed.size !== before;) {
    before = unsealed.size;
    for (let unit = byEnd[next]; unit && unit.end >= boundaryAt; unit = byEnd[(next += 1)]) keep(unit);
    for (const unit of given) if ([...unit.givers].some((giver) => unsealed.has(unitOfNode(giver, unitOf)))) keep(unit);
    for (const unit of asked) {
      const subject = unitOfSubject.get(unit);
      if (subject && unsealed.has(subject)) keep(unit);
    }
  }
  const { ofReading } = fold.transactions;
  const isKept = (place: number): boolean => unsealed.has(unitOf.get(ofReading[place]!)!);
  return { sealed: readings.filter((_, place) => !isKept(place)), rest: readings.filter((_, place) => isKept(place)), boundaryAt };
}

function subjectUnits(fold: Fold, asked: readonly Unit[], unitOf: ReadonlyMap<TransactionDraft, Unit>): ReadonlyMap<Unit, Unit> {
  const found = new Map<Unit, Unit>();
  if (asked.length === 0) return found;
  const byEvent = new Map(fold.input.readings.map(({ id }, place) => [id, fold.transactions.ofReading[place]!]));
  for (const unit of asked) {
    const transaction = byEvent.get(unit.subject!);
    if (transaction) found.set(unit, unitOf.get(transaction)!);
  }
  return found;
}

function unitOfNode({ part, transactions }: IssueNode, unitOf: ReadonlyMap<TransactionDraft, Unit>): Unit {
  return unitOf.get(part ? part.segments[0]!.transaction : transactions[0]!)!;
}

function unitsOf(fold: Fold, settings: HierarchySettings): Unit[] {
  const units: Unit[] = [];
  const nodes = new Map<object, IssueNode[]>();
  for (const node of fold.nodes.all) {
    const owner = node.interaction ?? node.transactions[0]!;
    const list = nodes.get(owner);
    if (list) list.push(node);
    else nodes.set(owner, [node]);
  }
  for (const interaction of fold.interactions.all) units.push(unitOf([...interaction.core, ...interaction.items], nodes.get(interaction) ?? [], settings));
  for (const transaction of fold.transactions.all)
    if (!fold.interactions.ofTransaction[transaction.index]) units.push(unitOf([transaction], nodes.get(transaction) ?? [], settings));
  return units;
}

function unitOf(transactions: readonly TransactionDraft[], nodes: readonly IssueNode[], settings: HierarchySettings): Unit {
  const { standard, withAsynchronous, betweenMessaging } = settings.interactionGapMs;
  const liveReach = Math.max(standard, withAsynchronous, betweenMessaging, settings.agentItemMs);
  const unit: Unit = {
    transactions,
    begin: Infinity,
    end: -Infinity,
    reach: -Infinity,
    givers: new Set(),
    subject: transactions.length === 1 ? subjectOf(transactions[0]!) : undefined,
  };
  for (const transaction of transactions) {
    unit.end = Math.max(unit.end, transaction.endAt);
    unit.reach = Math.max(unit.reach, transaction.endAt + transaction.limitMs);
    for (const piece of transaction.pieces) unit.reach = Math.max(unit.reach, piece.endAt + settings.keyReuseMs);
    if (transaction.live) {
      unit.reach = Math.max(unit.reach, transaction.live.endAt + liveReach);
      unit.begin = Math.min(unit.begin, transaction.live.startAt);
    }
    // By a later event an agent's item may come to name an agent it did not: the interaction it would then attach to must still be at hand.
    if (anchorOf(transaction).byAgent) unit.begin = Math.min(unit.begin, startOf(transaction) - settings.agentItemMs);
    for (const reading of transaction.readings) if (reading.keys) unit.begin = Math.min(unit.begin, reading.occurredAt);
  }
  for (const node of nodes) {
    if (!node.part || node.familyBy === 'own') continue;
    for (const key of node.keys) {
      const { family, familyGiver } = node.episodes.get(key)!;
      if (familyGiver) unit.givers.add(familyGiver);
      if (family) break;
    }
    if (node.laterLender) unit.givers.add(node.laterLender);
    if (node.familyBy !== 'episode') unit.reach = Math.max(unit.reach, node.endAt + settings.borrowMs);
  }
  return unit;
}

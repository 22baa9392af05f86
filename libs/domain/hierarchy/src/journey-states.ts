import type { HierarchySettings, Instant } from '@throughline/contracts';
import type { Engagement, EngagementState, Journey, JourneyStates, NodeState, Transaction, TransactionState } from './hierarchy';

/** State of a transaction at `asOf` (rules §2.1). */
export function transactionState(
  transaction: Pick<Transaction, 'id' | 'endAt' | 'ended'>,
  settings: HierarchySettings,
  asOf: Instant,
): NodeState<TransactionState> {
  const { id, endAt, ended } = transaction;
  if (ended) return { id, state: 'ended', dueAt: null };
  return asOf - endAt <= settings.openForMs ? { id, state: 'open', dueAt: endAt + settings.openForMs + 1 } : { id, state: 'endUnknown', dueAt: null };
}

/** State of an engagement at `asOf` (rules §2.6); `dueAt` is when it becomes abandoned, or a later fact counts. */
export function engagementState(engagement: Pick<Engagement, 'id' | 'phases' | 'lastActivityAt' | 'windowMs'>, asOf: Instant): NodeState<EngagementState> {
  const { id, phases, lastActivityAt, windowMs } = engagement;
  const phase = phases.findLast(({ from }) => from <= asOf);
  const nextPhaseAt = phases.find(({ from }) => from > asOf)?.from ?? null;
  if (phase?.closedAs) return { id, state: phase.closedAs, dueAt: nextPhaseAt };
  const idleAt = lastActivityAt + windowMs + 1;
  if (phase?.keyOpen) return { id, state: 'open', dueAt: nextPhaseAt };
  return asOf < idleAt
    ? { id, state: 'open', dueAt: nextPhaseAt === null ? idleAt : Math.min(idleAt, nextPhaseAt) }
    : { id, state: 'abandoned', dueAt: nextPhaseAt };
}

/** The states of a journey at `asOf`; time alone changes nothing else. */
export function journeyStates(journey: Journey, settings: HierarchySettings, asOf: Instant): JourneyStates {
  return {
    transactions: journey.transactions.map((transaction) => transactionState(transaction, settings, asOf)),
    engagements: journey.engagements.map((engagement) => engagementState(engagement, asOf)),
  };
}

export { buildJourney } from './build-journey';
export { engagementParents, toCanonical } from './canonical-journey';
export type {
  ClosingState,
  Engagement,
  EngagementState,
  EventInTransaction,
  EventRef,
  Interaction,
  Journey,
  JourneyInput,
  JourneyStates,
  NodeFrom,
  NodeMembership,
  NodeState,
  OwnedEvent,
  Part,
  Phase,
  Span,
  Transaction,
  TransactionState,
} from './hierarchy';
export { InMemoryJourney } from './in-memory-journeys';
export { componentRows, diffJourneys, eventRows, noChanges } from './journey-diff';
export type { ComponentRow, EventRow, JourneyDiff, RowChanges } from './journey-diff';
export type { JourneyHead, SealPolicy } from './journey-head';
export { engagementState, journeyStates, transactionState } from './journey-states';
export { resolveNode } from './resolve-node';
export type { Sealed } from './seal';
export type { SealedComponent, SealedKey, SealedNode } from './sealed';
export { lookupsFor, noLookups, rebuildJourney, updateJourney } from './update-journey';
export type { JourneyChange, JourneyUpdate, Lookups, RebuildReason } from './update-journey';

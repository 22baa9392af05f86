export { buildJourney } from './build-journey';
export { engagementParents, toCanonical } from './canonical-journey';
export { engagementState, journeyStates, transactionState } from './journey-states';
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

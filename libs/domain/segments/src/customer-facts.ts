import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, IdentifierKind, Instant, MenuVisitFact, QueueStayFact } from '@throughline/contracts';

/** A stay of the customer in a segment; still in it where `until` is null. */
export interface SegmentStay {
  readonly segmentId: string;
  readonly since: Instant;
  readonly until: Instant | null;
}

/** All that rules ask about one customer. */
export interface CustomerFacts {
  readonly customer: CustomerFact;
  /** Kinds of the identifiers the customer has; each once. */
  readonly identifiers: readonly IdentifierKind[];
  readonly segments: readonly SegmentStay[];
  readonly things: {
    readonly contact: readonly ContactFact[];
    readonly engagement: readonly EngagementFact[];
    readonly queueStay: readonly QueueStayFact[];
    readonly menuVisit: readonly MenuVisitFact[];
    readonly answer: readonly AnswerFact[];
  };
}

import type { CanonicalEvent, Channel, Correction, Family, HierarchySettings, Instant, Membership, System } from '@throughline/contracts';

/** An event of the customer and the node (`kind:namespace:normalised value`), or carrier, that decided its owner. */
export interface OwnedEvent {
  readonly event: CanonicalEvent;
  readonly decidedBy: string | null;
}

export interface JourneyInput {
  readonly customerId: string;
  /** In any order; each event once. */
  readonly events: readonly OwnedEvent[];
  /** The corrections in force; one whose events are not the customer's does nothing. */
  readonly corrections: readonly Correction[];
  readonly settings: HierarchySettings;
}

/** An event's place in the total order. */
export interface EventRef {
  readonly id: string;
  readonly occurredAt: Instant;
  readonly sourceSequence: number;
}

export interface Span {
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** Why an event belongs to its transaction; of the first event `gapMs` is null, of an only one the rule is `alone`. Always 1000 ‰ sure. */
export interface EventInTransaction extends EventRef {
  readonly rule: 'session' | 'stream' | 'alone';
  readonly gapMs: number | null;
  readonly limitMs: number;
}

/** From the event `from` on, a transaction's events count for this node (see `NodeMembership`). */
export interface NodeFrom {
  readonly from: EventRef;
  readonly node: string;
}

export interface Transaction {
  /** `tx_` + anchor event id. */
  readonly id: string;
  readonly anchor: EventRef;
  readonly kind: 'contact' | 'item' | 'side';
  readonly source: string;
  readonly system: System;
  readonly channel: Channel;
  readonly sessionKey: string | null;
  readonly agent: string | null;
  readonly queue: string | null;
  /** First `occurredAt`. */
  readonly startAt: Instant;
  /** Latest end. */
  readonly endAt: Instant;
  /** Of a contact only: first live start to latest live end. */
  readonly live: Span | null;
  /** An event says that it ended, or its system never leaves one open. */
  readonly ended: boolean;
  /** In total order. */
  readonly events: readonly EventInTransaction[];
  /** Its interaction and why; null for a loose one, whose `NodeMembership` (node = its id) says where it hangs. */
  readonly interaction: { readonly id: string; readonly evidence: Membership } | null;
  /** What of the level below the engagement holds its events: at least one, but none for feedback that hangs on another event's engagement. */
  readonly nodes: readonly NodeFrom[];
}

/** The part of a contact interaction that concerns one issue; it belongs to one engagement. */
export interface Part {
  /** `part_` + its first contact event. */
  readonly node: string;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly liveMs: number;
  /** 0–1000; the shares of an interaction's parts sum to 1000. */
  readonly share: number;
  readonly family: Family;
  readonly familyBy: 'own' | 'episode' | 'borrowed' | 'unknown';
  /** 0–1000: how sure the family is. */
  readonly intentConfidence: number;
  readonly failed: 'technical' | 'other' | null;
  /** `kind:namespace:value`, in order of first use. */
  readonly keys: readonly string[];
}

export interface Interaction {
  /** `int_` + anchor event id. */
  readonly id: string;
  readonly anchor: EventRef;
  readonly kind: 'contact' | 'attempt';
  /** Over all its transactions, items included. */
  readonly startAt: Instant;
  readonly endAt: Instant;
  /** Contact only. */
  readonly live: Span | null;
  /** Ids, by anchor in total order. */
  readonly transactions: readonly string[];
  /** Contact: at least one, in order. Attempt: none; the attempt itself is the node. */
  readonly parts: readonly Part[];
}

/**
 * Where a part (`part_…`), a loose transaction (`tx_…`) or an attempt (`int_…`) belongs. A component that no engagement lists is none:
 * its nodes hang on the journey, `unengaged`, whatever the evidence here says; so a key that is heard of late moves no member's row.
 */
export interface NodeMembership {
  readonly node: string;
  readonly component: string;
  readonly evidence: Membership;
  /** Feedback about one of its events hangs on its engagement: true of a part, and of a node with an opened key that is not itself feedback about an event. */
  readonly takesFeedback: boolean;
}

/** From `from` on (until the next phase): what the facts of an engagement say, idleness aside. */
export interface Phase {
  readonly from: Instant;
  readonly closedAs: ClosingState | null;
  readonly keyOpen: boolean;
}

export type ClosingState = 'resolved' | 'sold' | 'lost' | 'cancelled';
export type EngagementState = 'open' | 'abandoned' | ClosingState;
export type TransactionState = 'open' | 'endUnknown' | 'ended';

export interface Engagement {
  /** `eng_` + anchor event id. */
  readonly id: string;
  readonly anchor: EventRef;
  /**
   * Labels (event ids) of the components that make it up: one in a full build. What belongs to the engagement names a component, so
   * two old engagements become one without touching their members.
   */
  readonly components: readonly string[];
  /** Of its parts; without parts those of its keys, else unknown. In the order of the vocabulary. */
  readonly families: readonly Family[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly lastActivityAt: Instant;
  /** The greatest of its families'. */
  readonly windowMs: number;
  /** In order of `from`; before the first it is neither closed nor has an open key. */
  readonly phases: readonly Phase[];
  /** Component of the earlier engagement; null when there is none. One that no engagement lists reads as null. */
  readonly repeatOf: string | null;
  readonly follows: string | null;
}

/** Everything of one customer, facts only: nothing here depends on the time of asking. Lists are sorted by anchor in total order; memberships by node. */
export interface Journey {
  readonly customerId: string;
  readonly settingsVersion: number;
  readonly anchor: EventRef | null;
  readonly transactions: readonly Transaction[];
  readonly interactions: readonly Interaction[];
  readonly memberships: readonly NodeMembership[];
  readonly engagements: readonly Engagement[];
}

/** States at `asOf` by node id, with the next instant at which a state may change by time alone (null: never). */
export interface NodeState<S extends string> {
  readonly id: string;
  readonly state: S;
  readonly dueAt: Instant | null;
}

export interface JourneyStates {
  readonly transactions: readonly NodeState<TransactionState>[];
  readonly engagements: readonly NodeState<EngagementState>[];
}

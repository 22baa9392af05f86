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

/** Where a transaction hangs. An engagement is named by its component: see `Engagement.components`. */
export type TransactionParent = Membership &
  ({ readonly level: 'interaction'; readonly id: string } | { readonly level: 'engagement'; readonly component: string } | { readonly level: 'journey' });

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
  readonly parent: TransactionParent;
}

/** The part of a contact interaction that concerns one issue; it belongs to one engagement. */
export interface Part {
  /** The first contact event of the part: its name inside the interaction. */
  readonly first: EventRef;
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
  readonly component: string;
  /** Why the part belongs to its engagement. */
  readonly evidence: Membership;
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
  /** Contact: at least one, in order. Attempt: none. */
  readonly parts: readonly Part[];
  /** Attempt only: its engagement (null: it hangs on the journey) and why. */
  readonly attempt: { readonly component: string | null; readonly evidence: Membership } | null;
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
   * Labels (event ids) of the components that make it up: one in a full build. What belongs to the engagement names a component, so that
   * two old engagements become one without touching their members.
   */
  readonly components: readonly string[];
  /** Of its parts, sorted. */
  readonly families: readonly Family[];
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly lastActivityAt: Instant;
  /** The greatest of its families'. */
  readonly windowMs: number;
  /** In order of `from`; before the first it is neither closed nor has an open key. */
  readonly phases: readonly Phase[];
  /** Issue keys of its members, `kind:namespace:value`, sorted. */
  readonly keys: readonly string[];
  /** Component of the earlier engagement; null when there is none. */
  readonly repeatOf: string | null;
  readonly follows: string | null;
}

/** Everything of one customer, facts only: nothing here depends on the time of asking. Every list is sorted by anchor in total order. */
export interface Journey {
  readonly customerId: string;
  readonly settingsVersion: number;
  readonly anchor: EventRef | null;
  readonly transactions: readonly Transaction[];
  readonly interactions: readonly Interaction[];
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

import type { CanonicalEvent, Instant } from '../event/canonical-event';
import type { Family } from '../event/vocabulary';
import type { Membership } from '../hierarchy/canonical-hierarchy';
import type { IdentifierLinkRule } from '../identity/link-rule';
import type { FrustrationPoint } from '../scoring/facts';

/** One customer's whole tree, journey ▸ engagements ▸ interactions ▸ transactions ▸ events, each link with its reason. Answer of `admin-api`. */
export interface CustomerTree {
  readonly customer: {
    readonly id: string;
    /** Ids that now resolve to this customer, the asked one among them. */
    readonly formerIds: readonly string[];
    readonly identifiers: readonly IdentifierOfCustomer[];
    /** Review items that concern the customer: refused links, shared values. */
    readonly reviews: readonly { readonly id: string; readonly kind: string; readonly detail: string }[];
  };
  readonly journey: { readonly id: string; readonly firstAt: Instant | null; readonly lastAt: Instant | null; readonly events: number };
  readonly engagements: readonly EngagementBranch[];
  /** Interactions (attempts) and transactions (items) that hang on the journey itself. */
  readonly unengaged: { readonly interactions: readonly InteractionBranch[]; readonly transactions: readonly TransactionBranch[] };
  readonly settingsVersion: number;
  readonly asOf: Instant;
  /** True while identity's revision is ahead of the built one: the tree is about to change. */
  readonly rebuilding: boolean;
  /** Of a tree asked for by a node or event id: the node that now holds that event. */
  readonly asked?: { readonly id: string; readonly nodeId: string };
  /** The tree shows the newest transactions; ask again with this `cursor` for the older ones. Absent: nothing is left out. */
  readonly more?: { readonly cursor: string };
}

export interface IdentifierOfCustomer {
  readonly kind: string;
  readonly namespace: string;
  readonly value: string;
  /** Why it belongs to the customer: rule, the event that showed it, confidence 0–1000. */
  readonly link: { readonly rule: IdentifierLinkRule; readonly eventId: string | null; readonly confidence: number };
}

export interface EngagementBranch {
  readonly id: string;
  readonly families: readonly Family[];
  readonly state: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly keys: readonly string[];
  readonly repeatOf: string | null;
  readonly follows: string | null;
  readonly interactions: readonly InteractionBranch[];
  /** Items that belong to the engagement by key without an interaction. */
  readonly transactions: readonly TransactionBranch[];
}

/** What scoring inferred of one contact, with the ledger whose points add up to its frustration. */
export interface ContactScore {
  readonly intent: string;
  /** 0–1000. */
  readonly intentConfidence: number;
  /** 0–100. */
  readonly frustration: number;
  readonly ledger: readonly FrustrationPoint[];
}

export interface InteractionBranch {
  readonly id: string;
  readonly kind: 'contact' | 'attempt';
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** The part of the interaction that belongs to this engagement. */
  readonly share: number;
  readonly family: Family | null;
  readonly membership: Membership;
  /** Of a contact that is scored. */
  readonly score?: ContactScore;
  readonly transactions: readonly TransactionBranch[];
}

export interface TransactionBranch {
  readonly id: string;
  readonly kind: 'contact' | 'item' | 'side';
  readonly source: string;
  readonly system: string;
  readonly channel: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly state: string;
  readonly agent: string | null;
  /** As the directory has it; absent where it does not know the agent. */
  readonly agentName?: string;
  readonly queue: string | null;
  readonly membership: Membership;
  /** In total order; of a very long transaction only the first. */
  readonly events: readonly EventLeaf[];
  /** How many events are left out here. */
  readonly moreEvents?: number;
}

export interface EventLeaf {
  readonly event: CanonicalEvent;
  /** Why the event belongs to its transaction: `session` (same key) or `stream` (silence within the limit), or `alone`. */
  readonly rule: 'session' | 'stream' | 'alone';
  readonly gapMs: number | null;
  readonly limitMs: number | null;
  readonly confidence: number;
  /** Why the event is this customer's. */
  readonly owner: { readonly rule: string; readonly value: string | null; readonly confidence: number };
}

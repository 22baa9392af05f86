import type { CanonicalEvent, Decision, IdentifierLinkRule, IdentitySettings, Instant } from '@throughline/contracts';
import type { RefusedLink } from './cluster-component';
import type { ValueKey } from './normalise';
import type { Owner } from './owner';
import type { NodeKey } from './uses';

/** A customer id is a fact: made by the sighting of a value on an event, and with it for good. */
export interface Founding {
  readonly customerId: string;
  readonly value: ValueKey;
  readonly eventId: string;
  /** When the event occurred. */
  readonly at: Instant;
}

/** Gives a new customer id. The only thing in this library that is not a function of the facts. */
export type NewCustomerId = () => string;

export interface IdentityFacts {
  /** One of each id, of the greatest revision; in any order. */
  readonly events: readonly CanonicalEvent[];
  /** Those not withdrawn. */
  readonly decisions: readonly Decision[];
  readonly foundings: readonly Founding[];
}

/** A use of a naming value and where it belongs. */
export interface ResolvedNode {
  readonly node: NodeKey;
  readonly value: ValueKey;
  readonly shared: boolean;
  /** null: shared by several, or named by a decision only. */
  readonly customerId: string | null;
  readonly link: NodeLink;
}

/** Why a node belongs to its customer: its strongest accepted link. */
export interface NodeLink {
  readonly rule: IdentifierLinkRule;
  readonly evidence: string | null;
  /** 0–1000. */
  readonly confidence: number;
}

/** Something a person should look at. */
export type ReviewItem =
  | { readonly kind: 'refused'; readonly id: string; readonly refused: RefusedLink }
  | {
      readonly kind: 'shared';
      readonly id: string;
      readonly node: NodeKey;
      readonly numbers: readonly ValueKey[];
      readonly offers: readonly ('household' | 'moved' | 'same')[];
    }
  | { readonly kind: 'oversize'; readonly id: string; readonly node: NodeKey; readonly nodes: number };

export interface Resolution {
  readonly owners: ReadonlyMap<string, Owner>;
  readonly nodes: ReadonlyMap<NodeKey, ResolvedNode>;
  /** What the clusters without a founding in force were given. */
  readonly newFoundings: readonly Founding[];
  /** The customer that each founded id now stands for; ids of resting foundings are absent. */
  readonly resolvesTo: ReadonlyMap<string, string>;
  readonly reviews: readonly ReviewItem[];
  /** Customers that a household decision shows together, by customer. */
  readonly households: ReadonlyMap<string, string>;
}

export type { CanonicalEvent, IdentitySettings };

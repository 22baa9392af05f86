import type { Family } from '../event/vocabulary';

/**
 * The hierarchy of one customer in the one form in which rule, database and oracles are compared: `nodes` sorted by (level, id), `events` in total order.
 * Two worlds are equal when `JSON.stringify` of this form is.
 */
export interface CanonicalHierarchy {
  readonly customerId: string;
  readonly settingsVersion: number;
  readonly nodes: readonly CanonicalNode[];
}

export const levels = ['transaction', 'interaction', 'engagement', 'journey'] as const;
export type Level = (typeof levels)[number];

/** The rule that ties a node to its parent; `alone` for an only member. */
export const membershipRules = [
  'person',
  'link',
  'overlap',
  'timeBlock',
  'agentItem',
  'key',
  'intent',
  'repeatAfterFailure',
  'feedback',
  'unengaged',
  'attempt',
  'alone',
] as const;
export type MembershipRule = (typeof membershipRules)[number];

/** Why a node belongs to its parent: the strongest edge between it and its fellows. */
export interface Membership {
  readonly rule: MembershipRule;
  /** Anchor event of the partner at the other end of the edge. */
  readonly otherEvent: string | null;
  /** The shared link or key, `kind:namespace:value`, where the rule has one. */
  readonly value: string | null;
  readonly gapMs: number | null;
  readonly limitMs: number | null;
  /** 0–1000. */
  readonly confidence: number;
}

export interface CanonicalParent extends Membership {
  readonly id: string;
  /** 0–1000; the shares of one interaction over its engagements sum to 1000; 1000 elsewhere. */
  readonly share: number;
  /** Family of the part by which an interaction belongs to the engagement; null elsewhere. */
  readonly family: Family | null;
}

export interface CanonicalNode {
  readonly level: Level;
  /** `tx_`, `int_` or `eng_` + anchor event id; of a journey the customer id. */
  readonly id: string;
  /** The first event of the node in the total order, items included; null of an empty journey. */
  readonly anchor: string | null;
  /**
   * transaction: `contact` (has a live span), `item` (company item), `side` (observer or feedback).
   * interaction: `contact` or `attempt`. engagement: `engagement`. journey: `journey`.
   */
  readonly kind: 'contact' | 'item' | 'side' | 'attempt' | 'engagement' | 'journey';
  readonly events: readonly string[];
  /** Sorted by id. A transaction's parent is an interaction, or for an unattached item an engagement or the journey. */
  readonly parents: readonly CanonicalParent[];
  /** At `asOf`. transaction: `open`, `endUnknown`, `ended`. engagement: `open`, `resolved`, `sold`, `lost`, `cancelled`, `abandoned`. null elsewhere. */
  readonly state: string | null;
  /** engagement: earlier engagement of the same family that a closing or window split it from; null elsewhere. */
  readonly repeatOf: string | null;
  /** engagement: earlier engagement with the same key but another family; null elsewhere. */
  readonly follows: string | null;
}

import type { Instant } from '@throughline/contracts';

/** Things that happened to a customer and can be counted; each is a fact of scoring. */
export const things = ['contact', 'engagement', 'queueStay', 'menuVisit', 'answer'] as const;
export type Thing = (typeof things)[number];

/** What may be said of one value. What needs no word after it (`isKnown`, `isTrue`) has no `value`. */
export const operators = [
  'isOneOf',
  'isNoneOf',
  'contains',
  'startsWith',
  'atLeast',
  'atMost',
  'moreThan',
  'lessThan',
  'equals',
  'between',
  'inLastDays',
  'beforeLastDays',
  'before',
  'after',
  'hasAnyOf',
  'hasAllOf',
  'hasNoneOf',
  'isTrue',
  'isFalse',
  'isKnown',
  'isUnknown',
] as const;
export type Operator = (typeof operators)[number];

export type ConditionValue = string | number | readonly string[] | readonly [number, number];

/** `field` is a name of the catalogue, of the customer or of the thing the condition stands under. */
export interface Condition {
  readonly field: string;
  readonly is: Operator;
  readonly value?: ConditionValue | undefined;
}

/** How the things that fit are made one number. `sum` of nothing is 0; the others of nothing are unknown, and an unknown number passes no test. */
export const measures = ['count', 'sum', 'average', 'least', 'greatest', 'latest'] as const;
export type Measure = { readonly take: 'count' } | { readonly take: 'sum' | 'average' | 'least' | 'greatest' | 'latest'; readonly field: string };

/** A test of the measured number. */
export type NumberTest =
  | { readonly is: 'atLeast' | 'atMost' | 'moreThan' | 'lessThan' | 'equals'; readonly value: number }
  | { readonly is: 'between'; readonly value: readonly [number, number] };

interface Common {
  /** Names the node in explanations and in the builder; unique in its rule. */
  readonly id: string;
  /** A muted node is as if it were not there. */
  readonly muted?: true | undefined;
}

/** A group without a node that counts (all muted, or empty) is as if it were not there. */
export interface Group extends Common {
  readonly kind: 'group';
  readonly join: 'all' | 'any' | 'none';
  readonly of: readonly RuleNode[];
}

/** Something about the customer: who they are, or a score. */
export interface CustomerTest extends Common, Condition {
  readonly kind: 'customer';
}

/**
 * What the customer went through: of all `thing`s that meet every condition of `where` and began in the last `lastDays` (ever, where it is null), up to now,
 * the measure passes the test, and none of them meets all of `none` (where that has conditions).
 */
export interface Behaviour extends Common {
  readonly kind: 'behaviour';
  readonly thing: Thing;
  readonly where: readonly Condition[];
  readonly lastDays: number | null;
  readonly measure: Measure;
  readonly test: NumberTest;
  readonly none: readonly Condition[];
}

/** A contact that meets `first`, and then one that meets `then`: it began after the first had begun and at most `withinMinutes` after it had ended. Both in the last days. */
export interface Sequence extends Common {
  readonly kind: 'sequence';
  readonly first: readonly Condition[];
  readonly then: readonly Condition[];
  readonly withinMinutes: number;
  readonly lastDays: number | null;
}

/** Whether the customer is in another segment, as that was last worked out. */
export interface Membership extends Common {
  readonly kind: 'membership';
  readonly segmentId: string;
  readonly member: boolean;
}

export type RuleNode = Group | CustomerTest | Behaviour | Sequence | Membership;
export type Leaf = Exclude<RuleNode, Group>;

/** A segment's rule as it is stored and sent: `version` is that of the form of the document. A rule without a node that counts means everybody. */
export interface SegmentRule {
  readonly version: 1;
  readonly root: Group;
}

export const limits = { depth: 5, nodes: 100, list: 1000, problems: 20, text: 200, days: 3650, minutes: 527_040, number: 253_402_300_799_999 } as const;

export const minuteMs = 60_000;
export const dayMs = 86_400_000;

/** From when on things count: after this instant. */
export const since = (asOf: Instant, lastDays: number): Instant => asOf - lastDays * dayMs;

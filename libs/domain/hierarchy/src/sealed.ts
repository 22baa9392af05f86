import type { Family, Instant } from '@throughline/contracts';
import type { Evidence } from './evidence';
import type { EventRef, Phase } from './hierarchy';

/**
 * The compact state of the three folds of rules §2.4–2.6 (keys → episodes, families → runs, edges → engagements) after a prefix of the
 * customer's history. Everything is plain data. A full build starts from `emptyPast`; an append starts from what was sealed: one code path.
 * Why it is exact: see `seal.ts`.
 */
export interface SealedPast {
  /** Everything sealed ended before this instant; every part and key use of the rest begins at or after it. */
  readonly boundaryAt: Instant;
  /** Sealed keys and components that the rest may touch; the others rest in their rows until an event names them. */
  readonly keys: readonly SealedKey[];
  readonly components: readonly SealedComponent[];
  /** The last members of the sealed episodes and runs above, and what failed last: sealed nodes that may still get an edge. */
  readonly nodes: readonly SealedNode[];
  /** The run that a next part of the family is held against: id of the run. */
  readonly running: Readonly<Partial<Record<Family, string>>>;
  /** In order of parts, only those that can still be the nearest lender of a family. */
  readonly lenders: readonly SealedLender[];
  /** Failed parts that no part of another interaction has followed yet. */
  readonly failures: readonly SealedFailure[];
}

export interface SealedNode {
  readonly id: string;
  readonly component: string;
  readonly anchor: EventRef;
  /** The strongest edge to another sealed node. */
  readonly evidence: Evidence | null;
  readonly takesFeedback: boolean;
}

export interface SealedKey {
  readonly key: string;
  readonly episode: SealedEpisode;
  /** Id of the last run of each family whose members carry the key. */
  readonly carriedBy: Readonly<Partial<Record<Family, string>>>;
}

export interface SealedEpisode {
  readonly family: Family | null;
  readonly open: boolean;
  readonly closedAt: Instant | null;
  readonly lastUseAt: Instant;
  /** Id of the node that joined last. */
  readonly lastMember: string;
  readonly component: string;
  /** Ids of the last runs, by family, with a member in the episode. */
  readonly carriers: readonly string[];
  /** A sealed part would take its family from this episode, if the episode got one: then only a full build is exact. */
  readonly awaited: boolean;
}

export interface SealedRun {
  readonly id: string;
  readonly family: Family;
  readonly lastMember: string;
  readonly component: string;
  /** Start of the last member. */
  readonly startAt: Instant;
  readonly first: EventRef;
  /** Latest end of its members. */
  readonly endAt: Instant;
  readonly confidence: number;
  readonly borrowed: boolean;
  readonly hasKeys: boolean;
  /** Carried episodes that are open. */
  readonly open: number;
  /** Latest closing, and latest `sold` of an order placed, since `startAt`. */
  readonly closedAt: Instant | null;
  readonly soldAt: Instant | null;
}

export interface SealedLender {
  readonly endAt: Instant;
  readonly family: Family;
  readonly confidence: number;
}

export interface SealedFailure {
  readonly node: string;
  readonly endAt: Instant;
  readonly technical: boolean;
  readonly ownFamily: Family | null;
}

/** A closing's word; `cancelledKey` counts only when there is no other. */
export interface Closing {
  readonly at: EventRef;
  readonly word: 'resolved' | 'sold' | 'lost' | 'cancelled' | 'cancelledKey';
}

export interface EarlierRef {
  /** Where what followed it began. */
  readonly ref: EventRef;
  readonly name: string;
  readonly component: string;
}

/** What an engagement (or a component that is none yet) has been up to the seal. */
export interface SealedComponent {
  /** The first label is the component's name for members to come. */
  readonly labels: readonly string[];
  readonly anchor: EventRef;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  /** Latest part end; null without parts. */
  readonly partsEndAt: Instant | null;
  /** First use with state `opened`. */
  readonly openedAt: Instant | null;
  readonly families: readonly Family[];
  readonly episodeFamilies: readonly Family[];
  /** The last run of each family. */
  readonly runs: readonly SealedRun[];
  readonly openKeys: number;
  readonly keyClosed: boolean;
  /** The latest closing but cancelled keys. */
  readonly closing: Closing | null;
  /** The last ones only: earlier asking than the seal is answered from them. */
  readonly phases: readonly Phase[];
  /** The first run or episode of it that began after another. */
  readonly repeat: EarlierRef | null;
  readonly follow: EarlierRef | null;
}

/** Before every instant, and unlike -Infinity the same after a way through JSON. */
export const beforeAll: Instant = -8_640_000_000_000_000;

export const emptyPast: SealedPast = { boundaryAt: beforeAll, keys: [], components: [], nodes: [], running: {}, lenders: [], failures: [] };

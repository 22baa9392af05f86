import type { Instant } from '@throughline/contracts';

export const dimensions = ['integration', 'insights', 'operations'] as const;
/** What information comes together, what is learned from it, what is done with it. */
export type Dimension = (typeof dimensions)[number];

export const maturityLevels = ['basic', 'foundational', 'advanced', 'distinctive'] as const;
export type MaturityLevel = (typeof maturityLevels)[number];

export const evidenceNames = [
  'systemsAlive',
  'contactsKnown',
  'worstChannelKnown',
  'contactsLinked',
  'recordsClean',
  'answersOnStep',
  'intentsKnown',
  'engagementsWithOutcome',
  'engagementsAnswered',
  'segmentsPublished',
  'agentsRated',
  'judgedByPeople',
  'rolesActive',
  'managersActive',
  'lowRatingsAnswered',
  'plansStarted',
  'plansMeasured',
  'plansWorked',
] as const;
export type EvidenceName = (typeof evidenceNames)[number];

/** What the running system says of itself. A share keeps both its parts, so that the words can name them. `detail` names the worst, the missing, the most recent. */
export type Evidence =
  | { readonly kind: 'share'; readonly numerator: number; readonly denominator: number; readonly asOf: Instant; readonly detail?: string }
  | { readonly kind: 'count'; readonly count: number; readonly asOf: Instant; readonly detail?: string };

/** Left out: the system could not say. */
export type EvidenceRecord = Readonly<Partial<Record<EvidenceName, Evidence>>>;

/** A person's word on what no system can know. It holds until it expires. */
export interface Attestation {
  readonly criterion: string;
  readonly holds: boolean;
  readonly by: string;
  readonly at: Instant;
  readonly expiresAt: Instant;
  readonly comment: string;
}

export interface Criterion {
  readonly id: string;
  readonly dimension: Dimension;
  readonly level: MaturityLevel;
  /** What holds when it is met. */
  readonly title: string;
  readonly check:
    | {
        readonly kind: 'share';
        readonly evidence: EvidenceName;
        readonly atLeast: number;
        readonly of: string;
        /** Below this many nothing is said. */ readonly least: number;
      }
    | { readonly kind: 'count'; readonly evidence: EvidenceName; readonly atLeast: number; readonly one: string; readonly of: string }
    | { readonly kind: 'attested'; readonly contradictedBy?: { readonly evidence: EvidenceName; readonly below: number; readonly says: string } };
  /** What to do about it. */
  readonly next: string;
  /** 1 little, 3 much. */
  readonly effort: 1 | 2 | 3;
  readonly effect: 1 | 2 | 3;
}

export type Standing = 'met' | 'notMet' | 'unknown';

export interface JudgedCriterion {
  readonly criterion: Criterion;
  readonly standing: Standing;
  /** What proves it, or what is missing. */
  readonly words: string;
  readonly asOf: Instant | null;
  readonly attestation: Attestation | null;
}

export interface Cell {
  readonly dimension: Dimension;
  readonly level: MaturityLevel;
  /** All of its criteria are met. */
  readonly complete: boolean;
  /** It and every lower cell of its dimension are complete. */
  readonly reached: boolean;
  readonly criteria: readonly JudgedCriterion[];
}

export interface Contradiction {
  readonly dimension: Dimension;
  readonly claim: string;
  readonly evidence: string;
}

export interface MaturityScore {
  readonly cells: readonly Cell[];
  /** The highest level reached; null below basic. */
  readonly reached: Readonly<Record<Dimension, MaturityLevel | null>>;
  /** Of the whole: the lowest of the three. */
  readonly overall: MaturityLevel | null;
  readonly contradictions: readonly Contradiction[];
  readonly nextSteps: readonly JudgedCriterion[];
  /** How many criteria the system answers by itself. */
  readonly computed: number;
  readonly attested: number;
}

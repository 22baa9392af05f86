import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, Instant, QueueStayFact } from '@throughline/contracts';

/** What is counted: one row of each kind, as scoring stores it. */
export interface RowOf {
  readonly contact: ContactFact;
  readonly engagement: EngagementFact;
  readonly queueStay: QueueStayFact;
  readonly answer: AnswerFact;
  readonly customer: CustomerFact;
}
export type RowKind = keyof RowOf;
export const rowKinds = ['contact', 'engagement', 'queueStay', 'answer', 'customer'] as const satisfies readonly RowKind[];

/** How we know: the customer said so, a system recorded it, a rule or model inferred it. */
export const inks = ['said', 'recorded', 'inferred'] as const;
export type Ink = (typeof inks)[number];

/** `percent`: a rate, values 0 or 1, shown times a hundred. `mean`: the mean of a scale or a count. `nps`: promoters less detractors, values −1, 0, 1, shown times a hundred. */
export const units = ['percent', 'mean', 'nps'] as const;
export type Unit = (typeof units)[number];

/** By what a number may be cut. */
export const dimensions = ['queue', 'channel', 'intent', 'family', 'agent', 'team', 'site', 'segment'] as const;
export type Dimension = (typeof dimensions)[number];

/** When the question is asked, and about which period: `from` inclusive, `until` exclusive. */
export interface Asked {
  readonly asOf: Instant;
  readonly from: Instant;
  readonly until: Instant;
}

/** What one row adds to a metric: its value, or why it does not count. */
export type Contribution<Exclusion extends string = string> =
  { readonly counted: true; readonly value: number } | { readonly counted: false; readonly because: Exclusion };

/** The instant by which a row belongs to a period; `period`: a row has no date of its own, the metric looks at the period as a whole. */
export type DatedBy = 'at' | 'closedAt' | 'period';

/**
 * One definition of one number. Every metric is the mean of a value over the rows that count: a rate is the mean of zeros and ones. Tile, chart, list, export and API
 * all come from it; the SQL of admin-api is tested row for row against `contribute`.
 */
export interface Metric<Kind extends RowKind = RowKind> {
  readonly id: string;
  /** Raised whenever a row may count otherwise than before. */
  readonly version: number;
  readonly title: string;
  readonly unit: Unit;
  readonly ink: Ink;
  readonly better: 'higher' | 'lower';
  /** What one row is. */
  readonly row: Kind;
  readonly datedBy: DatedBy;
  /** The formula in words. */
  readonly formula: string;
  readonly numerator: string;
  readonly denominator: string;
  /** Why a row does not count, each by its name. */
  readonly exclusions: Readonly<Record<string, string>>;
  /** What a value is called after the number: `steps`, `of 5`; empty for rates. */
  readonly of: string;
  /** A breakdown's cell with fewer counted rows is not shown: a person's answer must not be read off it. 1 where nobody's word is counted. */
  readonly minimumN: number;
  /** What it cannot be cut by, since its rows do not know. */
  readonly notBy: readonly Dimension[];
  /** Pure: the same row and question give the same contribution. Rows outside the period are not passed, except for metrics dated by the period. */
  readonly contribute: (row: RowOf[Kind], asked: Asked) => Contribution;
}

/** Below this a number is shown hollow, as of a small n. */
export const smallN = 30;
/** Numbers made of customers' answers are not shown for fewer rows. */
export const suppressedBelow = 5;

export const dayMs = 86_400_000;
/** How long a contact must stay the last about its matter before it counts as not repeated. */
export const repeatDays = 7;
export const repeatMs = repeatDays * dayMs;
/** How recently a customer must have been seen before a period to be counted in its retention. */
export const activeDays = 90;

export const counts = (value: number | boolean): Contribution => ({ counted: true, value: Number(value) });
export const excluded = (because: string): Contribution => ({ counted: false, because });

import type { Instant } from '../event/canonical-event';
import type { Channel, Family, Outcome } from '../event/vocabulary';

/**
 * What scoring says of one customer's past, one row a thing that is counted. Every KPI, list and export is a sum over such rows, so they carry what people cut numbers by.
 * Nothing here depends on the time of asking: what does (is the seven days' wait over?) is decided by `libs/domain/metrics` from the instants that stand here.
 * The views of the same names: `scoring.read_contact`, `read_engagement`, `read_queue_stay`, `read_menu_visit`, `read_answer`, `read_customer`, columns in snake_case, instants as timestamptz.
 */
export interface Dimensions {
  readonly channel: Channel | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly site: string | null;
  /** From the taxonomy of intents, or `unknown`. */
  readonly intent: string;
  readonly family: Family;
}

/** One part of a frustration score; the points of a ledger sum to the score. */
export interface FrustrationPoint {
  /** What was counted: `repeat`, `wait`, `transfer`, `invalidInput`, `hold`, `restart`, `length`, `missedVisit`, `failedContact`, `reidentified`, … */
  readonly cause: string;
  readonly points: number;
  /** What the words need: `{ count: 3, days: 7 }`, `{ waitMs: 372000, usualMs: 110000 }`. */
  readonly facts: Readonly<Record<string, number | string>>;
  /** The events that show it, in order; may lie before the contact: what the customer went through before counts as well. */
  readonly events: readonly string[];
}

/** A contact of the customer: an interaction of kind `contact`, counted once, for its part with the larger share. */
export interface ContactFact extends Dimensions {
  readonly customerId: string;
  /** Anchor event of the interaction. */
  readonly anchor: string;
  /** Start of its live span. */
  readonly at: Instant;
  readonly endedAt: Instant;
  /** Anchor event of its engagement; null for one that hangs on the journey. */
  readonly engagement: string | null;
  /** 1 for the first contact of its engagement. */
  readonly place: number;
  /** 0–1000. */
  readonly intentConfidence: number;
  /** `callback`: the company keeps its promise to ring back. Neither this nor `company` is a repeat of the customer's. */
  readonly startedBy: 'customer' | 'company' | 'callback';
  readonly agents: readonly string[];
  /** Contact transactions; 1: completely handled in one. */
  readonly transactions: number;
  /** Live events in them. */
  readonly events: number;
  readonly liveMs: number;
  readonly outcome: Outcome | null;
  readonly failed: 'technical' | 'other' | null;
  /** As the channel's own tool counts: it ended well and the same channel was not used again (see `channelRepeatAt`). */
  readonly looksResolved: boolean;
  /** Start of the next contact that the customer starts about the same matter, on any channel; null: none within `lookAheadDays` (30). */
  readonly repeatAt: Instant | null;
  /** Start of the next contact that the customer starts on the same channel, about whatever; null: none within `lookAheadDays`. */
  readonly channelRepeatAt: Instant | null;
  /** 0–100. */
  readonly frustration: number;
  readonly ledger: readonly FrustrationPoint[];
  /** Causes that could not be judged, since nothing says what is usual: unknown is not none. */
  readonly unjudged: readonly string[];
}

/** An engagement with at least one contact; its dimensions are those of its first contact. */
export interface EngagementFact extends Dimensions {
  readonly customerId: string;
  readonly anchor: string;
  /** Start of its first contact. */
  readonly at: Instant;
  readonly firstContactEndAt: Instant;
  /** Of the last contact's live span. */
  readonly lastContactEndAt: Instant;
  readonly intentConfidence: number;
  readonly closedAs: 'resolved' | 'sold' | 'lost' | 'cancelled' | null;
  readonly closedAt: Instant | null;
  /** When it was closed as resolved or sold for the first time, whatever came later. */
  readonly resolvedAt: Instant | null;
  /** From when on it is abandoned when nothing closes it: the first instant after last activity + window. Null: a key of it is open, so it is never idle. */
  readonly idleAt: Instant | null;
  readonly contacts: number;
  readonly transactions: number;
  /** Things the customer had to do: live events of the customer's own. */
  readonly steps: number;
  readonly channels: readonly Channel[];
  readonly agents: readonly string[];
  readonly liveMs: number;
  /** Start of the next contact about the same matter after the first one, in this engagement or a later one, whoever started it; a promised callback is part of the first. Null: none within `lookAheadDays`. */
  readonly nextSameIntentAt: Instant | null;
  /** The customer's latest answer to "is it solved?". */
  readonly saidSolved: boolean | null;
  readonly saidSolvedAt: Instant | null;
  /** A contact in it looked resolved while the matter went on (features G11). */
  readonly falseSuccess: boolean;
  /** The greatest of its contacts. */
  readonly frustration: number;
}

/** A stay in a queue: one `acd` transaction with a live span. `agent`: who took it, null when nobody did. */
export interface QueueStayFact extends Dimensions {
  readonly customerId: string;
  readonly anchor: string;
  /** Anchor of its contact. */
  readonly contact: string;
  readonly at: Instant;
  readonly leftAt: Instant;
  readonly waitMs: number;
  readonly abandoned: boolean;
}

/** Why a caller left a menu for a person; `unknown`: no sign was strong enough, or two were. */
export const optOutReasons = ['frustration', 'question', 'speed', 'menuLacksIt', 'failedRecognition', 'unknown'] as const;
export type OptOutReason = (typeof optOutReasons)[number];

/** A node of a voice menu that a caller entered; `optOut` only at the node where they left for a person. */
export interface MenuVisitFact extends Dimensions {
  readonly customerId: string;
  /** Anchor event of the IVR transaction. */
  readonly anchor: string;
  /** Anchor of its contact. */
  readonly contact: string;
  readonly at: Instant;
  readonly place: number;
  readonly node: string;
  readonly dwellMs: number;
  readonly invalidInputs: number;
  readonly optOut: {
    readonly reason: OptOutReason;
    readonly confidence: number;
    readonly events: readonly string[];
  } | null;
}

export const questions = ['csat', 'nps', 'effort', 'empathy', 'solved'] as const;
export type Question = (typeof questions)[number];

/** One answered question. Scales: csat 1–5, nps 0–10, effort 1–7 (7 = very easy), empathy 1–5, solved 0 or 1. */
export interface AnswerFact extends Dimensions {
  readonly customerId: string;
  /** The `survey.answered` event. */
  readonly anchor: string;
  /** Which answer of that event, from 1: an event answers several questions, and one question about several people. */
  readonly place: number;
  readonly at: Instant;
  /** The system it is about, where it is about one; a person stands in `agent`. */
  readonly system: string | null;
  readonly question: Question;
  readonly value: number;
  /** Which step it is about: event id, or null for the engagement as a whole. */
  readonly about: string | null;
  readonly engagement: string | null;
  readonly cause: 'people' | 'process' | 'technology' | null;
}

/**
 * How an answer stands in the attributes of a `survey` / `answered` event, whoever sent it: `attributes.answers`.
 * `touch` names the person or system it is about; `aboutSourceEventId` the step.
 */
export interface SurveyAnswer {
  readonly question: Question;
  readonly value: number;
  readonly touch?: { readonly kind: 'agent' | 'system'; readonly name: string };
  readonly cause?: 'people' | 'process' | 'technology';
  readonly comment?: string;
}

/** One row a customer that has any event: what segments and lists need. Colleagues' calls (`internal`) have no facts at all. */
export interface CustomerFact {
  readonly customerId: string;
  /** False: a placeholder, the owner of events that identify nobody yet. */
  readonly known: boolean;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly engagements: number;
  /** Engagements that nothing closed; some of them may be abandoned by now (`idleAt`). */
  readonly openEngagementsHint: number;
  readonly contacts: number;
  readonly lastIntent: string;
  readonly lastChannel: Channel | null;
  /** Amounts of placed orders less refunds, in minor units of the installation's currency. */
  readonly spent: number;
  readonly orders: number;
  /** Start of the latest cancellation that went through, unless something was sold after it; null for a customer who stays. */
  readonly leftAt: Instant | null;
  /** Greatest frustration of the last contact. */
  readonly lastFrustration: number;
}

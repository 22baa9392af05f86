import type { Channel, Family, Instant, Outcome, SurveyAnswer } from '@throughline/contracts';

/**
 * What one contact says by itself: its own events and the hierarchy's word on it, nothing of its neighbours. Plain data, kept in the store: a change reads the events of
 * what it touches, and of everything else these.
 */
export interface ContactReading {
  readonly anchor: string;
  readonly at: Instant;
  readonly endedAt: Instant;
  /** Over everything recorded of it, items included. */
  readonly fromAt: Instant;
  readonly toAt: Instant;
  readonly startedBy: 'customer' | 'company' | 'callback';
  /** The customer put the matter to somebody or something that should answer: looking at pages is not asking. */
  readonly asked: boolean;
  readonly channel: Channel | null;
  readonly queue: string | null;
  readonly agent: string | null;
  readonly site: string | null;
  /** Who served, in order. */
  readonly agents: readonly string[];
  readonly transactions: number;
  readonly events: number;
  /** In order; `main` is the place of the one with the larger share. */
  readonly parts: readonly PartReading[];
  readonly main: number;
  readonly looksResolved: boolean;
  readonly inside: Hardships;
  readonly stays: readonly StayReading[];
  readonly menus: readonly MenuReading[];
}

export interface PartReading {
  readonly engagement: string | null;
  readonly startAt: Instant;
  readonly liveMs: number;
  readonly share: number;
  readonly failed: 'technical' | 'other' | null;
  readonly intent: string;
  readonly family: Family;
  readonly intentConfidence: number;
  /** Its own events name its family; else events elsewhere can change it. */
  readonly settled: boolean;
  /** Live events of the customer's own. */
  readonly steps: number;
  readonly outcome: Outcome | null;
  readonly outcomeAt: Instant | null;
}

/** What made a contact hard in itself; each a list of the events that show it. */
export interface Hardships {
  readonly transfers: readonly string[];
  readonly holds: readonly string[];
  readonly invalidInputs: readonly string[];
  readonly restarts: readonly string[];
  readonly reidentified: readonly string[];
  /** The event with which it failed. */
  readonly failures: readonly string[];
}

/** A stay in a queue. */
export interface StayReading {
  readonly anchor: string;
  readonly at: Instant;
  readonly leftAt: Instant;
  readonly abandoned: boolean;
  readonly queue: string | null;
  readonly channel: Channel;
  readonly site: string | null;
  readonly agent: string | null;
}

/** One IVR transaction. */
export interface MenuReading {
  readonly anchor: string;
  readonly channel: Channel;
  readonly enteredAt: Instant;
  readonly leftAt: Instant;
  readonly nodes: readonly NodeReading[];
  /** The caller went on to a queue or a person. */
  readonly leftForPerson: boolean;
  /** Keys or words by which callers ask for a person. */
  readonly askedForPerson: readonly string[];
  /** The family that the talk after it was about, by the word of who talked; null where nobody says. */
  readonly talkFamily: Family | null;
  readonly talkEvent: string | null;
}

export interface NodeReading {
  readonly node: string;
  readonly at: Instant;
  readonly dwellMs: number;
  /** Inputs here that were not understood. */
  readonly invalidInputs: readonly string[];
  readonly event: string;
  /** What it offers, as the menu itself or its name says; null: nothing that has a name. */
  readonly family: Family | null;
}

/** What is no contact and yet counts. `anchor` is its event; an event has at most one of each kind. */
export type ItemReading = MissedVisitReading | ClosingReading | OrderReading | AnswersReading;

interface Item {
  readonly anchor: string;
  readonly at: Instant;
  readonly engagement: string | null;
}

export interface MissedVisitReading extends Item {
  readonly kind: 'missedVisit';
}

/** The company closed the matter as done, outside every contact. */
export interface ClosingReading extends Item {
  readonly kind: 'closing';
}

export interface OrderReading extends Item {
  readonly kind: 'order';
  readonly placed: boolean;
  /** Minor units; negative when it went back. */
  readonly amount: number;
}

export interface AnswersReading extends Item {
  readonly kind: 'answers';
  readonly about: string | null;
  readonly answers: readonly SurveyAnswer[];
}

/** All readings of a customer, or of a span. */
export interface Readings {
  readonly contacts: readonly ContactReading[];
  readonly items: readonly ItemReading[];
}

export const inOrder = (a: { readonly at: Instant; readonly anchor: string }, b: { readonly at: Instant; readonly anchor: string }): number =>
  a.at - b.at || (a.anchor < b.anchor ? -1 : a.anchor > b.anchor ? 1 : 0);

export const mainPart = (contact: ContactReading): PartReading => contact.parts[contact.main]!;

import type { Family } from '../event/vocabulary';

/** What is usual, from at least `from` contacts: half of them stay at or under `median`, three of four at or under `upper`. */
export interface Norm {
  readonly from: number;
  readonly median: number;
  readonly upper: number;
}

/** Usual length (ms), number of events and wait (ms), by `family|channel`, `channel`, or `*`: the most special one holds. What has no norm is not judged. */
export interface Norms {
  readonly lengthMs: Readonly<Record<string, Norm>>;
  readonly events: Readonly<Record<string, Norm>>;
  readonly waitMs: Readonly<Record<string, Norm>>;
}

/** A word in a menu's node, a page's path or a search that shows an intent, where the source itself says none. */
export interface IntentRule {
  readonly in: 'menu' | 'page';
  /** Compared without case with the words of the node or path. */
  readonly word: string;
  readonly intent: string;
  readonly family: Family;
  /** 0–1000. */
  readonly confidence: number;
}

/** Everything the scoring rules may be told. One version holds for a customer's whole past. */
export interface ScoringSettings {
  readonly version: number;
  /** Below this (0–1000) an intent is `unknown`. */
  readonly minimumIntentConfidence: number;
  /** How far a contact looks ahead for its repeat. No window of a metric may be longer. */
  readonly lookAheadDays: number;
  /** How far back a frustration ledger counts what came before. */
  readonly lookBackDays: number;
  readonly intentRules: readonly IntentRule[];
  /** Points of one piece of each cause, and the most that a cause may bring. */
  readonly points: Readonly<Record<FrustrationCause, { readonly each: number; readonly most: number }>>;
  /** Confidence (0–1000) that a reason for leaving a menu needs, and by how much it must lead. */
  readonly optOut: { readonly least: number; readonly lead: number };
  readonly norms: Norms;
}

export const frustrationCauses = [
  'repeat',
  'earlierRepeat',
  'earlierFailure',
  'missedVisit',
  'wait',
  'length',
  'events',
  'transfer',
  'hold',
  'invalidInput',
  'restart',
  'reidentified',
  'toldAgain',
  'failedContact',
] as const;
export type FrustrationCause = (typeof frustrationCauses)[number];

const word = (where: IntentRule['in'], family: Family, confidence: number, ...words: readonly string[]): IntentRule[] =>
  words.map((each) => ({ in: where, word: each, intent: family, family, confidence }));

/** What a menu or a site usually calls each family. */
const usualWords: Readonly<Partial<Record<Family, readonly string[]>>> = {
  fault: ['fault', 'faults', 'outage', 'repair', 'troubleshooting', 'technical'],
  billing: ['billing', 'bill', 'bills', 'invoice', 'invoices', 'payment'],
  complaint: ['complaint', 'complaints'],
  cancellation: ['cancellation', 'cancel', 'terminate'],
  purchase: ['purchase', 'shop', 'sales', 'order', 'orders', 'checkout', 'tariffs'],
  delivery: ['delivery', 'tracking', 'shipment', 'parcel'],
  return: ['return', 'returns', 'refund'],
  accountChange: ['accountchange', 'account', 'profile', 'address'],
  information: ['information', 'faq', 'coverage', 'opening'],
};

const minute = 60_000;
/** Before an installation has contacts of its own to learn from. */
const startingNorms: Norms = {
  lengthMs: {
    voice: { from: 0, median: 7 * minute, upper: 12 * minute },
    chat: { from: 0, median: 10 * minute, upper: 18 * minute },
    web: { from: 0, median: 5 * minute, upper: 12 * minute },
    app: { from: 0, median: 3 * minute, upper: 8 * minute },
  },
  events: {
    voice: { from: 0, median: 9, upper: 14 },
    chat: { from: 0, median: 10, upper: 18 },
    web: { from: 0, median: 8, upper: 16 },
    app: { from: 0, median: 6, upper: 12 },
  },
  waitMs: { voice: { from: 0, median: minute, upper: 2 * minute }, chat: { from: 0, median: minute, upper: 2 * minute } },
};

export const defaultScoringSettings: ScoringSettings = {
  version: 1,
  minimumIntentConfidence: 500,
  lookAheadDays: 30,
  lookBackDays: 14,
  intentRules: (Object.entries(usualWords) as [Family, readonly string[]][]).flatMap(([family, words]) => [
    ...word('menu', family, 650, ...words),
    ...word('page', family, 550, ...words),
  ]),
  points: {
    repeat: { each: 9, most: 27 },
    earlierRepeat: { each: 4, most: 12 },
    earlierFailure: { each: 8, most: 24 },
    missedVisit: { each: 20, most: 40 },
    wait: { each: 6, most: 20 },
    length: { each: 4, most: 14 },
    events: { each: 3, most: 10 },
    transfer: { each: 8, most: 24 },
    hold: { each: 3, most: 12 },
    invalidInput: { each: 3, most: 15 },
    restart: { each: 5, most: 15 },
    reidentified: { each: 4, most: 12 },
    toldAgain: { each: 5, most: 15 },
    failedContact: { each: 12, most: 12 },
  },
  optOut: { least: 450, lead: 100 },
  norms: startingNorms,
};

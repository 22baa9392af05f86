import type { CoachingFacts } from './coached-desk';
import type { SourceName } from './demo-event';
import type { MalformedKind } from './disorder';
import type { OptOutReason, PlantedFact, plantedEmpathy } from './planted-fact';
import type { Size } from './sizes';

/** One event of the truth: who was behind it, in which block of time, for which issues. */
export interface TruthRow {
  readonly source: SourceName;
  readonly sourceEventId: string;
  readonly person: string;
  readonly interaction: string | null;
  readonly engagements: readonly string[];
  /** When it happened by the clock of its source; 0 where nobody asked. Only reasons of misses read it. */
  readonly occurredAt: number;
}

export interface TruthPerson {
  readonly person: string;
  readonly kind: string;
  /** Whether the identifiers that this person leaves behind are enough to know them. */
  readonly suffices: boolean;
  readonly household: string | null;
  readonly organisation: string | null;
  readonly sharesPhone: boolean;
}

/** What the simulator planted, to be found again. */
export interface PlantedFacts {
  readonly size: Size;
  readonly seed: number;
  readonly from: string;
  readonly until: string;
  readonly people: number;
  readonly events: number;
  readonly deliveries: number;
  readonly late: number;
  readonly duplicates: number;
  readonly corrections: number;
  readonly malformed: Readonly<Record<MalformedKind, number>>;
  readonly silentSource: { readonly source: SourceName; readonly from: string; readonly unsent: number };
  readonly skewedClocks: readonly { readonly source: SourceName; readonly skewMs: number }[];
  readonly outages: readonly string[];
  readonly clockChanges: readonly string[];
  readonly sharedPhones: number;
  readonly households: number;
  /** How many persons of each kind: households, same names, office lines, numbers that change hands and so on. */
  readonly personKinds: Readonly<Record<string, number>>;
  readonly personsWhoseIdentifiersSuffice: number;
  /** What the loop has to find again. */
  readonly loop: {
    /** Issues that ended, and of them those that were settled in the first block of time, with no second one within seven days. */
    readonly issues: number;
    readonly settledAtFirst: number;
    readonly optOuts: Readonly<Record<OptOutReason, number>>;
    readonly empathy: typeof plantedEmpathy;
    /** Null where the town is too small or the time too short to coach anybody. */
    readonly coaching: CoachingFacts | null;
  };
  readonly dana: {
    readonly person: string;
    readonly name: string;
    readonly phone: string;
    readonly email: string;
    readonly customerNumber: string;
    readonly startsAt: string;
    readonly contactTransactions: number;
    readonly otherTransactions: number;
    readonly interactions: number;
    readonly engagements: number;
    readonly reopened: number;
  };
}

export interface Truth {
  /** One a call that left the menu, and one an issue that ended. */
  readonly facts: Iterable<PlantedFact>;
  readonly planted: PlantedFacts;
  readonly persons: Iterable<TruthPerson>;
  readonly events: Iterable<TruthRow>;
}

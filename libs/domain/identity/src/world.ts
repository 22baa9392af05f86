import type { Instant } from '@throughline/contracts';
import type { EventFacts } from './event-facts';
import type { Founding } from './identity';
import type { Link, SeenInSession, StandingDecisions } from './links';
import type { ValueKey } from './normalise';
import type { Owner, Piece } from './owner';
import type { NamingUse, NodeKey } from './uses';

/** An event that was resolved before: what the rule read of it, and whose it is. */
export interface StoredEvent {
  readonly facts: EventFacts;
  readonly owner: Owner;
}

/** A founding and when its sighting is now; null: the event no longer carries the value. */
export interface HeldFounding extends Founding {
  heldAt: Instant | null;
}

/** All sightings of a value between two instants, both included. */
export interface SightingsWanted {
  readonly key: ValueKey;
  readonly from: Instant;
  readonly to: Instant;
}

/** What the rule must be told before it can go on. Everything named is loaded into the `World`, empty where nothing is stored. */
export interface Need {
  readonly values?: readonly ValueKey[];
  readonly carriers?: readonly ValueKey[];
  /** Links of exactly these pairs (`pairKey`). */
  readonly pairs?: readonly string[];
  /** All links at these nodes. */
  readonly linksAt?: readonly NodeKey[];
  readonly foundings?: readonly ValueKey[];
  readonly events?: readonly string[];
  readonly sightings?: readonly SightingsWanted[];
  /** Events that a value decides for a customer (rule `identifier`). */
  readonly decided?: readonly { readonly customerId: string; readonly value: ValueKey }[];
  /** What session pieces and clients (`session#n␟client`) have seen. */
  readonly seen?: readonly string[];
  /** All `seen` of these sessions, whatever their piece and client. */
  readonly seenOfSessions?: readonly ValueKey[];
}

export const sightingsKey = (wanted: SightingsWanted): string => `${wanted.key}\u001f${wanted.from}\u001f${wanted.to}`;
export const decidedKey = (customerId: string, value: ValueKey): string => `${customerId}\u001f${value}`;
export const seenKey = (session: ValueKey, piece: number, client: string): string => `${session}#${piece}\u001f${client}`;

/**
 * The part of the stored state that a change touches. The maps of the first group may be kept from one change to the next, as long as one process writes;
 * those of the second belong to one change and are emptied before it.
 */
export class World {
  readonly values = new Map<ValueKey, NamingUse[]>();
  readonly carriers = new Map<ValueKey, Piece[]>();
  readonly pairs = new Map<string, Link | null>();
  readonly seen = new Map<string, Map<ValueKey, SeenInSession>>();

  readonly linksAt = new Map<NodeKey, readonly Link[]>();
  readonly foundings = new Map<ValueKey, HeldFounding[]>();
  readonly events = new Map<string, StoredEvent | null>();
  readonly sightings = new Map<string, readonly string[]>();
  readonly decided = new Map<string, readonly string[]>();
  readonly seenOfSessions = new Map<ValueKey, readonly string[]>();

  constructor(public decisions: StandingDecisions) {}

  /** Forgets what belongs to one change. */
  beginChange(): void {
    this.linksAt.clear();
    this.foundings.clear();
    this.events.clear();
    this.sightings.clear();
    this.decided.clear();
    this.seenOfSessions.clear();
  }

  /** Forgets everything, after a change that was not stored. */
  clear(): void {
    this.beginChange();
    this.values.clear();
    this.carriers.clear();
    this.pairs.clear();
    this.seen.clear();
  }
}

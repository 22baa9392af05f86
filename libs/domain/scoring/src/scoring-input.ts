import type { CanonicalEvent, Channel, Family, Instant, System } from '@throughline/contracts';

export interface Span {
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/** A transaction with its events in total order. */
export interface ScoredTransaction {
  readonly anchor: string;
  readonly kind: 'contact' | 'item' | 'side';
  readonly system: System;
  readonly channel: Channel;
  readonly agent: string | null;
  readonly queue: string | null;
  /** First to last live event; of a contact only. */
  readonly live: Span | null;
  /** Anchor of the interaction that holds it; null of a loose one. */
  readonly interaction: string | null;
  /** Anchor of the engagement in which an item or a side item hangs, by itself or through its interaction. Of a contact its parts say it. */
  readonly engagement: string | null;
  readonly events: readonly CanonicalEvent[];
}

/** A part of a contact: what it says of its family and failure is the hierarchy's word. */
export interface ScoredPart {
  readonly engagement: string | null;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly liveMs: number;
  /** 0–1000. */
  readonly share: number;
  readonly family: Family;
  readonly familyBy: 'own' | 'episode' | 'borrowed' | 'unknown';
  readonly intentConfidence: number;
  readonly failed: 'technical' | 'other' | null;
}

export interface ScoredInteraction extends Span {
  readonly anchor: string;
  readonly kind: 'contact' | 'attempt';
  /** Of a contact only. */
  readonly live: Span | null;
  /** In order; of an attempt none. */
  readonly parts: readonly ScoredPart[];
}

export interface ScoredEngagement {
  readonly anchor: string;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
  readonly lastActivityAt: Instant;
  readonly windowMs: number;
  readonly phases: readonly { readonly from: Instant; readonly closedAs: 'resolved' | 'sold' | 'lost' | 'cancelled' | null; readonly keyOpen: boolean }[];
}

/** What the hierarchy's views say of one customer, or of a span of the customer's time. Lists in any order. */
export interface ScoringInput {
  readonly customerId: string;
  /** False of a placeholder. */
  readonly known: boolean;
  readonly transactions: readonly ScoredTransaction[];
  readonly interactions: readonly ScoredInteraction[];
  readonly engagements: readonly ScoredEngagement[];
}

export const dayMs = 86_400_000;

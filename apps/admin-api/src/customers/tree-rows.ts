import type { CanonicalEvent, Channel, ContactScore, Family, HierarchySettings, IdentifierLinkRule, MembershipRule, System } from '@throughline/contracts';
import type { Phase } from '@throughline/domain-hierarchy';

/** Rows of the views as a tree needs them; instants in milliseconds. */
export interface MembershipRow {
  readonly rule: MembershipRule;
  readonly other_event: string | null;
  readonly value: string | null;
  readonly gap_ms: number | null;
  readonly limit_ms: number | null;
  readonly confidence: number;
}

export interface TransactionRow extends MembershipRow {
  readonly id: string;
  readonly anchor: string;
  readonly kind: 'contact' | 'item' | 'side';
  readonly source: string;
  readonly system: System;
  readonly channel: Channel;
  readonly agent: string | null;
  readonly agent_name?: string | null;
  readonly queue: string | null;
  readonly start_at: number;
  readonly end_at: number;
  readonly ended: boolean;
  readonly parent_level: 'interaction' | 'engagement' | 'journey';
  readonly parent_id: string | null;
  readonly parent_anchor: string | null;
}

export interface EventRow {
  readonly transaction_id: string;
  readonly event_id: string;
  readonly rule: 'session' | 'stream' | 'alone';
  readonly gap_ms: number | null;
  readonly limit_ms: number;
  /** Events of the transaction, also those beyond the limit. */
  readonly events: number;
}

export interface InteractionRow {
  readonly id: string;
  readonly anchor: string;
  readonly kind: 'contact' | 'attempt';
  readonly start_at: number;
  readonly end_at: number;
}

export interface PartRow extends MembershipRow {
  readonly interaction_id: string;
  readonly engagement_id: string | null;
  readonly engagement_anchor: string | null;
  readonly start_at: number;
  readonly share: number;
  readonly family: Family | null;
  readonly keys: readonly string[];
}

export interface EngagementRow {
  readonly id: string;
  readonly families: readonly Family[];
  readonly first_at: number;
  readonly last_at: number;
  readonly last_activity_at: number;
  readonly window_ms: number;
  readonly phases: readonly Phase[];
  readonly repeat_of: string | null;
  readonly follows: string | null;
}

export interface OwnerRow {
  readonly event_id: string;
  readonly owner_rule: string;
  readonly decided_by: string | null;
  readonly owner_confidence: number;
}

export interface IdentifierRow {
  readonly kind: string;
  readonly namespace: string;
  readonly value: string;
  readonly rule: IdentifierLinkRule;
  readonly event_id: string | null;
  readonly confidence: number;
}

export interface HeadRow {
  readonly revision: number | null;
  readonly built_revision: number | null;
  readonly settings_version: number | null;
  readonly settings: HierarchySettings | null;
  readonly active_version: number | null;
  readonly stale: boolean | null;
  readonly events: number | null;
  readonly first_at: number | null;
  readonly last_at: number | null;
}

export interface ScoreRow extends ContactScore {
  /** Of the interaction. */
  readonly anchor: string;
}

/** Everything one tree is made of. */
export interface TreeRows {
  readonly head: HeadRow;
  readonly formerIds: readonly string[];
  readonly identifiers: readonly IdentifierRow[];
  readonly reviews: readonly { readonly id: string; readonly kind: string; readonly detail: string }[];
  /** Newest first. */
  readonly transactions: readonly TransactionRow[];
  /** Of these transactions, in total order. */
  readonly events: readonly EventRow[];
  readonly interactions: readonly InteractionRow[];
  readonly parts: readonly PartRow[];
  readonly engagements: readonly EngagementRow[];
  readonly scores: readonly ScoreRow[];
  readonly bodies: readonly CanonicalEvent[];
  readonly owners: readonly OwnerRow[];
  readonly cursor: string | undefined;
}

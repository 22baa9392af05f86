import type { IdentifierKind } from '../event/vocabulary';

const hour = 3_600_000;
const day = 24 * hour;

export interface IdentifierRule {
  /** 0–100: what a link through this kind is worth. */
  readonly rank: number;
  readonly class: 'naming' | 'carrier';
  /** How many values one customer may have; absent = no limit. `perNamespace`: counted within a namespace. */
  readonly perCustomer?: { readonly limit: number; readonly perNamespace: boolean; readonly limitInNamespace?: number };
  /** Seen directly with this many different customer numbers, the value is shared and identifies nobody; absent = never. */
  readonly sharedAt?: number;
  /** A silence longer than this ends one use of the value; absent = never. */
  readonly quietGapMs?: number;
}

/** Everything the identity rule may be told. All times in milliseconds. */
export interface IdentitySettings {
  readonly version: number;
  readonly kinds: Readonly<Record<IdentifierKind, IdentifierRule>>;
  /** Session keys and contact links carry identity for this long a silence. */
  readonly contactQuietGapMs: number;
  readonly sameSessionRank: number;
  readonly probabilistic: { readonly rank: number; /** 0–1000; at or above it a proposal links by itself. */ readonly threshold: number };
  /** Across sessions of a device: how far an identification reaches. */
  readonly reachBackMs: number;
  readonly reachForwardMs: number;
  readonly oversizeNodes: number;
  readonly oversizeRank: number;
  /** A phone of fewer digits is an extension. */
  readonly minimumPhoneDigits: number;
  /** Region that completes a phone without country code (ISO 3166-1 alpha-2), by source; '' is the default. */
  readonly regions: Readonly<Record<string, string>>;
  /** Values that identify nobody, compared after normalisation. */
  readonly blockedValues: readonly string[];
}

export const defaultIdentitySettings: IdentitySettings = {
  version: 1,
  kinds: {
    customerNumber: { rank: 100, class: 'naming', perCustomer: { limit: 1, perNamespace: true } },
    nationalId: { rank: 100, class: 'naming', perCustomer: { limit: 1, perNamespace: true } },
    contract: { rank: 95, class: 'naming', perCustomer: { limit: 20, perNamespace: false }, sharedAt: 2 },
    account: { rank: 95, class: 'naming', perCustomer: { limit: 20, perNamespace: false }, sharedAt: 2 },
    crmContact: { rank: 90, class: 'naming', perCustomer: { limit: 1, perNamespace: true } },
    login: { rank: 85, class: 'naming', perCustomer: { limit: 3, perNamespace: false }, sharedAt: 2 },
    loyalty: { rank: 85, class: 'naming', perCustomer: { limit: 3, perNamespace: false }, sharedAt: 2 },
    email: { rank: 70, class: 'naming', perCustomer: { limit: 5, perNamespace: false }, sharedAt: 2 },
    phone: { rank: 60, class: 'naming', perCustomer: { limit: 5, perNamespace: false }, sharedAt: 2, quietGapMs: 365 * day },
    cardToken: { rank: 50, class: 'naming', perCustomer: { limit: 10, perNamespace: false }, sharedAt: 2 },
    socialHandle: { rank: 50, class: 'naming', perCustomer: { limit: 10, perNamespace: false, limitInNamespace: 3 }, sharedAt: 2 },
    device: { rank: 30, class: 'carrier', quietGapMs: 180 * day },
    cookie: { rank: 30, class: 'carrier', quietGapMs: 180 * day },
  },
  contactQuietGapMs: 24 * hour,
  sameSessionRank: 40,
  probabilistic: { rank: 20, threshold: 1000 },
  reachBackMs: 30 * day,
  reachForwardMs: 90 * day,
  oversizeNodes: 2000,
  oversizeRank: 85,
  minimumPhoneDigits: 7,
  regions: { '': 'US' },
  blockedValues: ['anonymous', 'unknown', 'null', 'undefined', 'none', '-1', 'restricted', 'private', 'withheld', 'unavailable', 'n/a', 'test'],
};

import type { Instant } from '@throughline/contracts';
import { day } from './local-time';

export const sizes = ['XS', 'S', 'M', 'L'] as const;
export type Size = (typeof sizes)[number];

/** How many people live in the town and for how long it is watched. The dates are fixed: the same seed gives the same bytes on every day. */
export const worldOf: Readonly<Record<Size, { readonly people: number; readonly from: Instant; readonly until: Instant }>> = {
  XS: { people: 60, from: Date.UTC(2026, 2, 1), until: Date.UTC(2026, 5, 1) },
  S: { people: 2_000, from: Date.UTC(2026, 2, 1), until: Date.UTC(2026, 5, 1) },
  M: { people: 50_000, from: Date.UTC(2025, 5, 1), until: Date.UTC(2026, 5, 1) },
  L: { people: 1_000_000, from: Date.UTC(2024, 5, 1), until: Date.UTC(2026, 5, 1) },
};

/** The app says nothing more from this day on. */
export const silentSource = 'app';
export const silentFrom = (from: Instant): Instant => from + 61 * day;

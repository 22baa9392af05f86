import type { Instant } from '@throughline/contracts';
import { day, startOfDay } from './local-time';

export const sizes = ['XS', 'S', 'M', 'L'] as const;
export type Size = (typeof sizes)[number];

/** How many people live in the town and for how many days it is watched. */
export const townOf: Readonly<Record<Size, { readonly people: number; readonly days: number }>> = {
  XS: { people: 60, days: 92 },
  S: { people: 2_000, days: 92 },
  M: { people: 50_000, days: 365 },
  L: { people: 1_000_000, days: 730 },
};

/** Where a world ends that nobody gave another end: fixed, so that the same seed gives the same bytes on every day. */
export const usualEnd: Instant = Date.UTC(2026, 5, 1);

/** From when until when a world is told that ends at `end`: whole days, the first of them from midnight, and what has passed of the last one. */
export function periodOf(size: Size, end: Instant = usualEnd): { readonly from: Instant; readonly until: Instant } {
  return { from: startOfDay(end) - townOf[size].days * day, until: end };
}

/** The app says nothing more from this day on. */
export const silentSource = 'app';
export const silentFrom = (from: Instant): Instant => from + 61 * day;

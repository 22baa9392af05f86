import type { Instant } from '@throughline/contracts';

const dayMs = 86_400_000;

/** Contacts that one agent's mean needs before it is compared: fewer are shown hollow everywhere. */
export const leastContacts = 25;

export interface ContactRate {
  readonly contacts: number;
  /** Over this many days. */
  readonly days: number;
}

/**
 * When the slowest coached agent will have enough contacts at the rate of now. Null: at this rate within a year not, or the agent has none at all.
 * @param now when it is asked; the answer is never before it
 */
export function remeasureAt(agents: readonly { readonly have: number; readonly rate: ContactRate }[], now: Instant, least = leastContacts): Instant | null {
  const waits = agents.map(({ have, rate }) => {
    const missing = Math.max(least - have, 0);
    if (missing === 0) return 0;
    const perDay = rate.days > 0 ? rate.contacts / rate.days : 0;
    return perDay > 0 ? Math.ceil(missing / perDay) : Infinity;
  });
  const days = Math.max(0, ...waits);
  return days > 365 ? null : now + days * dayMs;
}

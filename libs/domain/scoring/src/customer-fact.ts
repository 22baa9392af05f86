import type { CustomerFact, EngagementFact } from '@throughline/contracts';
import type { ItemReading } from './readings';
import { inOrder } from './readings';
import type { ScoredFacts } from './score-readings';

/** Sums that a change alters by difference. */
export interface CustomerTotals {
  readonly engagements: number;
  readonly openEngagementsHint: number;
  readonly contacts: number;
  readonly spent: number;
  readonly orders: number;
}

export function customerTotals(facts: Pick<ScoredFacts, 'contacts' | 'engagements'>, items: readonly ItemReading[]): CustomerTotals {
  const orders = items.flatMap((item) => (item.kind === 'order' ? [item] : []));
  return {
    engagements: facts.engagements.length,
    openEngagementsHint: facts.engagements.filter(({ closedAs }) => closedAs === null).length,
    contacts: facts.contacts.length,
    spent: orders.reduce((sum, { amount }) => sum + amount, 0),
    orders: orders.filter(({ placed }) => placed).length,
  };
}

/** Whether an engagement is a cancellation that went through. */
export const isDeparture = ({ family, closedAs }: Pick<EngagementFact, 'family' | 'closedAs'>): boolean =>
  family === 'cancellation' && (closedAs === 'lost' || closedAs === 'cancelled');

/** One customer, from all facts of theirs. `seen`: first and last instant of anything recorded. */
export function customerFact(
  customer: { readonly customerId: string; readonly known: boolean; readonly firstAt: number; readonly lastAt: number },
  facts: Pick<ScoredFacts, 'contacts' | 'engagements'>,
  items: readonly ItemReading[],
): CustomerFact {
  const last = [...facts.contacts].sort(inOrder).at(-1);
  const departure = [...facts.engagements].filter(isDeparture).sort(inOrder).at(-1);
  const cameBack = departure && facts.engagements.some(({ closedAs, at }) => closedAs === 'sold' && at > departure.at);
  return {
    ...customer,
    ...customerTotals(facts, items),
    lastIntent: last?.intent ?? 'unknown',
    lastChannel: last?.channel ?? null,
    leftAt: departure && !cameBack ? departure.at : null,
    lastFrustration: last?.frustration ?? 0,
  };
}

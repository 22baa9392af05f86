import type { CanonicalEvent } from '@throughline/contracts';
import type { Hardships } from './readings';
import type { ScoredTransaction } from './scoring-input';

/** What made a contact hard, each with the events that show it. `served` are its contact transactions in order of their live start. */
export function readHardships(served: readonly ScoredTransaction[]): Hardships {
  const idsWhere = (fits: (event: CanonicalEvent) => boolean): string[] =>
    served
      .flatMap(({ events }) => events.filter(fits))
      .sort((a, b) => a.occurredAt - b.occurredAt || (a.id < b.id ? -1 : 1))
      .map(({ id }) => id);
  return {
    transfers: idsWhere(({ system, type, ending }) => system === 'agent' && (type === 'transferred' || ending === 'transferred')),
    holds: idsWhere(({ type }) => type === 'held'),
    invalidInputs: idsWhere(({ type }) => type === 'invalidInput'),
    restarts: restarts(served),
    reidentified: served.flatMap((transaction) => transaction.events.find(identifies)?.id ?? []).slice(1),
    failures: idsWhere(({ type, ending }) => type === 'abandoned' || ending === 'abandoned' || ending === 'technical' || type === 'bounced'),
  };
}

/** A menu entered once more, or another call or conversation of the same kind within one block of time: the customer began anew. */
function restarts(served: readonly ScoredTransaction[]): string[] {
  const found: string[] = [];
  const begun = new Set<string>();
  for (const { system, events, anchor } of served) {
    if (system === 'ivr')
      found.push(
        ...events
          .filter(({ type }) => type === 'entered')
          .slice(1)
          .map(({ id }) => id),
      );
    if (system !== 'ivr' && system !== 'chat' && system !== 'messaging') continue;
    if (begun.has(system)) found.push(anchor);
    begun.add(system);
  }
  return found;
}

const naming: ReadonlySet<string> = new Set(['customerNumber', 'nationalId', 'contract', 'account', 'login', 'loyalty']);

/** The customer says who they are: to a menu, to a chat, or by signing in. What an agent's screen shows is not asked. */
function identifies({ system, type, initiator, identifiers }: CanonicalEvent): boolean {
  if (initiator !== 'customer' || system === 'agent' || type === 'entered') return false;
  return identifiers.some(({ kind, role }) => role === 'subject' && naming.has(kind));
}

import type { PersonKind } from '../person';
import { billing } from './billing';
import { fault } from './fault';
import type { IssueKind } from './issue';
import { accountChange, cancellation, complaint, information } from './other';
import { purchase, returning } from './purchase';

/** What the customers of an internet and telephone provider come with. */
export const issueKinds: readonly IssueKind[] = [
  { name: 'fault', family: 'fault', intents: ['internet down', 'internet slow', 'no dial tone', 'television frozen'], weight: 22, run: fault },
  { name: 'billing', family: 'billing', intents: ['charged twice', 'unexpected charge', 'invoice not understood'], weight: 20, run: billing },
  { name: 'purchase', family: 'purchase', intents: ['new tariff', 'new router', 'television package'], weight: 18, run: purchase },
  { name: 'return', family: 'return', intents: ['wrong router', 'router broken on arrival'], weight: 3, run: returning },
  { name: 'accountChange', family: 'accountChange', intents: ['change of address', 'change of bank account', 'new name'], weight: 12, run: accountChange },
  { name: 'information', family: 'information', intents: ['coverage', 'contract terms', 'opening hours'], weight: 16, run: information },
  { name: 'complaint', family: 'complaint', intents: ['rude agent', 'nobody came', 'waited too long'], weight: 5, run: complaint },
  { name: 'cancellation', family: 'cancellation', intents: ['moves away', 'found it cheaper', 'had enough'], weight: 4, run: cancellation },
];

/** What somebody does who never says who they are. */
export const onlyLooks: ReadonlySet<string> = new Set(['purchase', 'information']);

export const looksOnly = (kind: PersonKind): boolean => kind === 'anonymousWeb';

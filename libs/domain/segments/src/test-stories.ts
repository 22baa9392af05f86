import type { ContactFact, EngagementFact } from '@throughline/contracts';
import type { CustomerFacts } from './customer-facts';
import { dayMs, type Condition, type Group, type RuleNode, type SegmentRule } from './rule';

export const noon = Date.UTC(2026, 2, 20, 12);
export const daysAgo = (days: number): number => noon - days * dayMs;

const dimensions = {
  customerId: 'dana',
  channel: 'voice',
  queue: 'bills',
  agent: 'ann',
  site: null,
  intent: 'charge not understood',
  family: 'billing',
} as const;

export const contactAt = (at: number, fact: Partial<ContactFact> = {}): ContactFact => ({
  ...dimensions,
  anchor: `contact ${at}`,
  at,
  endedAt: at + 60_000,
  engagement: null,
  place: 1,
  intentConfidence: 900,
  startedBy: 'customer',
  agents: ['ann'],
  transactions: 2,
  events: 5,
  liveMs: 60_000,
  outcome: null,
  failed: null,
  looksResolved: false,
  repeatAt: null,
  channelRepeatAt: null,
  frustration: 40,
  ledger: [],
  unjudged: [],
  ...fact,
});

export const engagementAt = (at: number, fact: Partial<EngagementFact> = {}): EngagementFact => ({
  ...dimensions,
  anchor: `engagement ${at}`,
  at,
  firstContactEndAt: at + 60_000,
  lastContactEndAt: at + 60_000,
  resolvedAt: null,
  saidSolved: null,
  saidSolvedAt: null,
  intentConfidence: 900,
  closedAs: null,
  closedAt: null,
  idleAt: at + 14 * dayMs,
  contacts: 1,
  transactions: 2,
  steps: 3,
  channels: ['voice'],
  agents: ['ann'],
  liveMs: 60_000,
  nextSameIntentAt: null,
  falseSuccess: false,
  frustration: 40,
  ...fact,
});

/** A customer of two years with an e-mail and a phone, who bought three times; `things` is what else happened to her. */
export const dana = (things: Partial<CustomerFacts['things']> = {}, more: Partial<CustomerFacts> = {}): CustomerFacts => ({
  customer: {
    customerId: 'dana',
    known: true,
    firstAt: daysAgo(730),
    lastAt: daysAgo(1),
    engagements: 2,
    openEngagementsHint: 1,
    contacts: 3,
    lastIntent: 'charge not understood',
    lastChannel: 'voice',
    spent: 61_200,
    orders: 3,
    leftAt: null,
    lastFrustration: 55,
  },
  identifiers: ['email', 'phone'],
  segments: [],
  things: { contact: [], engagement: [], queueStay: [], menuVisit: [], answer: [], ...things },
  ...more,
});

let ids = 0;
const id = (): string => `n${(ids += 1)}`;
export const group = (join: Group['join'], ...of: RuleNode[]): Group => ({ id: id(), kind: 'group', join, of });
export const about = (field: string, is: Condition['is'], value?: Condition['value']): RuleNode => ({ id: id(), kind: 'customer', field, is, value });
export const ruleOf = (root: RuleNode): SegmentRule => ({ version: 1, root: root.kind === 'group' ? root : group('all', root) });
export const had = (
  atLeast: number,
  lastDays: number | null,
  where: readonly Condition[],
  more: Partial<Extract<RuleNode, { kind: 'behaviour' }>> = {},
): Extract<RuleNode, { kind: 'behaviour' }> => ({
  id: id(),
  kind: 'behaviour',
  thing: 'contact',
  where,
  lastDays,
  measure: { take: 'count' },
  test: { is: 'atLeast', value: atLeast },
  none: [],
  ...more,
});
export const billing: Condition = { field: 'family', is: 'isOneOf', value: ['billing'] };

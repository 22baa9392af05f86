import type { CustomerTree, EngagementBranch, InteractionBranch, TransactionBranch } from '@throughline/contracts';

/** Branches of two pages by id: what is on both is joined, the rest stands in the order of time. */
function joinBranches<Branch extends { readonly id: string; readonly firstAt: number }>(
  a: readonly Branch[],
  b: readonly Branch[],
  join: (a: Branch, b: Branch) => Branch,
): Branch[] {
  const byId = new Map(a.map((branch) => [branch.id, branch]));
  for (const branch of b) {
    const same = byId.get(branch.id);
    byId.set(branch.id, same ? join(same, branch) : branch);
  }
  return [...byId.values()].sort((x, y) => x.firstAt - y.firstAt || (x.id < y.id ? -1 : 1));
}

const joinTransaction = (a: TransactionBranch, b: TransactionBranch): TransactionBranch => {
  const seen = new Set(a.events.map(({ event }) => event.id));
  const events = [...a.events, ...b.events.filter(({ event }) => !seen.has(event.id))];
  return {
    ...a,
    events: events.sort(
      (x, y) => x.event.occurredAt - y.event.occurredAt || x.event.sourceSequence - y.event.sourceSequence || (x.event.id < y.event.id ? -1 : 1),
    ),
  };
};
const joinInteraction = (a: InteractionBranch, b: InteractionBranch): InteractionBranch => ({
  ...a,
  transactions: joinBranches(a.transactions, b.transactions, joinTransaction),
});
const joinEngagement = (a: EngagementBranch, b: EngagementBranch): EngagementBranch => ({
  ...a,
  interactions: joinBranches(a.interactions, b.interactions, joinInteraction),
  transactions: joinBranches(a.transactions, b.transactions, joinTransaction),
});

/** One tree of two pages of it; what is left out of both is still named by the later page. */
export function joinPages(newer: CustomerTree, older: CustomerTree): CustomerTree {
  const { more: _, ...tree } = newer;
  return {
    ...tree,
    engagements: joinBranches(newer.engagements, older.engagements, joinEngagement),
    unengaged: {
      interactions: joinBranches(newer.unengaged.interactions, older.unengaged.interactions, joinInteraction),
      transactions: joinBranches(newer.unengaged.transactions, older.unengaged.transactions, joinTransaction),
    },
    ...(older.more ? { more: older.more } : {}),
  };
}

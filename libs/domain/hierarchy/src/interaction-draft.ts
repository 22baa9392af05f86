import type { DisjointSets } from './disjoint-sets';
import type { Span } from './hierarchy';
import type { Reading } from './reading';
import { anchorOf, startOf, type TransactionDraft } from './transactions';

/** An interaction while the rule works on it. */
export interface InteractionDraft {
  readonly kind: 'contact' | 'attempt';
  /** Contact: its contact transactions, by (live start, anchor). Attempt: its attempts, by anchor. */
  readonly core: readonly TransactionDraft[];
  /** The items and side transactions that attached to it, by anchor. */
  readonly items: TransactionDraft[];
  /** Contact: the live span; attempt: from first start to latest end. */
  readonly span: Span;
  /** First event of the core. */
  readonly coreAnchor: Reading;
}

/** A person tied the two. */
export const personEdge = { rule: 'person', value: null, gapMs: null, limitMs: null, confidence: 1000 } as const;

/** In the order of each component's first member. */
export function components(members: readonly TransactionDraft[], sets: DisjointSets): TransactionDraft[][] {
  const byRoot = new Map<number, TransactionDraft[]>();
  for (const member of members) {
    const root = sets.root(member.index);
    const component = byRoot.get(root);
    if (component) component.push(member);
    else byRoot.set(root, [member]);
  }
  return [...byRoot.values()];
}

export function draft(kind: 'contact' | 'attempt', core: readonly TransactionDraft[], ofTransaction: (InteractionDraft | null)[]): InteractionDraft {
  const first = core.reduce((earliest, transaction) => (transaction.index < earliest.index ? transaction : earliest));
  const interaction: InteractionDraft = {
    kind,
    core,
    items: [],
    span: {
      startAt: Math.min(...core.map((transaction) => transaction.live?.startAt ?? startOf(transaction))),
      endAt: Math.max(...core.map((transaction) => transaction.live?.endAt ?? transaction.endAt)),
    },
    coreAnchor: anchorOf(first),
  };
  for (const transaction of core) ofTransaction[transaction.index] = interaction;
  return interaction;
}

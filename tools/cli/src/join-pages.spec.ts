import type { CustomerTree, EventLeaf, TransactionBranch } from '@throughline/contracts';
import { joinPages } from './join-pages';

const leaf = (id: string, at: number) => ({ event: { id, occurredAt: at, sourceSequence: 0 } }) as unknown as EventLeaf;
const transaction = (id: string, firstAt: number, ...events: EventLeaf[]) => ({ id, firstAt, events }) as unknown as TransactionBranch;
const page = (transactions: readonly TransactionBranch[], cursor?: string): CustomerTree =>
  ({
    engagements: [{ id: 'eng_1', firstAt: 1, interactions: [{ id: 'int_1', firstAt: 1, transactions }], transactions: [] }],
    unengaged: { interactions: [], transactions: [] },
    ...(cursor ? { more: { cursor } } : {}),
  }) as unknown as CustomerTree;

it('a tree of two pages is one tree, in the order of time, nothing twice', () => {
  const newer = page([transaction('tx_2', 5, leaf('d', 8), leaf('e', 9)), transaction('tx_3', 20, leaf('f', 20))], 'c1');
  const older = page([transaction('tx_1', 1, leaf('a', 1)), transaction('tx_2', 5, leaf('c', 5), leaf('d', 8))]);
  const whole = joinPages(newer, older);
  expect(whole.more).toBeUndefined();
  const transactions = whole.engagements[0]?.interactions[0]?.transactions ?? [];
  expect(transactions.map(({ id, events }) => [id, events.map(({ event }) => event.id).join('')])).toEqual([
    ['tx_1', 'a'],
    ['tx_2', 'cde'],
    ['tx_3', 'f'],
  ]);
  expect(joinPages(older, newer).more).toEqual({ cursor: 'c1' });
});

import type { CanonicalEvent, CustomerTree, Membership, TransactionBranch } from '@throughline/contracts';
import { channelOf, openTo, rowsOf, timelineOf } from './timeline';

const minute = 60_000;
const alone: Membership = { rule: 'alone', otherEvent: null, value: null, gapMs: null, limitMs: null, confidence: 1000 };

const event = (id: string, at: number): CanonicalEvent =>
  ({ id, occurredAt: at, channel: 'voice', system: 'ivr', type: 'entered', sessionKey: 'call-1', intents: [], issueKeys: [] }) as unknown as CanonicalEvent;

const transaction = (id: string, channel: string, firstAt: number, lastAt: number): TransactionBranch => ({
  id: `tx_${id}`,
  kind: 'contact',
  source: 'pbx',
  system: 'ivr',
  channel,
  firstAt,
  lastAt,
  state: 'ended',
  agent: null,
  queue: null,
  membership: alone,
  events: [
    { event: event(id, firstAt), rule: 'session', gapMs: null, limitMs: null, confidence: 1000, owner: { rule: 'identifier', value: null, confidence: 1000 } },
  ],
});

function treeWith(starts: readonly number[]): CustomerTree {
  return {
    customer: { id: 'c', formerIds: [], identifiers: [], reviews: [] },
    journey: { id: 'c', firstAt: 0, lastAt: 100 * minute, events: starts.length },
    engagements: starts.map((at, i) => ({
      id: `eng_${i}`,
      families: ['fault'],
      state: 'open',
      firstAt: at,
      lastAt: at + 10 * minute,
      keys: [],
      repeatOf: null,
      follows: null,
      interactions: [
        {
          id: `int_${i}`,
          kind: 'contact',
          firstAt: at,
          lastAt: at + 10 * minute,
          share: 1000,
          family: 'fault',
          membership: alone,
          transactions: [transaction(`${i}b`, 'voice', at + minute, at + 10 * minute), transaction(`${i}a`, 'web', at, at + minute)],
        },
      ],
      transactions: [],
    })),
    unengaged: { interactions: [], transactions: [transaction('x', 'email', 5, 6)] },
    settingsVersion: 1,
    asOf: 0,
    rebuilding: false,
  };
}

describe('the timeline of a customer', () => {
  it('puts the latest engagement first, what is in it in order of time, and what belongs to none last', () => {
    const nodes = timelineOf(treeWith([0, 50 * minute]));
    expect(nodes.map(({ id }) => id)).toEqual(['eng_1', 'eng_0', 'loose']);
    expect(nodes[0]!.children[0]!.children.map(({ id }) => id)).toEqual(['tx_1a', 'tx_1b']);
  });

  it('shows what is open and says of each line its depth, its place and how many there are', () => {
    const nodes = timelineOf(treeWith([0, 50 * minute]));
    expect(rowsOf(nodes, new Set()).map(({ open, place, of }) => [open, place, of])).toEqual([
      [false, 1, 3],
      [false, 2, 3],
      [false, 3, 3],
    ]);
    const rows = rowsOf(nodes, new Set(['eng_1', 'eng_1/int_1']));
    expect(rows.map(({ node, depth }) => `${depth} ${node.id}`)).toEqual(['1 eng_1', '2 int_1', '3 tx_1a', '3 tx_1b', '1 eng_0', '1 loose']);
  });

  it('opens down to events', () => {
    const nodes = timelineOf(treeWith([0]));
    expect(rowsOf(nodes, openTo(nodes, 'event')).map(({ node }) => node.level)).toEqual([
      'engagement',
      'interaction',
      'transaction',
      'event',
      'transaction',
      'event',
      'engagement',
      'transaction',
      'event',
    ]);
    expect(openTo(nodes, 'engagement').size).toBe(0);
  });

  it('names an interaction by the channel in which most of its time went', () => {
    const [engagement] = timelineOf(treeWith([0]));
    expect(channelOf(engagement!.children[0]!)).toBe('voice');
  });

  it('names a node for corrections by its anchor event', () => {
    const [engagement] = timelineOf(treeWith([0]));
    expect(engagement!.children[0]!.eventId).toBe('0');
  });
});

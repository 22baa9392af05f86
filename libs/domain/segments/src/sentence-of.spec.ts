import { catalogue } from './catalogue';
import { diffRules } from './diff-rules';
import type { Group, RuleNode, SegmentRule } from './rule';
import { sentenceOf } from './sentence-of';
import { about, billing, group, had, ruleOf } from './test-stories';

const segmentId = '0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d001';
const wording = { catalogue, segmentNames: new Map([[segmentId, 'High value']]) };

describe('the sentence of a rule', () => {
  it('reads as a person would say it', () => {
    const rule = ruleOf(
      group(
        'all',
        { id: 'm', kind: 'membership', segmentId, member: true },
        had(2, 14, [billing], { none: [{ field: 'outcome', is: 'isOneOf', value: ['resolved'] }] }),
        group('any', about('lastFrustration', 'moreThan', 60), about('leftAt', 'isKnown')),
      ),
    );
    expect(sentenceOf(rule, wording)).toBe(
      'Customers who are in “High value”, and who had at least 2 contacts with family of intents billing in the last 14 days, none of them with outcome resolved, and (with frustration of the last contact more than 60 points, or with a cancellation).',
    );
  });
  it('says "no contacts" for a count of nothing, and tells a sequence with its time', () => {
    expect(sentenceOf(ruleOf(had(0, 30, [], { test: { is: 'equals', value: 0 } })), wording)).toBe('Customers who had no contacts in the last 30 days.');
    const sequence: RuleNode = {
      id: 's',
      kind: 'sequence',
      first: [{ field: 'channel', is: 'isOneOf', value: ['chat'] }],
      then: [{ field: 'channel', is: 'isOneOf', value: ['voice'] }],
      withinMinutes: 120,
      lastDays: null,
    };
    expect(sentenceOf(ruleOf(sequence), wording)).toBe('Customers who had a contact with channel chat and then, within 2 h, a contact with channel voice.');
  });
  it('is "Everybody." when nothing counts', () => {
    expect(sentenceOf(ruleOf(group('all', { ...about('orders', 'isKnown'), muted: true })), wording)).toBe('Everybody.');
  });
  it('has money, time and points in their units', () => {
    expect(sentenceOf(ruleOf(about('spent', 'between', [1000, 25_050])), wording)).toBe('Customers with amount spent from 10.00 to 250.50.');
    expect(sentenceOf(ruleOf(had(1, null, [{ field: 'waitMs', is: 'moreThan', value: 372_000 }], { thing: 'queueStay' })), wording)).toBe(
      'Customers who had at least 1 stay in a queue with wait more than 6.2 min.',
    );
  });
});

describe('the difference of two versions', () => {
  const spent = { ...about('spent', 'atLeast', 50_000), id: 'spent' } as RuleNode;
  const bills = had(2, 14, [billing], { id: 'bills' });
  const root: Group = { id: 'root', kind: 'group', join: 'all', of: [spent, bills] };
  const before: SegmentRule = { version: 1, root };
  const words = (after: Group): string[] => diffRules(before, { version: 1, root: after }, wording).map((change) => change.words);

  it('is empty for the same rule', () => {
    expect(words(structuredClone(root))).toEqual([]);
  });
  it('names what was added, removed and changed', () => {
    expect(words({ ...root, of: [{ ...bills, lastDays: 21 }, { ...about('orders', 'atLeast', 1), id: 'orders' } as RuleNode] })).toEqual([
      'Removed: with amount spent at least 500.00',
      'Changed: who had at least 2 contacts with family of intents billing in the last 14 days → who had at least 2 contacts with family of intents billing in the last 21 days',
      'Added: with orders at least 1',
    ]);
  });
  it('names what was moved, muted, and asked of a group otherwise', () => {
    expect(
      words({
        ...root,
        join: 'any',
        of: [
          { ...spent, muted: true },
          { id: 'inner', kind: 'group', join: 'all', of: [bills] },
        ],
      }),
    ).toEqual([
      'A group asked that all of them hold; now that any of them holds',
      'Muted: with amount spent at least 500.00',
      'Added: a group in which all of them hold',
      'Moved into another group: who had at least 2 contacts with family of intents billing in the last 14 days',
    ]);
  });
});

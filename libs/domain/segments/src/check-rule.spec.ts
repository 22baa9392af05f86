import { catalogue } from './catalogue';
import { readRule, type KnownSegments } from './check-rule';
import type { Condition, RuleNode, SegmentRule } from './rule';
import { about, group, had, ruleOf } from './test-stories';

const nobody: KnownSegments = new Map();
const words = (document: unknown, segments = nobody, self?: string): string => {
  const read = readRule(document, catalogue, segments, self);
  return read.kind === 'rule' ? 'accepted' : read.problems.map((problem) => problem.words).join(' ');
};
const asking = (segmentId: string): SegmentRule => ruleOf({ id: 'm', kind: 'membership', segmentId, member: true });

describe('a rule document', () => {
  it('is accepted when its fields, operators and values fit', () => {
    expect(words(ruleOf(group('any', about('identifiers', 'hasAnyOf', ['email']), had(2, 14, []))))).toBe('accepted');
  });

  it('is refused when it names a field that is not in the catalogue, be it one of the language', () => {
    for (const field of ['income', 'constructor', 'toString', 'hasOwnProperty'])
      expect(words(ruleOf(about(field, 'isKnown')))).toContain(`no field "${field}"`);
    expect(words(ruleOf(about('__proto__', 'isKnown')))).toContain('is no name');
  });

  it('is refused when an operator does not fit the field, or a value the operator', () => {
    const wrong: [Condition['field'], Condition['is'], unknown, string][] = [
      ['orders', 'contains', 'a', 'cannot be said'],
      ['orders', 'atLeast', 'three', 'a number is missing'],
      ['orders', 'between', [3, 1], 'lesser of the two'],
      ['orders', 'isKnown', 1, 'nothing after it'],
      ['firstAt', 'inLastDays', 1.5, 'whole number of days'],
      ['firstAt', 'before', -1, 'a day is missing'],
      ['lastChannel', 'isOneOf', [], 'nothing is chosen'],
      ['lastChannel', 'isOneOf', ['fax'], 'no such value'],
      ['lastIntent', 'contains', '', 'a text is missing'],
    ];
    for (const [field, is, value, sentence] of wrong) expect(words(ruleOf({ id: 'a', kind: 'customer', field, is, value } as RuleNode))).toContain(sentence);
  });

  it('is refused when it measures what is no number', () => {
    expect(words(ruleOf(had(1, null, [], { measure: { take: 'average', field: 'channel' } })))).toContain('no number');
  });

  it('is refused when a text cannot be stored', () => {
    for (const text of ['a\0b', '\ud800', 'a\udc00']) expect(words(ruleOf(about('lastIntent', 'isOneOf', [text])))).toContain('cannot be stored');
  });

  it('is refused above its limits: 5 groups deep, 100 nodes, lists of 1,000, texts of 200', () => {
    let node: RuleNode = about('orders', 'isKnown');
    for (let depth = 0; depth < 5; depth += 1) node = group('all', node);
    expect(words(ruleOf(node))).toBe('accepted');
    expect(words(ruleOf(group('all', node)))).toContain('5 deep');
    const many = (count: number): RuleNode => group('all', ...Array.from({ length: count }, () => about('orders', 'isKnown')));
    expect(words(ruleOf(many(99)))).toBe('accepted');
    expect(words(ruleOf(many(100)))).toContain('101 groups, rules and conditions');
    expect(words(ruleOf(about('lastIntent', 'isOneOf', Array(1000).fill('a'))))).toBe('accepted');
    expect(words(ruleOf(about('lastIntent', 'isOneOf', Array(1001).fill('a'))))).not.toBe('accepted');
    expect(words(ruleOf(about('lastIntent', 'contains', 'a'.repeat(201))))).not.toBe('accepted');
  });

  it('is refused, and breaks nothing, when it is a hundred thousand groups deep or wide', () => {
    let deep: unknown = {};
    for (let depth = 0; depth < 100_000; depth += 1) deep = { kind: 'group', id: 'a', join: 'all', of: [deep] };
    expect(words({ version: 1, root: deep })).toContain('deep');
    expect(words({ version: 1, root: { kind: 'group', id: 'a', join: 'all', of: Array(200_000).fill({}) } })).toContain('at most 100');
  });

  it('is refused when it is something else altogether', () => {
    for (const document of [null, 1, 'select 1', [], {}, { version: 2, root: group('all') }, { ...ruleOf(group('all')), also: 1 }])
      expect(words(document)).not.toBe('accepted');
  });

  it('is refused when two nodes have one id', () => {
    expect(words(ruleOf(group('all', { ...about('orders', 'isKnown'), id: 'a' }, { ...about('spent', 'isKnown'), id: 'a' })))).toContain('the same id');
  });
});

describe('segments that ask each other', () => {
  const [a, b, c] = ['0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d001', '0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d002', '0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d003'] as const;
  const segments: KnownSegments = new Map([
    [a, { name: 'Loyal', rule: ruleOf(about('orders', 'isKnown')) }],
    [b, { name: 'At risk', rule: asking(c) }],
    [c, { name: 'Callers', rule: asking(a) }],
  ]);

  it('are refused in a circle, which is named', () => {
    expect(words(asking(b), segments, a)).toContain('this segment → "At risk" → "Callers" → this segment');
  });
  it('are refused when a segment asks itself', () => {
    expect(words(asking(a), segments, a)).toContain('this segment → this segment');
  });
  it('may ask in one direction', () => {
    expect(words(asking(b), segments)).toBe('accepted');
  });
  it('are refused when there is no such segment', () => {
    expect(words(asking('0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d009'), segments)).toContain('not there');
  });
});

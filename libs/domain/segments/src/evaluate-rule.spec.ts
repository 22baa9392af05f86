import type { AnswerFact } from '@throughline/contracts';
import fc from 'fast-check';
import { catalogue } from './catalogue';
import type { CustomerFacts } from './customer-facts';
import { evaluateRule } from './evaluate-rule';
import { explainRule } from './explain-rule';
import type { RuleNode } from './rule';
import { about, billing, contactAt, dana, daysAgo, engagementAt, group, had, noon, ruleOf } from './test-stories';
import { factsArbitrary, ruleArbitrary } from './testing';

const isIn = (node: RuleNode, facts: CustomerFacts): boolean => evaluateRule(ruleOf(node), facts, noon, catalogue);
const known = (facts: CustomerFacts): CustomerFacts => ({ ...facts, customer: { ...facts.customer, known: true } });
const wording = { catalogue, segmentNames: new Map<string, string>() };

describe('a behaviour', () => {
  const unresolvedBills = had(2, 14, [billing], { none: [{ field: 'outcome', is: 'isOneOf', value: ['resolved'] }] });

  it('holds for two contacts about billing in 14 days of which none was resolved', () => {
    expect(isIn(unresolvedBills, dana({ contact: [contactAt(daysAgo(1)), contactAt(daysAgo(13))] }))).toBe(true);
  });
  it('does not hold when one of them was resolved', () => {
    expect(isIn(unresolvedBills, dana({ contact: [contactAt(daysAgo(1)), contactAt(daysAgo(13)), contactAt(daysAgo(2), { outcome: 'resolved' })] }))).toBe(
      false,
    );
  });
  it('does not count a contact that began exactly 14 days ago, and counts one a millisecond later', () => {
    expect(isIn(unresolvedBills, dana({ contact: [contactAt(daysAgo(1)), contactAt(daysAgo(14))] }))).toBe(false);
    expect(isIn(unresolvedBills, dana({ contact: [contactAt(daysAgo(1)), contactAt(daysAgo(14) + 1)] }))).toBe(true);
  });
  it('does not know what has not happened yet', () => {
    expect(isIn(had(1, null, []), dana({ contact: [contactAt(noon + 1)] }))).toBe(false);
    expect(isIn(had(1, null, []), dana({ contact: [contactAt(noon)] }))).toBe(true);
  });
  it('about nothing counts 0 and sums to 0, while its average is unknown and passes no test', () => {
    const atMost = { is: 'atMost', value: 100 } as const;
    expect(isIn(had(0, null, [], { test: atMost }), dana())).toBe(true);
    expect(isIn(had(0, null, [], { measure: { take: 'sum', field: 'frustration' }, test: atMost }), dana())).toBe(true);
    expect(isIn(had(0, null, [], { measure: { take: 'average', field: 'frustration' }, test: atMost }), dana())).toBe(false);
  });
  it('takes the latest, the average and the greatest of what was scored', () => {
    const facts = dana({ contact: [contactAt(daysAgo(3), { frustration: 90 }), contactAt(daysAgo(1), { frustration: 20 })] });
    const equals = (take: 'latest' | 'average' | 'greatest' | 'least' | 'sum', value: number): boolean =>
      isIn(had(0, null, [], { measure: { take, field: 'frustration' }, test: { is: 'equals', value } }), facts);
    expect([equals('latest', 20), equals('average', 55), equals('greatest', 90), equals('least', 20), equals('sum', 110)]).toEqual([
      true,
      true,
      true,
      true,
      true,
    ]);
  });
  it('finds who gave little empathy', () => {
    const empathy: AnswerFact = {
      customerId: 'dana',
      anchor: 'a1',
      place: 1,
      system: null,
      at: daysAgo(2),
      question: 'empathy',
      value: 2,
      about: null,
      engagement: null,
      cause: 'people',
      channel: 'voice',
      queue: null,
      agent: 'ann',
      site: null,
      intent: 'unknown',
      family: 'unknown',
    };
    const low = had(
      1,
      30,
      [
        { field: 'question', is: 'isOneOf', value: ['empathy'] },
        { field: 'value', is: 'atMost', value: 2 },
      ],
      { thing: 'answer' },
    );
    expect(isIn(low, dana({ answer: [empathy] }))).toBe(true);
    expect(isIn(low, dana({ answer: [{ ...empathy, value: 3 }] }))).toBe(false);
  });
  it('reads an engagement as it stands now: open, closed, or abandoned when nothing closed it in its window', () => {
    const inState = (state: string): RuleNode => had(1, null, [{ field: 'state', is: 'isOneOf', value: [state] }], { thing: 'engagement' });
    expect(isIn(inState('open'), dana({ engagement: [engagementAt(daysAgo(13))] }))).toBe(true);
    expect(isIn(inState('open'), dana({ engagement: [engagementAt(daysAgo(300), { idleAt: null })] }))).toBe(true);
    expect(isIn(inState('abandoned'), dana({ engagement: [engagementAt(daysAgo(14))] }))).toBe(true);
    expect(isIn(inState('resolved'), dana({ engagement: [engagementAt(daysAgo(20), { closedAs: 'resolved', closedAt: noon })] }))).toBe(true);
    expect(isIn(inState('resolved'), dana({ engagement: [engagementAt(daysAgo(2), { closedAs: 'resolved', closedAt: noon + 1 })] }))).toBe(false);
  });
});

describe('a sequence', () => {
  const chatThenCall: RuleNode = {
    id: 's',
    kind: 'sequence',
    first: [{ field: 'channel', is: 'isOneOf', value: ['chat'] }],
    then: [{ field: 'channel', is: 'isOneOf', value: ['voice'] }],
    withinMinutes: 120,
    lastDays: 30,
  };
  const chat = contactAt(daysAgo(3), { channel: 'chat', endedAt: daysAgo(3) + 600_000 });

  it('holds for a call that began two hours after the end of the chat, and not a moment later', () => {
    expect(isIn(chatThenCall, dana({ contact: [contactAt(chat.endedAt + 7_200_000), chat] }))).toBe(true);
    expect(isIn(chatThenCall, dana({ contact: [contactAt(chat.endedAt + 7_200_001), chat] }))).toBe(false);
  });
  it('does not hold for the other order, nor for two that began together', () => {
    expect(isIn(chatThenCall, dana({ contact: [contactAt(chat.at - 1), chat] }))).toBe(false);
    expect(isIn(chatThenCall, dana({ contact: [contactAt(chat.at), chat] }))).toBe(false);
  });
});

describe('membership of another segment', () => {
  const segmentId = '0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d001';
  const inIt: RuleNode = { id: 'm', kind: 'membership', segmentId, member: true };
  it('counts from its beginning to its end', () => {
    const stay = (since: number, until: number | null): CustomerFacts => dana({}, { segments: [{ segmentId, since, until }] });
    expect(isIn(inIt, stay(noon, null))).toBe(true);
    expect(isIn(inIt, stay(noon + 1, null))).toBe(false);
    expect(isIn(inIt, stay(daysAgo(3), noon))).toBe(false);
    expect(isIn(inIt, stay(daysAgo(3), noon + 1))).toBe(true);
  });
});

describe('a group', () => {
  const yes = about('orders', 'atLeast', 3);
  const no = about('orders', 'atLeast', 4);
  it('asks for all, any or none of what stands in it', () => {
    const answers = (['all', 'any', 'none'] as const).map((join) => [
      isIn(group(join, yes, yes), dana()),
      isIn(group(join, yes, no), dana()),
      isIn(group(join, no, no), dana()),
    ]);
    expect(answers).toEqual([
      [true, false, false],
      [true, true, false],
      [false, false, true],
    ]);
  });
  it('leaves out what is muted, and is itself left out when nothing in it counts', () => {
    expect(isIn(group('all', yes, { ...no, muted: true }), dana())).toBe(true);
    expect(isIn(group('all', yes, group('any', { ...no, muted: true })), dana())).toBe(true);
    expect(isIn(group('any', no, group('none', { ...no, muted: true })), dana())).toBe(false);
    expect(isIn(group('none'), dana())).toBe(true);
  });
});

describe('a placeholder', () => {
  it('is in no segment, not even in one of everybody', () => {
    expect(isIn(group('all'), dana({}, { customer: { ...dana().customer, known: false } }))).toBe(false);
  });
});

describe('a condition on an unknown value', () => {
  it('holds when it excludes, and fails when it asks', () => {
    expect(isIn(about('leftAt', 'isUnknown'), dana())).toBe(true);
    expect(isIn(about('leftAt', 'inLastDays', 3650), dana())).toBe(false);
    expect(isIn(about('lastChannel', 'isNoneOf', ['chat']), dana({}, { customer: { ...dana().customer, lastChannel: null } }))).toBe(true);
    expect(isIn(about('lastChannel', 'isOneOf', ['chat']), dana({}, { customer: { ...dana().customer, lastChannel: null } }))).toBe(false);
  });
});

describe('text', () => {
  it('is searched without regard to the case of A to Z, and %, _ and \\ mean themselves', () => {
    const withIntent = (lastIntent: string): CustomerFacts => dana({}, { customer: { ...dana().customer, lastIntent } });
    expect(isIn(about('lastIntent', 'contains', 'CHARGE'), withIntent('a charge'))).toBe(true);
    expect(isIn(about('lastIntent', 'contains', '0%'), withIntent('100%'))).toBe(true);
    expect(isIn(about('lastIntent', 'contains', '0%'), withIntent('100 of them'))).toBe(false);
    expect(isIn(about('lastIntent', 'startsWith', 'a_'), withIntent('axb'))).toBe(false);
  });
});

describe('the explanation', () => {
  it('says of each node whether it holds, and by which facts', () => {
    const rule = ruleOf(group('all', about('spent', 'atLeast', 50_000), had(2, 14, [billing])));
    const explained = explainRule(rule, dana({ contact: [contactAt(daysAgo(1))] }), noon, wording);
    expect(explained.held).toBe(false);
    expect(explained.of.map(({ held, asks, found }) => ({ held, asks, found }))).toEqual([
      { held: true, asks: 'with amount spent at least 500.00', found: '612.00' },
      { held: false, asks: 'who had at least 2 contacts with family of intents billing in the last 14 days', found: '1 contact (2026-03-19 12:00)' },
    ]);
  });
  it('has no answer for what is muted', () => {
    const explained = explainRule(ruleOf(group('all', { ...about('orders', 'atLeast', 9), muted: true })), dana(), noon, wording);
    expect([explained.held, explained.of[0]!.held, explained.of[0]!.found]).toEqual([null, null, null]);
  });
  it('says of the whole what the rule says, for any rule and any customer', () => {
    fc.assert(
      fc.property(ruleArbitrary, factsArbitrary, (rule, facts) => {
        expect(explainRule(rule, facts, noon, wording).held ?? true).toBe(evaluateRule(rule, known(facts), noon, catalogue));
      }),
      { numRuns: Number(process.env['RUNS'] ?? 500), ...(process.env['SEED'] ? { seed: Number(process.env['SEED']) } : {}) },
    );
  });
});

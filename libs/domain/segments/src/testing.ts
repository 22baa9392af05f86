import {
  questions,
  vocabulary,
  type AnswerFact,
  type ContactFact,
  type Dimensions,
  type EngagementFact,
  type Instant,
  type MenuVisitFact,
  type QueueStayFact,
} from '@throughline/contracts';
import fc from 'fast-check';
import { catalogue, fieldOf, operatorsOf, valueKindOf, type Field } from './catalogue';
import type { CustomerFacts } from './customer-facts';
import {
  dayMs,
  things,
  type Behaviour,
  type Condition,
  type ConditionValue,
  type Group,
  type Leaf,
  type NumberTest,
  type RuleNode,
  type SegmentRule,
  type Thing,
} from './rule';

/** Rules, and customers to ask about, for properties. Values come from small lists so that rules find somebody; the hostile ones also stand in the data. */

/** Stands in every hostile word: where it shows up, a value went where it should not. */
export const canary = 'zq7canary';
export const hostileWords: readonly string[] = [
  `'${canary}`,
  `''; drop table scoring.contact; -- ${canary}`,
  `"${canary}"`,
  `\\${canary}\\`,
  `%${canary}%`,
  `_${canary}_`,
  `$1 ${canary} $$`,
  `${canary}') or 1=1 --`,
  `E'\\x27${canary}`,
  `{${canary},"a"}`,
  `NULL ${canary}`,
  `\u202e${canary}\u202d مرحبا`,
  `${canary} ﷽ 𝔘𝔫𝔦 🧵 e\u0301 İı ß K`,
  `\t\n\r ${canary}\u0001`,
  `pg_sleep(10) /* ${canary} */`,
  `${canary}`.padEnd(200, 'ÄÖü'),
];
const plainWords = ['billing', 'Billing', 'internet down', '100%', 'a_b', 'axb', '', 'ärger'];
const word = fc.constantFrom(...plainWords, ...hostileWords);
const part = fc
  .oneof(word, fc.constantFrom('bill', 'BILL', '%', '_', '\\', "'", 'Ä', 'canary', ' '), fc.string({ unit: 'binary', maxLength: 6 }))
  .map(storable);

/** As the schema wants it. */
function storable(text: string): string {
  return text.replace(/[\0\p{Surrogate}]/gu, '') || '%';
}

export const now: Instant = Date.UTC(2026, 2, 20, 12);
/** Times straddle the limits of rules, to the millisecond. */
const time = fc.oneof(
  fc.integer({ min: -40, max: 2 }).map((days) => now + days * dayMs),
  fc.integer({ min: -40, max: 2 }).map((days) => now + days * dayMs + 1),
  fc.integer({ min: -30 * dayMs, max: dayMs }).map((ms) => now + ms),
  fc.integer({ min: -300, max: 0 }).map((minutes) => now + minutes * 60_000),
);
const days = fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(1, 7, 14, 3650));
const small = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.constantFrom(2.5, 50, -1, 1_000_000_000_000, 0.1));
const pair = fc.tuple(small, small).map(([a, b]): [number, number] => (a <= b ? [a, b] : [b, a]));

function valueFor(field: Field, is: Condition['is']): fc.Arbitrary<ConditionValue | undefined> {
  switch (valueKindOf(is)) {
    case 'none':
      return fc.constant(undefined);
    case 'text':
      return part;
    case 'list':
      return fc.array(field.words ? fc.constantFrom(...field.words) : word, { minLength: 1, maxLength: 4 });
    case 'number':
      return small;
    case 'range':
      return pair;
    case 'days':
      return days;
    case 'instant':
      return time;
  }
}

function condition(thing: Thing | 'customer'): fc.Arbitrary<Condition> {
  const { fields } = thing === 'customer' ? catalogue.customer : catalogue.things[thing];
  return fc.constantFrom(...Object.keys(fields)).chain((name) => {
    const field = fieldOf(catalogue, thing, name)!;
    return fc
      .constantFrom(...operatorsOf(field))
      .chain((is) => valueFor(field, is).map((value): Condition => ({ field: name, is, ...(value === undefined ? {} : { value }) })));
  });
}

const test: fc.Arbitrary<NumberTest> = fc.oneof(
  fc.record({ is: fc.constantFrom('atLeast', 'atMost', 'moreThan', 'lessThan', 'equals' as const), value: small }),
  pair.map((value) => ({ is: 'between' as const, value })),
) as fc.Arbitrary<NumberTest>;
const lastDays = fc.option(days, { nil: null });
const muted = fc.oneof({ weight: 12, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.constant(true as const) });
const some = (thing: Thing, max: number): fc.Arbitrary<Condition[]> => fc.array(condition(thing), { maxLength: max });

const numbersOf = (thing: Thing): string[] => Object.entries(catalogue.things[thing].fields).flatMap(([name, { type }]) => (type === 'number' ? [name] : []));
const behaviour: fc.Arbitrary<Behaviour> = fc.constantFrom(...things).chain((thing) => {
  const numbers = numbersOf(thing);
  const measure: fc.Arbitrary<Behaviour['measure']> =
    numbers.length === 0
      ? fc.constant({ take: 'count' as const })
      : fc.oneof(
          fc.constant({ take: 'count' as const }),
          fc.record({ take: fc.constantFrom('sum', 'average', 'least', 'greatest', 'latest' as const), field: fc.constantFrom(...numbers) }),
        );
  return fc.record({
    id: fc.constant('x'),
    muted,
    kind: fc.constant('behaviour' as const),
    thing: fc.constant(thing),
    where: some(thing, 2),
    lastDays,
    measure,
    test,
    none: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: some(thing, 2) }),
  }) as fc.Arbitrary<Behaviour>;
});

export const segmentIds = ['0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d001', '0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d002'] as const;

const leaf: fc.Arbitrary<Leaf> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(condition('customer'), muted).map(([test, mute]): Leaf => ({ id: 'x', muted: mute, kind: 'customer', ...test })) },
  { weight: 4, arbitrary: behaviour },
  {
    weight: 1,
    arbitrary: fc.record({
      id: fc.constant('x'),
      muted,
      kind: fc.constant('sequence' as const),
      first: some('contact', 1),
      then: some('contact', 1),
      withinMinutes: fc.constantFrom(1, 60, 120, 1440, 14400),
      lastDays,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      id: fc.constant('x'),
      muted,
      kind: fc.constant('membership' as const),
      segmentId: fc.constantFrom(...segmentIds),
      member: fc.boolean(),
    }),
  },
);

const { group } = fc.letrec<{ group: Group; node: RuleNode }>((tie) => ({
  node: fc.oneof({ depthSize: 'small', withCrossShrink: true, maxDepth: 3 }, leaf, tie('group')),
  group: fc.record({
    id: fc.constant('x'),
    muted,
    kind: fc.constant('group' as const),
    join: fc.constantFrom('all', 'any', 'none' as const),
    of: fc.array(tie('node'), { minLength: 1, maxLength: 4, size: 'max' }),
  }) as fc.Arbitrary<Group>,
}));

/** Rules that pass `checkRule` once both segments of `segmentIds` are known; every node has an id of its own. */
export const ruleArbitrary: fc.Arbitrary<SegmentRule> = group.map((root) => {
  let count = 0;
  const named = <N extends RuleNode>(node: N): N => {
    count += 1;
    const id = `n${count}`;
    return (node.kind === 'group' ? { ...node, id, of: node.of.map(named) } : { ...node, id }) as N;
  };
  return { version: 1, root: { ...named(root), muted: undefined } };
});

/** The same rule with harmless values of the same form. */
export function harmless(rule: SegmentRule): SegmentRule {
  const value = (given: ConditionValue | undefined): ConditionValue | undefined =>
    typeof given === 'string' ? 'a' : typeof given === 'number' ? 1 : given === undefined ? undefined : typeof given[0] === 'number' ? [1, 1] : ['a'];
  const calm = (each: Condition): Condition => ({ ...each, value: value(each.value) });
  const node = (each: RuleNode): RuleNode => {
    switch (each.kind) {
      case 'group':
        return { ...each, of: each.of.map(node) };
      case 'customer':
        return { ...each, value: value(each.value) };
      case 'behaviour':
        return {
          ...each,
          where: each.where.map(calm),
          none: each.none.map(calm),
          lastDays: each.lastDays === null ? null : 1,
          test: { ...each.test, value: value(each.test.value) } as NumberTest,
        };
      case 'sequence':
        return { ...each, first: each.first.map(calm), then: each.then.map(calm), lastDays: each.lastDays === null ? null : 1, withinMinutes: 1 };
      case 'membership':
        return { ...each, segmentId: segmentIds[0] };
    }
  };
  return { version: 1, root: node(rule.root) as Group };
}

const nullable = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(of, { nil: null, freq: 3 });
const uuid = fc.uuid({ version: 4 });
const intent = fc.oneof({ weight: 2, arbitrary: fc.constant('billing') }, { weight: 1, arbitrary: word });
const whole = fc.integer({ min: 0, max: 4 });
const score = fc.constantFrom(0, 25, 49, 50, 51, 100);
const dimensions: { [Key in keyof Dimensions]: fc.Arbitrary<Dimensions[Key]> } = {
  channel: nullable(fc.constantFrom('chat', 'voice', 'email' as const)),
  queue: nullable(word),
  agent: nullable(word),
  site: fc.constant(null),
  intent,
  family: fc.constantFrom('billing', 'fault', 'unknown' as const),
};
const of = { customerId: fc.constant(''), anchor: uuid, at: time, ...dimensions };
const names = fc.array(word, { maxLength: 2 });

const contact: fc.Arbitrary<ContactFact> = fc
  .record({
    ...of,
    endedAt: fc.constant(0),
    lasts: fc.constantFrom(0, 60_000, 3_600_000),
    engagement: nullable(uuid),
    place: fc.integer({ min: 1, max: 3 }),
    intentConfidence: fc.constantFrom(0, 600, 1000),
    startedBy: fc.constantFrom('customer', 'company', 'callback' as const),
    agents: names,
    transactions: whole,
    events: whole,
    liveMs: fc.constantFrom(0, 1, 2, 60_000),
    outcome: nullable(fc.constantFrom('resolved', 'unresolved', 'sold' as const)),
    failed: nullable(fc.constantFrom('technical', 'other' as const)),
    looksResolved: fc.boolean(),
    repeatAt: nullable(time),
    channelRepeatAt: nullable(time),
    frustration: score,
    ledger: fc.array(
      fc.record({ cause: fc.constantFrom('repeat', 'wait', hostileWords[0]!), points: fc.constant(1), facts: fc.constant({}), events: fc.constant([]) }),
      { maxLength: 2 },
    ),
    unjudged: fc.constant([]),
  })
  .map(({ lasts, ...fact }) => ({ ...fact, endedAt: fact.at + lasts }));

const engagement: fc.Arbitrary<EngagementFact> = fc
  .record({
    ...of,
    firstContactEndAt: time,
    lastContactEndAt: time,
    resolvedAt: nullable(time),
    saidSolved: nullable(fc.boolean()),
    saidSolvedAt: nullable(time),
    intentConfidence: fc.constant(1000),
    closed: nullable(fc.record({ closedAs: fc.constantFrom('resolved', 'sold', 'lost', 'cancelled' as const), closedAt: time })),
    idleAt: nullable(time),
    contacts: fc.integer({ min: 1, max: 3 }),
    transactions: whole,
    steps: whole,
    channels: fc.uniqueArray(fc.constantFrom('chat', 'voice', 'email' as const), { maxLength: 2 }),
    agents: names,
    liveMs: fc.constantFrom(0, 1, 60_000),
    nextSameIntentAt: nullable(time),
    falseSuccess: fc.boolean(),
    frustration: score,
  })
  .map(({ closed, ...fact }) => ({ ...fact, closedAs: closed?.closedAs ?? null, closedAt: closed?.closedAt ?? null }));

const queueStay: fc.Arbitrary<QueueStayFact> = fc.record({
  ...of,
  contact: uuid,
  leftAt: time,
  waitMs: fc.constantFrom(0, 1, 2, 60_000),
  abandoned: fc.boolean(),
});

const menuVisit: fc.Arbitrary<MenuVisitFact> = fc.record({
  ...of,
  contact: uuid,
  place: whole,
  node: word,
  dwellMs: fc.constantFrom(0, 1, 2, 60_000),
  invalidInputs: whole,
  optOut: nullable(
    fc.record({ reason: fc.constantFrom('frustration', 'question', 'speed', 'unknown' as const), confidence: fc.constant(700), events: fc.constant([]) }),
  ),
});

const answer: fc.Arbitrary<AnswerFact> = fc.record({
  ...of,
  place: fc.integer({ min: 1, max: 3 }),
  system: nullable(word),
  question: fc.constantFrom(...questions),
  value: fc.integer({ min: 0, max: 5 }),
  about: fc.constant(null),
  engagement: nullable(uuid),
  cause: nullable(fc.constantFrom('people', 'process', 'technology' as const)),
});

/** One customer with a few facts of each kind; ids are made unique by the caller. */
export const factsArbitrary: fc.Arbitrary<CustomerFacts> = fc.record({
  customer: fc.record({
    customerId: uuid,
    known: fc.oneof({ weight: 9, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    firstAt: time,
    lastAt: time,
    engagements: whole,
    openEngagementsHint: whole,
    contacts: whole,
    lastIntent: intent,
    lastChannel: nullable(fc.constantFrom('chat', 'voice' as const)),
    spent: fc.constantFrom(0, 1, 50, 1_000_000_000_000),
    orders: whole,
    leftAt: nullable(time),
    lastFrustration: score,
  }),
  identifiers: fc.uniqueArray(fc.constantFrom(...vocabulary.identifierKinds), { maxLength: 3 }),
  segments: fc.array(fc.record({ segmentId: fc.constantFrom(...segmentIds), since: time, until: nullable(time) }), { maxLength: 2 }),
  things: fc.record({
    contact: fc.array(contact, { maxLength: 5 }),
    engagement: fc.array(engagement, { maxLength: 3 }),
    queueStay: fc.array(queueStay, { maxLength: 2 }),
    menuVisit: fc.array(menuVisit, { maxLength: 2 }),
    answer: fc.array(answer, { maxLength: 4 }),
  }),
});

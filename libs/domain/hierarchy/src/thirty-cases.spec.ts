import { defaultHierarchySettings as settings, type CanonicalHierarchy, type Correction } from '@throughline/contracts';
import { buildJourney } from './build-journey';
import { toCanonical } from './canonical-journey';
import type { Journey, OwnedEvent } from './hierarchy';
import { engagementState, transactionState } from './journey-states';
import { resolveNode } from './resolve-node';
import { day, hour, key, march, Story, wants } from './stories';
import { thirtyStories } from './thirty-stories';

const build = (events: readonly OwnedEvent[], corrections: readonly Correction[] = []): Journey =>
  buildJourney({ customerId: 'c', events, corrections, settings });
const told = (tell: (story: Story) => void): Story => {
  const story = new Story();
  tell(story);
  return story;
};
const tellOf = (name: string) => thirtyStories.find((story) => story.name.startsWith(`${name} `))!.tell;
const nodesOf = ({ nodes }: CanonicalHierarchy, level: string, ...kinds: string[]) =>
  nodes.filter((node) => node.level === level && (kinds.length === 0 || kinds.includes(node.kind)));

describe('the cases of the specification', () => {
  for (const { name, tell, asOf, expected } of thirtyStories)
    it(name, () => {
      const journey = build(told(tell).events);
      const canonical = toCanonical(journey, settings, asOf);
      expect({
        t: nodesOf(canonical, 'transaction', 'contact').length,
        items: nodesOf(canonical, 'transaction', 'item', 'side').length,
        i: nodesOf(canonical, 'interaction', 'contact').length,
        e: nodesOf(canonical, 'engagement').length,
        ...(expected.states && { states: journey.engagements.map((engagement) => engagementState(engagement, asOf).state) }),
      }).toEqual({ items: 0, ...expected });
    });

  it('6 reopens the engagement of the first fault: everything of both weeks hangs on it, the survey too', () => {
    const story = told(tellOf('6'));
    const [engagement] = nodesOf(toCanonical(build(story.events), settings, march('20 00:00')), 'engagement');
    expect(engagement!.events).toHaveLength(story.events.length);
  });

  it('8 ties the second call to the failed one, and lends its family back', () => {
    const { interactions, memberships } = build(told(tellOf('8')).events);
    expect(interactions.map(({ parts }) => [parts[0]!.family, parts[0]!.familyBy, parts[0]!.failed])).toEqual([
      ['fault', 'borrowed', 'technical'],
      ['fault', 'own', null],
    ]);
    expect(memberships.map(({ evidence }) => [evidence.rule, evidence.confidence])).toEqual([
      ['repeatAfterFailure', 700],
      ['repeatAfterFailure', 700],
    ]);
  });

  it('14 sorts equal times by sequence, whatever comes first', () => {
    const story = told((facts) => {
      facts.page(march('2 10:00'), { clientKey: 'b', sourceSequence: 2 });
      facts.page(march('2 10:00'), { clientKey: 'b', sourceSequence: 1 });
    });
    const second = story.events[1]!.event.id;
    expect(build(story.events).transactions.map(({ anchor }) => anchor.id)).toEqual([second]);
    expect(build(story.events.toReversed())).toEqual(build(story.events));
  });

  it('21 shares one call between its two engagements by live time', () => {
    const [interaction] = nodesOf(toCanonical(build(told(tellOf('21')).events), settings, march('3 00:00')), 'interaction');
    expect(interaction!.parents.map(({ family, share }) => [family, share]).sort()).toEqual([
      ['accountChange', 250],
      ['billing', 750],
    ]);
  });

  it('23 lets the return follow the purchase, 24b stores what the second ticket repeats', () => {
    const returned = nodesOf(toCanonical(build(told(tellOf('23')).events), settings, march('20 00:00')), 'engagement');
    expect(returned.map(({ follows }) => follows)).toEqual([null, returned[0]!.id]);
    const repeated = nodesOf(toCanonical(build(told(tellOf('24b')).events), settings, march('12 00:00')), 'engagement');
    expect(repeated.map(({ repeatOf }) => repeatOf)).toEqual([null, repeated[0]!.id]);
  });

  it('25 opens nothing for what nobody asked about: it hangs on the journey until its key is heard of', () => {
    const story = told(tellOf('25'));
    const order = story.events[2]!.event.id;
    expect(resolveNode(build(story.events), 'engagement', order)).toBeNull();
    story.call(march('5 10:00'), { id: 'c1', family: 'delivery', keys: [key('order', 'O9')] });
    expect(resolveNode(build(story.events), 'engagement', order)).toBe(`eng_${order}`);
  });

  it('27 leaves live end and shares alone when a survey follows', () => {
    const story = told(tellOf('27'));
    const [interaction] = build(story.events).interactions;
    expect(interaction!.live!.endAt).toBe(march('2 10:07'));
    expect(interaction!.endAt).toBe(march('2 10:07') + 20_000);
  });

  it('29 takes a late page view in front as the new anchor, and old ids still resolve', () => {
    const story = told((facts) => facts.call(march('2 10:00'), { id: 'c1', family: 'billing' }));
    const before = build(story.events);
    const late = story.page(march('2 09:40'), { clientKey: 'b1' });
    const after = build(story.events);
    expect(after.interactions.map(({ id }) => id)).toEqual([`int_${late.id}`]);
    expect(resolveNode(after, 'interaction', before.interactions[0]!.anchor.id)).toBe(`int_${late.id}`);
    expect(resolveNode(after, 'transaction', before.interactions[0]!.anchor.id)).toBe(before.transactions[0]!.id);
    expect(resolveNode(after, 'interaction', 'an event that is gone')).toBeNull();
  });

  it('30 keeps a purchase open for thirty days and abandons it a millisecond later', () => {
    const [engagement] = build(told((facts) => facts.page(march('2 10:00'), { intents: [wants('purchase', 'page')] })).events).engagements;
    const idleAt = march('2 10:00') + 30 * day;
    expect(engagementState(engagement!, idleAt)).toEqual({ id: engagement!.id, state: 'open', dueAt: idleAt + 1 });
    expect(engagementState(engagement!, idleAt + 1)).toEqual({ id: engagement!.id, state: 'abandoned', dueAt: null });
  });

  it('keeps a chat that nobody ended open for four hours, then says that its end is unknown', () => {
    const story = told((facts) => facts.add(march('2 10:00'), { system: 'chat', type: 'started', channel: 'chat', sessionKey: 'x' }));
    const [chat] = build(story.events).transactions;
    expect(transactionState(chat!, settings, march('2 14:00')).state).toBe('open');
    expect(transactionState(chat!, settings, march('2 14:00') + 1).state).toBe('endUnknown');
    story.add(march('2 10:05'), { system: 'chat', type: 'ended', channel: 'chat', sessionKey: 'x' });
    expect(transactionState(build(story.events).transactions[0]!, settings, march('2 11:00')).state).toBe('ended');
  });
});

describe('corrections', () => {
  const common = { id: '00000000-0000-4000-8000-000000000001', at: march('9 00:00'), by: 'eva' };
  const callsHoursApart = told((facts) => {
    facts.call(march('2 10:00'), { id: 'c1', family: 'billing' });
    facts.call(march('2 15:00'), { id: 'c2', family: 'fault' });
  }).events;
  const secondCall = callsHoursApart[6]!.event.id;

  it('join makes one interaction of two, and says that a person did', () => {
    const journey = build(callsHoursApart, [{ ...common, kind: 'join', level: 'interaction', eventId: callsHoursApart[0]!.event.id, toEventId: secondCall }]);
    expect(journey.interactions).toHaveLength(1);
    expect(journey.transactions[0]!.interaction!.evidence.rule).toBe('person');
  });

  it('cut divides what time had joined, and a later join spares what it says', () => {
    const near = told((facts) => {
      facts.call(march('2 10:00'), { id: 'c1', family: 'billing' });
      facts.call(march('2 10:20'), { id: 'c2', family: 'billing' });
    }).events;
    const cut: Correction = { ...common, kind: 'cut', level: 'interaction', eventId: near[6]!.event.id };
    expect(build(near).interactions).toHaveLength(1);
    expect(build(near, [cut]).interactions).toHaveLength(2);
    const join: Correction = {
      ...common,
      id: '00000000-0000-4000-8000-000000000002',
      at: common.at + hour,
      kind: 'join',
      level: 'interaction',
      eventId: near[0]!.event.id,
      toEventId: near[6]!.event.id,
    };
    expect(build(near, [cut, join]).interactions).toHaveLength(1);
    expect(build(near, [{ ...cut, at: common.at + 2 * hour }, join]).interactions).toHaveLength(2);
  });

  it('join of engagements ties two issues', () => {
    expect(build(callsHoursApart).engagements).toHaveLength(2);
    expect(
      build(callsHoursApart, [{ ...common, kind: 'join', level: 'engagement', eventId: callsHoursApart[0]!.event.id, toEventId: secondCall }]).engagements,
    ).toHaveLength(1);
  });

  it('relabel says what the customer wanted, over everything else', () => {
    const journey = build(callsHoursApart, [{ ...common, kind: 'relabel', eventId: callsHoursApart[4]!.event.id, family: 'fault' }]);
    expect(journey.engagements).toHaveLength(1);
    expect(journey.interactions[0]!.parts.map(({ family, familyBy, intentConfidence }) => [family, familyBy, intentConfidence])).toEqual([
      ['fault', 'own', 1000],
    ]);
  });

  it('does nothing for events that the customer does not have', () => {
    expect(build(callsHoursApart, [{ ...common, kind: 'move', level: 'interaction', eventId: 'gone', toEventId: secondCall }])).toEqual(build(callsHoursApart));
    expect(build(callsHoursApart, [{ ...common, kind: 'cut', level: 'engagement', eventId: 'gone' }])).toEqual(build(callsHoursApart));
  });

  it('withdrawn, leaves no trace', () => {
    const cut: Correction = { ...common, kind: 'cut', level: 'engagement', eventId: secondCall };
    const before = build(callsHoursApart);
    build(callsHoursApart, [cut]);
    expect(build(callsHoursApart, [])).toEqual(before);
  });
});

import { ContactStory, day, hour, minute, noon, type CallStory } from './contact-story';

const call = (id: string, agent: string): CallStory => ({ id, agent, family: 'fault', outcome: 'unresolved' });

describe('the answers of a survey', () => {
  it('count for the person they are about, on the contact in which that person served', () => {
    const story = new ContactStory();
    story.call(noon, call('1', 'ann'));
    story.chat(noon + day, 'chat', 'fault', false);
    story.call(noon + 2 * day, call('2', 'bob'));
    story.answer(noon + 3 * day, story.events.at(-1)!.id, [
      { question: 'csat', value: 4 },
      { question: 'empathy', value: 2, touch: { kind: 'agent', name: 'ann' } },
      { question: 'effort', value: 6, touch: { kind: 'system', name: 'menu' }, cause: 'technology' },
    ]);
    const { answers, engagements } = story.score();
    expect(
      answers.map(({ place, question, value, agent, system, channel, family, cause }) => [place, question, value, agent, system, channel, family, cause]),
    ).toEqual([
      [1, 'csat', 4, 'bob', null, 'voice', 'fault', null],
      [2, 'empathy', 2, 'ann', null, 'voice', 'fault', null],
      [3, 'effort', 6, null, 'menu', 'voice', 'fault', 'technology'],
    ]);
    expect(new Set(answers.map(({ engagement }) => engagement))).toEqual(new Set([engagements[0]!.anchor]));
  });

  it('are those that stand on their scale: the rest is none', () => {
    const story = new ContactStory();
    story.call(noon, call('1', 'ann'));
    const given = [
      { question: 'csat', value: 6 },
      { question: 'nps', value: 10 },
      { question: 'nps', value: 1.5 },
      { question: 'mood', value: 1 },
      { value: 1 },
      null,
      'csat',
      { question: 'solved', value: 2 },
    ];
    story.answer(noon + hour, story.events.at(-1)!.id, given as never);
    expect(story.score().answers.map(({ question, value }) => [question, value])).toEqual([['nps', 10]]);
  });

  it('say of the engagement whether it is solved; the latest word counts', () => {
    const story = new ContactStory();
    story.call(noon, call('1', 'ann'));
    const about = story.events.at(-1)!.id;
    story.answer(noon + day, about, [{ question: 'solved', value: 0 }]);
    story.answer(noon + 2 * day, about, [{ question: 'solved', value: 1 }]);
    expect(story.score().engagements[0]).toMatchObject({ saidSolved: true, saidSolvedAt: noon + 2 * day, contacts: 1 });
  });

  it('are no contact, prolong nothing, and hang nowhere when they are about nothing known', () => {
    const story = new ContactStory();
    story.answer(noon, '00000000-0000-5000-a000-00000000ffff', [{ question: 'nps', value: 9 }]);
    const { contacts, answers, engagements, customer } = story.score();
    expect([contacts, engagements]).toEqual([[], []]);
    expect(answers[0]).toMatchObject({ engagement: null, intent: 'unknown', channel: null });
    expect(customer).toMatchObject({ contacts: 0, lastChannel: null, lastIntent: 'unknown', firstAt: noon });
  });
});

describe('one row a customer', () => {
  it('sums orders less refunds, and knows who left', () => {
    const story = new ContactStory();
    const order = (at: number, type: 'placed' | 'refunded', minorUnits: number) =>
      story.add(at, {
        system: 'order',
        type,
        channel: 'web',
        presence: 'away',
        initiator: 'system',
        issueKeys: [{ kind: 'order', namespace: '', value: `o${at}` }],
        amount: { minorUnits, currency: 'USD' },
      });
    order(noon, 'placed', 5000);
    order(noon + day, 'placed', 700);
    order(noon + 2 * day, 'refunded', 700);
    story.call(noon + 3 * day, { id: '1', family: 'cancellation', outcome: 'lost', minutes: 4 });
    expect(story.score().customer).toMatchObject({
      known: true,
      orders: 2,
      spent: 5000,
      contacts: 1,
      engagements: 1,
      openEngagementsHint: 0,
      leftAt: noon + 3 * day,
      lastIntent: 'cancellation',
      lastChannel: 'voice',
    });
    story.call(noon + 40 * day, { id: '2', family: 'purchase', outcome: 'sold' });
    expect(story.score().customer).toMatchObject({ leftAt: null, lastIntent: 'purchase', contacts: 2 });
  });

  it('counts as open what nothing closed', () => {
    const story = new ContactStory();
    story.call(noon, { id: '1', family: 'billing', outcome: 'unresolved' });
    story.call(noon + minute + hour, { id: '2', family: 'purchase', outcome: 'sold' });
    expect(story.score().customer).toMatchObject({ engagements: 2, openEngagementsHint: 1 });
  });
});

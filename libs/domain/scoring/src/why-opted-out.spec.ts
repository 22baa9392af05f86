import { ContactStory, day, hour, minute, noon, second, wants } from './contact-story';

const link = [{ kind: 'call' as const, namespace: '', value: 'm' }];

interface Menu {
  /** Node, and how long the caller stays in it. */
  readonly nodes: readonly (readonly [node: string, ms: number, invalid?: number])[];
  readonly zero?: boolean;
  readonly talk?: Parameters<typeof wants>[0];
  readonly leaves?: 'person' | 'line' | 'served';
}

/** Reason, confidence and evidence of one caller, and the story. */
function leave({ nodes, zero, talk = 'billing', leaves = 'person' }: Menu, before?: (story: ContactStory) => void) {
  const story = new ContactStory();
  before?.(story);
  let at = noon;
  const ivr = { system: 'ivr', channel: 'voice', sessionKey: 'm', contactLinks: link } as const;
  story.add(at, { ...ivr, type: 'entered' });
  at += second;
  for (const [node, ms, invalid = 0] of nodes) {
    story.add(at, { ...ivr, type: 'nodeEntered', attributes: { node } });
    for (let place = 0; place < invalid; place += 1) story.add(at + 100 + place, { ...ivr, type: 'invalidInput' });
    at += ms;
  }
  if (zero) story.add(at - 10, { ...ivr, type: 'keyPressed', attributes: { key: '0' } });
  if (leaves === 'served') story.add(at - 5, { ...ivr, type: 'selfServed' });
  story.add(at, { ...ivr, type: 'left' });
  if (leaves === 'person') {
    at = story.queue(at, 'm', 30 * second);
    story.add(at, { system: 'agent', channel: 'voice', sessionKey: 'm', contactLinks: link, agent: 'ann', type: 'connected' });
    story.add(at + 4 * minute, {
      system: 'agent',
      channel: 'voice',
      sessionKey: 'm',
      contactLinks: link,
      agent: 'ann',
      type: 'disposed',
      intents: wants(talk),
      outcome: 'resolved',
    });
    story.add(at + 5 * minute, { system: 'agent', channel: 'voice', sessionKey: 'm', contactLinks: link, agent: 'ann', type: 'ended', ending: 'completed' });
  }
  const visits = story.score().visits.filter(({ at: from }) => from >= noon);
  return { visits, optOut: visits.at(-1)!.optOut, story };
}

describe('why a caller leaves the menu for a person', () => {
  it('is failed recognition after inputs that were not understood, with these as evidence', () => {
    const { optOut } = leave({
      nodes: [
        ['main', 6 * second, 1],
        ['main.billing', 6 * second, 2],
      ],
    });
    expect(optOut).toMatchObject({ reason: 'failedRecognition', confidence: 900 });
    expect(optOut!.events).toHaveLength(3);
  });

  it('is frustration when the customer tried and failed before about the same matter', () => {
    const { optOut, story } = leave(
      {
        nodes: [
          ['main', 8 * second],
          ['main.billing', 9 * second],
        ],
      },
      (before) => {
        before.call(noon - 2 * day, { id: 'a', family: 'billing', ending: 'technical' });
        before.call(noon - day, { id: 'b', family: 'billing', outcome: 'unresolved' });
      },
    );
    expect(optOut).toMatchObject({ reason: 'frustration' });
    expect(optOut!.events).toContain(story.events[0]!.id);
  });

  it('is speed when the caller is out within seconds', () => {
    expect(leave({ nodes: [['main', 3 * second]], zero: true }).optOut).toMatchObject({ reason: 'speed', confidence: 750 });
  });

  it('is that the menu lacks it when the way ends in the leftovers and the talk was about something else', () => {
    expect(
      leave({
        nodes: [
          ['main', 8 * second],
          ['main.other', 7 * second],
        ],
        talk: 'complaint',
      }).optOut,
    ).toMatchObject({ reason: 'menuLacksIt', confidence: 600 });
  });

  it('is a question when the right node was listened to', () => {
    expect(
      leave({
        nodes: [
          ['main', 8 * second],
          ['main.billing', 28 * second],
        ],
      }).optOut,
    ).toMatchObject({ reason: 'question', confidence: 750 });
  });

  it.each<[string, Menu]>([
    [
      'a stay of ordinary length in a fitting node',
      {
        nodes: [
          ['main', 9 * second],
          ['main.billing', 9 * second],
        ],
      },
    ],
    [
      'one input that was not understood, early on',
      {
        nodes: [
          ['main', 9 * second, 1],
          ['main.billing', 9 * second],
        ],
      },
    ],
    [
      'a long stay in a fitting node in which nothing was understood twice',
      {
        nodes: [
          ['main', 9 * second],
          ['main.billing', 28 * second, 2],
        ],
      },
    ],
  ])('stays unknown after %s', (_, menu) => {
    expect(leave(menu).optOut!.reason).toBe('unknown');
  });

  it('is not asked of who was served by the menu, and of who hung up in it', () => {
    expect(leave({ nodes: [['main', 9 * second]], leaves: 'served' }).optOut).toBeNull();
    expect(leave({ nodes: [['main', 9 * second]], leaves: 'line' }).optOut).toBeNull();
  });
});

describe('the visits of a menu', () => {
  it('stand in order with their dwell, and only the last tells why the caller left', () => {
    const { visits } = leave({
      nodes: [
        ['main', 8 * second, 1],
        ['main.billing', 28 * second],
      ],
    });
    expect(visits.map(({ node, place, dwellMs, invalidInputs, optOut }) => [node, place, dwellMs, invalidInputs, optOut?.reason ?? null])).toEqual([
      ['entry', 1, second, 0, null],
      ['main', 2, 8 * second, 1, null],
      ['main.billing', 3, 28 * second, 0, 'question'],
    ]);
  });
});

describe('a stay in a queue', () => {
  it('tells who took the call, and nobody where the caller gave up', () => {
    const story = new ContactStory();
    story.call(noon, { id: '1', family: 'billing', outcome: 'resolved', waitMs: 90 * second });
    const queue = {
      system: 'acd',
      channel: 'voice',
      sessionKey: '2',
      queue: 'sales',
      contactLinks: [{ kind: 'call' as const, namespace: '', value: '2' }],
      initiator: 'system',
    } as const;
    story.add(noon + 3 * hour, { ...queue, type: 'enqueued' });
    story.add(noon + 3 * hour + 4 * minute, { ...queue, type: 'abandoned', initiator: 'customer' });
    expect(story.score().stays.map(({ queue: name, waitMs, abandoned, agent }) => [name, waitMs, abandoned, agent])).toEqual([
      ['service', 90 * second, false, 'ann'],
      ['sales', 4 * minute, true, null],
    ]);
  });
});

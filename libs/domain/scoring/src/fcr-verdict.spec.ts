import { ContactStory, day, hour, key, minute, noon, second, type CallStory } from './contact-story';
import { fcrVerdict, type FcrVerdict } from './fcr-verdict';

const late = noon + 60 * day;
const billing = (id: string, more: Partial<CallStory> = {}): CallStory => ({ id, family: 'billing', outcome: 'resolved', ...more });

/** The verdicts of a story's engagements, by the start of their first contact. */
function verdicts(tell: (story: ContactStory) => void, asOf = late, windowDays = 7): FcrVerdict[] {
  const story = new ContactStory();
  tell(story);
  return [...story.score().engagements].sort((a, b) => a.at - b.at).map((fact) => fcrVerdict(fact, asOf, windowDays));
}

describe('true first-contact resolution', () => {
  it('1: says yes to one call that is handed on to another agent and resolved by that one', () => {
    expect(verdicts((story) => story.call(noon, billing('1', { transferTo: 'bob' })))).toEqual(['yes']);
  });

  it('2: says yes when the company keeps its promise and calls back three hours later', () => {
    const tell = (story: ContactStory): void => {
      story.add(noon, { system: 'ivr', type: 'entered', channel: 'voice', sessionKey: '1', contactLinks: [{ kind: 'call', namespace: '', value: '1' }] });
      const queue = {
        system: 'acd',
        channel: 'voice',
        sessionKey: '1',
        queue: 'service',
        contactLinks: [{ kind: 'call' as const, namespace: '', value: '1' }],
      } as const;
      story.add(noon + minute, { ...queue, type: 'enqueued' });
      story.add(noon + 2 * minute, { ...queue, type: 'callbackAccepted' });
      story.call(noon + 3 * hour, billing('1', { startedBy: 'callback' }));
    };
    expect(verdicts(tell)).toEqual(['yes']);
  });

  it('3: says yes to both when the customer comes back the next day with another intent', () => {
    expect(
      verdicts((story) => {
        story.call(noon, billing('1'));
        story.call(noon + day, { id: '2', family: 'accountChange', outcome: 'resolved' });
      }),
    ).toEqual(['yes', 'yes']);
  });

  it('4: says no when the customer comes back with the same intent on another channel', () => {
    expect(
      verdicts((story) => {
        story.call(noon, billing('1'));
        story.chat(noon + 2 * day, 'chat', 'billing', false);
      })[0],
    ).toBe('no');
  });

  it('5: says no to a matter that was closed and is opened again within the window', () => {
    const tell = (story: ContactStory): void => {
      story.call(noon, { id: '1', family: 'fault', outcome: 'unresolved', keys: [key('ticket', 'T1', 'opened')] });
      story.add(noon + day, {
        system: 'crm',
        type: 'ticketClosed',
        channel: 'voice',
        presence: 'away',
        initiator: 'system',
        issueKeys: [key('ticket', 'T1', 'closed')],
        outcome: 'resolved',
      });
      story.call(noon + 5 * day, { id: '2', family: 'fault', outcome: 'resolved', keys: [key('ticket', 'T1', 'reopened')] });
    };
    expect(verdicts(tell)).toEqual(['no']);
  });

  it('6: says yes when the line breaks and the customer is through again two minutes later, in one block of time', () => {
    expect(
      verdicts((story) => {
        const broken = story.call(noon, billing('1', { ending: 'technical' }));
        story.call(broken + 2 * minute, billing('2'));
      }),
    ).toEqual(['yes']);
  });

  it('7: says no when the line breaks and the customer tries again two days later', () => {
    expect(
      verdicts((story) => {
        const broken = story.call(noon, billing('1', { ending: 'technical' }));
        story.call(broken + 2 * day, billing('2'));
      }),
    ).toEqual(['no']);
  });

  it('8: counts a repeat exactly seven days after the end of the first contact, and none a millisecond later', () => {
    const twice = (after: number) =>
      verdicts((story) => {
        const end = story.call(noon, billing('1'));
        story.call(end + after, billing('2'));
      })[0];
    expect(twice(7 * day)).toBe('no');
    expect(twice(7 * day + 1)).toBe('yes');
  });

  it("9: takes the customer's word over every status: denied is no, confirmed is yes", () => {
    const said = (outcome: 'resolved' | 'unresolved', value: number) =>
      verdicts((story) => {
        story.call(noon, billing('1', { outcome }));
        story.answer(noon + 5 * hour, story.events.at(-1)!.id, [{ question: 'solved', value }]);
      });
    expect(said('resolved', 0)).toEqual(['no']);
    expect(said('unresolved', 1)).toEqual(['yes']);
    expect(said('unresolved', 0)).toEqual(['no']);
  });

  it('10: judges two matters of one call each by itself', () => {
    const tell = (story: ContactStory): void => {
      const leg = { system: 'agent', channel: 'voice', sessionKey: '1', agent: 'ann', initiator: 'agent' } as const;
      story.add(noon, { ...leg, type: 'connected', initiator: 'customer' });
      story.add(noon + 6 * minute, {
        ...leg,
        type: 'disposed',
        intents: [{ intent: 'charged twice', family: 'billing', confidence: 900, by: 'disposition' }],
        outcome: 'unresolved',
      });
      story.add(noon + 6 * minute + second, {
        ...leg,
        type: 'disposed',
        intents: [{ intent: 'new address', family: 'accountChange', confidence: 900, by: 'disposition' }],
        outcome: 'resolved',
      });
      story.add(noon + 8 * minute, { ...leg, type: 'ended', ending: 'completed' });
      story.call(noon + 2 * day, billing('2', { intent: 'charged twice' }));
    };
    const story = new ContactStory();
    tell(story);
    const facts = story.score();
    const of = (family: string) =>
      fcrVerdict(
        facts.engagements.find((fact) => fact.family === family)!,
        late,
      );
    expect([of('billing'), of('accountChange')]).toEqual(['no', 'yes']);
    expect(facts.contacts).toHaveLength(2);
  });

  it('11: knows no engagement where the company only tried to reach the customer', () => {
    const story = new ContactStory();
    story.add(noon, {
      system: 'agent',
      type: 'attempted',
      channel: 'voice',
      sessionKey: '1',
      agent: 'ann',
      initiator: 'agent',
      presence: 'away',
      ending: 'noAnswer',
    });
    expect(story.score().engagements).toEqual([]);
    expect(story.score().contacts).toEqual([]);
  });

  it('12: says no to a failed chat and a call that resolves it, which the telephone counts as its own success', () => {
    const story = new ContactStory();
    story.chat(noon, 'chat', 'billing', true);
    story.call(noon + day, billing('1'));
    const { engagements, contacts } = story.score();
    expect(engagements.map((fact) => fcrVerdict(fact, late))).toEqual(['no']);
    expect(engagements.map(({ falseSuccess }) => falseSuccess)).toEqual([true]);
    expect(contacts.map(({ looksResolved, channelRepeatAt }) => [looksResolved, channelRepeatAt])).toEqual([
      [false, null],
      [true, null],
    ]);
  });

  it('is pending until the window is over, and then no where nothing ever resolved it', () => {
    const once = (outcome: 'resolved' | 'unresolved') => (asOf: number) =>
      verdicts((story) => story.call(noon, billing('1', { outcome, waitMs: 0, minutes: 1 })), asOf)[0];
    const end = noon + 20 * second + minute;
    expect(once('resolved')(end + 7 * day)).toBe('pending');
    expect(once('resolved')(end + 7 * day + 1)).toBe('yes');
    expect(once('unresolved')(end + 20 * day)).toBe('pending');
    expect(once('unresolved')(end + 31 * day)).toBe('no');
  });

  it('refuses a window that the facts cannot see', () => {
    expect(() => verdicts((story) => story.call(noon, billing('1')), late, 31)).toThrow(RangeError);
  });
});

describe('a success that is none', () => {
  it('is found in the story of a failed chat, a vain e-mail and a one-call success', () => {
    const story = new ContactStory();
    story.chat(noon, 'chat', 'billing', true);
    story.mail(noon + day, 'billing', 'th');
    story.call(noon + 2 * day, billing('1'));
    const [fact] = story.score().engagements;
    expect(fact).toMatchObject({ contacts: 3, channels: ['chat', 'email', 'voice'], closedAs: 'resolved', falseSuccess: true });
  });

  it('is found where a resolved call is followed by an e-mail about the same matter', () => {
    const story = new ContactStory();
    story.call(noon, billing('1'));
    story.mail(noon + day, 'billing', 'th');
    expect(story.score().engagements[0]).toMatchObject({ falseSuccess: true });
  });

  it('is not seen in pages looked at before a call, nor in two calls that the telephone itself can count', () => {
    const looked = new ContactStory();
    looked.add(noon, {
      system: 'web',
      type: 'pageViewed',
      channel: 'web',
      sessionKey: 'w',
      intents: [{ intent: 'bill', family: 'billing', confidence: 700, by: 'page' }],
    });
    looked.call(noon + day, billing('1'));
    expect(looked.score().engagements[0]).toMatchObject({ contacts: 2, falseSuccess: false });
    const twice = new ContactStory();
    twice.call(noon, billing('1', { outcome: 'unresolved' }));
    twice.call(noon + day, billing('2'));
    expect(twice.score().engagements[0]).toMatchObject({ contacts: 2, falseSuccess: false });
  });
});

import { defaultScoringSettings, type CanonicalEvent, type Family, type IntentSource } from '@throughline/contracts';
import { ContactStory, minute, noon, second, wants } from './contact-story';
import { decideIntent, shownIntents } from './decide-intent';

const shown = (family: Family, by: IntentSource, confidence: number, intent: string = family) => ({ intent, family, by, confidence });
const nobody = { family: 'unknown' as const, confidence: 0 };

describe('the intent of a contact', () => {
  it('is the word of the strongest source: a person before a disposition before a text before a menu before a page', () => {
    const all = [
      shown('billing', 'page', 990),
      shown('billing', 'menu', 980),
      shown('billing', 'text', 900, 'charged twice'),
      shown('billing', 'disposition', 600, 'refund'),
    ];
    expect(decideIntent(all, { family: 'billing', confidence: 600 }, 500).intent).toBe('refund');
    expect(decideIntent([...all, shown('billing', 'person', 500, 'goodwill')], { family: 'billing', confidence: 500 }, 500).intent).toBe('goodwill');
  });

  it('is surer when another kind of source says the same, and less sure when one says another family', () => {
    const alone = decideIntent([shown('fault', 'text', 600)], nobody, 500).confidence;
    const agreed = decideIntent([shown('fault', 'text', 600), shown('fault', 'menu', 700)], nobody, 500).confidence;
    const denied = decideIntent([shown('fault', 'text', 600), shown('billing', 'menu', 700)], nobody, 500).confidence;
    expect([alone, agreed, denied]).toEqual([600, 700, 525]);
  });

  it('is unknown below the threshold', () => {
    expect(decideIntent([shown('fault', 'page', 499)], nobody, 500)).toEqual({ intent: 'unknown', family: 'unknown', confidence: 0 });
    expect(decideIntent([shown('fault', 'text', 510), shown('billing', 'menu', 700)], nobody, 500)).toEqual({
      intent: 'unknown',
      family: 'unknown',
      confidence: 0,
    });
    expect(decideIntent([], nobody, 500)).toEqual({ intent: 'unknown', family: 'unknown', confidence: 0 });
  });

  it('is never less than what the hierarchy knows: a borrowed family stands, under the name of the family', () => {
    expect(decideIntent([], { family: 'fault', confidence: 480 }, 500)).toEqual({ intent: 'fault', family: 'fault', confidence: 480 });
    expect(decideIntent([shown('billing', 'page', 900)], { family: 'fault', confidence: 1000 }, 500)).toEqual({
      intent: 'fault',
      family: 'fault',
      confidence: 1000,
    });
  });

  it('is read from the name of a menu node or a page where the source says none', () => {
    const rules = defaultScoringSettings.intentRules;
    const story = new ContactStory();
    const node = story.add(noon, { system: 'ivr', type: 'nodeEntered', channel: 'voice', attributes: { node: 'main.billing' } });
    const page = story.add(noon, { system: 'web', type: 'pageViewed', channel: 'web', attributes: { path: '/help/Outage-map' } });
    const other = story.add(noon, { system: 'ivr', type: 'nodeEntered', channel: 'voice', attributes: { node: 'rebilling2' } });
    expect([node, page, other].map((event) => shownIntents(event, rules).map(({ family, by }) => `${family} by ${by}`))).toEqual([
      ['billing by menu'],
      ['fault by page'],
      [],
    ]);
  });

  it('is found for nine labelled contacts of ten, and abstains on the tenth', () => {
    const labelled: readonly (readonly [truth: string, tell: (story: ContactStory) => void])[] = [
      ['charged twice', (story) => story.call(noon, { id: '1', family: 'billing', intent: 'charged twice' })],
      ['fault', (story) => void story.add(noon, { system: 'web', type: 'pageViewed', channel: 'web', sessionKey: 'w', attributes: { path: '/repair' } })],
      ['billing', (story) => void story.add(noon, { system: 'ivr', type: 'nodeEntered', channel: 'voice', sessionKey: 'i', attributes: { node: 'invoice' } })],
      [
        'internet down',
        (story) => void story.add(noon, { system: 'email', type: 'messageReceived', channel: 'email', intents: wants('fault', 'internet down', 'text', 620) }),
      ],
      [
        'delivery',
        (story) => void story.add(noon, { system: 'web', type: 'searched', channel: 'web', sessionKey: 'w', attributes: { query: 'parcel where' } }),
      ],
      [
        'moving',
        (story) =>
          void story.add(noon, {
            system: 'chat',
            type: 'started',
            channel: 'chat',
            sessionKey: 'c',
            intents: wants('cancellation', 'moving', 'statement', 800),
          }),
      ],
      ['refund', (story) => story.call(noon, { id: '1', family: 'billing', intent: 'refund' })],
      [
        'new router',
        (story) =>
          void story.add(noon, {
            system: 'web',
            type: 'formSent',
            channel: 'web',
            sessionKey: 'w',
            intents: wants('purchase', 'new router', 'statement', 700),
          }),
      ],
      [
        'rude agent',
        (story) => void story.add(noon, { system: 'social', type: 'posted', channel: 'social', intents: wants('complaint', 'rude agent', 'text', 700) }),
      ],
      [
        'unknown',
        (story) =>
          void story.add(noon, {
            system: 'chat',
            type: 'messageReceived',
            channel: 'chat',
            sessionKey: 'c',
            intents: wants('billing', 'billing', 'text', 300),
          }),
      ],
    ];
    expect(
      labelled.map(([, tell]) => {
        const story = new ContactStory();
        tell(story);
        return story.score().contacts[0]!.intent;
      }),
    ).toEqual(labelled.map(([truth]) => truth));
  });

  it('is that of the larger part where one call serves two matters', () => {
    const story = new ContactStory();
    const leg: Pick<CanonicalEvent, 'system' | 'channel'> & Partial<CanonicalEvent> = { system: 'agent', channel: 'voice', sessionKey: '1', agent: 'ann' };
    story.add(noon, { ...leg, type: 'connected' });
    story.add(noon + second, { ...leg, type: 'disposed', intents: wants('billing', 'refund') });
    story.add(noon + 6 * minute, { ...leg, type: 'disposed', intents: wants('accountChange', 'new address') });
    story.add(noon + 8 * minute, { ...leg, type: 'ended', ending: 'completed' });
    const { contacts, engagements } = story.score();
    expect(contacts.map(({ intent, liveMs }) => [intent, liveMs])).toEqual([['refund', 8 * minute]]);
    expect(engagements.map(({ intent, contacts: count, liveMs }) => [intent, count, liveMs]).sort()).toEqual([
      ['new address', 1, 2 * minute],
      ['refund', 1, 6 * minute],
    ]);
  });
});

import type { CanonicalEvent } from '@throughline/contracts';
import { minute, noon, second } from './contact-story';
import { optOutEvidence } from './opt-out-evidence';

let places = 0;
const event = (at: number, type: string, more: Partial<CanonicalEvent> = {}): CanonicalEvent =>
  ({
    ...{ id: `event ${(places += 1)}`, occurredAt: at, sourceSequence: 0, system: 'ivr', type, channel: 'voice', attributes: {}, intents: [] },
    ...more,
  }) as unknown as CanonicalEvent;
const kinds = (...asked: Parameters<typeof optOutEvidence>): string[] => optOutEvidence(...asked).map(({ kind }) => kind);

describe('the evidence of an opt-out', () => {
  it('of frustration is the contacts before and the node that the caller came back to, in the order of time', () => {
    const mail = event(noon - 60 * minute, 'messageReceived', { system: 'email', channel: 'email' });
    const back = event(noon + 9 * second, 'nodeEntered', { attributes: { node: 'main.billing' } });
    const shown = optOutEvidence('frustration', noon, [back, mail]);
    expect(shown).toMatchObject([
      { kind: 'earlierContact', channel: 'email', eventId: mail.id, node: null },
      { kind: 'cameBack', node: 'main.billing', eventId: back.id },
    ]);
    expect(optOutEvidence('frustration', noon, [mail, back])).toEqual(shown);
  });

  it('of failed recognition is what was not understood', () =>
    expect(kinds('failedRecognition', noon, [event(noon + 2 * second, 'invalidInput')])).toEqual(['notUnderstood']));

  it('of speed is where the caller was, and the key for a person', () =>
    expect(kinds('speed', noon, [event(noon, 'entered'), event(noon + second, 'keyPressed', { attributes: { key: '0' } })])).toEqual([
      'atNode',
      'askedForPerson',
    ]));

  it('of what a menu lacks is the node where the way ended and what the talk was about, by the word of who talked', () => {
    const talk = event(noon + 5 * minute, 'disposed', {
      system: 'agent',
      intents: [
        { family: 'fault', by: 'menu' },
        { family: 'billing', by: 'disposition' },
      ] as unknown as CanonicalEvent['intents'],
    });
    expect(optOutEvidence('menuLacksIt', noon, [event(noon + 9 * second, 'nodeEntered', { attributes: { node: 'main.other' } }), talk])).toMatchObject([
      { kind: 'atNode', node: 'main.other', family: null },
      { kind: 'talk', family: 'billing', node: null },
    ]);
  });

  it('holds nothing that was typed or said', () => {
    const said = event(noon + second, 'said', { attributes: { word: 'operator', node: 'four one one' } });
    expect(JSON.stringify(optOutEvidence('speed', noon, [said]))).not.toMatch(/operator|four one one/);
  });
});

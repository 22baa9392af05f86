import type { CanonicalEvent } from '@throughline/contracts';
import fc from 'fast-check';
import { maskEvent, maskRecord } from './mask-tree';
import { maskedText, maskedValue } from './masked-value';

const event: CanonicalEvent = {
  id: '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f',
  revision: 0,
  source: 'crm',
  sourceEventId: 'call-2025550100',
  sourceSequence: 0,
  occurredAt: 1_767_225_600_000,
  receivedAt: 1_767_225_600_000,
  system: 'crm',
  type: 'noteWritten',
  channel: 'voice',
  initiator: 'agent',
  presence: 'none',
  purpose: 'service',
  identifiers: [
    { kind: 'phone', namespace: '', value: '+12025550100', verified: true, role: 'subject' },
    { kind: 'email', namespace: '', value: 'dana@example.com', verified: true, role: 'subject' },
  ],
  contactLinks: [],
  issueKeys: [{ kind: 'ticket', namespace: 'crm', value: 'K-17' }],
  intents: [],
  attributes: { node: 'main.fault', waitMs: 41_000, name: 'Dana Doe', note: 'she is angry', from: 'dana@example.com', nested: { to: ['+1 (202) 555-0100'] } },
};

describe('an event', () => {
  it('keeps what explains and loses what names, for those who may not see people', () => {
    const masked = maskEvent(event, { identifiers: false, content: true });
    expect(masked).toMatchObject({ id: event.id, occurredAt: event.occurredAt, issueKeys: event.issueKeys, sourceEventId: 'call-20 ••• 00' });
    expect(masked.identifiers.map(({ kind, value }) => [kind, value])).toEqual([
      ['phone', '+12 ••• 00'],
      ['email', 'd•••@example.com'],
    ]);
    expect(masked.attributes).toEqual({
      node: 'main.fault',
      waitMs: 41_000,
      name: '•••',
      note: 'she is angry',
      from: 'd•••@example.com',
      nested: { to: ['+1 ••• 00'] },
    });
  });

  it('loses what was said, for those who may not read it', () => {
    expect(maskEvent(event, { identifiers: true, content: false }).attributes).toEqual({
      node: 'main.fault',
      waitMs: 41_000,
      name: '•••',
      note: '•••',
      from: '•••',
      nested: { to: ['•••'] },
    });
  });

  it('loses names in every spelling, and without the right to read texts every text whose field nobody knows', () => {
    const attributes = {
      traits: { first_name: 'Dana', plan: 'gold' },
      FullName: 'Dana Doe',
      'postal-code': 81_669,
      birthday: '1980-05-05',
      Body: 'please call me back',
      message_body: 'please call me back',
      transcription: 'please call me back',
      query: 'how to leave',
      vorname: 'Dana',
      event: 'Order Completed',
      timestamp: '2026-03-02T15:05:00Z',
      medium: 'voice',
    };
    const seen = (identifiers: boolean, content: boolean) => JSON.stringify(maskEvent({ ...event, attributes }, { identifiers, content }).attributes);
    for (const text of ['Dana', 'Doe', '81669', '1980', 'call me', 'leave']) expect(seen(false, false)).not.toContain(text);
    for (const text of ['Order Completed', '"voice"']) expect(seen(false, false)).toContain(text);
    for (const text of ['call me', 'leave']) expect(seen(true, false)).not.toContain(text);
    for (const text of ['Doe', '81669', '1980', 'first_name']) expect(seen(false, true)).not.toContain(text);
    expect(seen(false, true)).toContain('please call me back');
  });

  it('is masked as its source sent it, too, whatever form that had', () => {
    const sight = { identifiers: false, content: false };
    const record = {
      caller: '+1 202 555 0100',
      seconds: 12,
      occurredAt: 1_767_225_600_000,
      timestamp: '2026-03-02T15:05:00Z',
      system: 'ivr',
      channel: 'smoke',
      traits: { first_name: 'Dana', Straße: 'Hauptstraße 5' },
      list: ['a@b.example', null, true],
    };
    for (const partly of [sight, { identifiers: true, content: false }, { identifiers: false, content: true }])
      expect(maskRecord(record, partly)).toEqual({
        caller: '+0 000 000 0000',
        seconds: 0,
        occurredAt: 1_767_225_600_000,
        timestamp: '2026-03-02T15:05:00Z',
        system: 'ivr',
        channel: 'smoke',
        traits: { first_name: 'xxxx', Straße: 'xxxxxxxxxxx 0' },
        list: ['x@x.xxxxxxx', null, true],
      });
    expect(maskRecord('1767225600|call-1|Dana Doe|NONE||2025550100|1', sight)).toBe('0000000000|xxxx-0|xxxx xxx|xxxx||0000000000|0');
    expect(maskEvent({ id: event.id, system: 'ivr' } as CanonicalEvent, sight)).toMatchObject({ id: event.id, system: 'ivr' });
  });

  it('is itself to those who may see all', () => {
    expect(maskEvent(event, { identifiers: true, content: true })).toBe(event);
  });
});

describe('a masked text', () => {
  it.each([
    ['call me at 202-555-0100 please', 'call me at 20 ••• 00 please'],
    ['dana.doe+x@mail.example.com wrote', 'd•••@mail.example.com wrote'],
    ['ticket 4711, 3 days, 12:30', 'ticket 4711, 3 days, 12:30'],
    ['٠٢٠٢٥٥٥٠١٠٠', '٠٢ ••• ٠٠'],
  ])('%s', (text, masked) => expect(maskedText(text)).toBe(masked));

  it('never holds a telephone number or an address that stood in it, whatever stands around', () => {
    const digits = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 7, maxLength: 13 }).map((all) => all.join(''));
    const word = fc.stringMatching(/^[a-z ]{0,12}$/);
    fc.assert(
      fc.property(word, digits, word, (before, number, after) => {
        expect(maskedText(`${before} ${number} ${after}`)).not.toContain(number);
        expect(maskedValue('phone', `+${number}`)).not.toContain(number);
        expect(maskedText(`${before} x${number}@example.com ${after}`)).not.toContain(number);
      }),
    );
  });
});

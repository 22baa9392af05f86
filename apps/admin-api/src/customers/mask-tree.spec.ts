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
    expect(maskEvent(event, { identifiers: true, content: false }).attributes).toMatchObject({ name: 'Dana Doe', note: '•••', from: 'dana@example.com' });
  });

  it('is masked as its source sent it, too, whatever form that had', () => {
    const sight = { identifiers: false, content: false };
    expect(
      maskRecord({ caller: '+1 202 555 0100', seconds: 12, at: 1_767_225_600_000, comment: 'call 2025550100', list: ['a@b.example', null] }, sight),
    ).toEqual({
      caller: '+1 ••• 00',
      seconds: 12,
      at: '•••',
      comment: '•••',
      list: ['a•••@b.example', null],
    });
    expect(maskRecord('1767225600|call-1|queue|NONE|ENTERQUEUE||2025550100|1', sight)).not.toContain('2025550100');
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

import type { OptOut } from './kpis-api';
import { nodeName, shareText, signWords } from './menu-words';

type Sign = OptOut['evidence'][number];
let ids = 0;
const sign = (kind: Sign['kind'], more: Partial<Sign> = {}): Sign => ({
  ...{ kind, eventId: `event ${(ids += 1)}`, at: Date.UTC(2026, 2, 9, 9), channel: 'voice', node: null, family: null },
  ...more,
});
const figure = { value: 37.51, low: 33, high: 42, decimals: 1, numerator: 3, n: 8, customers: 5, isSmall: true, isSuppressed: false, absent: null };

describe('the words of the phone menu', () => {
  it('tell the same sign once, with how often it was', () =>
    expect(signWords([sign('notUnderstood'), sign('notUnderstood'), sign('askedForPerson')], 'UTC')).toEqual([
      'Was not understood, 2 times',
      'Asked for a person by key or word',
    ]));

  it('tell each contact before, with its channel and when it was', () => {
    const lines = signWords([sign('earlierContact', { channel: 'email' }), sign('earlierContact')], 'Europe/Berlin');
    expect(lines[0]).toMatch(/^Was in touch before: E-mail, Mon 9 Mar.* 10:00$/);
    expect(lines).toHaveLength(2);
  });

  it('name nodes and what the talk was about', () =>
    expect(signWords([sign('cameBack', { node: 'main.billing' }), sign('atNode'), sign('talk', { family: 'fault' }), sign('talk')], 'UTC')).toEqual([
      'Came back to main.billing',
      'Was at Start of the menu',
      'The talk was about: Fault',
      'The talk afterwards',
    ]));

  it('give a share with half of its interval, and say where there is none', () => {
    expect(shareText(figure)).toBe('37.5 % ± 4.5');
    expect(shareText({ ...figure, low: null, high: null })).toBe('37.5 %');
    expect(shareText({ ...figure, value: null })).toBe('–');
    expect(shareText({ ...figure, value: null, isSuppressed: true })).toBe('< 5 calls');
    expect(nodeName('entry')).toBe('Start of the menu');
  });
});

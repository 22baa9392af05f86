import type { CanonicalEvent, CustomerTree, Membership } from '@throughline/contracts';
import { customerTreeText, membershipText } from './customer-tree-text';
import { noInk, type Ink } from './ink';
import { calendarOf } from './words';

const at = Date.UTC(2026, 2, 4, 9, 12, 0);
const minute = 60_000;
const id = (n: number) => `5f0c0c3e-7d2f-5b8a-9b8e-00000000000${n}`;
const calendar = calendarOf('UTC');
const marked: Ink = { ...noInk, guess: (text) => `<guess>${text}</guess>`, quiet: (text) => text };

const alone: Membership = { rule: 'alone', otherEvent: null, value: null, gapMs: null, limitMs: null, confidence: 1000 };
const event = (n: number): CanonicalEvent => ({
  id: id(n),
  revision: 0,
  source: 'pbx',
  sourceEventId: `e${n}`,
  sourceSequence: 0,
  occurredAt: at + n * minute,
  receivedAt: at,
  system: 'ivr',
  type: 'keyPressed',
  channel: 'voice',
  initiator: 'customer',
  presence: 'live',
  purpose: 'service',
  identifiers: [],
  contactLinks: [],
  issueKeys: [],
  intents: [{ intent: 'router broken', family: 'fault', confidence: 800, by: 'menu' }],
  attributes: {},
});
const tree: CustomerTree = {
  customer: {
    id: id(9),
    formerIds: [id(9), id(8)],
    identifiers: [{ kind: 'phone', namespace: '', value: '+15550101', link: { rule: 'sameEvent', eventId: id(1), confidence: 960 } }],
    reviews: [{ id: 'r', kind: 'refused', detail: 'two customer numbers' }],
  },
  journey: { id: id(9), firstAt: at, lastAt: at + 5 * minute, events: 2 },
  engagements: [
    {
      id: `eng_${id(1)}`,
      families: ['fault'],
      state: 'open',
      firstAt: at,
      lastAt: at + 5 * minute,
      keys: ['ticket:T-1'],
      repeatOf: null,
      follows: null,
      transactions: [],
      interactions: [
        {
          id: `int_${id(1)}`,
          kind: 'contact',
          firstAt: at,
          lastAt: at + 5 * minute,
          share: 600,
          family: 'fault',
          membership: { rule: 'intent', otherEvent: id(2), value: 'fault', gapMs: 90 * minute, limitMs: 14 * 86_400_000, confidence: 750 },
          transactions: [
            {
              id: `tx_${id(1)}`,
              kind: 'contact',
              source: 'pbx',
              system: 'ivr',
              channel: 'voice',
              firstAt: at,
              lastAt: at + 5 * minute,
              state: 'ended',
              agent: null,
              queue: 'faults',
              membership: alone,
              events: [
                {
                  event: event(1),
                  rule: 'session',
                  gapMs: 30_000,
                  limitMs: null,
                  confidence: 1000,
                  owner: { rule: 'identifier', value: 'phone::+15550101', confidence: 1000 },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  unengaged: { interactions: [], transactions: [] },
  settingsVersion: 1,
  asOf: at,
  rebuilding: false,
};

describe('a customer on the terminal', () => {
  const lines = customerTreeText(tree, { ink: noInk, calendar }).split('\n');

  it('shows the five levels by their shapes, each deeper than the last', () => {
    const shapes = ['━', '⟿', '▭', '▬', '●'].map((shape) => lines.find((line) => line.includes(`${shape} `)) ?? '');
    expect(shapes.map((line, depth) => line.startsWith('│ '.repeat(depth)))).toEqual([true, true, true, true, true]);
    expect(shapes[0]).toContain('1 engagement · 1 interaction · 2 events');
    expect(shapes[1]).toContain('fault (ticket:T-1), open');
    expect(shapes[2]).toContain('about fault, 60 % of it');
    expect(shapes[3]).toContain('ivr in pbx by voice, ended, queue faults');
    expect(shapes[4]).toContain('4 Mar 2026 09:13:00  ivr keyPressed (wants router broken 80 %)');
  });

  it('says why every link holds: rule, evidence, confidence', () => {
    const text = lines.join('\n');
    expect(text).toContain(`phone          +15550101  sameEvent 96 % event ${id(1)}`);
    expect(text).toContain(`↳ intent: fault, 1 h 30 min apart, at most 14 d, with event ${id(2)}, 75 %`);
    expect(text).toContain('↳ session, 30 s of silence, 100 % · theirs by identifier phone::+15550101 100 %');
    expect(text).toContain('to review: refused, two customer numbers');
    expect(text).toContain(`also known as ${id(8)}`);
  });

  it('marks what was inferred, and leaves records plain', () => {
    const coloured = customerTreeText(tree, { ink: marked, calendar });
    expect(coloured).toContain('<guess>sameEvent 96 %</guess>');
    expect(coloured).toContain('<guess>↳ intent: fault');
    expect(coloured).not.toContain('<guess>↳ session');
  });

  it('says of an only member that it is alone', () => {
    expect(membershipText(alone, noInk)).toBe('↳ alone');
  });
});

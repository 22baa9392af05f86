import { sourceSettingsSchema, type CanonicalEvent } from '@throughline/contracts';
import fc from 'fast-check';
import { plainEvents } from './adapters/plain-events';
import { findCardsAcross, scrubDigits } from './card-across-events';
import { findCards, isCard } from './card-numbers';
import { digitsOf } from './digit-line';
import { maskKeyedDigits } from './keyed-digits';
import { redactText } from './redact-record';
import { splitBody } from './split-body';
import { redactRawText, takeIn, tooDeep, type TakenIn } from './take-in';

const runs = Number(process.env['RUNS'] ?? 500);
const source = sourceSettingsSchema.parse({ name: 's' });
const menus = sourceSettingsSchema.parse({ name: 's', menuNodes: ['*'] });
const at = 1772463900000;

/** A card number of an issuer's range with its check digit: prefix and length. */
const kinds: readonly (readonly [prefix: string, length: number])[] = [
  ['4', 16],
  ['4', 13],
  ['4', 19],
  ['51', 16],
  ['55', 16],
  ['2221', 16],
  ['2720', 16],
  ['34', 15],
  ['37', 15],
  ['6011', 16],
  ['65', 16],
  ['3530', 16],
  ['36', 14],
  ['62', 16],
  ['62', 19],
  ['6759', 16],
];
const cards = fc
  .tuple(fc.constantFrom(...kinds), fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 19, maxLength: 19 }))
  .map(([[prefix, length], digits]) => {
    const body = (prefix + digits.join('')).slice(0, length - 1);
    for (let check = 0; check < 10; check++) if (isCard([...body, String(check)].map(Number))) return body + String(check);
    throw new Error('no check digit');
  });

const groups = (card: string, sizes: readonly number[], separator: string): string => {
  const parts: string[] = [];
  let from = 0;
  for (let index = 0; from < card.length; index++) {
    const size = sizes[index % sizes.length]!;
    parts.push(card.slice(from, from + size));
    from += size;
  }
  return parts.join(separator);
};
const inScript = (card: string, zero: number): string => [...card].map((digit) => String.fromCodePoint(zero + Number(digit))).join('');

/** Every way of writing a card number into one text. */
const writings: Readonly<Record<string, (card: string) => string>> = {
  plain: (card) => card,
  spaced: (card) => groups(card, [4], ' '),
  'spaced twice': (card) => groups(card, [4], '  '),
  dashed: (card) => groups(card, [4, 6, 5], '-'),
  'with non-breaking blanks': (card) => groups(card, [4], '\u00a0'),
  'with zero-width blanks': (card) => groups(card, [4], '\u200b'),
  'digit by digit': (card) => groups(card, [1], ' '),
  'with dots': (card) => groups(card, [4], '.'),
  'full-width': (card) => inScript(card, 0xff10),
  'Arabic-Indic': (card) => inScript(card, 0x0660),
  Devanagari: (card) => inScript(card, 0x0966),
  'in a URL': (card) => `https://shop.example.com/pay?card=${card}&step=2`,
  'percent-encoded blanks in a URL': (card) => `https://shop.example.com/pay?c=${groups(card, [4], '%20')}`,
  'percent-encoded digits': (card) => [...card].map((digit) => `%3${digit}`).join(''),
  'in a sentence': (card) => `my card is ${groups(card, [4], ' ')}, thanks`,
  'after another number': (card) => `order 12345 card ${card} 12/27`,
  'beside a number': (card) => `77 ${groups(card, [4], '-')} 123`,
};

const body = (fields: object, id = 'x'): string => JSON.stringify({ sourceEventId: id, occurredAt: at, system: 'chat', type: 'messageReceived', ...fields });

function take(text: string, settings = source): TakenIn {
  const split = splitBody(text, {});
  if (split.kind === 'unreadable') throw new Error('unreadable');
  const record = split.records[0]!;
  if (record.kind !== 'record') return tooDeep(text);
  return takeIn(record.value, { text: record.text, keys: record.keys, escapes: text.includes('\\u') }, plainEvents, settings, at);
}

/** All that would be stored of an item, digits of every script as ASCII and percent-encoding undone, so that a hidden number shows. */
function storedDigits(taken: TakenIn): string {
  const stored = taken.kind === 'event' ? JSON.stringify(taken.event) + taken.original : taken.kind === 'quarantined' ? taken.original : JSON.stringify(taken);
  return plainDigits(stored);
}
const plainDigits = (text: string): string =>
  text
    .replace(/(%[0-9a-f]{2})+/gi, (encoded) => {
      try {
        return decodeURIComponent(encoded);
      } catch {
        return encoded;
      }
    })
    .replace(/\p{Nd}/gu, (digit) => {
      let zero = digit.codePointAt(0)!;
      const value = zero;
      while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
      return String((value - zero) % 10);
    })
    .replace(/\D/g, '');

describe('P13: no card number can be recovered from what is stored', () => {
  it.each(Object.keys(writings))('written %s: in a text, a name, a URL field, nested JSON, a list', (writing) => {
    const write = writings[writing]!;
    fc.assert(
      fc.property(cards, (card) => {
        const text = write(card);
        for (const fields of [
          { text },
          { attributes: { note: text } },
          { attributes: { [text]: 1 } },
          { attributes: { deep: { deeper: [{ deepest: text }] } } },
          { attributes: { json: JSON.stringify({ payload: { card: text } }) } },
          { sessionKey: text.slice(0, 200) },
        ])
          expect(storedDigits(take(body(fields)))).not.toContain(card);
      }),
      { numRuns: Math.max(20, Math.ceil(runs / 10)) },
    );
  });

  it('as a JSON number, and as a list of digits or groups', () => {
    fc.assert(
      fc.property(cards, (card) => {
        if (card.length <= 15) expect(storedDigits(take(body({ attributes: { n: Number(card) } })))).not.toContain(card);
        expect(storedDigits(take(body({ attributes: { n: [...card] } })))).not.toContain(card);
        expect(storedDigits(take(body({ attributes: { n: [...card].map(Number) } })))).not.toContain(card);
        expect(storedDigits(take(body({ attributes: { n: card.match(/.{1,4}/g) } })))).not.toContain(card);
      }),
      { numRuns: runs },
    );
  });

  it('in what is kept aside: too deep, ambiguous, invalid, escaped', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const deep = `{"sourceEventId":"x","a":${'['.repeat(30)}"${card}"${']'.repeat(30)}}`;
        expect(plainDigits((take(deep) as { original: string }).original)).not.toContain(card);
        const ambiguous = `{"sourceEventId":"x","note":"${card}","note":"other"}`;
        expect(take(ambiguous)).toMatchObject({ kind: 'quarantined', reason: 'ambiguous' });
        expect(storedDigits(take(ambiguous))).not.toContain(card);
        expect(storedDigits(take(body({ nonsense: card })))).not.toContain(card);
        const escaped = [...card].map((digit) => `\\u003${digit}`).join('');
        expect(plainDigits(redactRawText(`{"a":"${escaped}"}`).replace(/\\u003/g, ''))).not.toContain(card);
        expect(storedDigits(take(`{"sourceEventId":"x","occurredAt":${at},"system":"web","type":"clicked","attributes":{"a":"${escaped}"}}`))).not.toContain(
          card,
        );
      }),
      { numRuns: runs },
    );
  });

  it('keyed one digit an event: masked before it is stored', () => {
    fc.assert(
      fc.property(cards, fc.constantFrom('key', 'digits', 'Digits', 'dtmf', 'input'), (card, field) => {
        const stored = [...card].map((digit, index) =>
          take(body({ system: 'ivr', type: 'keyPressed', sessionKey: 'c', attributes: { node: 'pay', [field]: digit } }, `k${index}`)),
        );
        for (const taken of stored) {
          if (taken.kind !== 'event') throw new Error('not an event');
          expect(taken.event.attributes[field]).toBe('•');
          expect(taken.original).toContain('•');
        }
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
  });

  it('keyed one digit an event at prompts that the source calls menus: found across the events', () => {
    fc.assert(
      fc.property(cards, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }), (card, before) => {
        const keys = [...before.map(String), ...card].map((digit, index) =>
          eventOf(
            take(
              body({ system: 'ivr', type: 'keyPressed', sessionKey: 'c', occurredAt: at + index * 900, attributes: { node: 'pay', key: digit } }, `k${index}`),
              menus,
            ),
          ),
        );
        expect(afterScrub(keys)).not.toContain(card);
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
  });

  it('spread over the lines of a chat, in two halves or more, with words around and other lines between', () => {
    fc.assert(
      fc.property(cards, fc.integer({ min: 2, max: 4 }), fc.boolean(), (card, parts, talkative) => {
        const size = Math.ceil(card.length / parts);
        const pieces = card.match(new RegExp(`.{1,${size}}`, 'g'))!;
        const texts = pieces.flatMap((piece, index) => (talkative ? [`part ${'abcd'[index]}: ${piece}`, 'one moment please'] : [piece]));
        const lines = texts.map((text, index) => eventOf(take(body({ text, sessionKey: 'c', occurredAt: at + index * 5_000 }, `l${index}`))));
        expect(afterScrub(lines)).not.toContain(card);
      }),
      { numRuns: runs },
    );
  });

  it('one digit a line', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const lines = [...card].map((digit, index) => eventOf(take(body({ text: digit, sessionKey: 'c', occurredAt: at + index * 1_000 }, `l${index}`))));
        expect(afterScrub(lines)).not.toContain(card);
      }),
      { numRuns: Math.ceil(runs / 5) },
    );
  });
});

const eventOf = (taken: TakenIn): CanonicalEvent => {
  if (taken.kind !== 'event') throw new Error(JSON.stringify(taken));
  return taken.event;
};

/** What is left of a conversation once the lines that hold parts are scrubbed, as the accept path does it. */
function afterScrub(events: readonly CanonicalEvent[]): string {
  const lines = events.map((event) => digitsOf(event)).filter((line) => line !== null);
  const hit = new Set(findCardsAcross(lines));
  return plainDigits(lines.map((line, index) => (hit.has(index) ? scrubDigits(line.text) : line.text)).join(''));
}

describe('what is no card number stays as it is', () => {
  it('in fewer than one of a thousand call ids, times and ticket numbers', () => {
    // A fixed congruential sequence: the same hundred thousand ids every time.
    let state = 12_345;
    const next = (below: number): number => {
      state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
      return Math.floor((state / 4_294_967_296) * below);
    };
    const digits = (count: number): string => Array.from({ length: count }, () => next(10)).join('');
    const hex = (count: number): string => Array.from({ length: count }, () => next(16).toString(16)).join('');
    const makers: (() => string)[] = [
      () => String(1_700_000_000_000 + next(100_000_000) * 1_000), // epoch milliseconds
      () => `17${digits(14)}`, // epoch microseconds
      () => `17${digits(8)}.${next(9_999)}`, // Asterisk's unique ids
      () => `T-${digits(4 + next(5))}`,
      () => `INC00${digits(8)}`,
      () => `2026-${pad(1 + next(12))}-${pad(1 + next(28))}T${pad(next(24))}:${pad(next(60))}:${pad(next(60))}.${digits(3)}Z`,
      () => `2026-${pad(1 + next(12))}-${pad(1 + next(28))} ${pad(next(24))}:${pad(next(60))}:${pad(next(60))}`,
      () => `${pad(1 + next(28))}.${pad(1 + next(12))}.2026 ${pad(next(24))}:${pad(next(60))}`,
      () => `2026${pad(1 + next(12))}${pad(1 + next(28))}${pad(next(24))}${pad(next(60))}${pad(next(60))}`,
      () => `${hex(8)}-${hex(4)}-5${hex(3)}-a${hex(3)}-${hex(12)}`,
      () => `CA${hex(32)}`,
      () => `+1555${digits(7)}`,
      () => `+44 20 ${digits(4)} ${digits(4)}`,
      () => digits(6 + next(6)),
    ];
    let wrong = 0;
    for (let index = 0; index < 100_000; index++) if (findCards(makers[index % makers.length]!()).length > 0) wrong++;
    expect(wrong).toBeLessThan(100);
  });

  it('names and normal talk', () => {
    for (const text of ['I moved in 2019 and pay 49.99 a month', 'call me on +1 555 010 0123 after 17:30', 'order 4512345 from 2026-03-02', 'room 12, floor 3'])
      expect(redactText(text)).toBe(text);
  });

  it('a number that fails the check digit, has no issuer, or is one of a longer one', () => {
    expect(redactText('4111 1111 1111 1112')).toBe('4111 1111 1111 1112');
    expect(redactText('1111 1111 1111 1117')).toBe('1111 1111 1111 1117');
    expect(redactText('94111111111111111')).toBe('94111111111111111');
    expect(redactText('4111x1111x1111x1111')).toBe('4111x1111x1111x1111');
  });

  it('a menu choice at a node that the source names, and nothing longer', () => {
    const record = { system: 'ivr', attributes: { node: 'main', key: '2' } };
    expect(maskKeyedDigits(record, ['main'])).toBe(0);
    expect(record.attributes.key).toBe('2');
    expect(maskKeyedDigits({ system: 'ivr', attributes: { node: 'pin', key: '2' } }, ['main'])).toBe(1);
    expect(maskKeyedDigits({ system: 'ivr', attributes: { node: 'main', key: '12345' } }, ['main'])).toBe(1);
  });

  it('customer numbers and session keys of an IVR event', () => {
    const record = { system: 'ivr', sessionKey: '12345', identifiers: [{ kind: 'customerNumber', value: '23317894' }], attributes: { attempt: 2 } };
    expect(maskKeyedDigits(record, [])).toBe(0);
  });

  it('lines of two conversations, or keys half a minute apart, are not put together', () => {
    const line = (text: string, offset: number, kind: 'line' | 'keys' = 'line') => ({ at: at + offset, kind, text });
    expect(findCardsAcross([line('41111111', 0), line('11111111', 1)])).toEqual([0, 1]);
    expect(findCardsAcross([line('41111111', 0, 'keys'), line('11111111', 30_001, 'keys')])).toEqual([]);
    expect(findCardsAcross([line('41111111', 0, 'keys'), line('11111111', 30_000, 'keys')])).toEqual([0, 1]);
  });
});

const pad = (value: number): string => String(value).padStart(2, '0');

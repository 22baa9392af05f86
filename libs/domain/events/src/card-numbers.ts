/** Digits of a text with where each stands, cut into clusters: a letter, or more than two other characters, ends a cluster. */
interface Digit {
  readonly value: number;
  readonly start: number;
  readonly end: number;
  /** Whether the digit stands directly after another, without a separator. */
  readonly glued: boolean;
}

export interface CardSpan {
  readonly start: number;
  readonly end: number;
}

const shortest = 13;
const longest = 19;
const separatorLimit = 2;

const isDigit = 1;
const isLetter = 2;
const isOther = 3;
/** Kind of each character outside ASCII that was ever seen. */
const kindsSeen = new Uint8Array(65_536);

function kindOfCode(code: number): number {
  const { digit, letter } = kindOf(code);
  return (kindsSeen[code] = digit >= 0 ? isDigit : letter ? isLetter : isOther);
}

/** A text of digits alone holds a card number or nothing: most are times in milliseconds. */
const digitsOnly = /^[0-9]+$/;

/**
 * Whether a text is worth the close look of `findCards`: thirteen digits without a letter or a longer break between them. Quick, since it is asked of every text; never says no to a text that holds a card number.
 */
export function looksLikeCard(text: string): boolean {
  let digits = 0;
  let since = 0;
  let total = 0;
  let encoded = false;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    let kind: number;
    if (code < 128) kind = code >= 48 && code <= 57 ? isDigit : (code >= 65 && code <= 90) || (code >= 97 && code <= 122) ? isLetter : isOther;
    else if (code >= 0xd800 && code <= 0xdfff) {
      total++;
      encoded = true;
      continue;
    } else kind = kindsSeen[code] || kindOfCode(code);
    if (code === 37) encoded = true;
    if (kind === isDigit) {
      total++;
      if (++digits >= shortest) return index >= shortest || !digitsOnly.test(text) || isCard(Array.from(text, Number));
      since = 0;
    } else if (kind === isLetter || ++since > separatorLimit) {
      digits = 0;
      since = 0;
    }
  }
  // Percent-encoded characters and those beyond 16 bits need the slow reading, where there are enough of them.
  return encoded && total >= shortest && findClusters(text).some((cluster) => cluster.length >= shortest);
}

/**
 * Card numbers in a text: 13–19 digits of any script, with at most two other characters (no letters) between two of them, that begin like an issuer's number of that length
 * and pass the Luhn check. A candidate begins and ends where a group of digits does, so a longer number is no hiding place for a false one. Percent-encoded characters are read as what they stand for.
 */
export function findCards(text: string): CardSpan[] {
  const spans: CardSpan[] = [];
  for (const cluster of findClusters(text)) {
    if (cluster.length < shortest) continue;
    for (let from = 0; from < cluster.length; from++) {
      if (from > 0 && cluster[from]!.glued) continue;
      const limit = Math.min(cluster.length, from + longest);
      for (let to = limit; to - from >= shortest; to--) {
        if (to < cluster.length && cluster[to]!.glued) continue;
        if (!isCard(cluster.slice(from, to).map((digit) => digit.value))) continue;
        spans.push({ start: cluster[from]!.start, end: cluster[to - 1]!.end });
        from = to - 1;
        break;
      }
    }
  }
  return spans.length === 0 ? spans : outsideUuids(text, spans);
}

const uuid = /(?<![0-9a-z])[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}(?![0-9a-z])/gi;

/** An event id is no card, though its digits between two letters may look like one (about one in ten thousand does). A UUID of digits alone gets no such grace. */
function outsideUuids(text: string, spans: readonly CardSpan[]): CardSpan[] {
  const ids = [...text.matchAll(uuid)].filter(([id]) => /[a-f]/i.test(id)).map(({ index, 0: id }) => ({ start: index, end: index + id.length }));
  return spans.filter((span) => !ids.some((id) => span.start >= id.start && span.end <= id.end));
}

/** Whether digits alone, without separators, are a card number. */
export function isCard(digits: readonly number[]): boolean {
  return digits.length >= shortest && digits.length <= longest && hasIssuer(digits) && passesLuhn(digits);
}

/** Clusters of digits of a text, in order. */
export function findClusters(text: string): Digit[][] {
  const clusters: Digit[][] = [];
  let cluster: Digit[] = [];
  let since = separatorLimit + 1;
  const end = (): void => {
    if (cluster.length > 0) clusters.push(cluster);
    cluster = [];
  };
  for (let index = 0; index < text.length;) {
    const unit = unitAt(text, index);
    if (unit.digit >= 0) {
      if (since > separatorLimit) end();
      cluster.push({ value: unit.digit, start: index, end: unit.end, glued: cluster.length > 0 && since === 0 });
      since = 0;
    } else if (unit.letter) {
      end();
      since = separatorLimit + 1;
    } else since++;
    index = unit.end;
  }
  end();
  return clusters;
}

interface Unit {
  readonly digit: number;
  readonly letter: boolean;
  readonly end: number;
}

function unitAt(text: string, index: number): Unit {
  const code = text.charCodeAt(index);
  if (code === 37) {
    const encoded = percentEncoded(text, index);
    if (encoded !== null) return { ...kindOf(encoded.codePoint), end: encoded.end };
  }
  const codePoint = text.codePointAt(index)!;
  return { ...kindOf(codePoint), end: index + (codePoint > 0xffff ? 2 : 1) };
}

function kindOf(codePoint: number): { digit: number; letter: boolean } {
  if (codePoint < 128) {
    if (codePoint >= 48 && codePoint <= 57) return { digit: codePoint - 48, letter: false };
    return { digit: -1, letter: (codePoint >= 65 && codePoint <= 90) || (codePoint >= 97 && codePoint <= 122) };
  }
  const character = String.fromCodePoint(codePoint);
  if (/\p{Nd}/u.test(character)) {
    let zero = codePoint;
    while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
    return { digit: (codePoint - zero) % 10, letter: false };
  }
  const plain = character.normalize('NFKC');
  if (plain.length === 1 && plain >= '0' && plain <= '9') return { digit: plain.charCodeAt(0) - 48, letter: false };
  return { digit: -1, letter: /\p{L}/u.test(character) };
}

const byteAt = (text: string, index: number): number => {
  if (text.charCodeAt(index) !== 37) return -1;
  const hex = text.slice(index + 1, index + 3);
  return /^[0-9A-Fa-f]{2}$/.test(hex) ? Number.parseInt(hex, 16) : -1;
};

/** The character that `%XX` sequences at `index` stand for (UTF-8), or null where they stand for none. */
function percentEncoded(text: string, index: number): { codePoint: number; end: number } | null {
  const first = byteAt(text, index);
  if (first < 0) return null;
  if (first < 0x80) return { codePoint: first, end: index + 3 };
  const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : first >= 0xc0 ? 1 : 0;
  if (more === 0) return null;
  let codePoint = first & (0x3f >> more);
  for (let step = 1; step <= more; step++) {
    const next = byteAt(text, index + 3 * step);
    if (next < 0x80 || next > 0xbf) return null;
    codePoint = (codePoint << 6) | (next & 0x3f);
  }
  return codePoint > 0x10ffff ? null : { codePoint, end: index + 3 * (more + 1) };
}

function passesLuhn(digits: readonly number[]): boolean {
  let sum = 0;
  for (let index = digits.length - 1, double = false; index >= 0; index--, double = !double) {
    const digit = double ? digits[index]! * 2 : digits[index]!;
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** First and last six-digit prefix, and the lengths, of the issuers' ranges. UATP (1…) is left out: every time in milliseconds begins like it. */
const issuers: readonly (readonly [from: number, to: number, lengths: readonly number[]])[] = [
  [400000, 499999, [13, 16, 19]], // Visa
  [510000, 559999, [16]], // Mastercard
  [222100, 272099, [16]], // Mastercard
  [340000, 349999, [15]], // American Express
  [370000, 379999, [15]],
  [601100, 601199, [16, 17, 18, 19]], // Discover
  [644000, 659999, [16, 17, 18, 19]],
  [620000, 629999, [16, 17, 18, 19]], // UnionPay
  [810000, 829999, [16, 17, 18, 19]], // UnionPay, RuPay
  [352800, 358999, [16, 17, 18, 19]], // JCB
  [300000, 305999, [14, 16]], // Diners Club
  [309500, 309599, [14, 16]],
  [360000, 369999, [14, 16]],
  [380000, 399999, [14, 16]],
  [500000, 509999, [13, 14, 15, 16, 17, 18, 19]], // Maestro, Elo, Verve, RuPay
  [560000, 589999, [13, 14, 15, 16, 17, 18, 19]],
  [600000, 609999, [16]], // RuPay, Hipercard
  [630400, 630499, [13, 14, 15, 16, 17, 18, 19]],
  [636000, 636999, [16, 17, 18, 19]],
  [639000, 639099, [13, 14, 15, 16, 17, 18, 19]],
  [670000, 679999, [13, 14, 15, 16, 17, 18, 19]],
  [220000, 220499, [16, 17, 18, 19]], // Mir
  [979200, 979299, [16]], // Troy
  [860000, 860099, [16]], // Uzcard
  [986000, 986099, [16]], // Humo
];

function hasIssuer(digits: readonly number[]): boolean {
  let prefix = 0;
  for (let index = 0; index < 6; index++) prefix = prefix * 10 + digits[index]!;
  return issuers.some(([from, to, lengths]) => prefix >= from && prefix <= to && lengths.includes(digits.length));
}

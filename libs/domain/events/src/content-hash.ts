const { imul } = Math;

/**
 * A running 128-bit hash of content (multiply and xor, mixed as in MurmurHash3). It is compared only with the content stored under the same event id, so it must be fast and even, not hard
 * to forge: who sends a record may send any content under its id.
 */
let a = 0;
let b = 0;
let c = 0;
let d = 0;

/** The state of an outer hash, and the sums of the fields of an object. */
export interface HashFrame {
  readonly outer: readonly [number, number, number, number];
  sumA: number;
  sumB: number;
  sumC: number;
  sumD: number;
}

export function beginHash(): void {
  a = 0x9e3779b1 | 0;
  b = 0x85ebca77 | 0;
  c = 0xc2b2ae3d | 0;
  d = 0x27d4eb2f;
}

/** Adds a text. Its length goes first, so that no two lists of texts read alike. */
export function hashText(text: string): void {
  const length = text.length;
  let x = a ^ length;
  let y = b;
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index);
    x = imul(x ^ code, 0x9e3779b1);
    y = imul(y ^ (code + (x >>> 15)), 0x85ebca77);
  }
  a = x;
  b = y;
  c = imul(c ^ x, 0xc2b2ae3d) + (d | 0);
  d = imul(d ^ y, 0x27d4eb2f) + ((c << 13) | (c >>> 19));
}

/** Adds a small whole number, such as a mark for the kind of what follows. */
export function hashNumber(value: number): void {
  a = imul(a ^ value, 0x9e3779b1);
  b = imul(b ^ (value + (a >>> 15)), 0x85ebca77);
}

/** Begins an object, whose fields may come in any order: each is hashed for itself, between `beginHash` and `addField`, and the sums go into the outer hash. */
export function openObject(): HashFrame {
  return { outer: [a, b, c, d], sumA: 0, sumB: 0, sumC: 0, sumD: 0 };
}

export function addField(frame: HashFrame): void {
  frame.sumA = (frame.sumA + mix(a ^ c)) | 0;
  frame.sumB = (frame.sumB + mix(b + d)) | 0;
  frame.sumC = (frame.sumC + mix(c + b)) | 0;
  frame.sumD = (frame.sumD + mix(d ^ a)) | 0;
}

/** Ends an object of so many fields: the outer hash goes on, with the sums in it. */
export function closeObject(frame: HashFrame, fields: number): void {
  const { outer, sumA, sumB, sumC, sumD } = frame;
  a = imul(outer[0] ^ sumA, 0x9e3779b1) + fields;
  b = imul(outer[1] ^ sumB, 0x85ebca77);
  c = imul(outer[2] ^ sumC, 0xc2b2ae3d) + a;
  d = imul(outer[3] ^ sumD, 0x27d4eb2f) + b;
}

/** 32 hexadecimal digits. */
export function endHash(): string {
  return word(mix(a ^ c)) + word(mix(b + d)) + word(mix(c + b)) + word(mix(d ^ a));
}

function mix(value: number): number {
  let h = value | 0;
  h = imul(h ^ (h >>> 16), 0x85ebca6b);
  h = imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const word = (value: number): string => hex[value >>> 24]! + hex[(value >>> 16) & 255]! + hex[(value >>> 8) & 255]! + hex[value & 255]!;

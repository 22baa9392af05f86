/** Namespace of all ids that the house derives: the bytes of 3d8b1a86-9c5e-5d0f-9a4b-6a1f3f6f2b10. */
const house = [0x3d, 0x8b, 0x1a, 0x86, 0x9c, 0x5e, 0x5d, 0x0f, 0x9a, 0x4b, 0x6a, 0x1f, 0x3f, 0x6f, 0x2b, 0x10];

const sources = new Map<string, readonly number[]>();

/** The canonical id of a source's record: UUIDv5 of source and the source's own id, the same whenever and however often the record arrives. */
export function eventIdOf(source: string, sourceEventId: string): string {
  let namespace = sources.get(source);
  if (namespace === undefined) sources.set(source, (namespace = bytesOf(uuidV5(house, source))));
  return uuidV5(namespace, sourceEventId);
}

const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const bytesOf = (uuid: string): number[] =>
  uuid
    .replaceAll('-', '')
    .match(/../g)!
    .map((pair) => Number.parseInt(pair, 16));

/** RFC 9562, version 5. Written out here because it is called for every event, and one block of SHA-1 costs less than the way to a library and back. */
function uuidV5(namespace: readonly number[], name: string): string {
  const h = sha1(namespace, name);
  h[1] = (h[1]! & 0xffff0fff) | 0x5000;
  h[2] = (h[2]! & 0x3fffffff) | 0x80000000;
  return `${half(h[0]! >>> 16)}${half(h[0]!)}-${half(h[1]! >>> 16)}-${half(h[1]!)}-${half(h[2]! >>> 16)}-${half(h[2]!)}${half(h[3]! >>> 16)}${half(h[3]!)}`;
}

/** The low 16 bits in four hexadecimal digits. */
const half = (value: number): string => hex[(value >>> 8) & 255]! + hex[value & 255]!;

const message = new Uint8Array(2_048);
const schedule = new Int32Array(80);

/** SHA-1 (FIPS 180-4) of a 16-byte namespace and a name in UTF-8, as five words. */
function sha1(namespace: readonly number[], name: string): number[] {
  let length = 0;
  for (; length < 16; length++) message[length] = namespace[length]!;
  for (let index = 0; index < name.length; index++) {
    let code = name.charCodeAt(index);
    if (code >= 0xd800) code = name.codePointAt(index)!;
    if (code > 0xffff) index++;
    else if (code >= 0xd800 && code <= 0xdfff) code = 0xfffd;
    if (code < 0x80) message[length++] = code;
    else if (code < 0x800) {
      message[length++] = 0xc0 | (code >> 6);
      message[length++] = 0x80 | (code & 63);
    } else {
      if (code < 0x10000) message[length++] = 0xe0 | (code >> 12);
      else {
        message[length++] = 0xf0 | (code >> 18);
        message[length++] = 0x80 | ((code >> 12) & 63);
      }
      message[length++] = 0x80 | ((code >> 6) & 63);
      message[length++] = 0x80 | (code & 63);
    }
  }
  const bits = length * 8;
  message[length++] = 0x80;
  while (length % 64 !== 56) message[length++] = 0;
  for (let shift = 56; shift >= 0; shift -= 8) message[length++] = shift >= 32 ? 0 : (bits >>> shift) & 255;
  const h = [0x67452301, 0xefcdab89 | 0, 0x98badcfe | 0, 0x10325476, 0xc3d2e1f0 | 0];
  for (let block = 0; block < length; block += 64) sha1Block(h, block);
  return h;
}

function sha1Block(h: number[], block: number): void {
  for (let index = 0; index < 16; index++) {
    const at = block + index * 4;
    schedule[index] = (message[at]! << 24) | (message[at + 1]! << 16) | (message[at + 2]! << 8) | message[at + 3]!;
  }
  for (let index = 16; index < 80; index++) {
    const mixed = schedule[index - 3]! ^ schedule[index - 8]! ^ schedule[index - 14]! ^ schedule[index - 16]!;
    schedule[index] = (mixed << 1) | (mixed >>> 31);
  }
  let a = h[0]!;
  let b = h[1]!;
  let c = h[2]!;
  let d = h[3]!;
  let e = h[4]!;
  for (let index = 0; index < 20; index++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (~b & d)) + e + 0x5a827999 + schedule[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 20; index < 40; index++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + 0x6ed9eba1 + schedule[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 40; index < 60; index++) {
    const next = (((a << 5) | (a >>> 27)) + ((b & c) | (b & d) | (c & d)) + e + 0x8f1bbcdc + schedule[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  for (let index = 60; index < 80; index++) {
    const next = (((a << 5) | (a >>> 27)) + (b ^ c ^ d) + e + 0xca62c1d6 + schedule[index]!) | 0;
    e = d;
    d = c;
    c = (b << 30) | (b >>> 2);
    b = a;
    a = next;
  }
  h[0] = (h[0]! + a) | 0;
  h[1] = (h[1]! + b) | 0;
  h[2] = (h[2]! + c) | 0;
  h[3] = (h[3]! + d) | 0;
  h[4] = (h[4]! + e) | 0;
}

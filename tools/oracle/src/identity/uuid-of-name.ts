import { createHash } from 'node:crypto';

const namespace = Buffer.from('6f1c1c7e3f0e5b449a530d5a7a3f2a10', 'hex');

/** UUIDv5 (RFC 9562) of names joined with U+001F, in the namespace of docs/rules.md 1.4. */
export function uuidOfName(...names: readonly string[]): string {
  const hash = createHash('sha1').update(namespace).update(names.join('\u001f'), 'utf8').digest().subarray(0, 16);
  hash[6] = (hash[6]! & 0x0f) | 0x50;
  hash[8] = (hash[8]! & 0x3f) | 0x80;
  const hex = hash.toString('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

/**
 * A number in [0, 1000) that is always the same for the same text and evenly spread over texts: by it a sample is drawn that anybody can draw again.
 * FNV-1a (Fowler, Noll, Vo), stirred by the finaliser of MurmurHash3 (Appleby), since ids that differ in their last characters must not stay neighbours.
 */
export function shareOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) % 1000;
}

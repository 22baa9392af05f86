/** Where one record lies in a posted body, and what a look at its characters alone says about it, before any tree is built. */
export interface ScannedItem {
  readonly start: number;
  readonly end: number;
  /** Nesting of objects and arrays inside the record, itself included. */
  readonly depth: number;
  /** Names of fields in it, repeated ones counted each time: fewer in the parsed tree means that a name stood twice. */
  readonly keys: number;
}

export interface ScannedBody {
  readonly shape: 'one' | 'list' | 'wrapped';
  /** `wrapped`: the name of the field that holds the list, and where the list lies. */
  readonly wrapper?: { readonly field: string; readonly start: number; readonly end: number };
  readonly items: readonly ScannedItem[];
  readonly depth: number;
}

const quote = 34;
const backslash = 92;

/**
 * Reads a JSON text once, without building anything, so that depth and repeated names are known before `JSON.parse` spends memory on it.
 * It is no validator: `JSON.parse` of the pieces is. `wrappers` are the names under which an object may hold its list of records.
 * Returns `null` for a text that ends inside a string or is neither object nor array.
 */
export function scanBody(text: string, wrappers: readonly string[] = []): ScannedBody | null {
  const length = text.length;
  let at = 0;
  while (at < length && text.charCodeAt(at) <= 32) at++;
  const first = text.charCodeAt(at);
  if (first !== 123 && first !== 91) return null;
  const items: ScannedItem[] = [];
  let listDepth = first === 91 ? 1 : -1;
  let wrapper: { field: string; start: number; end: number } | undefined;
  let depth = 0;
  let greatest = 0;
  let keys = 0;
  let itemStart = -1;
  let itemDepth = 0;
  let keyStart = -1;
  let keyEnd = -1;
  let field = '';
  for (let index = at; index < length; index++) {
    const code = text.charCodeAt(index);
    if (code <= 32) continue;
    if (depth === listDepth && itemStart < 0 && code !== 44 && code !== 93) {
      itemStart = index;
      itemDepth = depth;
      keys = 0;
    }
    switch (code) {
      case quote: {
        let end = index;
        for (;;) {
          end = text.indexOf('"', end + 1);
          if (end < 0) return null;
          let slashes = 0;
          while (text.charCodeAt(end - 1 - slashes) === backslash) slashes++;
          if (slashes % 2 === 0) break;
        }
        keyStart = index + 1;
        keyEnd = end;
        index = end;
        break;
      }
      case 58: // :
        keys++;
        if (depth === 1 && listDepth < 0) field = text.slice(keyStart, keyEnd);
        break;
      case 123: // {
      case 91: // [
        depth++;
        if (depth > greatest) greatest = depth;
        if (depth > itemDepth) itemDepth = depth;
        if (code === 91 && depth === 2 && listDepth < 0 && wrapper === undefined && wrappers.includes(field)) {
          listDepth = 2;
          wrapper = { field, start: index, end: length };
        }
        break;
      case 125: // }
      case 93: // ]
        if (depth === listDepth) {
          if (itemStart >= 0) items.push({ start: itemStart, end: index, depth: itemDepth - listDepth, keys });
          itemStart = -1;
          if (wrapper !== undefined) wrapper.end = index + 1;
          listDepth = -2;
        }
        depth--;
        break;
      case 44: // ,
        if (depth === listDepth && itemStart >= 0) {
          items.push({ start: itemStart, end: index, depth: itemDepth - listDepth, keys });
          itemStart = -1;
        }
        break;
      default:
        break;
    }
  }
  if (first === 91) return { shape: 'list', items, depth: greatest };
  if (wrapper !== undefined) return { shape: 'wrapped', wrapper, items, depth: greatest };
  return { shape: 'one', items: [{ start: at, end: length, depth: greatest, keys }], depth: greatest };
}

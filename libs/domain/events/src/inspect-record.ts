import { looksLikeCard } from './card-numbers';

/** What one walk over a parsed record finds. */
export interface Inspection {
  /** The record in one unambiguous line, names sorted, transport fields left out: equal content gives equal text whatever the order of names or the white space. */
  readonly content: string;
  readonly keys: number;
  /** `__proto__`, or `constructor` that holds a `prototype`. */
  readonly forbiddenKey: string | null;
  /** JSON pointer of a number beyond 2^53 or beyond the range of a double. */
  readonly badNumber: string | null;
  /** A text, name or number might hold a card number: look closely. */
  readonly suspicious: boolean;
  /** NUL or a half of a surrogate pair stands in a text or a name. */
  readonly unclean: boolean;
}

let keys = 0;
let forbiddenKey: string | null = null;
let badNumber: string | null = null;
let suspicious = false;
let unclean = false;

/** Walks a record once. `transport` names top-level fields that say nothing about the event (`sentAt`, retry counters). `escapes`: the body has `\u` escapes, so texts must be looked through for NUL and lone surrogates. */
export function inspectRecord(record: unknown, transport: ReadonlySet<string>, escapes: boolean): Inspection {
  keys = 0;
  forbiddenKey = null;
  badNumber = null;
  suspicious = false;
  unclean = false;
  const content = walk(record, transport, escapes, '');
  return { content, keys, forbiddenKey, badNumber, suspicious, unclean };
}

const nothing: ReadonlySet<string> = new Set();

function walk(value: unknown, transport: ReadonlySet<string>, escapes: boolean, path: string): string {
  switch (typeof value) {
    case 'string':
      if (escapes && !unclean && isUnclean(value)) unclean = true;
      if (value.length >= 13 && !suspicious && looksLikeCard(value)) suspicious = true;
      return `s${value.length}:${value}`;
    case 'number':
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) badNumber ??= path;
      else if ((value >= 1e12 || value <= -1e12) && !suspicious && looksLikeCard(String(value))) suspicious = true;
      return `n${value};`;
    case 'boolean':
      return value ? 't' : 'f';
    case 'object':
      if (value === null) return 'z';
      if (Array.isArray(value)) {
        let text = `a${value.length}`;
        for (let index = 0; index < value.length; index++) text += walk(value[index], nothing, escapes, `${path}/${index}`);
        if (value.length >= 13 && !suspicious && value.every((element) => typeof element === 'number' || typeof element === 'string') && looksLikeCard(value.join(' '))) suspicious = true;
        return text;
      }
      return walkObject(value as Record<string, unknown>, transport, escapes, path);
    default:
      return 'z';
  }
}

function walkObject(value: Record<string, unknown>, transport: ReadonlySet<string>, escapes: boolean, path: string): string {
  const names = Object.keys(value);
  for (let index = 1; index < names.length; index++)
    if (names[index]! < names[index - 1]!) {
      names.sort();
      break;
    }
  keys += names.length;
  let text = 'o';
  for (let index = 0; index < names.length; index++) {
    const name = names[index]!;
    const child = value[name];
    if (name.charCodeAt(0) === 95 ? name === '__proto__' : name === 'constructor' && typeof child === 'object' && child !== null && Object.hasOwn(child, 'prototype'))
      forbiddenKey ??= `${path}/${name}`;
    if (escapes && !unclean && isUnclean(name)) unclean = true;
    if (name.length >= 13 && !suspicious && looksLikeCard(name)) suspicious = true;
    const inside = walk(child, nothing, escapes, path === '' ? `/${name}` : `${path}/${name}`);
    if (!transport.has(name)) text += `${name.length}:${name}${inside}`;
  }
  return `${text};`;
}

/** NUL, or half of a surrogate pair. */
const uncleanCharacter = /[\0\p{Cs}]/gu;

const isUnclean = (text: string): boolean => text.search(uncleanCharacter) >= 0;

/** The record with NUL and lone surrogates replaced by U+FFFD in texts and names, and how many texts and names were touched. */
export function sanitize(record: unknown): { readonly record: unknown; readonly sanitized: number } {
  let sanitized = 0;
  const clean = (text: string): string => {
    if (!isUnclean(text)) return text;
    sanitized++;
    return text.replace(uncleanCharacter, '\uFFFD');
  };
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return clean(value);
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, child]) => [clean(name), visit(child)]));
    return value;
  };
  const result = visit(record);
  return { record: result, sanitized };
}

/** How many fields a tree has, at all levels. */
export function countKeys(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const children = Object.values(value as Record<string, unknown>);
  return children.reduce<number>((sum, child) => sum + countKeys(child), Array.isArray(value) ? 0 : children.length);
}

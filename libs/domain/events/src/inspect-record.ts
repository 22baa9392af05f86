import { looksLikeCard } from './card-numbers';
import { addField, beginHash, closeObject, endHash, hashNumber, hashText, openObject } from './content-hash';
import { mayBeKeyed } from './keyed-digits';

/** What one walk over a parsed record finds. */
export interface Inspection {
  /** Of the content, 32 hexadecimal digits: equal content gives an equal one whatever the order of names or the white space; transport fields are left out. */
  readonly fingerprint: string;
  readonly keys: number;
  /** `__proto__`, or `constructor` that holds a `prototype`. */
  readonly forbiddenKey: string | null;
  /** JSON pointer of a number beyond 2^53 or beyond the range of a double. */
  readonly badNumber: string | null;
  /** A text, name or number might hold a card number: look closely. */
  readonly suspicious: boolean;
  /** A name under which systems report keys pressed on the phone: look closely. */
  readonly keyed: boolean;
  /** NUL or half of a surrogate pair stands in a text or a name. */
  readonly unclean: boolean;
}

let keys = 0;
let forbiddenKey: string | null = null;
let badNumber: string | null = null;
let suspicious = false;
let keyed = false;
let unclean = false;
let escapes = false;

/** Walks a record once. `transport` names top-level fields that say nothing about the event (`sentAt`, retry counters). `bodyHasEscapes`: the body has `\u` escapes, so texts must be looked through for NUL and lone surrogates. */
export function inspectRecord(record: unknown, transport: ReadonlySet<string>, bodyHasEscapes: boolean): Inspection {
  keys = 0;
  forbiddenKey = null;
  badNumber = null;
  suspicious = false;
  keyed = false;
  unclean = false;
  escapes = bodyHasEscapes;
  beginHash();
  walk(record, transport, '');
  return { fingerprint: endHash(), keys, forbiddenKey, badNumber, suspicious, keyed, unclean };
}

const nothing: ReadonlySet<string> = new Set();

function walk(value: unknown, transport: ReadonlySet<string>, path: string): void {
  switch (typeof value) {
    case 'string':
      if (escapes && !unclean && isUnclean(value)) unclean = true;
      if (value.length >= 13 && !suspicious && looksLikeCard(value)) suspicious = true;
      hashNumber(1);
      hashText(value);
      return;
    case 'number': {
      const text = String(value);
      if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value))) badNumber ??= path;
      else if (text.length >= 13 && !suspicious && looksLikeCard(text)) suspicious = true;
      hashNumber(2);
      hashText(text);
      return;
    }
    case 'boolean':
      hashNumber(value ? 3 : 4);
      return;
    case 'object':
      if (value === null) hashNumber(5);
      else if (Array.isArray(value)) walkList(value, path);
      else walkObject(value as Record<string, unknown>, transport, path);
      return;
    default:
      hashNumber(5);
  }
}

function walkList(list: readonly unknown[], path: string): void {
  hashNumber(6);
  hashNumber(list.length);
  for (let index = 0; index < list.length; index++) walk(list[index], nothing, `${path}/${index}`);
  if (list.length >= 2 && !suspicious && list.every((element) => typeof element === 'number' || typeof element === 'string') && looksLikeCard(list.join(' ')))
    suspicious = true;
}

function walkObject(value: Record<string, unknown>, transport: ReadonlySet<string>, path: string): void {
  const frame = openObject();
  let fields = 0;
  for (const name in value) {
    const child = value[name];
    keys++;
    if (
      name.charCodeAt(0) === 95
        ? name === '__proto__'
        : name === 'constructor' && typeof child === 'object' && child !== null && Object.hasOwn(child, 'prototype')
    )
      forbiddenKey ??= `${path}/${name}`;
    if (escapes && !unclean && isUnclean(name)) unclean = true;
    if (!keyed && mayBeKeyed(name)) keyed = true;
    if (name.length >= 13 && !suspicious && looksLikeCard(name)) suspicious = true;
    beginHash();
    hashText(name);
    walk(child, nothing, typeof child === 'object' || typeof child === 'number' ? `${path}/${name}` : path);
    // A transport field is looked at like any other, but leaves no trace in the fingerprint.
    if (transport.has(name)) continue;
    addField(frame);
    fields++;
  }
  closeObject(frame, fields);
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

import type { CanonicalEvent, IdentifierKind, IdentitySettings } from '@throughline/contracts';
import { vocabulary } from '@throughline/contracts';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** A naming value or device on one event. */
export interface SeenValue {
  readonly key: string;
  readonly kind: IdentifierKind;
  readonly role: 'subject' | 'actingFor';
  readonly verified: boolean;
}

const withoutSpacesAndDashes = (text: string): string =>
  [...text].filter((character) => !/\s/u.test(character) && !'-\u2010\u2011\u2012\u2013\u2014\u2015\u2212'.includes(character)).join('');

const phones = new Map<string, string | undefined>();

function phoneNumber(text: string, region: string): string {
  const name = `${region} ${text}`;
  if (!phones.has(name)) phones.set(name, parsePhoneNumberFromString(text, region as CountryCode)?.number);
  const plain = text.normalize('NFKC').trim();
  return phones.get(name) ?? (plain.startsWith('+') ? '+' : '') + [...plain].filter((character) => /\d/u.test(character)).join('');
}

/** docs/rules.md 1.1.1. */
export function normalise(kind: IdentifierKind, text: string, region: string): string {
  if (kind === 'phone') return phoneNumber(text, region);
  if (['customerNumber', 'nationalId', 'contract', 'account'].includes(kind)) return withoutSpacesAndDashes(text.normalize('NFKC').trim().toUpperCase());
  if (['email', 'login', 'loyalty'].includes(kind)) return text.normalize('NFKC').trim().toLowerCase();
  if (kind !== 'socialHandle') return text;
  const handle = text.trim().toLowerCase();
  return handle.startsWith('@') ? handle.slice(1) : handle;
}

/** docs/rules.md 1.1.2 and 1.1.3: `kind:namespace:normalised`, or nothing for a value that identifies nobody. */
export function keyOf(identifier: { kind: IdentifierKind; namespace: string; value: string }, source: string, settings: IdentitySettings): string | undefined {
  const { kind, namespace } = identifier;
  const normal = normalise(kind, identifier.value, settings.regions[source] ?? settings.regions[''] ?? 'US');
  const body = kind === 'phone' && normal.startsWith('+') ? normal.slice(1) : normal;
  const characters = [...body];
  if (characters.length === 0) return undefined;
  if (characters.length >= 3 && characters.every((character) => character === characters[0])) return undefined;
  if (kind === 'phone' && characters.length < settings.minimumPhoneDigits) return undefined;
  if ([normal.toLowerCase(), identifier.value.trim().toLowerCase()].some((text) => settings.blockedValues.includes(text))) return undefined;
  return `${kind}:${kind === 'email' || kind === 'phone' ? '' : word(namespace)}:${normal}`;
}

/** Namespaces and sources stand in keys without a colon. */
const word = (text: string): string => text.split('%').join('%25').split(':').join('%3A');

export const kindOfKey = (key: string): IdentifierKind => key.split(':')[0] as IdentifierKind;
export const isCarrierKind = (kind: IdentifierKind, settings: IdentitySettings): boolean => settings.kinds[kind].class === 'carrier';

/** The unblocked values of an event with their strongest role; none of an internal event. */
export function valuesOf(event: CanonicalEvent, settings: IdentitySettings): SeenValue[] {
  if (event.purpose === 'internal') return [];
  const seen = event.identifiers.flatMap((identifier) => {
    const key = identifier.role === 'mentioned' ? undefined : keyOf(identifier, event.source, settings);
    return key === undefined ? [] : [{ key, kind: identifier.kind, role: identifier.role as SeenValue['role'], verified: identifier.verified }];
  });
  return [...new Set(seen.map((value) => value.key))].map((key) => {
    const same = seen.filter((value) => value.key === key);
    const role = same.some((value) => value.role === 'subject') ? 'subject' : 'actingFor';
    return { key, kind: same[0]!.kind, role, verified: same.some((value) => value.role === role && value.verified) };
  });
}

/** Contact links (vocabulary order of kind, namespace, value), then the session key. */
export function contactKeysOf(event: CanonicalEvent): string[] {
  const links = event.contactLinks.map((link) => ({ ...link, value: event.startedBy === 'callback' ? `${link.value}/callback` : link.value }));
  const ordered = links.sort(
    (a, b) =>
      vocabulary.contactLinkKinds.indexOf(a.kind) - vocabulary.contactLinkKinds.indexOf(b.kind) ||
      compareText(a.namespace, b.namespace) ||
      compareText(a.value, b.value),
  );
  const keys = ordered.map((link) => `link:${link.kind}:${word(link.namespace)}:${link.value}`);
  return [...new Set([...keys, ...(event.sessionKey === undefined ? [] : [`session:${word(event.source)}:${event.sessionKey}`])])];
}

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

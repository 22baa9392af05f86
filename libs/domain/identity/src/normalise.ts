import type { IdentifierKind, IdentitySettings } from '@throughline/contracts';
import { parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/** What matching compares: `kind:namespace:normalised value`. */
export type ValueKey = string;

const spacesAndDashes = /[\s\u2010-\u2015\u2212-]+/gu;
const onlyOneCharacter = /^(.)\1{2,}$/su;

// Parsing a phone costs more than everything else that is done to an event, and callers return: the answers are remembered, within a bound.
const parsed = new Map<string, string>();
const rememberedPhones = 50_000;

function normalisePhone(value: string, region: string): string {
  const asked = `${region}\u001f${value}`;
  const known = parsed.get(asked);
  if (known !== undefined) return known;
  const digits = value.normalize('NFKC').trim();
  const answer = parsePhoneNumberFromString(value, region as CountryCode)?.number ?? (digits.startsWith('+') ? '+' : '') + digits.replace(/\D+/gu, '');
  if (parsed.size >= rememberedPhones) parsed.clear();
  parsed.set(asked, answer);
  return answer;
}

/** The form in which a value is matched (docs/rules.md 1.1.1). `region` completes a phone without country code. */
export function normaliseValue(kind: IdentifierKind, value: string, region: string): string {
  switch (kind) {
    case 'customerNumber':
    case 'nationalId':
    case 'contract':
    case 'account':
      return value.normalize('NFKC').trim().toUpperCase().replace(spacesAndDashes, '');
    case 'email':
    case 'login':
    case 'loyalty':
      return value.normalize('NFKC').trim().toLowerCase();
    case 'phone':
      return normalisePhone(value, region);
    case 'socialHandle':
      return value.trim().toLowerCase().replace(/^@/u, '');
    case 'crmContact':
    case 'cardToken':
    case 'device':
    case 'cookie':
      return value;
  }
}

/** A namespace or source as it stands in a key: it never contains the colon that divides the key. */
export const keyWord = (word: string): string => (word.includes(':') || word.includes('%') ? word.replaceAll('%', '%25').replaceAll(':', '%3A') : word);

/** The key of a value, or null if the value is blocked: it identifies nobody (docs/rules.md 1.1.2, 1.1.3). */
export function valueKeyOf(
  identifier: { readonly kind: IdentifierKind; readonly namespace: string; readonly value: string },
  source: string,
  settings: IdentitySettings,
): ValueKey | null {
  const { kind } = identifier;
  const value = normaliseValue(kind, identifier.value, settings.regions[source] ?? settings.regions[''] ?? 'US');
  const judged = kind === 'phone' ? value.replace('+', '') : value;
  if (judged === '' || onlyOneCharacter.test(judged)) return null;
  if (kind === 'phone' && judged.length < settings.minimumPhoneDigits) return null;
  const blocked = settings.blockedValues;
  if (blocked.includes(value.toLowerCase()) || blocked.includes(identifier.value.trim().toLowerCase())) return null;
  return `${kind}:${kind === 'email' || kind === 'phone' ? '' : keyWord(identifier.namespace)}:${value}`;
}

export const kindOf = (key: ValueKey): IdentifierKind => key.slice(0, key.indexOf(':')) as IdentifierKind;

/** Kind and namespace of a key, the namespace as it stands there. */
export function kindAndNamespaceOf(key: ValueKey): string {
  return key.slice(0, key.indexOf(':', key.indexOf(':') + 1));
}

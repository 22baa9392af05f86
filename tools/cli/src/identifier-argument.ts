import { vocabulary, type IdentifierKind, type IdentifierRef } from '@throughline/contracts';
import { UsageError } from './usage-error';

const kinds = vocabulary.identifierKinds as readonly string[];
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const node = /^(tx|int|eng)_[0-9a-f-]{36}$/i;

/** A customer, former, node or event id: what `GET /v1/customers/:id` takes. */
export const isId = (text: string): boolean => uuid.test(text) || node.test(text);

/** What to look up: an identifier with its kind where the kind was said, else the text alone, which the server tries as every kind. */
export const identifierToLookUp = (text: string): IdentifierRef | string =>
  kinds.includes(text.split(':')[0] ?? '') && text.includes(':') ? parseIdentifier(text) : text;

/** What a person types for an identifier in a decision: `dana@example.com`, `+1 555 0101`, `kind:value` or `kind:namespace:value`. */
export function parseIdentifier(text: string): IdentifierRef {
  const [kind, ...rest] = text.split(':');
  if (rest.length > 0 && kind !== undefined && kinds.includes(kind)) {
    const [namespace, ...value] = rest.length > 1 ? rest : ['', ...rest];
    return { kind: kind as IdentifierKind, namespace: namespace ?? '', value: value.join(':') };
  }
  if (text.includes('@')) return { kind: 'email', namespace: '', value: text };
  if (/^\+?[\d\s().-]{7,}$/.test(text)) return { kind: 'phone', namespace: '', value: text };
  throw new UsageError(`"${text}" is neither an e-mail address nor a phone number: write it as kind:value, with one of ${kinds.join(', ')}.`);
}

/** The event that a correction names: an event id, or the anchor of a node id. The level comes from the node's prefix where it has one. */
export function parseEventOrNode(text: string): { eventId: string; level?: 'interaction' | 'engagement' } {
  if (uuid.test(text)) return { eventId: text.toLowerCase() };
  const match = /^(tx|int|eng)_([0-9a-f-]{36})$/i.exec(text);
  if (!match?.[2] || !uuid.test(match[2])) throw new UsageError(`"${text}" is no event or node id: copy one from \`npx throughline customer …\`.`);
  const level = match[1] === 'int' ? 'interaction' : match[1] === 'eng' ? 'engagement' : undefined;
  return { eventId: match[2].toLowerCase(), ...(level ? { level } : {}) };
}

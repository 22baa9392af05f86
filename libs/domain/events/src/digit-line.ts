import type { CanonicalEvent } from '@throughline/contracts';
import type { DigitLine } from './card-across-events';
import { keyMark } from './keyed-digits';

/** One event's part in the search for card numbers that are spread over several events. */
export interface EventDigits extends DigitLine {
  /** Events of one conversation and one side of it share it. */
  readonly conversation: string;
}

const conversational = new Set(['chat', 'messaging', 'email', 'social', 'ivr']);
const keyFields = ['key', 'keys', 'digits', 'input', 'dtmf'] as const;

/** The digits of an event that may be a part of a card number, or null: keys kept at a menu, or a line of a conversation. `withoutDigits` lines matter only between two others and are left out. */
export function digitsOf(event: CanonicalEvent): EventDigits | null {
  if (!conversational.has(event.system)) return null;
  const session = event.sessionKey ?? event.contactLinks[0]?.value;
  if (session === undefined) return null;
  const conversation = `${event.source}\n${session}\n${event.initiator}`;
  for (const field of keyFields) {
    const value = event.attributes[field];
    if ((typeof value === 'string' || typeof value === 'number') && event.system === 'ivr') {
      const text = String(value);
      return text.includes(keyMark) || !/\d/.test(text) ? null : { at: event.occurredAt, kind: 'keys', text, conversation };
    }
  }
  const text = lineOf(event.attributes);
  return text === null || !/\p{Nd}/u.test(text) ? null : { at: event.occurredAt, kind: 'line', text, conversation };
}

const textFields = ['text', 'message', 'message_body', 'messageBody', 'body', 'content', 'said', 'transcript'] as const;

function lineOf(attributes: Readonly<Record<string, unknown>>): string | null {
  for (const field of textFields) {
    const value = attributes[field];
    if (typeof value === 'string') return value;
  }
  for (const bag of ['properties', 'data'] as const) {
    const inside = attributes[bag];
    if (typeof inside === 'object' && inside !== null)
      for (const field of textFields) {
        const value = (inside as Record<string, unknown>)[field];
        if (typeof value === 'string') return value;
      }
  }
  return null;
}

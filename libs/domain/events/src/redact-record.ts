import { findCards, isCard, looksLikeCard } from './card-numbers';

/** What stands where a card number stood. */
export const cardMark = '[card number removed]';

/** A text without its card numbers; the same text where there are none. */
export function redactText(text: string): string {
  if (!looksLikeCard(text)) return text;
  const spans = findCards(text);
  if (spans.length === 0) return text;
  let result = '';
  let from = 0;
  for (const span of spans) {
    result += text.slice(from, span.start) + cardMark;
    from = span.end;
  }
  return result + text.slice(from);
}

/** The record without card numbers in texts, names, numbers and lists of digits, and how many places were redacted. */
export function redactRecord(record: unknown): { readonly record: unknown; readonly redacted: number } {
  let redacted = 0;
  const text = (value: string): string => {
    const result = redactText(value);
    if (result !== value) redacted++;
    return result;
  };
  const visit = (value: unknown): unknown => {
    if (typeof value === 'string') return text(value);
    if (typeof value === 'number') {
      const result = text(String(value));
      return result === String(value) ? value : result;
    }
    if (Array.isArray(value)) {
      if (value.length >= 2 && value.every((element) => typeof element === 'number' || typeof element === 'string')) {
        const digits = value.map(String).join('').replace(/\D/g, '');
        const joined = value.join(' ');
        if (isCard([...digits].map(Number)) || redactText(joined) !== joined) {
          redacted++;
          return [cardMark];
        }
      }
      return value.map(visit);
    }
    if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([name, child]) => [text(name), visit(child)]));
    return value;
  };
  const result = visit(record);
  return { record: result, redacted };
}

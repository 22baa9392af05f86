import type { Field } from './catalogue';
import { dayMs, type NumberTest } from './rule';

const spans: readonly (readonly [ms: number, unit: string])[] = [
  [dayMs, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1_000, 's'],
];

/** A number of a field as people read it: `6.2 min`, `120.50`, `70 points`. */
export function numberWords(value: number, unit: Field['unit']): string {
  if (unit === 'minorUnits') return (value / 100).toFixed(2);
  if (unit === 'points') return `${value} points`;
  if (unit !== 'milliseconds') return String(value);
  const [ms, name] = spans.find(([span]) => Math.abs(value) >= span) ?? spans.at(-1)!;
  return `${Math.round((value / ms) * 10) / 10} ${name}`;
}

/** `2026-03-04`, in UTC. */
export const dayWords = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** `2026-03-04 09:12`, in UTC. */
export const minuteWords = (at: number): string => new Date(at).toISOString().slice(0, 16).replace('T', ' ');

export function testWords(test: NumberTest, unit?: Field['unit']): string {
  const of = (value: number): string => numberWords(value, unit);
  switch (test.is) {
    case 'atLeast':
      return `at least ${of(test.value)}`;
    case 'atMost':
      return `at most ${of(test.value)}`;
    case 'moreThan':
      return `more than ${of(test.value)}`;
    case 'lessThan':
      return `less than ${of(test.value)}`;
    case 'equals':
      return `exactly ${of(test.value)}`;
    case 'between':
      return `from ${of(test.value[0])} to ${of(test.value[1])}`;
  }
}

/** Few words in full, many by the first of them. */
export function listWords(values: readonly string[], join: 'or' | 'and' = 'or'): string {
  if (values.length === 0) return '…';
  const shown = values.slice(0, 5).map(quoted);
  if (values.length > 5) return `${shown.join(', ')} ${join} ${values.length - 5} more`;
  return shown.length < 2 ? (shown[0] ?? '') : `${shown.slice(0, -1).join(', ')} ${join} ${shown.at(-1)!}`;
}

const plainWord = /^[\p{L}\p{N}][\p{L}\p{N}.-]*$/u;

/** A word that could be mistaken for one of ours stands in quotes, and a long one is cut. */
function quoted(value: string): string {
  const cut = value.length > 40 ? `${[...value].slice(0, 39).join('')}…` : value;
  return plainWord.test(cut) ? cut : `“${cut}”`;
}

export const days = (count: number): string => (count === 1 ? 'the last day' : `the last ${count} days`);

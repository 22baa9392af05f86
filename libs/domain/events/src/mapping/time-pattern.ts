import { instantOf } from '../parse-time';

const parts = /yyyy|yy|MM?|dd?|HH?|mm?|ss?|S{1,9}/g;
const names: Readonly<Record<string, string>> = { y: 'year', M: 'month', d: 'day', H: 'hour', m: 'minute', s: 'second', S: 'fraction' };

interface Compiled {
  readonly expression: RegExp;
  readonly names: readonly string[];
  readonly shortYear: boolean;
}

const compiled = new Map<string, Compiled>();

/** Reads a local time by a pattern of yyyy, yy (69–99 are 19xx), MM, M, dd, d, HH, H, mm, ss, S…; gives milliseconds as if it were UTC, or null where text and pattern do not meet. */
export function parseByPattern(text: string, pattern: string): number | null {
  let known = compiled.get(pattern);
  if (known === undefined) compiled.set(pattern, (known = compile(pattern)));
  const match = known.expression.exec(text.trim());
  if (match === null) return null;
  const value: Record<string, number> = { year: 1970, month: 1, day: 1, hour: 0, minute: 0, second: 0, fraction: 0 };
  known.names.forEach((name, index) => {
    const digits = match[index + 1]!;
    value[name] = name === 'fraction' ? Number(digits.padEnd(3, '0').slice(0, 3)) : Number(digits);
  });
  const year = known.shortYear ? value['year']! + (value['year']! >= 69 ? 1900 : 2000) : value['year']!;
  return instantOf(year, value['month']!, value['day']!, value['hour']!, value['minute']!, value['second']!, value['fraction']!);
}

function compile(pattern: string): Compiled {
  const found: string[] = [];
  let source = '';
  let from = 0;
  for (const match of pattern.matchAll(parts)) {
    const part = match[0];
    source += escaped(pattern.slice(from, match.index));
    const length = part.length;
    source += part.startsWith('S') ? '(\\d{1,9})' : length === 1 ? '(\\d{1,2})' : `(\\d{${length}})`;
    found.push(names[part[0]!]!);
    from = match.index + length;
  }
  return { expression: new RegExp(`^${source}${escaped(pattern.slice(from))}$`), names: found, shortYear: /(^|[^y])yy([^y]|$)/.test(pattern) };
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

import { scanBody, type ScannedItem } from './scan-body';
import { deepest } from './take-in';

/** One record of a posted body. `keys` counts its field names as written. */
export type SplitRecord =
  | { readonly kind: 'record'; readonly text: string; readonly keys: number; readonly value: unknown }
  | { readonly kind: 'tooDeep'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly text: string };

export type SplitBody =
  | {
      readonly kind: 'records';
      readonly shape: 'one' | 'list' | 'wrapped' | 'lines';
      readonly outer: Record<string, unknown>;
      readonly records: readonly SplitRecord[];
    }
  | { readonly kind: 'unreadable'; readonly detail: string };

/**
 * Cuts a body into its records: one object, a list, an object that holds the list under one of `wrappers`, or lines (NDJSON). A record nested too deep is found by its characters and never parsed; its neighbours are.
 * A JSON body that cannot be parsed is unreadable as a whole; an NDJSON line only for itself.
 */
export function splitBody(text: string, options: { readonly wrappers?: readonly string[]; readonly lines?: boolean }): SplitBody {
  if (options.lines) return splitLines(text);
  const scan = scanBody(text, options.wrappers);
  if (scan === null) return { kind: 'unreadable', detail: 'The body is not a JSON object or list.' };
  try {
    if (scan.depth <= deepest) return whole(text, scan.shape, scan.items, scan.wrapper?.field);
    const outer =
      scan.wrapper === undefined ? {} : (JSON.parse(`${text.slice(0, scan.wrapper.start)}[]${text.slice(scan.wrapper.end)}`) as Record<string, unknown>);
    return { kind: 'records', shape: scan.shape, outer, records: scan.items.map((item) => one(text.slice(item.start, item.end).trimEnd(), item)) };
  } catch (error) {
    if (error instanceof SyntaxError) {
      if (scan.shape === 'one' && looksLikeLines(text)) return splitLines(text);
      return { kind: 'unreadable', detail: 'The body is not valid JSON.' };
    }
    throw error;
  }
}

function whole(text: string, shape: 'one' | 'list' | 'wrapped', items: readonly ScannedItem[], field: string | undefined): SplitBody {
  const parsed: unknown = JSON.parse(text);
  const outer = shape === 'wrapped' ? (parsed as Record<string, unknown>) : {};
  const values = shape === 'one' ? [parsed] : shape === 'list' ? (parsed as unknown[]) : (outer[field!] as unknown[]);
  const records = items.map((item, index) => ({
    kind: 'record' as const,
    text: text.slice(item.start, item.end).trimEnd(),
    keys: item.keys,
    value: values[index],
  }));
  return { kind: 'records', shape, outer, records };
}

function one(text: string, item: ScannedItem): SplitRecord {
  return item.depth > deepest ? { kind: 'tooDeep', text } : { kind: 'record', text, keys: item.keys, value: JSON.parse(text) };
}

const looksLikeLines = (text: string): boolean => /^\s*\{[^\n]*\}[ \t\r]*\n\s*\{/.test(text.slice(0, 300_000));

function splitLines(text: string): SplitBody {
  const records: SplitRecord[] = [];
  for (const line of text.split('\n')) {
    const trimmed = line.trim();
    if (trimmed === '') continue;
    const scan = scanBody(trimmed);
    const item = scan?.items[0];
    if (scan === null || scan.shape !== 'one' || item === undefined) {
      records.push({ kind: 'unreadable', text: trimmed });
      continue;
    }
    try {
      records.push(one(trimmed, item));
    } catch {
      records.push({ kind: 'unreadable', text: trimmed });
    }
  }
  return { kind: 'records', shape: 'lines', outer: {}, records };
}

import type { CanonicalEvent, QuarantineReason, SourceSettings } from '@throughline/contracts';
import type { Adapter } from './adapters/adapter';
import { beginHash, endHash, hashText } from './content-hash';
import { inspectRecord, sanitize } from './inspect-record';
import { maskKeyedDigits } from './keyed-digits';
import { redactRecord, redactText } from './redact-record';
import { toCanonicalEvent } from './to-canonical-event';

/** One posted record, judged. `fingerprint` is equal for equal content; `original` is the text to keep, redacted. */
export type TakenIn =
  | {
      readonly kind: 'event';
      readonly event: CanonicalEvent;
      readonly fingerprint: string;
      readonly original: string;
      readonly sanitized: number;
      readonly redacted: number;
    }
  | {
      readonly kind: 'quarantined';
      readonly reason: QuarantineReason;
      readonly pointer: string;
      readonly fix: string;
      readonly sourceEventId: string | null;
      readonly fingerprint: string;
      readonly original: string;
      readonly sanitized: number;
      readonly redacted: number;
    }
  | { readonly kind: 'rejected'; readonly reason: string; readonly pointer: string; readonly fix: string; readonly sourceEventId?: string };

/** Nesting of one record. */
export const deepest = 20;

export interface RawRecord {
  /** The record's own text as it came. */
  readonly text: string;
  /** Names of fields in that text; more than in the tree: one stands twice. */
  readonly keys: number;
  /** The tree is no longer that text: a batch's outer fields were merged in. */
  readonly composed?: boolean;
  /** The body holds `\u` escapes. */
  readonly escapes: boolean;
}

/** Of a text that cannot be read as a tree. */
function textFingerprint(text: string): string {
  beginHash();
  hashText(text);
  return endHash();
}

/** What the scan alone refuses, before a tree is built: too deep. */
export function tooDeep(text: string): TakenIn {
  const original = redactRawText(text);
  return {
    kind: 'quarantined',
    reason: 'too_deep',
    pointer: '',
    fix: `nest at most ${deepest} objects and lists in one event`,
    sourceEventId: null,
    fingerprint: textFingerprint(original),
    original,
    sanitized: 0,
    redacted: original === text ? 0 : 1,
  };
}

/**
 * The whole judgement of one parsed record: repeated and forbidden names, numbers that a double cannot hold, NUL and lone surrogates, keyed digits, card numbers, then the adapter and the canonical form.
 * `record` may be changed in place.
 */
export function takeIn(record: unknown, raw: RawRecord, adapter: Adapter, source: SourceSettings, receivedAt: number): TakenIn {
  if (typeof record !== 'object' || record === null || Array.isArray(record))
    return { kind: 'rejected', reason: 'not_an_object', pointer: '', fix: 'send each event as a JSON object' };
  let tree = record as Record<string, unknown>;
  let seen = inspectRecord(tree, adapter.transport, raw.escapes);
  const keys = seen.keys;
  const masked = seen.keyed ? maskKeyedDigits(tree, source.menuNodes) : 0;
  let sanitized = 0;
  let redacted = masked;
  if (seen.unclean) {
    const clean = sanitize(tree);
    tree = clean.record as Record<string, unknown>;
    sanitized = clean.sanitized;
  }
  if (seen.suspicious) {
    const safe = redactRecord(tree);
    tree = safe.record as Record<string, unknown>;
    redacted += safe.redacted;
  }
  const changed = sanitized + redacted > 0;
  const fault = structuralFault(seen.forbiddenKey, seen.badNumber, raw, keys);
  if (fault !== null) {
    const original = redactRawText(raw.text);
    const id = tree['sourceEventId'];
    return {
      kind: 'quarantined',
      ...fault,
      sourceEventId: typeof id === 'string' && id.length <= 200 && id.length > 0 ? id : null,
      fingerprint: textFingerprint(original),
      original,
      sanitized,
      redacted,
    };
  }
  if (changed) seen = inspectRecord(tree, adapter.transport, false);
  const adapted = adapter.adapt(tree, source, receivedAt);
  if (adapted.kind === 'rejected') return adapted;
  const result = toCanonicalEvent(adapted.posted, source, receivedAt);
  if (result.kind === 'rejected') return result;
  const original = changed || raw.composed ? JSON.stringify(tree) : raw.text;
  if (result.kind === 'event') return { kind: 'event', event: result.event, fingerprint: seen.fingerprint, original, sanitized, redacted };
  const id = (adapted.posted as { sourceEventId?: unknown }).sourceEventId;
  return {
    kind: 'quarantined',
    reason: result.reason,
    pointer: result.pointer,
    fix: result.fix,
    sourceEventId: String(id),
    fingerprint: seen.fingerprint,
    original,
    sanitized,
    redacted,
  };
}

function structuralFault(
  forbiddenKey: string | null,
  badNumber: string | null,
  raw: RawRecord,
  keys: number,
): { reason: QuarantineReason; pointer: string; fix: string } | null {
  if (forbiddenKey !== null) return { reason: 'forbidden_key', pointer: forbiddenKey.slice(0, 300), fix: 'rename the field: this name is refused everywhere' };
  if (raw.keys !== keys) return { reason: 'ambiguous', pointer: '', fix: 'a field stands twice in one object: send it once' };
  if (badNumber !== null) return { reason: 'number_out_of_range', pointer: badNumber.slice(0, 300), fix: 'send numbers beyond 2^53 as texts' };
  return null;
}

const escape = /\\u([0-9a-fA-F]{4})/g;
const keyedField = /"((?:dtmf|digit|keyed|keys?|input|entered|collected|choice|storedcustomerinput)[a-z_]*)"(\s*:\s*)("[\d*#\s,-]*"|\d+)/gi;

/** Redacts a text that cannot be read as a tree (too deep, ambiguous): escaped characters count as what they stand for. */
export function redactRawText(text: string): string {
  const plain = text.includes('\\u')
    ? text.replace(escape, (whole, hex: string) => {
        const code = Number.parseInt(hex, 16);
        return code < 32 || code === 34 || code === 92 || (code >= 0xd800 && code <= 0xdfff) ? whole : String.fromCharCode(code);
      })
    : text;
  return redactText(
    plain.replace(
      keyedField,
      (_whole, name: string, colon: string, value: string) => `"${name}"${colon}"${value.replace(/\d|[*#]/g, '•').replaceAll('"', '')}"`,
    ),
  );
}

import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import { isTopicKey, type Reading } from './reading';
import type { TransactionDraft } from './transactions';

/** A contact transaction, or the piece of it that shows one family. */
export interface Segment {
  readonly transaction: TransactionDraft;
  readonly readings: readonly Reading[];
  readonly family: Family | null;
  /** Sorted, without repeats. */
  readonly topicKeys: readonly string[];
  readonly startAt: Instant;
  readonly endAt: Instant;
}

/**
 * Divides a contact transaction where a second, third… family of its strongest precedence first appears (rules §2.3).
 * A dividing instant outside the live span counts as the nearer end of it: no piece has negative time.
 */
export function segmentsOf(transaction: TransactionDraft): Segment[] {
  const { readings } = transaction;
  const live = transaction.live!;
  const rank = readings.reduce((strongest, { intent }) => Math.min(strongest, intent?.rank ?? Infinity), Infinity);
  const families: Family[] = [];
  const starts: number[] = [0];
  readings.forEach(({ intent }, place) => {
    if (!intent || intent.rank !== rank || families.includes(intent.family)) return;
    families.push(intent.family);
    if (families.length > 1) starts.push(place);
  });
  return starts.map((start, piece) => {
    const next = starts[piece + 1];
    const slice = starts.length === 1 ? readings : readings.slice(start, next);
    return {
      transaction,
      readings: slice,
      family: families[piece] ?? null,
      topicKeys: topicKeysOf(slice),
      startAt: piece === 0 ? live.startAt : clamp(readings[start]!.occurredAt, live.startAt, live.endAt),
      endAt: next === undefined ? live.endAt : clamp(readings[next]!.occurredAt, live.startAt, live.endAt),
    };
  });
}

export function topicKeysOf(readings: readonly Reading[]): string[] {
  let found: Set<string> | null = null;
  for (const { keys } of readings) if (keys) for (const { key } of keys) if (isTopicKey(key)) (found ??= new Set()).add(key);
  return found ? [...found].sort() : [];
}

function clamp(at: Instant, low: Instant, high: Instant): Instant {
  return Math.min(Math.max(at, low), high);
}

/** What a segment is put into: a family, in a separate-keys family with one of its keys; the whole interaction when nothing has a family. */
export interface PartLabel {
  readonly family: Family | null;
  readonly key: string | null;
}

const whole: PartLabel = { family: null, key: null };

/** The label of the part of each segment. */
export function labelSegments(segments: readonly Segment[], settings: HierarchySettings): PartLabel[] {
  if (segments.length === 1) return [ownLabel(segments, 0, settings)];
  const labels: (PartLabel | null)[] = segments.map(({ family }, place) => (family ? ownLabel(segments, place, settings) : null));
  if (labels.every((label) => label === null)) return segments.map(() => whole);
  return segments.map(
    ({ topicKeys }, place) =>
      labels[place] ?? (topicKeys.length > 0 ? (before(labels, place) ?? after(labels, place)!) : (after(labels, place) ?? before(labels, place)!)),
  );
}

function ownLabel(segments: readonly Segment[], place: number, settings: HierarchySettings): PartLabel {
  const { family, topicKeys } = segments[place]!;
  if (!family || settings.families[family].differentKeys === 'together') return family ? { family, key: null } : whole;
  if (topicKeys.length > 0) return { family, key: topicKeys[0]! };
  const hasKey = (segment: Segment): boolean => segment.family === family && segment.topicKeys.length > 0;
  const lender = segments.slice(place + 1).find(hasKey) ?? segments.slice(0, place).findLast(hasKey);
  return { family, key: lender?.topicKeys[0] ?? null };
}

function before(labels: readonly (PartLabel | null)[], place: number): PartLabel | null {
  for (let other = place - 1; other >= 0; other -= 1) if (labels[other]) return labels[other]!;
  return null;
}

function after(labels: readonly (PartLabel | null)[], place: number): PartLabel | null {
  for (let other = place + 1; other < labels.length; other += 1) if (labels[other]) return labels[other]!;
  return null;
}

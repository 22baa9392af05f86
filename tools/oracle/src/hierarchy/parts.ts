import type { Family, HierarchySettings } from '@throughline/contracts';
import type { Note } from '../flood';
import type { Interaction } from './interactions';
import { inOrder, meet, strongest, topicsOf, type KnownIntent, type Reading } from './reading';
import type { Transaction } from './transactions';

/** The piece of a contact transaction that shows one family. */
interface Segment {
  readonly readings: readonly Reading[];
  readonly start: number;
  readonly end: number;
  readonly family: Family | null;
  readonly topics: ReadonlySet<string>;
}

export interface Part {
  readonly type: 'part';
  readonly interaction: Interaction;
  /** Events of its segments. */
  readonly contact: readonly Reading[];
  /** With those of attached items. */
  readonly readings: readonly Reading[];
  readonly anchor: Reading;
  readonly topics: ReadonlySet<string>;
  readonly start: number;
  readonly end: number;
  readonly share: number;
  readonly own: KnownIntent | null;
  readonly failed: 'technical' | 'other' | null;
}

/** docs/rules.md 2.3, in order of parts. */
export function partsOf(interaction: Interaction, settings: HierarchySettings, note: Note): Part[] {
  if (interaction.kind === 'attempt') return [];
  const segments = [...interaction.members]
    .sort((a, b) => a.live!.start - b.live!.start || inOrder(a.anchor, b.anchor))
    .flatMap((transaction) => segmentsOf(transaction, note));
  const labels = segments.map((_, index) => labelOf(index, segments, settings));
  const drafts = [...new Set(labels)].map((label) => {
    const mine = segments.filter((_, index) => labels[index] === label);
    return {
      label,
      segments: mine,
      contact: mine.flatMap((segment) => segment.readings).sort(inOrder),
      start: Math.min(...mine.map((segment) => segment.start)),
    };
  });
  drafts.sort((a, b) => a.start - b.start || inOrder(a.contact[0]!, b.contact[0]!));
  if (drafts.length > 1) note('part: several in one interaction');

  const joined = new Map<(typeof drafts)[number], Reading[]>(drafts.map((draft) => [draft, []]));
  for (const item of interaction.attached) {
    const topics = topicsOf(item.readings);
    const family = strongest(item.readings)?.family;
    const before = segments.filter((segment) => segment.start <= item.start);
    const latest = Math.max(...before.map((segment) => segment.start));
    const running = before.filter((segment) => segment.start === latest).pop();
    const draft =
      drafts.find(({ segments: mine }) => mine.some((segment) => meet(segment.topics, topics))) ??
      drafts.find(({ segments: mine }) => mine.some((segment) => segment.family !== null && segment.family === family)) ??
      drafts.find(({ segments: mine }) => running !== undefined && mine.includes(running)) ??
      drafts[0]!;
    joined.get(draft)!.push(...item.readings);
  }

  const lives = drafts.map((draft) => draft.segments.reduce((sum, segment) => sum + segment.end - segment.start, 0));
  const shares = sharesOf(lives);
  return drafts.map((draft, index) => {
    const readings = [...draft.contact, ...joined.get(draft)!].sort(inOrder);
    const family = draft.segments.find((segment) => segment.family !== null)?.family ?? null;
    return {
      type: 'part',
      interaction,
      contact: draft.contact,
      readings,
      anchor: readings[0]!,
      topics: topicsOf(readings),
      start: draft.start,
      end: Math.max(...draft.segments.map((segment) => segment.end)),
      share: shares[index]!,
      own: family === null ? null : ownIntent(family, draft.contact),
      failed: failureOf(draft.contact),
    };
  });
}

function segmentsOf(transaction: Transaction, note: Note): Segment[] {
  const live = transaction.live!;
  const precedence = strongest(transaction.readings)?.precedence;
  const shown = ({ shown: intent }: Reading): Family | null => (intent && intent.precedence === precedence ? intent.family : null);
  const starts: { reading: Reading; family: Family | null }[] = [];
  for (const reading of transaction.readings) {
    const family = shown(reading);
    if (family !== null && !starts.some((other) => other.family === family)) starts.push({ reading, family });
  }
  if (starts.length > 1) note('part: a transaction divides');
  if (starts.length === 0) starts.push({ reading: transaction.anchor, family: null });
  const within = (at: number): number => Math.min(Math.max(at, live.start), live.end);
  return starts.map(({ reading, family }, index) => {
    const next = starts[index + 1]?.reading;
    const readings = transaction.readings.filter((other) => (index === 0 || inOrder(other, reading) >= 0) && (next === undefined || inOrder(other, next) < 0));
    return {
      readings,
      start: index === 0 ? live.start : within(reading.start),
      end: next === undefined ? live.end : within(next.start),
      family,
      topics: topicsOf(readings),
    };
  });
}

/** Which part a segment belongs to, by name. */
function labelOf(index: number, segments: readonly Segment[], settings: HierarchySettings): string {
  const { family, topics } = segments[index]!;
  const after = segments.map((_, other) => other).filter((other) => other > index);
  const before = segments
    .map((_, other) => other)
    .filter((other) => other < index)
    .reverse();
  const first = (order: readonly number[], wanted: (segment: Segment) => boolean): string | undefined => {
    const found = order.find((other) => wanted(segments[other]!));
    return found === undefined ? undefined : labelOf(found, segments, settings);
  };
  if (family === null) {
    const labelled = (segment: Segment): boolean => segment.family !== null;
    const [near, far] = topics.size > 0 ? [before, after] : [after, before];
    return first(near, labelled) ?? first(far, labelled) ?? 'whole';
  }
  if (settings.families[family].differentKeys === 'together') return family;
  if (topics.size > 0) return `${family} ${[...topics].sort()[0]!}`;
  const keyed = (segment: Segment): boolean => segment.family === family && segment.topics.size > 0;
  return first(after, keyed) ?? first(before, keyed) ?? family;
}

function ownIntent(family: Family, contact: readonly Reading[]): KnownIntent {
  return strongest(contact.filter((reading) => reading.shown?.family === family))!;
}

function failureOf(contact: readonly Reading[]): 'technical' | 'other' | null {
  const ending = contact.filter((reading) => reading.ending !== undefined).pop();
  if (ending?.ending === 'technical') return 'technical';
  if (ending?.ending === 'abandoned') return 'other';
  const outcome = contact.filter((reading) => reading.outcome !== undefined).pop();
  return outcome?.outcome === 'unresolved' && ['chat', 'messaging'].includes(outcome.event.channel) ? 'other' : null;
}

/** Live times as shares of 1000: rounded down, the rest one by one to the largest remainders; without any time, equal shares. */
function sharesOf(lives: readonly number[]): number[] {
  const total = lives.reduce((sum, live) => sum + live, 0);
  const weights = total === 0 ? lives.map(() => 1) : lives;
  const whole = total === 0 ? lives.length : total;
  const shares = weights.map((weight) => Math.floor((weight * 1000) / whole));
  const remainder = (index: number): number => (weights[index]! * 1000) % whole;
  const order = weights.map((_, index) => index).sort((a, b) => remainder(b) - remainder(a) || a - b);
  const missing = 1000 - shares.reduce((sum, share) => sum + share, 0);
  for (const index of order.slice(0, missing)) shares[index]! += 1;
  return shares;
}

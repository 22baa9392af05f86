import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import { compareRefs } from './event-order';
import type { InteractionDraft } from './interaction-draft';
import { labelSegments, segmentsOf, topicKeysOf, type PartLabel, type Segment } from './segments';
import type { Reading, ShownIntent } from './reading';
import { startOf, type TransactionDraft } from './transactions';

/** A part of a contact interaction while the rule works on it. */
export interface PartDraft {
  readonly interaction: InteractionDraft;
  readonly label: PartLabel;
  readonly segments: Segment[];
  readonly items: TransactionDraft[];
  /** First contact event. */
  readonly first: Reading;
  readonly startAt: Instant;
  readonly endAt: Instant;
  readonly liveMs: number;
  share: number;
  readonly own: ShownIntent | null;
  readonly failed: 'technical' | 'other' | null;
}

/** Rules §2.3: the parts of a contact interaction, in order. */
export function buildParts(interaction: InteractionDraft, settings: HierarchySettings): PartDraft[] {
  const segments = interaction.core.flatMap(segmentsOf);
  const labels = labelSegments(segments, settings);
  const byLabel = new Map<string, { readonly label: PartLabel; readonly segments: Segment[] }>();
  segments.forEach((segment, place) => {
    const label = labels[place]!;
    const name = `${label.family ?? ''}|${label.key ?? ''}`;
    const group = byLabel.get(name);
    if (group) group.segments.push(segment);
    else byLabel.set(name, { label, segments: [segment] });
  });
  const parts = [...byLabel.values()].map((group) => partOf(interaction, group.label, group.segments));
  parts.sort((a, b) => a.startAt - b.startAt || compareRefs(a.first, b.first));
  giveShares(parts);
  for (const item of interaction.items) partFor(item, parts, segments).items.push(item);
  return parts;
}

function partOf(interaction: InteractionDraft, label: PartLabel, segments: Segment[]): PartDraft {
  const readings = segments.length === 1 ? segments[0]!.readings : segments.flatMap((segment) => segment.readings).sort(compareRefs);
  let startAt = Infinity;
  let endAt = -Infinity;
  let liveMs = 0;
  for (const segment of segments) {
    startAt = Math.min(startAt, segment.startAt);
    endAt = Math.max(endAt, segment.endAt);
    liveMs += segment.endAt - segment.startAt;
  }
  return {
    interaction,
    label,
    segments,
    items: [],
    first: readings[0]!,
    startAt,
    endAt,
    liveMs,
    share: 1000,
    own: ownIntent(readings, label.family),
    failed: failureOf(readings),
  };
}

function ownIntent(readings: readonly Reading[], family: Family | null): ShownIntent | null {
  let best: ShownIntent | null = null;
  for (const { intent } of readings) {
    if (!intent || intent.family !== family) continue;
    if (!best || intent.rank < best.rank || (intent.rank === best.rank && intent.confidence > best.confidence)) best = intent;
  }
  return best;
}

function failureOf(readings: readonly Reading[]): PartDraft['failed'] {
  const ending = readings.findLast((reading) => reading.ending)?.ending;
  if (ending === 'technical') return 'technical';
  if (ending === 'abandoned') return 'other';
  const last = readings.findLast((reading) => reading.outcome);
  return last?.outcome === 'unresolved' && (last.channel === 'chat' || last.channel === 'messaging') ? 'other' : null;
}

/** Live time in ‰ by largest remainder; without any time, equal shares. Whatever is over goes to the earlier part. */
function giveShares(parts: readonly PartDraft[]): void {
  if (parts.length === 1) return;
  const total = parts.reduce((sum, part) => sum + part.liveMs, 0);
  const weights = parts.map((part) => (total > 0 ? part.liveMs : 1));
  const sum = total > 0 ? total : parts.length;
  const exact = weights.map((weight) => BigInt(weight) * 1000n);
  const whole = exact.map((value) => Number(value / BigInt(sum)));
  const rest = exact.map((value) => Number(value % BigInt(sum)));
  let over = 1000 - whole.reduce((a, b) => a + b, 0);
  const byRest = parts.map((_, place) => place).sort((a, b) => rest[b]! - rest[a]! || a - b);
  for (const place of byRest) {
    if (over <= 0) break;
    whole[place]! += 1;
    over -= 1;
  }
  parts.forEach((part, place) => (part.share = whole[place]!));
}

/** The part that an attached item adds its events to. */
function partFor(item: TransactionDraft, parts: readonly PartDraft[], segments: readonly Segment[]): PartDraft {
  if (parts.length === 1) return parts[0]!;
  const keys = topicKeysOf(item.readings);
  const byKey = parts.find((part) => part.segments.some((segment) => segment.topicKeys.some((key) => keys.includes(key))));
  if (byKey) return byKey;
  const family = strongestIntent(item.readings)?.family;
  const byFamily = family && parts.find((part) => part.label.family === family);
  if (byFamily) return byFamily;
  const startAt = startOf(item);
  let latest: Segment | null = null;
  for (const segment of segments) if (segment.startAt <= startAt && (!latest || segment.startAt >= latest.startAt)) latest = segment;
  return (latest && parts.find((part) => part.segments.includes(latest))) ?? parts[0]!;
}

function strongestIntent(readings: readonly Reading[]): ShownIntent | null {
  let best: ShownIntent | null = null;
  for (const { intent } of readings)
    if (intent && (!best || intent.rank < best.rank || (intent.rank === best.rank && intent.confidence > best.confidence))) best = intent;
  return best;
}

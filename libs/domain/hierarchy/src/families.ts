import type { Family, HierarchySettings, Instant } from '@throughline/contracts';
import type { PartNode } from './issue-nodes';
import type { SealedLender } from './sealed';

interface Lender {
  readonly endAt: Instant;
  readonly family: Family;
  readonly confidence: number;
}

/** Rules §2.5, "Family of a part": own, else of an episode, else borrowed, else unknown. `parts` in order; sealed lenders come before them. */
export function giveFamilies(parts: readonly PartNode[], sealedLenders: readonly SealedLender[], settings: HierarchySettings): void {
  for (const part of parts) {
    const own = part.part.own;
    if (own) give(part, own.family, 'own', own.confidence);
    else {
      const family = familyOfKeys(part);
      if (family) give(part, family, 'episode', 1000);
    }
  }
  borrow(parts, sealedLenders, settings.borrowMs);
}

function give(part: PartNode, family: Family, by: PartNode['familyBy'], confidence: number): void {
  part.family = family;
  part.familyBy = by;
  part.intentConfidence = confidence;
}

function familyOfKeys(part: PartNode): Family | null {
  for (const key of part.keys) {
    const family = part.episodes.get(key)?.family;
    if (family) return family;
  }
  return null;
}

/** A part without a family is the only part of its interaction, so every lender is of another one. */
function borrow(parts: readonly PartNode[], sealedLenders: readonly SealedLender[], borrowMs: number): void {
  // The lenders so far at which the latest end rose: the earliest one that reaches a given instant is found among them.
  const records: Lender[] = [...sealedLenders];
  parts.forEach((part, place) => {
    if (lends(part)) {
      if (records.length === 0 || part.endAt > records[records.length - 1]!.endAt)
        records.push({ endAt: part.endAt, family: part.family, confidence: part.intentConfidence });
      return;
    }
    const later = nextLender(parts, place, borrowMs);
    const earlier = part.part.failed ? null : earliestReaching(records, part.startAt);
    const gapBefore = earlier ? Math.max(0, part.startAt - earlier.endAt) : Infinity;
    const gapAfter = later ? Math.max(0, later.startAt - part.endAt) : Infinity;
    if (earlier && gapBefore <= borrowMs && gapBefore <= gapAfter) give(part, earlier.family, 'borrowed', earlier.confidence);
    else if (later && gapAfter <= borrowMs) {
      give(part, later.family, 'borrowed', later.intentConfidence);
      part.laterLender = later;
    }
  });
}

export function lends(part: PartNode): boolean {
  return part.familyBy === 'own' || part.familyBy === 'episode';
}

function nextLender(parts: readonly PartNode[], place: number, borrowMs: number): PartNode | null {
  const reach = parts[place]!.endAt + borrowMs;
  for (let next = place + 1; next < parts.length; next += 1) {
    const part = parts[next]!;
    if (part.startAt > reach) return null;
    if (lends(part)) return part;
  }
  return null;
}

/** The earliest lender with an end at or after `at`; if none, the earliest one with the latest end. */
function earliestReaching(records: readonly Lender[], at: Instant): Lender | null {
  let low = 0;
  let high = records.length - 1;
  if (high < 0) return null;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (records[middle]!.endAt >= at) high = middle;
    else low = middle + 1;
  }
  return records[low]!;
}

import type { Correction, HierarchySettings, Instant } from '@throughline/contracts';
import { compareText } from './event-order';
import { divide, type Division } from './finality';
import { lends } from './families';
import { foldJourney, type Fold } from './fold-journey';
import { subjectOf, takesFeedback } from './issue-nodes';
import { lacksPhases } from './phases';
import type { Reading } from './reading';
import { sealFold, type Sealed } from './seal';
import { beforeAll, emptyPast, type SealedPast } from './sealed';

/**
 * What is kept of a customer between two changes, in one row: the readings of the recent past, and the state of the folds before them.
 * Bounded by what a customer does in a few days, not by the history.
 */
export interface JourneyHead {
  readonly settingsVersion: number;
  /** Corrections it was built with, as `correctionMark` says. */
  readonly corrections: string;
  /** An event before this instant, come or gone, asks for a full build. */
  readonly safeFrom: Instant;
  /** How late an event may be. It grows for a customer whose events come later. */
  readonly slackMs: number;
  readonly past: SealedPast;
  /** Readings after the seal, in total order; null for a customer whose corrections ask for a full build each time. */
  readonly tail: readonly Reading[] | null;
  /** Of the feedback in the tail: sealed events it was asked about, with the component it can hang on (null: none). */
  readonly subjects: readonly (readonly [eventId: string, component: string | null])[];
  /** What sealed parts without a family of their own relied on. */
  readonly guard: BorrowGuard;
  /** Events that sealed feedback was asked about and that have not come yet. */
  readonly awaited: readonly string[];
}

/**
 * Sealed parts that borrowed a family, or found none, would answer differently if the parts of the tail that begin up to `until` lent differently.
 * No new event can begin such a part; but what is in the tail may still change: then only a full build is exact.
 */
export interface BorrowGuard {
  readonly until: Instant;
  readonly lenders: string;
}

export const noGuard: BorrowGuard = { until: beforeAll, lenders: '' };

/** The guard that the parts of a fold satisfy. */
export function guardOf(fold: Fold, until: Instant): BorrowGuard {
  if (until === beforeAll) return noGuard;
  const lenders = fold.nodes.parts.filter((part) => part.startAt <= until && lends(part));
  return { until, lenders: lenders.map(({ startAt, family, intentConfidence }) => `${startAt} ${family} ${intentConfidence}`).join(';') };
}

/** How a head is sealed. */
export interface SealPolicy {
  /** The present, so that an event dated in the future does not seal everything before it. */
  readonly now: Instant;
  /** Below this many readings nothing is sealed. */
  readonly tailReadings?: number;
  readonly slackMs?: number;
}

const hour = 3_600_000;
export const defaultTailReadings = 48;
export const defaultSlackMs = 6 * hour;
export const greatestSlackMs = 90 * 24 * hour;

/** Corrections that tie and cut nodes may reach any past; a relabel only says something about one event. */
export function forbidsSealing(corrections: readonly Correction[]): boolean {
  return corrections.some((correction) => correction.kind !== 'relabel');
}

export function correctionMark(corrections: readonly Correction[]): string {
  return corrections
    .map(({ id }) => id)
    .sort(compareText)
    .join(' ');
}

export interface SealedRound {
  readonly head: JourneyHead;
  /** The fold of what was sealed now; null when nothing was. */
  readonly sealedFold: Fold | null;
  readonly sealed: Sealed | null;
  /** The fold of the rest on the new seal. */
  readonly fold: Fold;
}

/** Seals what can be of a fold over a head's past, and makes the head that stands after it. */
export function sealRound(fold: Fold, before: Pick<JourneyHead, 'slackMs' | 'awaited' | 'safeFrom' | 'guard'>, policy: SealPolicy): SealedRound {
  const { corrections, settings, readings, past } = fold.input;
  const mark = { settingsVersion: settings.version, corrections: correctionMark(corrections), slackMs: before.slackMs };
  const unsealed = (tail: readonly Reading[] | null): SealedRound => ({
    head: { ...mark, safeFrom: before.safeFrom, past, tail, subjects: [...fold.input.sealedSubjects], awaited: before.awaited, guard: before.guard },
    sealedFold: null,
    sealed: null,
    fold,
  });
  if (forbidsSealing(corrections)) return unsealed(null);
  if (readings.length <= (policy.tailReadings ?? defaultTailReadings)) return unsealed(readings);
  const from = Math.min(readings[readings.length - 1]!.occurredAt, policy.now) - before.slackMs;
  const attempt = from > before.safeFrom ? divideTrusted(fold, from) : null;
  if (!attempt) return unsealed(readings);
  const { division, sealedFold } = attempt;
  const keys = new Set(division.rest.flatMap((reading) => reading.keys?.map(({ key }) => key) ?? []));
  const subjects = subjectsOf(division, sealedFold, fold.input.sealedSubjects);
  const { all, past: sealedPast } = sealFold(sealedFold, division.boundaryAt, keys, new Set(subjects.flatMap(([, label]) => label ?? [])));
  const rest = foldJourney({ ...fold.input, readings: division.rest, past: sealedPast, sealedSubjects: new Map(subjects) });
  if (rest.components.all.some((component) => lacksPhases(component, division.boundaryAt))) return unsealed(readings);
  return {
    head: {
      ...mark,
      safeFrom: from,
      past: sealedPast,
      tail: division.rest,
      subjects,
      awaited: [...before.awaited, ...unknownSubjects(sealedFold)],
      guard: guardOf(rest, reachOfBorrowing(sealedFold, division.boundaryAt, before.guard)),
    },
    sealedFold,
    sealed: all,
    fold: rest,
  };
}

/** A sealed part must be what it was with the rest at hand; where a try shows that it is not, its interaction stays open and the division is made anew. */
function divideTrusted(fold: Fold, from: Instant): { readonly division: Division; readonly sealedFold: Fold } | null {
  const distrust = new Set<string>();
  for (let round = 0; round < 4; round += 1) {
    const division = divide(fold, from, distrust);
    if (division.sealed.length === 0) return null;
    const sealedFold = foldJourney({ ...fold.input, readings: division.sealed });
    const inFull = new Map(fold.nodes.parts.map((part) => [part.id, part]));
    const changed = sealedFold.nodes.parts.filter((part) => {
      const full = inFull.get(part.id);
      return !full || full.family !== part.family || full.familyBy !== part.familyBy || full.intentConfidence !== part.intentConfidence;
    });
    if (changed.length === 0) return { division, sealedFold };
    for (const { id } of changed) distrust.add(id);
  }
  return null;
}

function reachOfBorrowing({ input, nodes }: Fold, boundaryAt: Instant, before: BorrowGuard): Instant {
  let until = before.until >= boundaryAt ? before.until : beforeAll;
  for (const { familyBy, endAt } of nodes.parts)
    if (familyBy === 'borrowed' || familyBy === 'unknown') until = Math.max(until, endAt + input.settings.borrowMs);
  return until >= boundaryAt ? until : beforeAll;
}

/** What the feedback of the rest was asked about, where that is sealed. */
function subjectsOf({ rest }: Division, sealedFold: Fold, known: ReadonlyMap<string, string | null>): (readonly [string, string | null])[] {
  const asked = new Set(rest.flatMap((reading) => reading.aboutEventId ?? []));
  const subjects: (readonly [string, string | null])[] = [];
  if (asked.size === 0) return subjects;
  const sealedIds = new Set(sealedFold.input.readings.map(({ id }) => id));
  for (const eventId of asked) {
    if (sealedIds.has(eventId)) subjects.push([eventId, componentToHangOn(sealedFold, eventId)]);
    else if (known.has(eventId)) subjects.push([eventId, known.get(eventId)!]);
  }
  return subjects;
}

function componentToHangOn(fold: Fold, eventId: string): string | null {
  const node = fold.nodeOfEvent(eventId);
  if (!node) return null;
  return takesFeedback(node) ? fold.components.ofVertex(node.vertex).labels[0]! : null;
}

function unknownSubjects({ input, transactions, interactions }: Fold): string[] {
  const unknown: string[] = [];
  let ids: ReadonlySet<string> | null = null;
  for (const transaction of transactions.all) {
    if (interactions.ofTransaction[transaction.index]) continue;
    const subject = subjectOf(transaction);
    if (subject === undefined || input.sealedSubjects.has(subject)) continue;
    ids ??= new Set(input.readings.map(({ id }) => id));
    if (!ids.has(subject)) unknown.push(subject);
  }
  return unknown;
}

/** The head of a customer without events. */
export function emptyHead(settings: HierarchySettings, corrections: readonly Correction[], slackMs: number): JourneyHead {
  return {
    settingsVersion: settings.version,
    corrections: correctionMark(corrections),
    safeFrom: beforeAll,
    slackMs,
    past: emptyPast,
    tail: [],
    subjects: [],
    awaited: [],
    guard: noGuard,
  };
}

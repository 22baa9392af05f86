import type { Correction, HierarchySettings, Instant } from '@throughline/contracts';
import { compareRefs } from './event-order';
import { foldJourney } from './fold-journey';
import type { Journey, OwnedEvent } from './hierarchy';
import {
  defaultSlackMs,
  correctionMark,
  emptyHead,
  forbidsSealing,
  guardOf,
  greatestSlackMs,
  sealRound,
  type JourneyHead,
  type SealedRound,
  type SealPolicy,
} from './journey-head';
import { diffJourneys, noChanges, type JourneyDiff } from './journey-diff';
import { journeyRows } from './journey-rows';
import { lacksPhases } from './phases';
import { readEvent, relabelsOf, type Reading } from './reading';
import { sameData } from './same-data';
import type { Sealed } from './seal';
import type { SealedComponent, SealedKey, SealedNode, SealedPast } from './sealed';

/** What to load besides the head before a change, all of it by key: look-ups that do not grow with the history. */
export interface Lookups {
  /** `sealed_key` rows of `wanted.keys`. */
  readonly keys: readonly SealedKey[];
  /** For each `wanted.subjects` that the customer has: the component of its node's membership if that `takesFeedback`, else null. */
  readonly subjects: readonly (readonly [eventId: string, component: string | null])[];
  /** Components that `keys` (`episode.component`) and `subjects` name, root by root. */
  readonly components: readonly SealedComponent[];
  /** `sealed_node` rows of `keys` (`episode.lastMember`). */
  readonly nodes: readonly SealedNode[];
}

export const noLookups: Lookups = { keys: [], subjects: [], components: [], nodes: [] };

/** First step of a change: what the new events name. */
export function lookupsFor(
  events: readonly OwnedEvent[],
  corrections: readonly Correction[],
  settings: HierarchySettings,
): { readonly keys: string[]; readonly subjects: string[] } {
  const readings = readAll(events, corrections, settings);
  return {
    keys: [...new Set(readings.flatMap((reading) => reading.keys?.map(({ key }) => key) ?? []))],
    subjects: [...new Set(readings.flatMap((reading) => reading.aboutEventId ?? []))],
  };
}

export interface JourneyChange {
  readonly customerId: string;
  readonly head: JourneyHead | null;
  readonly lookups: Lookups;
  /** Both ends included. */
  readonly window: { readonly fromAt: Instant; readonly toAt: Instant };
  /** All of the customer's events in the window, as they are now. */
  readonly events: readonly OwnedEvent[];
  readonly corrections: readonly Correction[];
  readonly settings: HierarchySettings;
  readonly policy: SealPolicy;
}

export type RebuildReason = 'noHead' | 'settings' | 'corrections' | 'late' | 'subject' | 'family' | 'merged';

export type JourneyUpdate =
  | { readonly kind: 'changed'; readonly head: JourneyHead; readonly diff: JourneyDiff; readonly sealed: Sealed | null }
  | { readonly kind: 'rebuild'; readonly reason: RebuildReason };

/**
 * Second step: the change itself. Everything that follows from the events in the window is computed from the head and the look-ups; the answer is
 * the rows that differ, equal to those of a full build of all the customer's events. Where that cannot be known, the answer is `rebuild`.
 */
export function updateJourney(change: JourneyChange): JourneyUpdate {
  const { head, corrections, settings, events, window } = change;
  if (!head) return { kind: 'rebuild', reason: 'noHead' };
  if (head.settingsVersion !== settings.version) return { kind: 'rebuild', reason: 'settings' };
  if (head.tail === null || forbidsSealing(corrections) || head.corrections !== correctionMark(corrections)) return { kind: 'rebuild', reason: 'corrections' };
  if (window.fromAt < head.safeFrom) return { kind: 'rebuild', reason: 'late' };
  if (events.some(({ event }) => head.awaited.includes(event.id))) return { kind: 'rebuild', reason: 'subject' };
  const tail = replaced(head.tail, window, readAll(events, corrections, settings));
  if (sameData(tail, head.tail)) return { kind: 'changed', head, diff: noChanges, sealed: null };
  const past = withLookups(head.past, change.lookups);
  const sealedSubjects = new Map([...head.subjects, ...change.lookups.subjects]);
  // A row that was looked up may be of an event of the tail, or of one that is gone with this change: only what the tail never held is sealed.
  for (const { id } of [...head.tail, ...tail]) sealedSubjects.delete(id);
  const common = { customerId: change.customerId, past, sealedSubjects, corrections, settings };
  const before = foldJourney({ ...common, readings: head.tail });
  const after = foldJourney({ ...common, readings: tail });
  if (after.episodes.reachesSealedFamily || guardOf(after, head.guard.until).lenders !== head.guard.lenders) return { kind: 'rebuild', reason: 'family' };
  if (after.components.all.some((component) => lacksPhases(component, past.boundaryAt))) return { kind: 'rebuild', reason: 'merged' };
  const round = sealRound(after, head, change.policy);
  return { kind: 'changed', head: round.head, diff: diffJourneys(journeyRows(before), rowsOfRound(round)), sealed: round.sealed };
}

/** A full build that leaves a head behind. `before`: the head that asked for it, whose events may come later than was thought. */
export function rebuildJourney(input: {
  readonly customerId: string;
  readonly events: readonly OwnedEvent[];
  readonly corrections: readonly Correction[];
  readonly settings: HierarchySettings;
  readonly policy: SealPolicy;
  readonly late?: Pick<JourneyHead, 'slackMs'>;
}): { readonly journey: Journey; readonly head: JourneyHead; readonly sealed: Sealed | null } {
  const { customerId, events, corrections, settings, policy, late } = input;
  const slackMs = late ? Math.min(late.slackMs * 4, greatestSlackMs) : (policy.slackMs ?? defaultSlackMs);
  const empty = emptyHead(settings, corrections, slackMs);
  const readings = readAll(events, corrections, settings).sort(compareRefs);
  const fold = foldJourney({ customerId, readings, past: empty.past, sealedSubjects: new Map(), corrections, settings });
  const round = sealRound(fold, empty, policy);
  return { journey: round.sealedFold ? rowsOfRound(round) : journeyRows(fold), head: round.head, sealed: round.sealed };
}

function readAll(events: readonly OwnedEvent[], corrections: readonly Correction[], settings: HierarchySettings): Reading[] {
  const relabels = relabelsOf(corrections);
  return events.map((owned) => readEvent(owned, relabels.get(owned.event.id), settings));
}

function replaced(tail: readonly Reading[], { fromAt, toAt }: JourneyChange['window'], readings: readonly Reading[]): Reading[] {
  const ids = new Set(readings.map(({ id }) => id));
  const kept = tail.filter(({ id, occurredAt }) => (occurredAt < fromAt || occurredAt > toAt) && !ids.has(id));
  return [...kept, ...readings].sort(compareRefs);
}

/** The past with what was looked up, where the head did not hold it already. */
export function withLookups(past: SealedPast, { keys, components, nodes }: Lookups): SealedPast {
  const heldKeys = new Set(past.keys.map(({ key }) => key));
  const heldLabels = new Set(past.components.flatMap(({ labels }) => labels));
  const heldNodes = new Set(past.nodes.map(({ id }) => id));
  return {
    ...past,
    keys: [...past.keys, ...keys.filter(({ key }) => !heldKeys.has(key))],
    components: [...past.components, ...components.filter(({ labels }) => !labels.some((label) => heldLabels.has(label)))],
    nodes: [...past.nodes, ...nodes.filter(({ id }) => !heldNodes.has(id))],
  };
}

/** The rows after a seal: those of the rest, and those of what was sealed now where the rest says nothing later. */
function rowsOfRound({ fold, sealedFold }: SealedRound): Journey {
  const rest = journeyRows(fold);
  if (!sealedFold) return rest;
  const sealed = journeyRows(sealedFold);
  const nodes = new Set(rest.memberships.map(({ node }) => node));
  const labels = new Set(rest.engagements.flatMap(({ components }) => components));
  for (const { labels: held } of fold.components.all) for (const label of held) labels.add(label);
  const inOrder = <Row extends { readonly anchor: Journey['transactions'][number]['anchor'] }>(a: readonly Row[], b: readonly Row[]): Row[] =>
    [...a, ...b].sort((left, right) => compareRefs(left.anchor, right.anchor));
  return {
    ...sealed,
    transactions: inOrder(sealed.transactions, rest.transactions),
    interactions: inOrder(sealed.interactions, rest.interactions),
    memberships: [...sealed.memberships.filter(({ node }) => !nodes.has(node)), ...rest.memberships],
    engagements: inOrder(
      sealed.engagements.filter(({ components }) => !components.some((label) => labels.has(label))),
      rest.engagements,
    ),
  };
}

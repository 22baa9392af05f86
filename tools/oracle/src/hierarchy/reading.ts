import {
  compareEvents,
  vocabulary,
  type CanonicalEvent,
  type Correction,
  type Family,
  type HierarchySettings,
  type IssueKeyState,
} from '@throughline/contracts';

/** An event of one customer, with the node key by which identity decided its owner. */
export interface OwnedEvent {
  readonly event: CanonicalEvent;
  readonly decidedBy: string | null;
}

export interface KnownIntent {
  readonly family: Family;
  readonly precedence: number;
  readonly confidence: number;
}

export interface ReadKey {
  readonly kind: string;
  readonly key: string;
  readonly state: IssueKeyState | undefined;
}

/** An event as the rules read it (docs/rules.md 2, "Read as"). */
export interface Reading {
  readonly event: CanonicalEvent;
  readonly decidedBy: string | null;
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly live: boolean;
  /** Contact link values `kind:namespace:value`. */
  readonly links: readonly string[];
  readonly keys: readonly ReadKey[];
  readonly ending: string | undefined;
  readonly outcome: string | undefined;
  /** The one intent it shows: family known, confidence high enough; a relabel before all. */
  readonly shown: KnownIntent | null;
}

export const closingOutcomes: readonly string[] = ['resolved', 'sold', 'lost', 'cancelled'];

export const inOrder = (a: Reading, b: Reading): number => compareEvents(a.event, b.event);

/** The newest revision of every event once, in total order, as the rules read them. */
export function readEvents(events: readonly OwnedEvent[], corrections: readonly Correction[], settings: HierarchySettings): Reading[] {
  const newest = new Map<string, OwnedEvent>();
  for (const owned of events) if (owned.event.revision > (newest.get(owned.event.id)?.event.revision ?? -1)) newest.set(owned.event.id, owned);
  return [...newest.values()].sort((a, b) => compareEvents(a.event, b.event)).map((owned) => readEvent(owned, corrections, settings));
}

function readEvent({ event, decidedBy }: OwnedEvent, corrections: readonly Correction[], settings: HierarchySettings): Reading {
  const placed = event.system === 'order' && event.type === 'placed';
  const keys: ReadKey[] = event.issueKeys.map((key) => {
    let state = key.state;
    if (state === undefined && event.system === 'order' && key.kind === 'order')
      state = event.type === 'placed' ? 'opened' : event.type === 'delivered' ? 'closed' : event.type === 'cancelled' ? 'cancelled' : undefined;
    return { kind: key.kind, key: `${key.kind}:${key.namespace}:${key.value}`, state };
  });
  if (event.startedBy === 'callback' || event.type === 'callbackAccepted')
    for (const link of event.contactLinks) {
      const key = `callback:${link.namespace}:${link.value}`;
      if (!keys.some((other) => other.key === key)) keys.push({ kind: 'callback', key, state: undefined });
    }
  const links = event.contactLinks.map((link) => `${link.kind}:${link.namespace}:${link.value}${event.startedBy === 'callback' ? '/callback' : ''}`);
  const relabels = inOrderOfFact(corrections).filter((correction) => correction.kind === 'relabel' && correction.eventId === event.id);
  const relabel = relabels[relabels.length - 1];
  const intents = relabel?.kind === 'relabel' ? [{ family: relabel.family, confidence: 1000, by: 'person' as const }, ...event.intents] : event.intents;
  return {
    event,
    decidedBy,
    id: event.id,
    start: event.occurredAt,
    end: event.endedAt ?? event.occurredAt,
    live: event.presence === 'live' && event.purpose === 'service',
    links: [...new Set(links)],
    keys,
    ending: event.ending ?? (event.system === 'acd' && event.type === 'abandoned' ? 'abandoned' : undefined),
    outcome: event.outcome ?? (placed ? 'sold' : undefined),
    shown: best(
      intents
        .filter((intent) => intent.family !== 'unknown' && intent.confidence >= settings.minimumIntentConfidence)
        .map((intent) => ({ family: intent.family, precedence: vocabulary.intentSources.indexOf(intent.by), confidence: intent.confidence })),
    ),
  };
}

/** Corrections in the order in which the later stands. */
export function inOrderOfFact<Fact extends { readonly at: number; readonly id: string }>(facts: readonly Fact[]): Fact[] {
  return [...facts].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** The first of the strongest: precedence, then confidence, then place. */
function best(intents: readonly KnownIntent[]): KnownIntent | null {
  let found: KnownIntent | null = null;
  for (const intent of intents)
    if (!found || intent.precedence < found.precedence || (intent.precedence === found.precedence && intent.confidence > found.confidence)) found = intent;
  return found;
}

/** The strongest intent that these events show. */
export const strongest = (readings: readonly Reading[]): KnownIntent | null => best(readings.flatMap((reading) => reading.shown ?? []));

/** Issue keys that name a topic: all but threads and callbacks. */
export function topicsOf(readings: readonly Reading[]): Set<string> {
  return new Set(readings.flatMap((reading) => reading.keys.filter((key) => key.kind !== 'thread' && key.kind !== 'callback').map((key) => key.key)));
}

export const meet = (a: ReadonlySet<string>, b: ReadonlySet<string>): boolean => [...a].some((value) => b.has(value));

/** The silence between two spans: later start − earlier end, never negative. */
export const gapOf = (a: { start: number; end: number }, b: { start: number; end: number }): number =>
  Math.max(0, a.start <= b.start ? b.start - a.end : a.start - b.end);

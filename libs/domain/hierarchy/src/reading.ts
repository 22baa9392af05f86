import {
  vocabulary,
  type CanonicalEvent,
  type Channel,
  type Correction,
  type Ending,
  type Family,
  type HierarchySettings,
  type Instant,
  type IssueKeyState,
  type Outcome,
  type System,
} from '@throughline/contracts';
import type { EventRef, OwnedEvent } from './hierarchy';

/** What an event says about a family: `rank` is the precedence of its source, 0 strongest. */
export interface ShownIntent {
  readonly family: Family;
  readonly rank: number;
  readonly confidence: number;
}

export interface KeyMention {
  /** `kind:namespace:value`. */
  readonly key: string;
  readonly state?: IssueKeyState;
}

/**
 * An event as the hierarchy reads it (rules §2, "Read as"): nothing the rule does not need, and nothing that depends on another event.
 * Plain data: the incremental form keeps readings of the recent past in the customer's head row, so absent facts are absent keys.
 */
export interface Reading extends EventRef {
  readonly endAt: Instant;
  readonly source: string;
  readonly system: System;
  readonly channel: Channel;
  /** Events of one stream can be one transaction. */
  readonly stream: string;
  readonly sessionKey?: string;
  readonly agent?: string;
  readonly queue?: string;
  /** The customer gave time, for service. */
  readonly live?: true;
  /** Observer or feedback. */
  readonly side?: true;
  readonly byAgent?: true;
  /** `kind:namespace:value`. */
  readonly links?: readonly string[];
  readonly keys?: readonly KeyMention[];
  readonly intent?: ShownIntent;
  readonly ending?: Ending;
  readonly outcome?: Outcome;
  /** The outcome `sold` of an order that was placed. */
  readonly placed?: true;
  /** Says that its transaction is over. */
  readonly ends?: true;
  /** A try that did not reach the customer. */
  readonly attempt?: true;
  readonly aboutEventId?: string;
}

const endTypes: ReadonlySet<string> = new Set(['left', 'selfServed', 'dequeued', 'abandoned', 'ended', 'transferred', 'disposed', 'wrappedUp']);
const separator = '\u001f';

/** Reads one event; `relabel` is the correction in force on it. */
export function readEvent({ event, decidedBy }: OwnedEvent, relabel: Relabel | undefined, settings: HierarchySettings): Reading {
  const intent = shownIntent(event, relabel, settings.minimumIntentConfidence);
  const keys = keysOf(event);
  const links = linksOf(event);
  const outcome = event.outcome ?? (event.system === 'order' && event.type === 'placed' ? 'sold' : undefined);
  const ending = event.ending ?? (event.system === 'acd' && event.type === 'abandoned' ? 'abandoned' : undefined);
  return {
    id: event.id,
    occurredAt: event.occurredAt,
    sourceSequence: event.sourceSequence,
    endAt: event.endedAt ?? event.occurredAt,
    source: event.source,
    system: event.system,
    channel: event.channel,
    stream: streamOf(event, decidedBy),
    ...(event.sessionKey !== undefined && { sessionKey: event.sessionKey }),
    ...(event.agent !== undefined && { agent: event.agent }),
    ...(event.queue !== undefined && { queue: event.queue }),
    ...(event.presence === 'live' && event.purpose === 'service' && { live: true as const }),
    ...((event.presence === 'observer' || event.purpose === 'feedback') && { side: true as const }),
    ...(event.initiator === 'agent' && { byAgent: true as const }),
    ...(links.length > 0 && { links }),
    ...(keys.length > 0 && { keys }),
    ...(intent && { intent }),
    ...(ending && { ending }),
    ...(outcome && { outcome }),
    ...(outcome === 'sold' && event.system === 'order' && event.type === 'placed' && { placed: true as const }),
    ...((ending !== undefined || event.endedAt !== undefined || endTypes.has(event.type)) && { ends: true as const }),
    ...((event.type === 'attempted' || ending === 'noAnswer') && { attempt: true as const }),
    ...(event.purpose === 'feedback' && event.aboutEventId !== undefined && { aboutEventId: event.aboutEventId }),
  };
}

export type Relabel = Extract<Correction, { kind: 'relabel' }>;

/** The relabel in force by event: of several on one event the latest by `(at, id)`. */
export function relabelsOf(corrections: readonly Correction[]): ReadonlyMap<string, Relabel> {
  const standing = new Map<string, Relabel>();
  for (const correction of corrections) {
    if (correction.kind !== 'relabel') continue;
    const other = standing.get(correction.eventId);
    if (!other || other.at < correction.at || (other.at === correction.at && other.id < correction.id)) standing.set(correction.eventId, correction);
  }
  return standing;
}

function streamOf(event: CanonicalEvent, decidedBy: string | null): string {
  const place = `${event.system === 'agent' ? (event.agent ?? '') : ''}${separator}${event.system === 'acd' ? (event.queue ?? '') : ''}`;
  if (event.sessionKey !== undefined) return ['k', event.source, event.system, event.sessionKey, place].join(separator);
  const who = event.clientKey ?? decidedBy;
  return [who === null ? 'n' : 'u', event.source, event.system, event.channel, who ?? '', place].join(separator);
}

function shownIntent(event: CanonicalEvent, relabel: Relabel | undefined, minimumConfidence: number): ShownIntent | undefined {
  let best: ShownIntent | undefined = relabel && relabel.family !== 'unknown' ? { family: relabel.family, rank: 0, confidence: 1000 } : undefined;
  for (const { family, confidence, by } of event.intents) {
    if (family === 'unknown' || confidence < minimumConfidence) continue;
    const rank = vocabulary.intentSources.indexOf(by);
    if (!best || rank < best.rank || (rank === best.rank && confidence > best.confidence)) best = { family, rank, confidence };
  }
  return best;
}

function linksOf(event: CanonicalEvent): string[] {
  const links: string[] = [];
  for (const { kind, namespace, value } of event.contactLinks) {
    const link = `${kind}:${namespace}:${event.startedBy === 'callback' ? `${value}/callback` : value}`;
    if (!links.includes(link)) links.push(link);
  }
  return links;
}

const orderStates: Readonly<Record<string, IssueKeyState>> = { placed: 'opened', delivered: 'closed', cancelled: 'cancelled' };

function keysOf(event: CanonicalEvent): KeyMention[] {
  const keys: KeyMention[] = [];
  for (const { kind, namespace, value, state } of event.issueKeys) {
    const read = state ?? (event.system === 'order' && kind === 'order' ? orderStates[event.type] : undefined);
    keys.push({ key: `${kind}:${namespace}:${value}`, ...(read && { state: read }) });
  }
  if (event.startedBy === 'callback' || event.type === 'callbackAccepted')
    for (const { namespace, value } of event.contactLinks) {
      const key = `callback:${namespace}:${value}`;
      if (!keys.some((other) => other.key === key)) keys.push({ key });
    }
  return keys;
}

/** A key that can tell two issues apart; a thread or a callback cannot. */
export function isTopicKey(key: string): boolean {
  return !key.startsWith('thread:') && !key.startsWith('callback:');
}

import type { CanonicalEvent } from '@throughline/contracts';
import type { Step } from './feedback';

/** The events of one engagement, each with its transaction. */
export interface EventOfTransaction {
  readonly transaction: string;
  readonly event: Pick<CanonicalEvent, 'id' | 'occurredAt' | 'endedAt' | 'sourceSequence' | 'system' | 'type' | 'channel' | 'presence' | 'purpose' | 'agent'>;
}

/** One step for each transaction, in the order of their start. Feedback and monitoring are no steps. */
export function engagementSteps(events: readonly EventOfTransaction[]): Step[] {
  const byTransaction = new Map<string, EventOfTransaction['event'][]>();
  for (const { transaction, event } of events) {
    if (event.purpose === 'feedback' || event.presence === 'observer') continue;
    const of = byTransaction.get(transaction);
    if (of) of.push(event);
    else byTransaction.set(transaction, [event]);
  }
  return [...byTransaction.values()].map(stepOf).sort((a, b) => a.startAt - b.startAt || (a.eventId < b.eventId ? -1 : 1));
}

function stepOf(unordered: readonly EventOfTransaction['event'][]): Step {
  const events = [...unordered].sort((a, b) => a.occurredAt - b.occurredAt || a.sourceSequence - b.sourceSequence || (a.id < b.id ? -1 : 1));
  const live = events.filter(({ presence, purpose }) => presence === 'live' && purpose === 'service');
  const shown = live.length > 0 ? live : events;
  return {
    eventId: shown.at(-1)!.id,
    startAt: shown[0]!.occurredAt,
    endAt: Math.max(...shown.map(({ occurredAt, endedAt }) => endedAt ?? occurredAt)),
    system: shown[0]!.system,
    channel: shown[0]!.channel,
    agent: events.findLast(({ agent }) => agent !== undefined)?.agent ?? null,
    live: live.length > 0,
    visit: visitOf(events),
  };
}

/** A visit that took place after all was one that took place. */
function visitOf(events: readonly EventOfTransaction['event'][]): Step['visit'] {
  if (events[0]!.system !== 'field') return null;
  const has = (...types: string[]): boolean => events.some(({ type }) => types.includes(type));
  return has('arrived', 'completed') ? 'done' : has('missed') ? 'missed' : has('moved') ? 'moved' : null;
}

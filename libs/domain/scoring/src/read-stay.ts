import type { StayReading } from './readings';
import type { ScoredTransaction } from './scoring-input';

/** The clocks of a queue and of a desktop differ: who took a call may seem to have begun this long before it left the queue. */
const clocksDifferMs = 10_000;

/** Reads one stay in a queue; `others` are the contact's transactions in order of their live start. */
export function readStay(stay: ScoredTransaction, others: readonly ScoredTransaction[]): StayReading {
  const { startAt, endAt } = stay.live!;
  const abandoned = stay.events.some(({ type, ending }) => type === 'abandoned' || ending === 'abandoned');
  const left = abandoned || stay.events.some(({ type }) => type === 'callbackAccepted');
  const taker = left
    ? undefined
    : others.find(
        ({ system, live, agent }) => system === 'agent' && agent !== null && live !== null && live.startAt >= Math.max(startAt, endAt - clocksDifferMs),
      );
  return {
    anchor: stay.anchor,
    at: startAt,
    leftAt: endAt,
    abandoned,
    queue: stay.queue,
    channel: stay.channel,
    site: (taker ?? stay).events.find(({ site }) => site !== undefined)?.site ?? null,
    agent: taker?.agent ?? null,
  };
}

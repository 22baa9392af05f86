import type { CanonicalEvent, Family, IssueKeyState, Outcome } from '@throughline/contracts';
import { idOf } from './test-upstream';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Monday 2 March 2026, 12:00 UTC. */
export const noon = Date.UTC(2026, 2, 2, 12);

/** An event; `name` makes its id. */
export function eventOf(name: string, occurredAt: number, more: Partial<CanonicalEvent> & Pick<CanonicalEvent, 'system' | 'type' | 'channel'>): CanonicalEvent {
  return {
    id: idOf(name),
    revision: 0,
    source: 'test',
    sourceEventId: name,
    sourceSequence: 0,
    occurredAt,
    receivedAt: occurredAt,
    initiator: 'customer',
    presence: 'live',
    purpose: 'service',
    identifiers: [],
    contactLinks: [],
    issueKeys: [],
    intents: [],
    attributes: {},
    ...more,
  };
}

interface CallStory {
  readonly family?: Family;
  readonly outcome?: Outcome;
  readonly agent?: string;
  readonly ticket?: readonly [value: string, state?: IssueKeyState];
  readonly ending?: 'completed' | 'technical';
}

/** A call: menu, queue and talk, nine minutes in all. */
export function callOf(name: string, at: number, { family, outcome, agent = 'ann', ticket, ending = 'completed' }: CallStory): CanonicalEvent[] {
  const link = { sessionKey: name, contactLinks: [{ kind: 'call' as const, namespace: '', value: name }] };
  const voice = (part: string, after: number, more: Partial<CanonicalEvent> & Pick<CanonicalEvent, 'system' | 'type'>) =>
    eventOf(`${name}-${part}`, at + after, { channel: 'voice', ...link, ...more });
  const leg = { system: 'agent', agent, initiator: 'agent' } as const;
  return [
    voice('entered', 0, { system: 'ivr', type: 'entered' }),
    voice('node', 5_000, { system: 'ivr', type: 'nodeEntered', attributes: { node: `main.${family ?? 'other'}` } }),
    voice('left', 25_000, { system: 'ivr', type: 'left' }),
    voice('enqueued', 25_000, { system: 'acd', type: 'enqueued', queue: 'service', initiator: 'system' }),
    voice('dequeued', 3 * minute, { system: 'acd', type: 'dequeued', queue: 'service', initiator: 'system' }),
    voice('connected', 3 * minute, { ...leg, type: 'connected' }),
    ...(family && ending === 'completed'
      ? [
          voice('disposed', 8 * minute, {
            ...leg,
            type: 'disposed',
            intents: [{ intent: `${family} matter`, family, confidence: 900, by: 'disposition' }],
            ...(outcome && { outcome }),
            ...(ticket && { issueKeys: [{ kind: 'ticket', namespace: '', value: ticket[0], ...(ticket[1] && { state: ticket[1] }) }] }),
          }),
        ]
      : []),
    voice('ended', 9 * minute, { ...leg, type: 'ended', ending }),
  ];
}

/** A stream of numbers in [0, 1), the same for the same seed (the generator of Lehmer, 1951). */
export function dice(seed: number): () => number {
  let state = (seed * 48_271 + 11) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** A customer's events over half a year, of all sorts, drawn from a seed. */
export function storyOf(seed: number, contacts: number): CanonicalEvent[] {
  const roll = dice(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(roll() * list.length)]!;
  const events: CanonicalEvent[] = [];
  let at = noon;
  for (let place = 0; place < contacts; place += 1) {
    at += pick([minute, 30 * minute, 3 * hour, day, 3 * day, 6 * day, 8 * day, 13 * day, 20 * day]) + Math.floor(roll() * hour);
    const name = `${seed}-${place}`;
    const family = pick<Family | undefined>(['fault', 'billing', 'purchase', undefined]);
    const ticket = roll() < 0.3 ? ([pick(['T1', 'T2']), pick<IssueKeyState | undefined>(['opened', 'closed', undefined])] as const) : undefined;
    const kind = Math.floor(roll() * 9);
    const call: CallStory = { agent: pick(['ann', 'bob', 'cleo']), ...(family && { family }), ...(ticket && { ticket }) };
    const company = { channel: 'voice', presence: 'away', initiator: 'system' } as const;
    const last = events.at(-1);
    if (kind < 4) events.push(...callOf(name, at, { ...call, outcome: pick<Outcome>(['resolved', 'unresolved']) }));
    else if (kind === 4) events.push(...callOf(name, at, { ...call, ending: 'technical' }));
    else if (kind === 5)
      events.push(
        eventOf(name, at, {
          system: 'web',
          type: 'pageViewed',
          channel: 'web',
          sessionKey: name,
          intents: family ? [{ intent: family, family, confidence: 700, by: 'page' }] : [],
        }),
      );
    else if (kind === 6)
      events.push(
        eventOf(name, at, {
          ...company,
          system: 'crm',
          type: 'ticketClosed',
          outcome: 'resolved',
          issueKeys: [{ kind: 'ticket', namespace: '', value: 'T1', state: 'closed' }],
        }),
      );
    else if (kind === 7)
      events.push(
        eventOf(name, at, {
          ...company,
          system: 'order',
          type: 'placed',
          issueKeys: [{ kind: 'order', namespace: '', value: name, state: 'opened' }],
          amount: { minorUnits: 1_000 + place, currency: 'USD' },
        }),
      );
    else if (last)
      events.push(
        eventOf(name, at, {
          system: 'survey',
          type: 'answered',
          channel: 'email',
          purpose: 'feedback',
          presence: 'away',
          aboutEventId: last.id,
          attributes: {
            answers: [
              { question: 'solved', value: Math.round(roll()) },
              { question: 'empathy', value: 4, touch: { kind: 'agent', name: 'ann' } },
            ],
          },
        }),
      );
  }
  return events;
}

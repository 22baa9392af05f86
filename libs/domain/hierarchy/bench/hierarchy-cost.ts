import { defaultHierarchySettings as settings, type CanonicalEvent } from '@throughline/contracts';
import { buildJourney, type OwnedEvent } from '../src/index';
import { InMemoryJourney } from '../src/in-memory-journeys';

/**
 * What the rule costs, without any database: full builds a second by size of the customer, and one more event for a customer with 10 and with
 * 10,000 past events. Run: node tools/build/bundle.mjs libs/domain/hierarchy/bench/hierarchy-cost.ts dist/bench/hierarchy-cost.mjs && node dist/bench/hierarchy-cost.mjs
 */
const minute = 60_000;
const hour = 60 * minute;
const start = Date.UTC(2024, 0, 1);

let count = 0;
const eventAt = (at: number, fields: Partial<CanonicalEvent>): OwnedEvent => {
  count += 1;
  const id = `00000000-0000-5000-a000-${String(count).padStart(12, '0')}`;
  return {
    decidedBy: 'customerNumber::1',
    event: {
      id,
      revision: 0,
      source: 'desk',
      sourceEventId: id,
      sourceSequence: 0,
      occurredAt: at,
      receivedAt: at,
      system: 'web',
      type: 'pageViewed',
      channel: 'web',
      initiator: 'customer',
      presence: 'live',
      purpose: 'service',
      identifiers: [],
      contactLinks: [],
      issueKeys: [],
      intents: [],
      attributes: {},
      ...fields,
    },
  };
};

const families = ['fault', 'billing', 'information', 'purchase', 'complaint'] as const;

/** One contact: a call of six events, a chat of five, a web visit of four, or an agent's note with a ticket. Tickets live for weeks. */
function contact(at: number, turn: number): OwnedEvent[] {
  const family = families[Math.floor(turn / 7) % families.length]!;
  const ticket = { kind: 'ticket', namespace: '', value: `T${Math.floor(turn / 25)}` } as const;
  const intents = turn % 3 === 0 ? [{ intent: family, family, confidence: 900, by: 'statement' as const }] : [];
  const key = `s${turn}`;
  const links = { contactLinks: [{ kind: 'call' as const, namespace: '', value: key }], sessionKey: key };
  if (turn % 4 === 0)
    return [
      eventAt(at, { system: 'ivr', type: 'entered', channel: 'voice', ...links }),
      eventAt(at + minute, { system: 'ivr', type: 'left', channel: 'voice', ...links }),
      eventAt(at + minute, { system: 'acd', type: 'enqueued', channel: 'voice', queue: 'q', ...links }),
      eventAt(at + 2 * minute, { system: 'acd', type: 'dequeued', channel: 'voice', queue: 'q', ...links }),
      eventAt(at + 2 * minute, { system: 'agent', type: 'connected', channel: 'voice', agent: 'a', intents, issueKeys: [ticket], ...links }),
      eventAt(at + 7 * minute, { system: 'agent', type: 'ended', channel: 'voice', agent: 'a', ending: 'completed', ...links }),
    ];
  if (turn % 4 === 1)
    return [0, 1, 2, 3, 4].map((step) =>
      eventAt(at + step * minute, { system: 'chat', type: 'messageReceived', channel: 'chat', sessionKey: key, intents: step === 0 ? intents : [] }),
    );
  if (turn % 4 === 2) return [0, 1, 2, 3].map((step) => eventAt(at + step * minute, { clientKey: 'c', sourceSequence: step }));
  return [
    eventAt(at, {
      system: 'crm',
      type: turn % 25 === 3 ? 'ticketOpened' : 'ticketChanged',
      channel: 'voice',
      presence: 'away',
      initiator: 'agent',
      agent: 'a',
      issueKeys: [turn % 25 === 3 ? { ...ticket, state: 'opened' } : ticket],
    }),
  ];
}

export function customer(size: number, everyMs: number, from = start): OwnedEvent[] {
  const events: OwnedEvent[] = [];
  for (let turn = 0; events.length < size; turn += 1) events.push(...contact(from + turn * everyMs, turn));
  return events.slice(0, size);
}

for (const size of [30, 300, 10_000]) {
  const events = customer(size, 9 * hour);
  const rounds = Math.max(3, Math.floor(60_000 / size));
  for (let round = 0; round < rounds / 4; round += 1) buildJourney({ customerId: 'c', events, corrections: [], settings });
  const from = performance.now();
  for (let round = 0; round < rounds; round += 1) buildJourney({ customerId: 'c', events, corrections: [], settings });
  const perBuild = (performance.now() - from) / rounds;
  console.log(`full build, ${size} events: ${Math.round(1000 / perBuild)} a second, ${((perBuild * 1000) / size).toFixed(2)} µs an event`);
}

/** Grows a customer to `size` events in one build, then adds events one by one; answers µs and rows of each. */
function appendCost(size: number, everyMs: number): string {
  const events = customer(size + 300, everyMs);
  const store = new InMemoryJourney('c', settings, { now: start + 1000 * 365 * 24 * hour });
  const past = events.slice(0, size);
  store.apply({ fromAt: start, toAt: past[past.length - 1]!.event.occurredAt }, past, [], () => past);
  const before = { read: store.rowsRead, written: store.rowsWritten, rebuilds: store.rebuilds.length };
  const added = size < 100 ? 30 : 300;
  const times: number[] = [];
  for (const event of events.slice(size, size + added)) {
    past.push(event);
    const at = event.event.occurredAt;
    const window = past.slice(-10).filter(({ event: { occurredAt } }) => occurredAt === at);
    const from = performance.now();
    store.apply({ fromAt: at, toAt: at }, window, [], () => past);
    times.push(performance.now() - from);
  }
  times.sort((a, b) => a - b);
  const mean = times.reduce((sum, time) => sum + time, 0) / times.length;
  return (
    `${size} past events: median ${Math.round(times[times.length >> 1]! * 1000)} µs, mean ${Math.round(mean * 1000)} µs; ` +
    `rows read ${((store.rowsRead - before.read) / added).toFixed(2)}, written ${((store.rowsWritten - before.written) / added).toFixed(2)}; ` +
    `head ${store.head!.length} bytes; rebuilds ${store.rebuilds.length - before.rebuilds}`
  );
}

for (const everyMs of [24 * hour, 9 * hour, 2 * hour]) {
  for (let warm = 0; warm < 3; warm += 1) appendCost(300, everyMs);
  console.log(`one more event, a contact every ${everyMs / hour} h`);
  for (const size of [10, 100, 10_000]) console.log(`  ${appendCost(size, everyMs)}`);
}

// The seeded workload of the fault harness: small customers with calls, chats, web visits and tickets, and the disorder that real sources bring.
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { uniformInt } from 'pure-rand/distribution/uniformInt';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const firstDay = Date.UTC(2026, 2, 2);

/** A card number that passes every test of a card number; nothing that the harness writes may still hold it. */
export const plantedCard = '4111 1111 1111 1111';

function dice(seed) {
  const generator = xoroshiro128plus(seed);
  return {
    whole: (from, to) => uniformInt(generator, from, to),
    chance: (perMille) => uniformInt(generator, 1, 1000) <= perMille,
    pick: (list) => list[uniformInt(generator, 0, list.length - 1)],
  };
}

const phoneOf = (n) => `+1${200 + (Math.floor(n / 100) % 700)}55501${String(n % 100).padStart(2, '0')}`;
const emailOf = (run, n) => `person-${run}-${n}@example.com`;

/**
 * `events` posted events of `customers` people in the order in which they are delivered: 10 % sent twice, 15 % out of order by up to three days, 2 % malformed,
 * two ids re-used for another body. `run` keeps the ids of two workloads apart. Each entry is `{ body, malformed }`.
 */
export function workload({ run, seed = 1, events = 2_000, customers = 120 }) {
  const { whole, chance, pick } = dice(seed);
  const made = [];
  let count = 0;
  const add = (at, fields) => {
    made.push({ sourceEventId: `${run}-${(count += 1)}`, occurredAt: at, ...fields });
  };
  const naming = (n, most) => {
    const all = [
      { kind: 'customerNumber', value: `${run}${10_000 + n}`, verified: true },
      { kind: 'email', value: emailOf(run, n) },
      { kind: 'phone', value: phoneOf(n) },
    ];
    return most ? all : [pick(all)];
  };
  const call = (n, at, call, intent) => {
    const contactLinks = [{ kind: 'call', namespace: 'pbx', value: call }];
    const common = { contactLinks, sessionKey: call };
    const agent = `agent-${whole(1, 12)}`;
    add(at, { ...common, system: 'ivr', type: 'entered', identifiers: naming(n, chance(400)) });
    add(at + 20_000, { ...common, system: 'ivr', type: 'left', ending: 'transferred' });
    add(at + 21_000, { ...common, system: 'acd', type: 'enqueued', queue: 'service' });
    const answered = at + 21_000 + whole(1, 300) * 1000;
    if (chance(150)) return add(answered, { ...common, system: 'acd', type: 'abandoned', queue: 'service', ending: 'abandoned' });
    add(answered, { ...common, system: 'acd', type: 'dequeued', queue: 'service', ending: 'completed' });
    add(answered, { ...common, system: 'agent', type: 'connected', agent, intents: intent });
    const end = answered + whole(60, 900) * 1000;
    add(end, { ...common, system: 'agent', type: 'ended', agent, ending: chance(80) ? 'technical' : 'completed' });
    if (chance(300))
      add(end + whole(1, 10) * minute, {
        system: 'crm',
        type: 'noteWritten',
        agent,
        identifiers: naming(n, false),
        initiator: 'agent',
        attributes: { text: `paid with ${plantedCard}` },
      });
  };
  const families = ['fault', 'billing', 'complaint', 'information', 'purchase'];
  for (let round = 0; made.length < events; round += 1) {
    const n = round % customers;
    const at = firstDay + whole(0, 40) * day + whole(8, 19) * hour + whole(0, 59) * minute + whole(0, 59_999);
    const family = pick(families);
    const intent = chance(700) ? [{ intent: family, family, confidence: whole(500, 1000), by: 'disposition' }] : undefined;
    const id = `${run}-call-${round}`;
    if (chance(550)) {
      call(n, at, id, intent);
      if (chance(200)) call(n, at + whole(1, 45) * minute, `${id}-again`, intent);
    } else if (chance(500)) {
      const browser = `browser-${run}-${chance(100) ? (n + 1) % customers : n}`;
      for (let page = 0; page < whole(1, 6); page += 1)
        add(at + page * whole(1, 20) * minute, {
          system: 'web',
          type: 'pageViewed',
          sessionKey: `${id}-web`,
          clientKey: browser,
          identifiers: [{ kind: 'cookie', value: browser }],
        });
      if (chance(400))
        add(at + 40 * minute, {
          system: 'web',
          type: 'formSent',
          sessionKey: `${id}-web`,
          clientKey: browser,
          identifiers: [{ kind: 'cookie', value: browser }, ...naming(n, true)],
        });
    } else {
      const ticket = [{ kind: 'ticket', value: `${id}-ticket` }];
      add(at, { system: 'crm', type: 'ticketOpened', identifiers: naming(n, true), issueKeys: [{ ...ticket[0], state: 'opened' }] });
      add(at + whole(1, 6) * day, {
        system: 'crm',
        type: 'ticketClosed',
        identifiers: naming(n, false),
        issueKeys: [{ ...ticket[0], state: 'closed' }],
        outcome: 'resolved',
      });
      add(at + whole(1, 3) * hour, { system: 'email', type: 'messageReceived', identifiers: naming(n, false), issueKeys: ticket, intents: intent });
    }
  }
  return disordered(
    made.sort((a, b) => a.occurredAt - b.occurredAt),
    { whole, chance },
  );
}

function disordered(events, { whole, chance }) {
  const delivered = [];
  events.forEach((body, index) => {
    const late = chance(150) ? whole(0, 3 * day) : 0;
    if (chance(20)) delivered.push({ at: body.occurredAt, body: broken(body, index), malformed: true });
    else delivered.push({ at: body.occurredAt + late, body, malformed: false });
    if (chance(100)) delivered.push({ at: body.occurredAt + whole(0, 2 * day), body, malformed: false });
  });
  return delivered.sort((a, b) => a.at - b.at || (a.body.sourceEventId < b.body.sourceEventId ? -1 : 1)).map(({ body, malformed }) => ({ body, malformed }));
}

function broken(body, index) {
  const faults = [
    { ...body, type: 'nothingLikeThis' },
    { ...body, occurredAt: 'yesterday' },
    { ...body, endedAt: body.occurredAt - 1 },
    { ...body, system: 'telepathy' },
  ];
  return { ...faults[index % faults.length], sourceEventId: `${body.sourceEventId}-broken` };
}

/** Batches of at most `size` in delivery order. */
export function batchesOf(items, size) {
  const batches = [];
  for (let from = 0; from < items.length; from += size) batches.push(items.slice(from, from + size));
  return batches;
}

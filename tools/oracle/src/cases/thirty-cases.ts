import { day, hour, identifier, key, link, march, me, minute, second, Story, wants } from './story';

/** What is counted of all customers of the story together. T are contact transactions, items the others. */
export interface Expected {
  readonly customers?: number;
  readonly transactions: number;
  readonly items?: number;
  readonly interactions: number;
  readonly engagements: number;
  readonly states?: readonly string[];
}

export interface Case {
  readonly name: string;
  readonly story: () => Story;
  readonly asOf: number;
  readonly expected: Expected;
}

const later = march('30 12:00');
const one = { interactions: 1, engagements: 1 };

function withFaultCall(at: number, options: Partial<Parameters<Story['call']>[1]> = {}): Story {
  const story = new Story();
  story.call(at, { id: '1', family: 'fault', ...options });
  return story;
}

function noteAfterCall(): Story {
  const story = withFaultCall(march('2 15:05'));
  story.item(march('2 15:12') + 2 * minute, 'noteWritten', []);
  return story;
}

function failedChat(reply: boolean): Story {
  const story = new Story();
  const billing = { intents: [wants('billing')] };
  const thread = [key('thread', 't1')];
  story.add(march('2 09:00'), { system: 'chat', type: 'started', channel: 'chat', sessionKey: 'ch1', ...billing });
  story.add(march('2 09:10'), { system: 'chat', type: 'ended', channel: 'chat', sessionKey: 'ch1', outcome: 'unresolved' });
  story.add(march('3 09:00'), { system: 'email', type: 'messageReceived', channel: 'email', issueKeys: thread, ...billing });
  if (reply) story.add(march('4 09:00'), { system: 'email', type: 'messageSent', channel: 'email', initiator: 'agent', presence: 'away', issueKeys: thread });
  story.call(march('5 09:00'), { id: '1', family: 'billing', outcome: 'resolved' });
  return story;
}

function internetStory(): Story {
  const story = new Story();
  const visit = (at: number, keys: Parameters<Story['item']>[2], agent: string) =>
    story.add(at, {
      system: 'field',
      type: 'completed',
      channel: 'field',
      initiator: 'agent',
      endedAt: at + hour,
      issueKeys: keys,
      agent,
      intents: [wants('fault')],
    });
  const booked = (at: number, keys: Parameters<Story['item']>[2]) =>
    story.add(at, { system: 'field', type: 'booked', channel: 'field', initiator: 'system', presence: 'away', issueKeys: keys });
  story.page(march('2 10:00'), { type: 'formSent', issueKeys: [key('appointment', 'R1')], intents: [wants('fault', 'page')] });
  booked(march('2 10:05'), [key('appointment', 'R1', 'opened')]);
  story.call(march('3 18:00'), { id: '1', family: 'fault', keys: [key('appointment', 'R1')] });
  visit(march('4 09:00'), [key('appointment', 'R1', 'closed')], 't1');
  story.add(march('9 08:00'), {
    system: 'ivr',
    type: 'entered',
    channel: 'voice',
    sessionKey: '2',
    intents: [wants('fault', 'menu')],
    contactLinks: [link('call', '2')],
  });
  story.add(march('9 08:03'), {
    system: 'ivr',
    type: 'selfServed',
    channel: 'voice',
    sessionKey: '2',
    issueKeys: [key('appointment', 'R2')],
    contactLinks: [link('call', '2')],
  });
  booked(march('9 08:04'), [key('appointment', 'R2', 'opened')]);
  story.call(march('9 10:00'), { id: '3', family: 'fault' });
  story.item(march('9 10:08'), 'ticketOpened', [key('ticket', 'K3', 'opened')]);
  const done = visit(march('11 10:00'), [key('ticket', 'K3', 'closed')], 't1');
  story.add(march('12 10:00'), {
    system: 'agent',
    type: 'connected',
    channel: 'voice',
    initiator: 'agent',
    agent: 't2',
    endedAt: march('12 10:04'),
    issueKeys: [key('appointment', 'R2')],
    intents: [wants('fault')],
  });
  story.item(march('12 10:30'), 'ticketChanged', [key('appointment', 'R2', 'cancelled')], { initiator: 'system' });
  const survey = { system: 'survey', channel: 'email', purpose: 'feedback', initiator: 'system', aboutEventId: done.id } as const;
  story.add(march('12 19:00'), { ...survey, type: 'sent', presence: 'none' });
  story.add(march('13 08:00'), { ...survey, type: 'answered', presence: 'live' });
  return story;
}

function queueThenCallback(wait: number): Story {
  const story = new Story();
  const common = { channel: 'voice', contactLinks: [link('call', '1')], sessionKey: '1' } as const;
  story.add(march('2 10:00'), { ...common, system: 'ivr', type: 'entered' });
  story.add(march('2 10:01'), { ...common, system: 'ivr', type: 'left' });
  story.add(march('2 10:01'), { ...common, system: 'acd', type: 'enqueued', queue: 'q1' });
  story.add(march('2 10:02'), { ...common, system: 'acd', type: 'callbackAccepted', queue: 'q1' });
  const back = march('2 10:02') + wait;
  story.add(back, { ...common, system: 'agent', type: 'connected', agent: 'a1', initiator: 'agent', startedBy: 'callback' });
  story.add(back + 5 * minute, { ...common, system: 'agent', type: 'ended', agent: 'a1', startedBy: 'callback' });
  return story;
}

function twoCalls(gap: number, first: Partial<Parameters<Story['call']>[1]>, next: Partial<Parameters<Story['call']>[1]>, at = march('2 10:00')): Story {
  const story = new Story();
  const end = story.call(at, { id: '1', ...first });
  story.call(end + gap, { id: '2', ...next });
  return story;
}

const phone = identifier('phone', '+1 202 555 0143');

function onePhone(): Story {
  const story = new Story();
  story.call(march('2 10:00'), { id: '1', by: [phone, identifier('customerNumber', '1')], family: 'fault' });
  story.call(march('3 10:00'), { id: '2', by: [phone, identifier('customerNumber', '2')], family: 'billing' });
  story.call(march('4 10:00'), { id: '3', by: [phone], family: 'fault' });
  return story;
}

function decided(kind: 'household' | 'assign'): Story {
  const story = onePhone();
  const common = { id: story.id(), at: march('5 09:00'), by: 'eva' };
  const [one, two] = ['1', '2'].map((value) => ({ kind: 'customerNumber' as const, namespace: '', value }));
  if (kind === 'household') story.decisions.push({ ...common, kind, a: one!, b: two! });
  else story.decisions.push({ ...common, kind, value: { kind: 'phone', namespace: '', value: '(202) 555-0143' }, to: one!, from: march('4 00:00') });
  return story;
}

function officeLine(): Story {
  const story = new Story();
  for (let account = 1; account <= 12; account += 1)
    story.item(march('1 08:00') + account * hour, 'noteWritten', [], {
      identifiers: [phone, identifier('customerNumber', `A${account}`)],
      initiator: 'system',
    });
  for (const id of ['1', '2', '3']) story.call(march('2 10:00') + Number(id) * second, { id, by: [phone], family: 'fault' });
  return story;
}

function twoTopics(): Story {
  const story = new Story();
  const common = { channel: 'voice', sessionKey: '1', contactLinks: [link('call', '1')] } as const;
  story.add(march('2 10:00'), { ...common, system: 'ivr', type: 'entered', endedAt: march('2 10:01') });
  story.add(march('2 10:01'), { ...common, system: 'acd', type: 'enqueued', queue: 'q1', endedAt: march('2 10:02') });
  story.add(march('2 10:02'), { ...common, system: 'agent', type: 'connected', agent: 'a1', intents: [wants('billing')] });
  story.add(march('2 10:08'), { ...common, system: 'agent', type: 'resumed', agent: 'a1', intents: [wants('accountChange')] });
  story.add(march('2 10:10'), { ...common, system: 'agent', type: 'ended', agent: 'a1', ending: 'completed' });
  return story;
}

function abandonedThenOrder(at: string): Story {
  const story = new Story();
  const common = { channel: 'voice', sessionKey: '1', contactLinks: [link('call', '1')] } as const;
  story.add(march('2 10:00'), { ...common, system: 'ivr', type: 'entered', endedAt: march('2 10:01') });
  story.add(march('2 10:01'), { ...common, system: 'acd', type: 'enqueued', queue: 'q1' });
  story.add(march('2 10:02'), { ...common, system: 'acd', type: 'abandoned', queue: 'q1' });
  const basket = [link('related', 'basket')];
  const order = [key('order', 'O1')];
  story.page(march(at), { type: 'clicked', contactLinks: basket, issueKeys: order, intents: [wants('purchase', 'page')] });
  story.add(march(at) + minute, {
    system: 'order',
    type: 'placed',
    channel: 'web',
    initiator: 'system',
    presence: 'away',
    contactLinks: basket,
    issueKeys: order,
  });
  return story;
}

function orderDeliveredReturned(): Story {
  const story = new Story();
  const order = [key('order', 'O1')];
  const item = { system: 'order', channel: 'web', initiator: 'system', presence: 'away', issueKeys: order } as const;
  story.page(march('2 10:00'), { type: 'clicked', issueKeys: order, intents: [wants('purchase', 'page')] });
  story.add(march('2 10:01'), { ...item, type: 'placed' });
  story.call(march('4 10:00'), { id: '1', family: 'delivery', keys: order });
  story.add(march('5 10:00'), { ...item, type: 'delivered' });
  story.call(march('15 10:00'), { id: '2', family: 'return', keys: order });
  return story;
}

function ticketAgain(after: number): Story {
  const story = withFaultCall(march('2 10:00'), { keys: [key('ticket', 'K1')] });
  story.item(march('2 10:08'), 'ticketOpened', [key('ticket', 'K1', 'opened')]);
  story.item(march('3 10:00'), 'ticketClosed', [key('ticket', 'K1', 'closed')]);
  story.call(march('3 10:00') + after, { id: '2', family: 'fault', keys: [key('ticket', 'K1')] });
  return story;
}

function statusChanges(): Story {
  const story = withFaultCall(march('2 10:00'), { keys: [key('ticket', 'K1')] });
  story.item(march('2 10:08'), 'ticketOpened', [key('ticket', 'K1', 'opened')]);
  story.item(march('6 02:00'), 'ticketChanged', [key('ticket', 'K1')], { initiator: 'system' });
  story.add(march('6 02:00'), { system: 'order', type: 'shipped', channel: 'web', initiator: 'system', presence: 'away', issueKeys: [key('order', 'O9')] });
  return story;
}

function mailBlast(customers: number): Story {
  const story = new Story();
  for (let customer = 1; customer <= customers; customer += 1)
    story.add(march('2 10:00'), {
      system: 'campaign',
      type: 'sent',
      channel: 'email',
      purpose: 'marketing',
      initiator: 'system',
      presence: 'away',
      identifiers: [identifier('email', `reader${customer}@example.org`)],
    });
  story.page(march('2 11:00'), { identifiers: [identifier('email', 'Reader7@example.org')] });
  return story;
}

function surveyLeg(): Story {
  const story = withFaultCall(march('2 10:00'));
  story.add(march('2 10:07') + 20 * second, {
    system: 'survey',
    type: 'answered',
    channel: 'voice',
    purpose: 'feedback',
    initiator: 'system',
    contactLinks: [link('call', '1')],
    sessionKey: '1',
  });
  return story;
}

function conference(): Story {
  const story = withFaultCall(march('2 10:00'), { minutes: 10 });
  const common = { system: 'agent', channel: 'voice', sessionKey: '1', contactLinks: [link('call', '1')] } as const;
  story.add(march('2 10:05'), { ...common, type: 'conferenced', agent: 'a2', endedAt: march('2 10:10') });
  story.add(march('2 10:06'), { ...common, type: 'monitored', agent: 'boss', presence: 'observer', initiator: 'agent', endedAt: march('2 10:09') });
  return story;
}

export const lateView = (): Story => {
  const story = withFaultCall(march('2 10:00'));
  story.page(march('2 09:40'));
  return story;
};

const x = identifier('email', 'x@example.org');
const y = identifier('email', 'y@example.org');

/** X and Y, with or without the call that names both. */
export function twoCustomers(merged: boolean): Story {
  const story = new Story();
  story.call(march('1 10:00'), { id: '1', by: [x], family: 'purchase' });
  const end = story.call(march('2 10:00'), { id: '2', by: [y], family: 'purchase' });
  if (merged) story.call(end + 15 * minute, { id: '3', by: [x, y], family: 'purchase' });
  return story;
}

const transferred = (): Story => {
  const story = new Story();
  const common = { channel: 'voice', sessionKey: '1', contactLinks: [link('call', '1')] } as const;
  const at = (minutes: number): number => march('2 10:00') + minutes * minute;
  story.add(at(0), { ...common, system: 'ivr', type: 'entered', endedAt: at(1) });
  story.add(at(1), { ...common, system: 'acd', type: 'enqueued', queue: 'q1', endedAt: at(2) });
  story.add(at(2), { ...common, system: 'agent', type: 'connected', agent: 'A', endedAt: at(5), ending: 'transferred', intents: [wants('fault')] });
  story.add(at(5), { ...common, system: 'acd', type: 'enqueued', queue: 'q2', endedAt: at(6) });
  story.add(at(6), { ...common, system: 'agent', type: 'connected', agent: 'B', endedAt: at(9), ending: 'transferred' });
  story.add(at(9), { ...common, system: 'agent', type: 'connected', agent: 'A', endedAt: at(12), ending: 'completed' });
  return story;
};

const browserToTicket = (): Story => {
  const story = new Story();
  const cookie = identifier('cookie', 'k1');
  const caller = [identifier('phone', '+12025550177')];
  story.page(march('2 10:00'), { identifiers: [cookie], clientKey: 'k1' });
  story.page(march('3 10:00'), {
    type: 'formSent',
    clientKey: 'k1',
    identifiers: [cookie, identifier('email', 'ann@example.org'), identifier('phone', '202-555-0177')],
  });
  story.call(march('5 08:30'), { id: '1', by: caller, family: 'fault', keys: [key('ticket', 'K1')] });
  story.item(march('5 08:36'), 'ticketOpened', [key('ticket', 'K1', 'opened')], { identifiers: caller });
  story.call(march('5 12:40'), { id: '2', by: caller, family: 'fault' });
  story.item(march('6 10:00'), 'ticketClosed', [key('ticket', 'K1', 'closed')], { identifiers: caller });
  return story;
};

const sameMillisecond = (): Story => {
  const story = new Story();
  const at = march('2 10:00');
  story.add(at, { system: 'chat', type: 'started', channel: 'chat', sessionKey: 's', sourceSequence: 2 });
  story.add(at, { system: 'chat', type: 'messageReceived', channel: 'chat', sessionKey: 's', sourceSequence: 1 });
  return story;
};

const thrice = (): Story => {
  const story = noteAfterCall();
  const [first] = story.events;
  const copies = [...story.events];
  story.events.push(...copies.reverse(), ...copies, { ...first!, revision: 1, attributes: { corrected: true } });
  return story;
};

const pagesWithoutSession = (): Story => {
  const story = new Story();
  for (const at of [0, 30 * minute, 60 * minute + 1]) story.page(march('2 10:00') + at);
  return story;
};

const atOneSecond = (): Story => {
  const story = new Story();
  for (const number of ['1', '2']) story.call(march('2 10:00'), { id: number, by: [identifier('customerNumber', number)], family: 'fault' });
  return story;
};

const threeScreens = (): Story => {
  const story = withFaultCall(march('2 10:00'), { by: [identifier('login', 'ann')], minutes: 10 });
  const screen = { identifiers: [identifier('login', 'ann')], endedAt: march('2 10:08') };
  story.page(march('2 10:03'), { ...screen, clientKey: 'laptop' });
  story.page(march('2 10:04'), { ...screen, clientKey: 'phone', channel: 'app' });
  return story;
};

const autumn = Date.parse('2026-10-25T00:43:00Z');
const spring = Date.parse('2026-03-29T00:43:00Z');
const billing = { family: 'billing' } as const;
const fault = { family: 'fault' } as const;

/** The thirty cases of the rules, each with the counts the table gives it. */
export const thirtyCases: readonly Case[] = [
  {
    name: '1 a call and the unlinked note two minutes after it',
    story: noteAfterCall,
    asOf: march('3 00:00'),
    expected: { transactions: 3, items: 1, ...one },
  },
  { name: '2 transferred and back', story: transferred, asOf: march('3 00:00'), expected: { transactions: 5, ...one } },
  {
    name: '3 a browser, a form, two calls and a ticket',
    story: browserToTicket,
    asOf: march('7 00:00'),
    expected: { transactions: 8, items: 2, interactions: 4, engagements: 1, states: ['resolved'] },
  },
  {
    name: '4 chat, e-mail, a useless reply, a call',
    story: () => failedChat(true),
    asOf: march('6 00:00'),
    expected: { transactions: 5, items: 1, interactions: 3, engagements: 1, states: ['resolved'] },
  },
  {
    name: '5 the same without a reply',
    story: () => failedChat(false),
    asOf: march('6 00:00'),
    expected: { transactions: 5, interactions: 3, engagements: 1 },
  },
  { name: '6 the internet story', story: internetStory, asOf: march('14 00:00'), expected: { transactions: 11, items: 5, interactions: 7, engagements: 1 } },
  {
    name: '7 cut off, again after two minutes',
    story: () => twoCalls(2 * minute, { ...fault, ending: 'technical' }, fault),
    asOf: later,
    expected: { transactions: 6, ...one },
  },
  {
    name: '8 cut off without intent, again after two days',
    story: () => twoCalls(2 * day, { ending: 'technical' }, fault),
    asOf: later,
    expected: { transactions: 6, interactions: 2, engagements: 1 },
  },
  {
    name: '9 called back after three hours',
    story: () => queueThenCallback(3 * hour),
    asOf: later,
    expected: { transactions: 3, interactions: 2, engagements: 1 },
  },
  { name: '10 called back after ten minutes', story: () => queueThenCallback(10 * minute), asOf: later, expected: { transactions: 3, ...one } },
  { name: '11a exactly thirty minutes later', story: () => twoCalls(30 * minute, billing, billing), asOf: later, expected: { transactions: 6, ...one } },
  {
    name: '11b one millisecond more',
    story: () => twoCalls(30 * minute + 1, billing, billing),
    asOf: later,
    expected: { transactions: 6, interactions: 2, engagements: 1 },
  },
  { name: '12 three page views without session', story: pagesWithoutSession, asOf: later, expected: { transactions: 2, interactions: 2, engagements: 1 } },
  { name: '13 the clock goes back', story: () => twoCalls(20 * minute, fault, fault, autumn), asOf: autumn + day, expected: { transactions: 6, ...one } },
  { name: '13 the clock goes forward', story: () => twoCalls(25 * minute, fault, fault, spring), asOf: spring + day, expected: { transactions: 6, ...one } },
  { name: '14 two events of one millisecond', story: sameMillisecond, asOf: later, expected: { transactions: 1, ...one } },
  { name: '15 sent three times, one corrected', story: thrice, asOf: march('3 00:00'), expected: { transactions: 3, items: 1, ...one } },
  { name: '16 two accounts on one phone', story: onePhone, asOf: later, expected: { customers: 3, transactions: 9, interactions: 3, engagements: 3 } },
  {
    name: '17 the two are a household',
    story: () => decided('household'),
    asOf: later,
    expected: { customers: 3, transactions: 9, interactions: 3, engagements: 3 },
  },
  {
    name: '17 the phone is given to account 1',
    story: () => decided('assign'),
    asOf: later,
    expected: { customers: 2, transactions: 9, interactions: 3, engagements: 2 },
  },
  { name: '18 an office line', story: officeLine, asOf: later, expected: { customers: 15, transactions: 9, items: 12, interactions: 3, engagements: 3 } },
  { name: '19 two customers in one second', story: atOneSecond, asOf: later, expected: { customers: 2, transactions: 6, interactions: 2, engagements: 2 } },
  { name: '20 laptop and phone during a call', story: threeScreens, asOf: later, expected: { transactions: 5, ...one } },
  { name: '21 two topics in one call', story: twoTopics, asOf: later, expected: { transactions: 3, interactions: 1, engagements: 2 } },
  {
    name: '22a abandoned, ordered after 18 minutes',
    story: () => abandonedThenOrder('2 10:20'),
    asOf: later,
    expected: { transactions: 3, items: 1, interactions: 1, engagements: 1, states: ['sold'] },
  },
  {
    name: '22b abandoned, ordered after two hours',
    story: () => abandonedThenOrder('2 12:00'),
    asOf: later,
    expected: { transactions: 3, items: 1, interactions: 2, engagements: 1, states: ['sold'] },
  },
  {
    name: '23 ordered, asked, delivered, returned',
    story: orderDeliveredReturned,
    asOf: later,
    expected: { transactions: 7, items: 2, interactions: 3, engagements: 2 },
  },
  {
    name: '24a seven days after the ticket was closed',
    story: () => ticketAgain(7 * day),
    asOf: later,
    expected: { transactions: 6, items: 2, interactions: 2, engagements: 1 },
  },
  {
    name: '24b one millisecond more',
    story: () => ticketAgain(7 * day + 1),
    asOf: later,
    expected: { transactions: 6, items: 2, interactions: 2, engagements: 2 },
  },
  { name: '25 status changes by night', story: statusChanges, asOf: later, expected: { transactions: 3, items: 3, interactions: 1, engagements: 1 } },
  { name: '26 a mail blast and one click', story: () => mailBlast(200), asOf: later, expected: { customers: 200, transactions: 1, items: 200, ...one } },
  { name: '27 an automatic survey leg', story: surveyLeg, asOf: later, expected: { transactions: 3, items: 1, ...one } },
  { name: '28 a conference with a listener', story: conference, asOf: later, expected: { transactions: 4, items: 1, ...one } },
  { name: '29 a page view that arrives a week late', story: lateView, asOf: later, expected: { transactions: 4, ...one } },
  {
    name: '30 X and Y before they are merged',
    story: () => twoCustomers(false),
    asOf: later,
    expected: { customers: 2, transactions: 6, interactions: 2, engagements: 2 },
  },
  {
    name: '30 X and Y merged by one call',
    story: () => twoCustomers(true),
    asOf: later,
    expected: { customers: 1, transactions: 9, interactions: 2, engagements: 1 },
  },
];

export { me };

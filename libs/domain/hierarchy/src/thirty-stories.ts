import { day, hour, key, link, march, minute, second, wants, type NamedStory, type Story } from './stories';

/** The cases of the hierarchy among the thirty of the specification (14, 15, 29 and 30 also have their own tests; 16–19 are identity's). */
export const thirtyStories: readonly NamedStory[] = [
  {
    name: '1 a call, and the note of its agent two minutes after the end',
    tell: (story) => {
      const end = story.call(march('2 15:05'), { id: 'c1', family: 'billing' });
      story.item(end + 2 * minute, 'noteWritten', [], { initiator: 'agent', agent: 'a1' });
    },
    asOf: march('2 18:00'),
    expected: { t: 3, items: 1, i: 1, e: 1, states: ['open'] },
  },
  {
    name: '2 menu, queue, agent A, transfer, second queue, agent B, back to A',
    tell: (story) => {
      const call = { channel: 'voice', sessionKey: 'c1', contactLinks: [link('call', 'c1')] } as const;
      const at = march('2 10:00');
      story.add(at, { ...call, system: 'ivr', type: 'entered' });
      story.add(at + minute, { ...call, system: 'acd', type: 'enqueued', queue: 'q1' });
      story.add(at + 2 * minute, { ...call, system: 'agent', type: 'connected', agent: 'A' });
      story.add(at + 5 * minute, { ...call, system: 'agent', type: 'transferred', agent: 'A' });
      story.add(at + 5 * minute, { ...call, system: 'acd', type: 'enqueued', queue: 'q2' });
      story.add(at + 6 * minute, { ...call, system: 'agent', type: 'connected', agent: 'B' });
      story.add(at + 20 * minute, { ...call, system: 'agent', type: 'resumed', agent: 'A' });
      story.add(at + 25 * minute, { ...call, system: 'agent', type: 'ended', agent: 'A' });
    },
    asOf: march('2 18:00'),
    expected: { t: 5, i: 1, e: 1 },
  },
  {
    name: '3 web, a form, two calls of one day, a ticket closed on Friday',
    tell: (story) => {
      story.page(march('2 09:00'), { clientKey: 'b1' });
      story.page(march('3 09:00'), { clientKey: 'b1', type: 'formSent' });
      story.call(march('5 09:00'), { id: 'c1', family: 'fault' });
      story.item(march('5 09:06'), 'ticketOpened', [key('ticket', 'K1', 'opened')], { contactLinks: [link('call', 'c1')] });
      story.call(march('5 13:07'), { id: 'c2', family: 'fault' });
      story.item(march('6 12:00'), 'ticketClosed', [key('ticket', 'K1', 'closed')]);
    },
    asOf: march('8 00:00'),
    expected: { t: 8, items: 2, i: 4, e: 1, states: ['resolved'] },
  },
  {
    name: '4 a failed chat, an e-mail, a useless reply, and the call that solved it',
    tell: (story) => {
      story.add(march('2 10:00'), { system: 'chat', type: 'started', channel: 'chat', sessionKey: 'x', intents: [wants('billing')], ending: 'abandoned' });
      story.add(march('3 10:00'), {
        system: 'email',
        type: 'messageReceived',
        channel: 'email',
        issueKeys: [key('thread', 't1')],
        intents: [wants('billing', 'text')],
      });
      story.add(march('4 10:00'), {
        system: 'email',
        type: 'messageSent',
        channel: 'email',
        presence: 'away',
        initiator: 'agent',
        issueKeys: [key('thread', 't1')],
      });
      story.call(march('5 10:00'), { id: 'c1', family: 'billing', outcome: 'resolved' });
    },
    asOf: march('8 00:00'),
    expected: { t: 5, items: 1, i: 3, e: 1, states: ['resolved'] },
  },
  {
    name: '5 as 4, and nobody answered the e-mail',
    tell: (story) => {
      story.add(march('2 10:00'), { system: 'chat', type: 'started', channel: 'chat', sessionKey: 'x', intents: [wants('billing')], ending: 'abandoned' });
      story.add(march('3 10:00'), {
        system: 'email',
        type: 'messageReceived',
        channel: 'email',
        issueKeys: [key('thread', 't1')],
        intents: [wants('billing', 'text')],
      });
      story.call(march('5 10:00'), { id: 'c1', family: 'billing', outcome: 'resolved' });
    },
    asOf: march('8 00:00'),
    expected: { t: 5, i: 3, e: 1 },
  },
  {
    name: '6 the internet, down twice: orders, technicians, tickets, a survey',
    tell: tellInternet,
    asOf: march('20 00:00'),
    expected: { t: 11, items: 5, i: 7, e: 1, states: ['resolved'] },
  },
  {
    name: '7 cut off by the line, called again two minutes later',
    tell: (story) => {
      const end = story.call(march('2 10:00'), { id: 'c1', ending: 'technical' });
      story.call(end + 2 * minute, { id: 'c2', family: 'fault' });
    },
    asOf: march('3 00:00'),
    expected: { t: 6, i: 1, e: 1 },
  },
  {
    name: '8 cut off without a word, called again after two days with a fault',
    tell: (story) => {
      const end = story.call(march('2 10:00'), { id: 'c1', ending: 'technical' });
      story.call(end + 2 * day, { id: 'c2', family: 'fault' });
    },
    asOf: march('5 00:00'),
    expected: { t: 6, i: 2, e: 1 },
  },
  {
    name: '9 asked to be called back, called back after three hours',
    tell: (story) => tellCallback(story, 3 * hour),
    asOf: march('3 00:00'),
    expected: { t: 3, i: 2, e: 1 },
  },
  {
    name: '10 asked to be called back, called back after ten minutes',
    tell: (story) => tellCallback(story, 10 * minute),
    asOf: march('3 00:00'),
    expected: { t: 3, i: 1, e: 1 },
  },
  {
    name: '11a the second call thirty minutes after the first',
    tell: (story) => tellTwoCalls(story, 30 * minute),
    asOf: march('3 00:00'),
    expected: { t: 6, i: 1, e: 1 },
  },
  {
    name: '11b the second call thirty minutes and a millisecond after the first',
    tell: (story) => tellTwoCalls(story, 30 * minute + 1),
    asOf: march('3 00:00'),
    expected: { t: 6, i: 2, e: 1 },
  },
  {
    name: '12 page views at 0, 30:00.000 and 60:00.001 minutes',
    tell: (story) => {
      for (const after of [0, 30 * minute, 60 * minute + 1]) story.page(march('2 10:00') + after, { clientKey: 'b1' });
    },
    asOf: march('3 00:00'),
    expected: { t: 2, i: 2, e: 1 },
  },
  {
    name: '13 clocks that change: twenty real minutes in autumn',
    tell: (story) => {
      story.call(Date.parse('2026-10-25T00:43:00Z'), { id: 'c1', family: 'fault' });
      story.call(Date.parse('2026-10-25T01:10:00Z'), { id: 'c2', family: 'fault' });
    },
    asOf: Date.parse('2026-10-26T00:00:00Z'),
    expected: { t: 6, i: 1, e: 1 },
  },
  {
    name: '20 laptop and phone during a call',
    tell: (story) => {
      story.call(march('2 10:00'), { id: 'c1', family: 'billing', minutes: 20 });
      story.page(march('2 10:05'), { clientKey: 'laptop' });
      story.page(march('2 10:06'), { clientKey: 'phone', channel: 'app' });
    },
    asOf: march('3 00:00'),
    expected: { t: 5, i: 1, e: 1 },
  },
  {
    name: '21 one call, two wishes',
    tell: (story) => {
      const call = { channel: 'voice', sessionKey: 'c1', contactLinks: [link('call', 'c1')] } as const;
      const at = march('2 10:00');
      story.add(at, { ...call, system: 'ivr', type: 'entered' });
      story.add(at, { ...call, system: 'acd', type: 'enqueued', queue: 'q1' });
      story.add(at, { ...call, system: 'agent', type: 'connected', agent: 'a1', intents: [wants('billing')] });
      story.add(at + 6 * minute, { ...call, system: 'agent', type: 'resumed', agent: 'a1', intents: [wants('accountChange')] });
      story.add(at + 8 * minute, { ...call, system: 'agent', type: 'ended', agent: 'a1' });
    },
    asOf: march('3 00:00'),
    expected: { t: 3, i: 1, e: 2 },
  },
  {
    name: '22a given up in the queue, ordered on the web 18 minutes later',
    tell: (story) => tellAbandoned(story, march('2 10:20')),
    asOf: march('3 00:00'),
    expected: { t: 3, items: 1, i: 1, e: 1, states: ['sold'] },
  },
  {
    name: '22b given up in the queue, ordered on the web at noon',
    tell: (story) => tellAbandoned(story, march('2 12:00')),
    asOf: march('3 00:00'),
    expected: { t: 3, items: 1, i: 2, e: 1, states: ['sold'] },
  },
  {
    name: '23 ordered, asked about the delivery, delivered, wants to return it',
    tell: (story) => {
      story.page(march('2 10:00'), { clientKey: 'b1', intents: [wants('purchase', 'page')], issueKeys: [key('order', 'O1')], sessionKey: 'w' });
      story.item(march('2 10:01'), 'noteWritten', [key('order', 'O1')], { system: 'order', type: 'placed', channel: 'web' });
      story.call(march('4 10:00'), { id: 'c1', family: 'delivery', keys: [key('order', 'O1')] });
      story.item(march('6 10:00'), 'noteWritten', [key('order', 'O1')], { system: 'order', type: 'delivered', channel: 'web' });
      story.call(march('16 10:00'), { id: 'c2', family: 'return', keys: [key('order', 'O1')] });
    },
    asOf: march('20 00:00'),
    expected: { t: 7, items: 2, i: 3, e: 2 },
  },
  {
    name: '24a called with the number of a closed ticket, exactly seven days later',
    tell: (story) => tellReopened(story, 7 * day),
    asOf: march('12 00:00'),
    expected: { t: 6, items: 2, i: 2, e: 1 },
  },
  { name: '24b a millisecond later', tell: (story) => tellReopened(story, 7 * day + 1), asOf: march('12 00:00'), expected: { t: 6, items: 2, i: 2, e: 2 } },
  {
    name: '25 nightly changes on an open ticket, and on an order nobody asked about',
    tell: (story) => {
      story.item(march('2 02:00'), 'ticketOpened', [key('ticket', 'K1', 'opened')]);
      story.item(march('3 02:00'), 'ticketChanged', [key('ticket', 'K1')]);
      story.item(march('3 02:00'), 'noteWritten', [key('order', 'O9')], { system: 'order', type: 'shipped' });
    },
    asOf: march('4 00:00'),
    expected: { t: 0, items: 3, i: 0, e: 1, states: ['open'] },
  },
  {
    name: '26 a mail blast, and a click an hour later',
    tell: (story) => {
      story.add(march('2 10:00'), { system: 'campaign', type: 'sent', channel: 'email', presence: 'none', purpose: 'marketing', initiator: 'system' });
      story.page(march('2 11:00'), { clientKey: 'b1' });
    },
    asOf: march('3 00:00'),
    expected: { t: 1, items: 1, i: 1, e: 1 },
  },
  {
    name: '27 the automatic survey at the end of a call',
    tell: (story) => {
      const end = story.call(march('2 10:00'), { id: 'c1', family: 'billing' });
      story.survey(end + 20 * second, 'answered', { channel: 'voice', contactLinks: [link('call', 'c1')] });
    },
    asOf: march('3 00:00'),
    expected: { t: 3, items: 1, i: 1, e: 1 },
  },
  {
    name: '28 a conference, and the supervisor who listens',
    tell: (story) => {
      story.call(march('2 10:00'), { id: 'c1', family: 'fault', minutes: 20 });
      const call = { channel: 'voice', sessionKey: 'c1', contactLinks: [link('call', 'c1')], system: 'agent' } as const;
      story.add(march('2 10:10'), { ...call, type: 'conferenced', agent: 'b1' });
      story.add(march('2 10:12'), { ...call, type: 'monitored', agent: 'boss', presence: 'observer' });
    },
    asOf: march('3 00:00'),
    expected: { t: 4, items: 1, i: 1, e: 1 },
  },
];

function tellTwoCalls(story: Story, pause: number): void {
  const end = story.call(march('2 10:00'), { id: 'c1', family: 'billing' });
  story.call(end + pause, { id: 'c2', family: 'billing' });
}

function tellCallback(story: Story, pause: number): void {
  const call = { channel: 'voice', sessionKey: 'c1', contactLinks: [link('call', 'c1')] } as const;
  const at = march('2 10:00');
  story.add(at, { ...call, system: 'ivr', type: 'entered' });
  story.add(at + minute, { ...call, system: 'acd', type: 'enqueued', queue: 'q1' });
  story.add(at + 3 * minute, { ...call, system: 'acd', type: 'callbackAccepted', queue: 'q1' });
  story.add(at + 3 * minute + pause, { ...call, system: 'agent', type: 'connected', agent: 'a1', startedBy: 'callback', initiator: 'agent', sessionKey: 'c2' });
}

function tellAbandoned(story: Story, orderedAt: number): void {
  const call = { channel: 'voice', sessionKey: 'c1', contactLinks: [link('call', 'c1')] } as const;
  story.add(march('2 10:00'), { ...call, system: 'ivr', type: 'entered' });
  story.add(march('2 10:01'), { ...call, system: 'acd', type: 'enqueued', queue: 'q1' });
  story.add(march('2 10:02'), { ...call, system: 'acd', type: 'abandoned', queue: 'q1' });
  story.page(orderedAt, { sessionKey: 'w', intents: [wants('purchase', 'page')], issueKeys: [key('order', 'O1')], contactLinks: [link('related', 'w')] });
  story.item(orderedAt, 'noteWritten', [key('order', 'O1')], { system: 'order', type: 'placed', channel: 'web', contactLinks: [link('related', 'w')] });
}

function tellReopened(story: Story, pause: number): void {
  story.call(march('2 10:00'), { id: 'c1', family: 'fault', keys: [key('ticket', 'K1')] });
  story.item(march('2 10:03'), 'ticketOpened', [key('ticket', 'K1', 'opened')], { contactLinks: [link('call', 'c1')] });
  story.item(march('3 10:00'), 'ticketClosed', [key('ticket', 'K1', 'closed')]);
  story.call(march('3 10:00') + pause, { id: 'c2', family: 'fault', keys: [key('ticket', 'K1')] });
}

function tellInternet(story: Story): void {
  const visit = { system: 'field', channel: 'field', initiator: 'agent' } as const;
  story.page(march('2 09:00'), { sessionKey: 'w', clientKey: 'b1', intents: [wants('fault', 'page')], issueKeys: [key('appointment', 'R1')] });
  story.item(march('2 09:01'), 'noteWritten', [key('appointment', 'R1', 'opened')], { system: 'field', type: 'booked' });
  story.call(march('3 18:00'), { id: 'c1', family: 'fault', keys: [key('appointment', 'R1')] });
  story.add(march('4 10:00'), { ...visit, type: 'arrived', agent: 't1', issueKeys: [key('appointment', 'R1')] });
  story.add(march('4 11:00'), { ...visit, type: 'completed', agent: 't1', issueKeys: [key('appointment', 'R1', 'closed')] });
  const menu = { channel: 'voice', sessionKey: 'c2', contactLinks: [link('call', 'c2')] } as const;
  story.add(march('9 08:00'), { ...menu, system: 'ivr', type: 'entered', intents: [wants('fault', 'menu')], issueKeys: [key('appointment', 'R2')] });
  story.item(march('9 08:02'), 'noteWritten', [key('appointment', 'R2', 'opened')], { system: 'field', type: 'booked' });
  story.call(march('9 10:00'), { id: 'c3', family: 'fault', keys: [key('ticket', 'K3')] });
  story.item(march('9 10:05'), 'ticketOpened', [key('ticket', 'K3', 'opened')]);
  story.add(march('11 08:00'), { ...visit, type: 'arrived', agent: 't1', issueKeys: [key('ticket', 'K3')] });
  story.add(march('11 09:00'), { ...visit, type: 'completed', agent: 't1', issueKeys: [key('ticket', 'K3', 'closed')] });
  const technician = { system: 'agent', type: 'connected', channel: 'voice', agent: 't2', initiator: 'agent', sessionKey: 'c4' } as const;
  const asked = story.add(march('12 08:00'), { ...technician, intents: [wants('fault')], issueKeys: [key('appointment', 'R2')] });
  story.item(march('12 08:30'), 'noteWritten', [key('appointment', 'R2', 'cancelled')]);
  story.survey(march('12 19:00'), 'sent', { aboutEventId: asked.id });
  story.survey(march('13 08:00'), 'answered', { aboutEventId: asked.id });
}

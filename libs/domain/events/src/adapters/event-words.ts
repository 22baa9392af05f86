import { vocabulary, type EventType, type System } from '@throughline/contracts';

export interface SystemAndType {
  readonly system: System;
  readonly type: EventType;
}

/** Words of a vendor's event name: `com.example.ivr.node.entered`, `Live Chat Message Sent` and `keyPressed` alike. */
export function wordsOf(name: string): string[] {
  return name
    .slice(0, 300)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const canonicalNames = new Map<string, SystemAndType>();
for (const system of vocabulary.systems)
  for (const type of vocabulary.eventTypes[system]) canonicalNames.set([system, ...wordsOf(type)].join(' '), { system, type });

type Rule = readonly [pattern: RegExp, system: System, type: EventType];

/** In order, the first that fits. Patterns meet the words of the name, joined by blanks. */
const rules: readonly Rule[] = [
  [/\bchat (conversation )?(started|opened|requested)\b/, 'chat', 'started'],
  [/\bchat (conversation )?(ended|closed|completed)\b/, 'chat', 'ended'],
  [/\bchat message( sent)?\b/, 'chat', 'messageReceived'],
  [/\bemail delivered\b/, 'campaign', 'sent'],
  [/\bemail bounced\b/, 'campaign', 'bounced'],
  [/\b(ticket|case) (created|opened|open)\b/, 'crm', 'ticketOpened'],
  [/\b(ticket|case) (closed|solved|resolved)\b/, 'crm', 'ticketClosed'],
  [/\b(ticket|case) reopened\b/, 'crm', 'ticketReopened'],
  [/\b(ticket|case)\b/, 'crm', 'ticketChanged'],
  [/\bnote (written|added|created)\b/, 'crm', 'noteWritten'],
  [/\b(profile|contact) (updated|changed)\b/, 'crm', 'profileChanged'],
  [/\bcallback (accepted|requested|scheduled)\b/, 'acd', 'callbackAccepted'],
  [/\b(call|contact|caller) (queued|enqueued)\b|\bqueue (entered|joined)\b|\bentered queue\b/, 'acd', 'enqueued'],
  [/\b(call|contact|queue|caller) abandoned\b|\babandoned queue\b/, 'acd', 'abandoned'],
  [/\b(call|contact) (routed)\b/, 'acd', 'routed'],
  [/\b(call|contact|agent) (offered|alerting|ringing)\b/, 'acd', 'offered'],
  [/\b(queue left|dequeued)\b/, 'acd', 'dequeued'],
  [/\b(call|contact|agent) (answered|connected)\b|\bconnected to agent\b/, 'agent', 'connected'],
  [/\b(call|contact) (held|on hold)\b|\bhold started\b/, 'agent', 'held'],
  [/\b(call|contact) (resumed|unheld)\b|\bhold ended\b/, 'agent', 'resumed'],
  [/\b(call|contact) transferred\b/, 'agent', 'transferred'],
  [/\b(call|contact) conferenced\b/, 'agent', 'conferenced'],
  [/\b(wrap ?up|wrapped up|after call work)\b/, 'agent', 'wrappedUp'],
  [/\b(call )?dispos(ed|ition)\b/, 'agent', 'disposed'],
  [/\bcall attempted\b/, 'agent', 'attempted'],
  [/\b(ivr|dtmf)\b.*\b(key|dtmf|digit)|\bkey ?press(ed)?\b|\bdtmf\b/, 'ivr', 'keyPressed'],
  [/\bivr\b.*\binvalid\b/, 'ivr', 'invalidInput'],
  [/\bivr\b.*\b(node|menu|prompt)\b/, 'ivr', 'nodeEntered'],
  [/\bivr\b.*\b(self served|self service|contained)\b/, 'ivr', 'selfServed'],
  [/\bivr\b.*\b(left|ended|exited|completed)\b/, 'ivr', 'left'],
  [/\bivr\b/, 'ivr', 'entered'],
  [/\border (completed|created|placed|submitted)\b/, 'order', 'placed'],
  [/\border (cancell?ed)\b/, 'order', 'cancelled'],
  [/\border refunded\b/, 'order', 'refunded'],
  [/\border (shipped|dispatched)\b/, 'order', 'shipped'],
  [/\border delivered\b/, 'order', 'delivered'],
  [/\b(order|payment) paid\b|\bpayment (received|completed)\b/, 'order', 'paid'],
  [/\breturn requested\b/, 'order', 'returnRequested'],
  [/\bquote (created|sent)\b/, 'order', 'quoted'],
  [/\b(appointment|visit) (booked|scheduled|created)\b/, 'field', 'booked'],
  [/\b(appointment|visit) (moved|rescheduled)\b/, 'field', 'moved'],
  [/\b(technician|visit|engineer) arrived\b/, 'field', 'arrived'],
  [/\b(appointment|visit) completed\b/, 'field', 'completed'],
  [/\b(appointment|visit) missed\b/, 'field', 'missed'],
  [/\bsurvey (sent|invited)\b/, 'survey', 'sent'],
  [/\bsurvey (opened|shown|started)\b/, 'survey', 'opened'],
  [/\bsurvey (answered|completed|submitted)\b/, 'survey', 'answered'],
  [/\bsearch(ed)?\b/, 'web', 'searched'],
  [/\bform (submitted|sent|completed)\b/, 'web', 'formSent'],
  [/\b(signed|logged) out\b|\blogout\b/, 'web', 'signedOut'],
  [/\b(signed|logged) (in|up)\b|\blogin\b/, 'web', 'identified'],
  [/\b(page|screen) ?viewed?\b|\bpageview\b/, 'web', 'pageViewed'],
];

/**
 * System and type of a vendor's event name, or null where no rule knows it. `agent` and `node` say whether the record names an agent or an IVR node: a call that starts or ends is the IVR's part unless it names an agent.
 */
export function systemAndType(name: string, record: { readonly agent: boolean; readonly node: boolean; readonly key: boolean }): SystemAndType | null {
  const words = wordsOf(name);
  // Segment's words are the customer's: what they receive, the company has sent.
  if (words[0] === 'live' && words[1] === 'chat' && words[2] === 'message')
    return { system: 'chat', type: words[3] === 'received' ? 'messageSent' : 'messageReceived' };
  for (let from = 0; from < words.length; from++) {
    const canonical = canonicalNames.get(words.slice(from).join(' '));
    if (canonical !== undefined) return canonical;
  }
  const joined = words.join(' ');
  if (record.node && record.key) return { system: 'ivr', type: 'keyPressed' };
  if (/\b(call|contact) (started|created|initiated|incoming|received)\b/.test(joined))
    return record.agent ? { system: 'agent', type: 'connected' } : { system: 'ivr', type: 'entered' };
  if (/\b(call|contact) (ended|completed|finished|hung up|disconnected)\b/.test(joined))
    return record.agent ? { system: 'agent', type: 'ended' } : { system: 'ivr', type: 'left' };
  for (const [pattern, system, type] of rules) if (pattern.test(joined)) return { system, type };
  return record.node ? { system: 'ivr', type: 'nodeEntered' } : null;
}

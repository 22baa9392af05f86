import { vocabulary, type Channel, type EventType, type Initiator, type Presence, type Purpose, type System } from '@throughline/contracts';

/** What a source need not say, because system and type say it. */
export interface EventDefaults {
  readonly channel: Channel;
  readonly initiator: Initiator;
  readonly presence: Presence;
  readonly purpose: Purpose;
}

const defaults: Readonly<Record<System, EventDefaults>> = {
  ivr: { channel: 'voice', initiator: 'customer', presence: 'live', purpose: 'service' },
  acd: { channel: 'voice', initiator: 'system', presence: 'live', purpose: 'service' },
  agent: { channel: 'voice', initiator: 'agent', presence: 'live', purpose: 'service' },
  chat: { channel: 'chat', initiator: 'customer', presence: 'live', purpose: 'service' },
  messaging: { channel: 'messaging', initiator: 'customer', presence: 'live', purpose: 'service' },
  email: { channel: 'email', initiator: 'customer', presence: 'live', purpose: 'service' },
  web: { channel: 'web', initiator: 'customer', presence: 'live', purpose: 'service' },
  crm: { channel: 'voice', initiator: 'agent', presence: 'away', purpose: 'service' },
  order: { channel: 'web', initiator: 'customer', presence: 'live', purpose: 'service' },
  field: { channel: 'field', initiator: 'agent', presence: 'away', purpose: 'service' },
  survey: { channel: 'email', initiator: 'customer', presence: 'live', purpose: 'feedback' },
  social: { channel: 'social', initiator: 'customer', presence: 'live', purpose: 'service' },
  campaign: { channel: 'email', initiator: 'system', presence: 'away', purpose: 'marketing' },
};

type Exceptions = Partial<Record<EventType, Partial<EventDefaults>>>;
const ofConversation: Exceptions = {
  messageSent: { initiator: 'agent', presence: 'away' },
  bounced: { initiator: 'system', presence: 'away' },
};
/** An order is placed by the customer; what the company does with it afterwards takes none of the customer's time. */
const exceptions: Readonly<Partial<Record<System, Exceptions>>> = {
  acd: {
    offered: { presence: 'away' }, // alerting
    abandoned: { initiator: 'customer' },
    callbackAccepted: { initiator: 'customer' }, // the acceptance is live, the virtual wait after it is not
  },
  agent: {
    wrappedUp: { presence: 'away' },
    disposed: { presence: 'away' },
    attempted: { presence: 'away' },
    monitored: { presence: 'observer' },
  },
  chat: ofConversation,
  messaging: ofConversation,
  email: ofConversation,
  crm: { profileChanged: { initiator: 'system' }, ticketChanged: { initiator: 'system' } },
  order: {
    paid: { initiator: 'system', presence: 'away' },
    shipped: { initiator: 'system', presence: 'away' },
    delivered: { initiator: 'system', presence: 'away' },
    refunded: { initiator: 'system', presence: 'away' },
  },
  field: {
    arrived: { presence: 'live' },
    completed: { presence: 'live' },
    booked: { initiator: 'system' },
    moved: { initiator: 'system' },
    missed: { initiator: 'system' },
  },
  survey: { sent: { initiator: 'system', presence: 'away' } },
  social: { replied: { initiator: 'agent', presence: 'away' } },
};

const cache = new Map<System, Map<EventType, EventDefaults>>();
for (const system of vocabulary.systems)
  cache.set(system, new Map(vocabulary.eventTypes[system].map((type: EventType) => [type, { ...defaults[system], ...exceptions[system]?.[type] }])));

/** Channel, initiator, presence and purpose of an event whose source leaves them out. */
export function defaultsOf(system: System, type: EventType): EventDefaults {
  return cache.get(system)!.get(type)!;
}

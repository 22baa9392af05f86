/** The words a canonical event may use. Each list is closed: an adapter maps a vendor's word to one of these and keeps the vendor's own word in `attributes`. */

export const channels = ['voice', 'chat', 'messaging', 'email', 'web', 'app', 'sms', 'letter', 'social', 'field', 'store'] as const;
export type Channel = (typeof channels)[number];

export const initiators = ['customer', 'agent', 'system'] as const;
export type Initiator = (typeof initiators)[number];

/** Whether the customer gave time: `live`; `away` (the company works alone); `observer` (monitoring); `none` (technical artefact, phantom call). */
export const presences = ['live', 'away', 'observer', 'none'] as const;
export type Presence = (typeof presences)[number];

export const purposes = ['service', 'feedback', 'marketing', 'internal'] as const;
export type Purpose = (typeof purposes)[number];

export const endings = ['completed', 'transferred', 'abandoned', 'technical', 'refused', 'noAnswer'] as const;
export type Ending = (typeof endings)[number];

export const outcomes = ['resolved', 'sold', 'lost', 'cancelled', 'unresolved', 'phantom'] as const;
export type Outcome = (typeof outcomes)[number];

/** How an intent became known, strongest first: the order is the precedence. */
export const intentSources = ['person', 'disposition', 'statement', 'text', 'menu', 'page'] as const;
export type IntentSource = (typeof intentSources)[number];

export const families = ['fault', 'billing', 'complaint', 'cancellation', 'purchase', 'delivery', 'return', 'accountChange', 'information', 'unknown'] as const;
/** An intent's family: it decides the windows by which interactions become one engagement. `fault` is fault and repair. */
export type Family = (typeof families)[number];

export const identifierKinds = [
  'customerNumber',
  'nationalId',
  'contract',
  'account',
  'crmContact',
  'login',
  'loyalty',
  'email',
  'phone',
  'cardToken',
  'socialHandle',
  'device',
  'cookie',
] as const;
export type IdentifierKind = (typeof identifierKinds)[number];

/** `subject`: the customer's own; `actingFor`: the organisation or person they act for; `mentioned`: only spoken of. */
export const identifierRoles = ['subject', 'actingFor', 'mentioned'] as const;
export type IdentifierRole = (typeof identifierRoles)[number];

/** Interaction-level links. */
export const contactLinkKinds = ['call', 'chain', 'conversation', 'related', 'handover'] as const;
export type ContactLinkKind = (typeof contactLinkKinds)[number];

/** Engagement-level keys. */
export const issueKeyKinds = ['ticket', 'case', 'order', 'appointment', 'claim', 'quote', 'thread', 'callback'] as const;
export type IssueKeyKind = (typeof issueKeyKinds)[number];

export const issueKeyStates = ['opened', 'closed', 'reopened', 'cancelled'] as const;
export type IssueKeyState = (typeof issueKeyStates)[number];

const conversation = ['started', 'messageReceived', 'messageSent', 'ended', 'bounced'] as const;

/** Which types each system may report. `messageReceived` is the customer's message, `messageSent` the company's. */
export const eventTypes = {
  ivr: ['entered', 'keyPressed', 'said', 'invalidInput', 'nodeEntered', 'selfServed', 'left'],
  acd: ['enqueued', 'routed', 'offered', 'callbackAccepted', 'dequeued', 'abandoned'],
  agent: ['connected', 'held', 'resumed', 'transferred', 'conferenced', 'disposed', 'wrappedUp', 'ended', 'attempted', 'monitored'],
  chat: conversation,
  messaging: conversation,
  email: conversation,
  web: ['pageViewed', 'clicked', 'searched', 'formSent', 'identified', 'signedOut'],
  crm: ['ticketOpened', 'ticketChanged', 'ticketClosed', 'ticketReopened', 'noteWritten', 'profileChanged'],
  order: ['quoted', 'placed', 'paid', 'shipped', 'delivered', 'cancelled', 'returnRequested', 'refunded'],
  field: ['booked', 'moved', 'travelling', 'arrived', 'completed', 'missed'],
  survey: ['sent', 'opened', 'answered'],
  social: ['posted', 'replied', 'mentioned'],
  campaign: ['sent', 'bounced'],
} as const;
export type System = keyof typeof eventTypes;
export const systems = Object.keys(eventTypes) as [System, ...System[]];
export type EventType = (typeof eventTypes)[System][number];

import { vocabulary, type Channel, type IdentifierKind, type SourceSettings } from '@throughline/contracts';

/** Parts of a posted event, while an adapter composes it. */
export interface Draft {
  identifiers: { kind: string; value: string; namespace?: string; verified?: boolean; role?: string }[];
  contactLinks: { kind: string; value: string; namespace?: string }[];
  issueKeys: { kind: string; value: string; namespace?: string; state?: string }[];
  intents: { intent: string; family?: string; confidence?: number; by?: string }[];
  [field: string]: unknown;
}

export const emptyDraft = (): Draft => ({ identifiers: [], contactLinks: [], issueKeys: [], intents: [] });

/** A text or a number as a text within the limit; undefined for everything else. */
export function wordIn(value: unknown, limit = 200): string | undefined {
  const text = typeof value === 'string' ? value.trim() : typeof value === 'number' && Number.isFinite(value) ? String(value) : '';
  return text === '' || text.length > limit ? undefined : text;
}

export const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

function pick(bag: Record<string, unknown>, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const value = wordIn(bag[name]);
    if (value !== undefined) return value;
  }
  return undefined;
}

export function addIdentifier(draft: Draft, kind: IdentifierKind, value: unknown, more: { namespace?: string; role?: string; verified?: boolean } = {}): void {
  const text = wordIn(value, 500);
  if (text === undefined) return;
  if (draft.identifiers.some((known) => known.kind === kind && known.value === text && (known.namespace ?? '') === (more.namespace ?? ''))) return;
  draft.identifiers.push({ kind, value: text, ...more });
}

export function addUserId(draft: Draft, value: unknown, source: SourceSettings): void {
  addIdentifier(draft, source.userId.kind, value, source.userId.namespace === '' ? {} : { namespace: source.userId.namespace });
}

/** Kind of identifier that a vendor's word for it means; null for one that the house does not know. */
export function identifierKindOf(word: unknown): IdentifierKind | null {
  if (typeof word !== 'string') return null;
  const plain = word.toLowerCase().replace(/[^a-z]/g, '');
  const exact = vocabulary.identifierKinds.find((kind) => kind.toLowerCase() === plain);
  if (exact !== undefined) return exact;
  if (/^(email|emailaddress|mail)$/.test(plain)) return 'email';
  if (/^(phone|phonenumber|tel|telephone|mobile|msisdn|ani)$/.test(plain)) return 'phone';
  if (/^(customer|customerid|customerno|customernumber|clientid)$/.test(plain)) return 'customerNumber';
  if (/^(account|accountno|accountid|accountnumber)$/.test(plain)) return 'account';
  if (/^(contract|contractno|contractid|contractnumber)$/.test(plain)) return 'contract';
  if (/^(crm|crmid|contactid|externalcontactid)$/.test(plain)) return 'crmContact';
  if (/^(user|userid|username|login|loginid)$/.test(plain)) return 'login';
  if (/^(loyalty|loyaltyid|loyaltynumber|member|memberid)$/.test(plain)) return 'loyalty';
  if (/^(anonymous|anonymousid|cookie|cookieid|gaclientid)$/.test(plain)) return 'cookie';
  if (/(idfa|idfv|deviceid|device|adid|pushtoken)$/.test(plain)) return 'device';
  return null;
}

const channelWords: Readonly<Record<string, Channel>> = {
  voice: 'voice',
  phone: 'voice',
  call: 'voice',
  chat: 'chat',
  webchat: 'chat',
  messaging: 'messaging',
  whatsapp: 'messaging',
  email: 'email',
  mail: 'email',
  web: 'web',
  app: 'app',
  mobile: 'app',
  sms: 'sms',
  social: 'social',
  letter: 'letter',
  field: 'field',
  store: 'store',
};

export const channelOf = (word: unknown): Channel | undefined =>
  typeof word === 'string' && Object.hasOwn(channelWords, word.toLowerCase()) ? channelWords[word.toLowerCase()] : undefined;

/**
 * Fills a draft from the properties that contact-centre events carry by convention, in snake or camel case: call, conversation and chain ids, ticket, case, order and the other keys, queue, agent, site,
 * channel, disposition, intent, session. What it reads stays in the attributes as well.
 */
export function readKnownProperties(draft: Draft, bag: Record<string, unknown>): void {
  const callId = pick(bag, 'call_id', 'callId', 'callid', 'call_sid', 'callSid', 'CallSid');
  const conversationId = pick(bag, 'conversation_id', 'conversationId');
  const chain = pick(bag, 'initial_contact_id', 'initialContactId', 'linked_id', 'linkedid', 'linkedId');
  const contact = pick(bag, 'contact_id', 'contactId', 'ContactId');
  if (callId !== undefined) draft.contactLinks.push({ kind: 'call', value: callId });
  if (conversationId !== undefined) draft.contactLinks.push({ kind: 'conversation', value: conversationId });
  if (contact !== undefined) draft.contactLinks.push({ kind: 'chain', value: contact });
  if (chain !== undefined && chain !== contact) draft.contactLinks.push({ kind: 'chain', value: chain });
  for (const kind of vocabulary.issueKeyKinds) {
    if (kind === 'thread' || kind === 'callback') continue;
    const value = pick(bag, `${kind}_id`, `${kind}Id`, `${kind}_no`, `${kind}_number`, `${kind}Number`, kind);
    if (value !== undefined) draft.issueKeys.push({ kind, value });
  }
  draft['sessionKey'] ??= pick(bag, 'session_id', 'sessionId', 'session_key', 'sessionKey') ?? callId ?? conversationId ?? contact;
  draft['agent'] ??= pick(bag, 'agent_id', 'agentId', 'agent', 'agent_username', 'agentName', 'agent_name');
  draft['queue'] ??= pick(bag, 'queue', 'queue_name', 'queueName', 'queue_id', 'queueId');
  draft['site'] ??= pick(bag, 'site', 'site_id', 'siteId');
  draft['channel'] ??= channelOf(bag['channel']);
  const disposition = pick(bag, 'disposition', 'wrap_up_code', 'wrapUpCode', 'wrapupCode');
  const intent = pick(bag, 'intent');
  const family = vocabulary.families.find((known) => known === bag['family'] || known === bag['intent_family']);
  if (intent !== undefined) draft.intents.push({ intent, ...(family === undefined ? {} : { family }), by: 'statement' });
  if (disposition !== undefined) draft.intents.push({ intent: disposition, ...(family === undefined ? {} : { family }), by: 'disposition' });
  draft['outcome'] ??= vocabulary.outcomes.find((known) => known === bag['outcome']);
  draft['ending'] ??= vocabulary.endings.find((known) => known === bag['ending']);
  for (const [name, kind] of namedIdentifiers) {
    const value = bag[name];
    if (value !== undefined) addIdentifier(draft, kind, value);
  }
}

const namedIdentifiers: readonly (readonly [string, IdentifierKind])[] = [
  ['customer_number', 'customerNumber'],
  ['customerNumber', 'customerNumber'],
  ['customer_id', 'customerNumber'],
  ['customerId', 'customerNumber'],
  ['account_number', 'account'],
  ['accountNumber', 'account'],
  ['email', 'email'],
  ['phone', 'phone'],
  ['ani', 'phone'],
  ['caller_id', 'phone'],
  ['callerId', 'phone'],
];

/** A closed key of an order, ticket or case, where the event's type says so. */
export function stateOfKeys(draft: Draft, type: string): void {
  const state =
    type === 'ticketOpened' || type === 'placed' || type === 'booked' || type === 'quoted'
      ? 'opened'
      : type === 'ticketClosed' || type === 'delivered' || type === 'completed'
        ? 'closed'
        : type === 'ticketReopened'
          ? 'reopened'
          : type === 'cancelled'
            ? 'cancelled'
            : undefined;
  const kinds: readonly string[] = type.startsWith('ticket')
    ? ['ticket', 'case']
    : type === 'booked' || type === 'completed'
      ? ['appointment']
      : type === 'quoted'
        ? ['quote']
        : ['order'];
  if (state !== undefined) for (const key of draft.issueKeys) if (kinds.includes(key.kind)) key.state = state;
}

/** The draft without what stayed empty, so that the posted event is as small as one written by hand. */
export function finished(draft: Draft): Record<string, unknown> {
  const posted: Record<string, unknown> = {};
  draft.contactLinks = draft.contactLinks.filter(
    (link, index, all) => all.findIndex((other) => other.kind === link.kind && other.value === link.value) === index,
  );
  for (const [name, value] of Object.entries(draft)) if (value !== undefined && !(Array.isArray(value) && value.length === 0)) posted[name] = value;
  return posted;
}

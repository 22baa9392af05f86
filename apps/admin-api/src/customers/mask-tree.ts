import {
  vocabulary,
  type CanonicalEvent,
  type CustomerTree,
  type EngagementBranch,
  type InteractionBranch,
  type TransactionBranch,
} from '@throughline/contracts';
import type { Principal } from '../access/principal';
import { maskedText, maskedValue } from './masked-value';

export interface Sight {
  /** Identifiers and whatever looks like one. */
  readonly identifiers: boolean;
  /** Free text: what was said, written, commented. */
  readonly content: boolean;
}

/** What somebody may see of an event whoever it concerns: only who sees all people sees this one's. */
export const sightOf = (who: Principal): Sight => ({
  identifiers: who.scopeOf('customer.reveal').kind === 'all',
  content: who.scopeOf('content.read').kind === 'all',
});

const hidden = '•••';
/** Field names as they are compared: `first_name`, `First-Name` and `firstName` are one. */
const plain = (key: string): string => key.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
const fields = (names: string): ReadonlySet<string> => new Set(names.split(' '));
/** Fields that hold what somebody said or wrote, or what somebody is called, whatever stands in them. */
const content = fields(
  'text body subject message messagebody transcript transcription comment comments note notes summary description answers query search searchterm reply content feedback',
);
const names = fields(
  'name firstname lastname fullname givenname familyname surname middlename nickname username displayname screenname address street city postalcode postcode zip zipcode birthdate birthday dateofbirth dob age gender traits userid anonymousid distinctid groupid previousid login ip ipaddress externalids avatar email phone',
);
/** Fields whose words explain an event and name nobody: our own, and those in which adapters keep a source's. */
const explaining = fields('system type channel initiator presence purpose ending outcome node key event call queue site position state status style kind role');
/** Fields that hold when something happened. */
const times = fields('occurredat endedat receivedat sentat timestamp originaltimestamp');
const counters = fields('sourcesequence revision');
const words: ReadonlySet<unknown> = new Set(Object.values(vocabulary).flatMap((list) => (Array.isArray(list) ? [...list] : Object.values(list).flat())));
const identifierKinds: readonly string[] = vocabulary.identifierKinds;

/** The tree as somebody sees it who may not see everything. Ids, times, places and rules stay: they explain, and name nobody. */
export function maskTree(tree: CustomerTree, sight: Sight): CustomerTree {
  if (sight.identifiers && sight.content) return tree;
  const transaction = (branch: TransactionBranch): TransactionBranch => ({
    ...branch,
    membership: { ...branch.membership, value: reference(branch.membership.value, sight) },
    events: branch.events.map((leaf) => ({
      ...leaf,
      event: maskEvent(leaf.event, sight),
      owner: { ...leaf.owner, value: reference(leaf.owner.value, sight) },
    })),
  });
  const interaction = (branch: InteractionBranch): InteractionBranch => ({
    ...branch,
    membership: { ...branch.membership, value: reference(branch.membership.value, sight) },
    transactions: branch.transactions.map(transaction),
  });
  const engagement = (branch: EngagementBranch): EngagementBranch => ({
    ...branch,
    interactions: branch.interactions.map(interaction),
    transactions: branch.transactions.map(transaction),
  });
  return {
    ...tree,
    customer: {
      ...tree.customer,
      identifiers: tree.customer.identifiers.map((one) => (sight.identifiers ? one : { ...one, value: maskedValue(one.kind, one.value) })),
      reviews: tree.customer.reviews.map((review) => (sight.identifiers ? review : { ...review, detail: hidden })),
    },
    engagements: tree.engagements.map(engagement),
    unengaged: { interactions: tree.unengaged.interactions.map(interaction), transactions: tree.unengaged.transactions.map(transaction) },
  };
}

/** Stands fields that are missing: a stored event may be of an older form. */
export function maskEvent(event: CanonicalEvent, sight: Sight): CanonicalEvent {
  if (sight.identifiers && sight.content) return event;
  const { clientKey, sessionKey, ...rest } = event;
  return {
    ...rest,
    ...(sessionKey !== undefined && { sessionKey: sight.identifiers ? sessionKey : maskedText(sessionKey) }),
    ...(clientKey !== undefined && { clientKey: sight.identifiers ? clientKey : maskedValue('cookie', clientKey) }),
    ...(event.sourceEventId && { sourceEventId: sight.identifiers ? event.sourceEventId : maskedText(event.sourceEventId) }),
    identifiers: (event.identifiers ?? []).map((one) => (sight.identifiers ? one : { ...one, value: maskedValue(one.kind, one.value) })),
    contactLinks: (event.contactLinks ?? []).map((one) => (sight.identifiers ? one : { ...one, value: maskedText(one.value) })),
    attributes: maskFields(event.attributes ?? {}, sight) as Readonly<Record<string, unknown>>,
  };
}

/**
 * Any record as a source sent it. Nobody knows which of its fields name somebody, so who may not see everything sees its shape: keys and types, of texts `x` for each letter
 * and `0` for each digit, 0 for every number; and what explains: our own words, and times.
 */
export const maskRecord = (record: unknown, sight: Sight): unknown => (sight.identifiers && sight.content ? record : shapeOf(record));

function shapeOf(value: unknown, key = ''): unknown {
  if (typeof value === 'number') return times.has(key) || counters.has(key) ? value : 0;
  if (typeof value === 'string') {
    if (words.has(value) || (times.has(key) && isTime(value))) return value;
    return explaining.has(key) && isWord(value) ? maskedText(value) : value.replace(/[\p{L}\p{M}]/gu, 'x').replace(/\p{N}/gu, '0');
  }
  if (Array.isArray(value)) return value.map((each) => shapeOf(each, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [maskedText(name), shapeOf(each, plain(name))]));
}

const isTime = (text: string): boolean => /^\d{4}-\d{2}-\d{2}([T ][\d:.]{4,20}(Z|[+-][\d:]{2,5})?)?$/.test(text);
const isWord = (text: string): boolean => /^[\p{L}\p{N}_.:/-]{1,40}$/u.test(text);

/** Without the right to read what was said, a text is shown only where its field is one that explains. */
function maskFields(value: unknown, sight: Sight, key = ''): unknown {
  if (typeof value === 'string') {
    if (!sight.content && !explaining.has(key) && !words.has(value) && !(times.has(key) && isTime(value))) return hidden;
    return sight.identifiers ? value : maskedText(value);
  }
  if (typeof value === 'number') return sight.identifiers || Math.abs(value) < 1e6 ? value : hidden;
  if (Array.isArray(value)) return value.map((each) => maskFields(each, sight, key));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => {
      const field = plain(name);
      if ((!sight.content && content.has(field)) || (!sight.identifiers && names.has(field))) return [name, hidden];
      return [name, maskFields(each, sight, field)];
    }),
  );
}

/** A shared value as rules write it: `phone::+15550101`, `call::4711`. Of an identifier the value is masked, of a contact or a ticket it is not. */
function reference(value: string | null, sight: Sight): string | null {
  if (value === null || sight.identifiers) return value;
  const [kind = '', namespace = '', ...rest] = value.split(':');
  return identifierKinds.includes(kind) ? `${kind}:${namespace}:${maskedValue(kind, rest.join(':'))}` : maskedText(value);
}

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
/** Attributes of events that hold what somebody said or wrote, or what somebody is called. */
const content = new Set(['text', 'body', 'subject', 'message', 'transcript', 'comment', 'comments', 'note', 'notes', 'summary', 'description', 'answers']);
const names = new Set(['name', 'firstName', 'lastName', 'address', 'street', 'birthDate']);
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

/** Any record as a source sent it, seen the same way. */
export const maskRecord = (record: unknown, sight: Sight): unknown => (sight.identifiers && sight.content ? record : maskFields(record, sight));

function maskFields(value: unknown, sight: Sight): unknown {
  if (typeof value === 'string') return sight.identifiers ? value : maskedText(value);
  if (typeof value === 'number') return sight.identifiers || Math.abs(value) < 1e6 ? value : hidden;
  if (Array.isArray(value)) return value.map((each) => maskFields(each, sight));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => {
      if (!sight.content && content.has(key)) return [key, hidden];
      if (!sight.identifiers && names.has(key)) return [key, hidden];
      return [key, maskFields(each, sight)];
    }),
  );
}

/** A shared value as rules write it: `phone::+15550101`, `call::4711`. Of an identifier the value is masked, of a contact or a ticket it is not. */
function reference(value: string | null, sight: Sight): string | null {
  if (value === null || sight.identifiers) return value;
  const [kind = '', namespace = '', ...rest] = value.split(':');
  return identifierKinds.includes(kind) ? `${kind}:${namespace}:${maskedValue(kind, rest.join(':'))}` : maskedText(value);
}

import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, IdentifierKind, MenuVisitFact, QueueStayFact } from '@throughline/contracts';
import { catalogue } from './catalogue';
import type { CustomerFacts, SegmentStay } from './customer-facts';
import { things, type Thing } from './rule';

type Form = 'plain' | 'number' | 'instant' | 'json';
type Forms<Fact> = Readonly<Record<keyof Fact, Form>>;

const dimensions = { channel: 'plain', queue: 'plain', agent: 'plain', site: 'plain', intent: 'plain', family: 'plain' } as const;
const named = { customerId: 'plain', anchor: 'plain', at: 'instant', ...dimensions } as const;

const customer: Forms<CustomerFact> = {
  customerId: 'plain',
  known: 'plain',
  firstAt: 'instant',
  lastAt: 'instant',
  engagements: 'number',
  openEngagementsHint: 'number',
  contacts: 'number',
  lastIntent: 'plain',
  lastChannel: 'plain',
  spent: 'number',
  orders: 'number',
  leftAt: 'instant',
  lastFrustration: 'number',
};
const contact: Forms<ContactFact> = {
  ...named,
  endedAt: 'instant',
  engagement: 'plain',
  place: 'number',
  intentConfidence: 'number',
  startedBy: 'plain',
  agents: 'json',
  transactions: 'number',
  events: 'number',
  liveMs: 'number',
  outcome: 'plain',
  failed: 'plain',
  looksResolved: 'plain',
  repeatAt: 'instant',
  channelRepeatAt: 'instant',
  frustration: 'number',
  ledger: 'json',
  unjudged: 'json',
};
const engagement: Forms<EngagementFact> = {
  ...named,
  firstContactEndAt: 'instant',
  lastContactEndAt: 'instant',
  intentConfidence: 'number',
  closedAs: 'plain',
  closedAt: 'instant',
  resolvedAt: 'instant',
  idleAt: 'instant',
  contacts: 'number',
  transactions: 'number',
  steps: 'number',
  channels: 'json',
  agents: 'json',
  liveMs: 'number',
  nextSameIntentAt: 'instant',
  saidSolved: 'plain',
  saidSolvedAt: 'instant',
  falseSuccess: 'plain',
  frustration: 'number',
};
const queueStay: Forms<QueueStayFact> = { ...named, contact: 'plain', leftAt: 'instant', waitMs: 'number', abandoned: 'plain' };
const menuVisit: Forms<MenuVisitFact> = {
  ...named,
  contact: 'plain',
  place: 'number',
  node: 'plain',
  dwellMs: 'number',
  invalidInputs: 'number',
  optOut: 'json',
};
const answer: Forms<AnswerFact> = {
  ...named,
  place: 'number',
  system: 'plain',
  question: 'plain',
  value: 'number',
  about: 'plain',
  engagement: 'plain',
  cause: 'plain',
};
const formsOf: Readonly<Record<Thing, Readonly<Record<string, Form>>>> = { contact, engagement, queueStay, menuVisit, answer };

const columnOf = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const epochMs = (column: string): string => `round(extract(epoch from ${column}) * 1000)::double precision`;

function objectOf(forms: Readonly<Record<string, Form>>, alias: string): string {
  const pairs = Object.entries(forms).map(([name, form]) => {
    const column = `${alias}.${columnOf(name)}`;
    return `'${name}', ${form === 'instant' ? epochMs(column) : form === 'number' ? `${column}::double precision` : column}`;
  });
  return `json_build_object(${pairs.join(', ')})`;
}

const listOf = (select: string): string => `coalesce((select ${select}), '[]')`;

/** All facts of some customers (`$1`, uuids), one row each, as `toCustomerFacts` reads them: the same facts that `compileRule` asks about. */
export const customerFactsText = `select ${[
  `${objectOf(customer, 'c')} as customer`,
  `${listOf(`json_agg(distinct i.kind) from identity.read_identifier i where i.customer_id = c.customer_id`)} as identifiers`,
  `${listOf(
    `json_agg(json_build_object('segmentId', m.segment_id, 'since', ${epochMs('m.since')}, 'until', ${epochMs('m.until')})) from scoring.read_segment_member m where m.customer_id = c.customer_id`,
  )} as segments`,
  ...things.map((thing) => {
    const rows = `json_agg(${objectOf(formsOf[thing], 'x')}) from ${catalogue.things[thing].view} x where x.customer_id = c.customer_id`;
    return `${listOf(rows)} as "${thing}"`;
  }),
].join(',\n')}
from ${catalogue.customer.view} c where c.customer_id = any($1::uuid[])`;

export type CustomerFactsRow = {
  readonly customer: CustomerFact;
  readonly identifiers: readonly IdentifierKind[];
  readonly segments: readonly SegmentStay[];
} & CustomerFacts['things'];

export function toCustomerFacts({ customer, identifiers, segments, contact, engagement, queueStay, menuVisit, answer }: CustomerFactsRow): CustomerFacts {
  return { customer, identifiers, segments, things: { contact, engagement, queueStay, menuVisit, answer } };
}

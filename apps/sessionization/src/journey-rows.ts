import { compareEvents, type Channel, type Family, type Membership, type MembershipRule, type System } from '@throughline/contracts';
import type {
  Engagement,
  EventInTransaction,
  EventRef,
  Interaction,
  Journey,
  NodeFrom,
  NodeMembership,
  Part,
  Phase,
  Transaction,
} from '@throughline/domain-hierarchy';
import type { Row, RowValue } from '@throughline/database';

/** The rows of some customers, one list for each of `journeyTables` and in that order. */
export type JourneyRows = readonly [transactions: Row[], events: Row[], interactions: Row[], memberships: Row[], engagements: Row[], components: Row[]];

export const noRows = (): JourneyRows => [[], [], [], [], [], []];

const dayMs = 86_400_000;
const noMembership: readonly null[] = [null, null, null, null, null, null];
/** The event in a node's id; an event id is its own. */
export const anchorOf = (nodeId: string): string => nodeId.slice(nodeId.indexOf('_') + 1);

/** What of a journey becomes rows; a difference of two journeys has the same lists. */
type Nodes = Pick<Journey, 'transactions' | 'interactions' | 'memberships' | 'engagements'>;

/** Adds the rows of a journey to `rows`. */
export function addRowsOf(customer: string, { transactions, interactions, memberships, engagements }: Nodes, rows: JourneyRows): void {
  for (const transaction of transactions) {
    rows[0].push(transactionRow(customer, transaction));
    for (const event of transaction.events) rows[1].push(eventRow(customer, transaction.anchor.id, event));
  }
  for (const interaction of interactions) rows[2].push(interactionRow(customer, interaction));
  for (const membership of memberships) rows[3].push(membershipRow(customer, membership));
  for (const engagement of engagements) {
    rows[4].push(engagementRow(customer, engagement));
    for (const component of engagement.components) rows[5].push([customer, component, engagement.anchor.id]);
  }
}

function transactionRow(customer: string, node: Transaction): Row {
  const [first, ...later] = node.nodes;
  return [
    customer,
    node.anchor.id,
    node.anchor.sourceSequence,
    node.startAt,
    node.endAt,
    node.live?.startAt ?? null,
    node.live?.endAt ?? null,
    node.kind,
    node.source,
    node.system,
    node.channel,
    node.sessionKey,
    node.agent,
    node.queue,
    node.ended,
    node.interaction ? anchorOf(node.interaction.id) : null,
    ...(node.interaction ? membershipValues(node.interaction.evidence) : noMembership),
    first?.node ?? null,
    later.length > 0
      ? JSON.stringify(later.map(({ from, node: of }) => ({ at: from.occurredAt, sequence: from.sourceSequence, id: from.id, node: of })))
      : null,
  ];
}

function interactionRow(customer: string, node: Interaction): Row {
  const { anchor, startAt, endAt, live, kind, parts } = node;
  return [customer, anchor.id, anchor.sourceSequence, startAt, endAt, live?.startAt ?? null, live?.endAt ?? null, kind, JSON.stringify(parts)];
}

export function eventRow(customer: string, transaction: string, event: EventInTransaction): Row {
  return [customer, event.id, transaction, event.occurredAt, event.sourceSequence, event.rule, event.gapMs, event.limitMs];
}

function membershipRow(customer: string, { node, component, evidence, takesFeedback }: NodeMembership): Row {
  return [customer, node, component, ...membershipValues(evidence), takesFeedback];
}

function engagementRow(customer: string, node: Engagement): Row {
  const dueAt = node.lastActivityAt + node.windowMs + 1;
  return [
    customer,
    node.anchor.id,
    node.anchor.occurredAt,
    node.anchor.sourceSequence,
    JSON.stringify(node.families),
    node.firstAt,
    node.lastAt,
    node.lastActivityAt,
    node.windowMs,
    JSON.stringify(node.phases),
    node.repeatOf,
    node.follows,
    dueAt,
    Math.floor(dueAt / dayMs),
  ];
}

function membershipValues({ rule, otherEvent, value, gapMs, limitMs, confidence }: Membership): RowValue[] {
  return [rule, otherEvent, value, gapMs, limitMs, confidence];
}

/** The journeys whose rows these are: the inverse of `addRowsOf`. */
export function journeysFrom(customers: ReadonlyMap<string, { settingsVersion: number }>, rows: JourneyRows): Journey[] {
  const [transactions, events, interactions, memberships, engagements, components] = rows;
  const nodeOf = (row: Row): string => `${text(row, 0)}|${text(row, 1)}`;
  const eventsOf = grouped(events, (row) => `${text(row, 0)}|${text(row, 2)}`);
  const componentsOf = grouped(components, (row) => `${text(row, 0)}|${text(row, 2)}`);
  const ofCustomer = (list: readonly Row[]): Map<string, Row[]> => grouped(list, (row) => text(row, 0));
  const [transactionsOf, interactionsOf, membershipsOf, engagementsOf] = [transactions, interactions, memberships, engagements].map(ofCustomer);
  return [...customers].map(([customerId, { settingsVersion }]) => {
    const nodes = (transactionsOf!.get(customerId) ?? []).map((row) => transactionFrom(row, eventsOf.get(nodeOf(row)) ?? [])).sort(byAnchor);
    const members = grouped(
      nodes.filter(({ interaction }) => interaction),
      ({ interaction }) => interaction!.id,
    );
    return {
      customerId,
      settingsVersion,
      anchor: nodes[0]?.anchor ?? null,
      transactions: nodes,
      interactions: (interactionsOf!.get(customerId) ?? []).map((row) => interactionFrom(row, members.get(`int_${text(row, 1)}`) ?? [])).sort(byAnchor),
      memberships: (membershipsOf!.get(customerId) ?? []).map(membershipRowFrom).sort((a, b) => (a.node < b.node ? -1 : 1)),
      engagements: (engagementsOf!.get(customerId) ?? []).map((row) => engagementFrom(row, componentsOf.get(nodeOf(row)) ?? [])).sort(byAnchor),
    };
  });
}

function transactionFrom(row: Row, events: readonly Row[]): Transaction {
  const anchor: EventRef = { id: text(row, 1), sourceSequence: number(row, 2), occurredAt: number(row, 3) };
  return {
    id: `tx_${anchor.id}`,
    anchor,
    startAt: anchor.occurredAt,
    endAt: number(row, 4),
    live: span(row, 5),
    kind: row[7] as Transaction['kind'],
    source: text(row, 8),
    system: row[9] as System,
    channel: row[10] as Channel,
    sessionKey: row[11] as string | null,
    agent: row[12] as string | null,
    queue: row[13] as string | null,
    ended: row[14] as boolean,
    events: events.map(eventFrom).sort(compareEvents),
    interaction: row[15] === null ? null : { id: `int_${text(row, 15)}`, evidence: membershipFrom(row, 16) },
    nodes: row[22] === null ? [] : [{ from: anchor, node: text(row, 22) }, ...laterNodes(row[23] as string | null)],
  };
}

function laterNodes(json: string | null): NodeFrom[] {
  if (json === null) return [];
  const stored = JSON.parse(json) as { at: number; sequence: number; id: string; node: string }[];
  return stored.map(({ at, sequence, id, node }) => ({ from: { id, occurredAt: at, sourceSequence: sequence }, node }));
}

function eventFrom(row: Row): EventInTransaction {
  const rule = row[5] as EventInTransaction['rule'];
  return { id: text(row, 1), occurredAt: number(row, 3), sourceSequence: number(row, 4), rule, gapMs: row[6] as number | null, limitMs: number(row, 7) };
}

function interactionFrom(row: Row, members: readonly Transaction[]): Interaction {
  const anchor: EventRef = { id: text(row, 1), sourceSequence: number(row, 2), occurredAt: number(row, 3) };
  return {
    id: `int_${anchor.id}`,
    anchor,
    kind: row[7] as Interaction['kind'],
    startAt: anchor.occurredAt,
    endAt: number(row, 4),
    live: span(row, 5),
    transactions: members.map(({ id }) => id),
    parts: JSON.parse(text(row, 8)) as Part[],
  };
}

function membershipRowFrom(row: Row): NodeMembership {
  return { node: text(row, 1), component: text(row, 2), evidence: membershipFrom(row, 3), takesFeedback: row[9] as boolean };
}

function engagementFrom(row: Row, components: readonly Row[]): Engagement {
  const anchor: EventRef = { id: text(row, 1), occurredAt: number(row, 2), sourceSequence: number(row, 3) };
  return {
    id: `eng_${anchor.id}`,
    anchor,
    components: components.map((component) => text(component, 1)).sort(),
    families: JSON.parse(text(row, 4)) as Family[],
    firstAt: number(row, 5),
    lastAt: number(row, 6),
    lastActivityAt: number(row, 7),
    windowMs: number(row, 8),
    phases: JSON.parse(text(row, 9)) as Phase[],
    repeatOf: row[10] as string | null,
    follows: row[11] as string | null,
  };
}

function membershipFrom(row: Row, at: number): Membership {
  return {
    rule: row[at] as MembershipRule,
    otherEvent: row[at + 1] as string | null,
    value: row[at + 2] as string | null,
    gapMs: row[at + 3] as number | null,
    limitMs: row[at + 4] as number | null,
    confidence: number(row, at + 5),
  };
}

const text = (row: Row, at: number): string => row[at] as string;
const number = (row: Row, at: number): number => row[at] as number;
const span = (row: Row, at: number): { startAt: number; endAt: number } | null =>
  row[at] === null ? null : { startAt: number(row, at), endAt: number(row, at + 1) };
const byAnchor = (a: { readonly anchor: EventRef }, b: { readonly anchor: EventRef }): number => compareEvents(a.anchor, b.anchor);

function grouped<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

import { eventOf, idOf } from '../test-world';
import type { AccessWorld } from './test-access';

const dayMs = 86_400_000;
/** Contacts, answers and so on of each side in each of two periods: so many that nothing is held back for being few. */
const many = 12;
const periodMs = 28 * dayMs;

/** One team with what its one working agent has to do with: a customer, a matter, and all that was made of it. */
export interface Side {
  readonly team: string;
  readonly agent: string;
  /** Of the same team; nobody's agent but on the list. */
  readonly mates: readonly string[];
  readonly customer: string;
  readonly phone: string;
  /** The event by which contact, engagement, review and case are called. */
  readonly anchor: string;
  readonly plan: string;
  /** What gives the side away in an answer: of its customer, and of its agent. */
  readonly ofCustomer: readonly string[];
  readonly ofAgent: readonly string[];
}

export const segment = idOf('segment of both');

/** The side `near` or `far`, alike in everything but names. */
export function sideOf(name: 'near' | 'far'): Side {
  const [customer, anchor, plan, phone] = [
    idOf(`${name} customer`),
    idOf(`${name} contact 0`),
    idOf(`${name} plan`),
    name === 'near' ? '+15550177' : '+15550199',
  ];
  const agent = `${name}-agent`;
  const contacts = Array.from({ length: 2 * many }, (_, index) => idOf(`${name} contact ${index}`));
  return {
    ...{ team: idOf(`team ${name}`), agent, mates: [1, 2, 3].map((index) => `${name}-mate-${index}`), customer, phone, anchor, plan },
    ofCustomer: [customer, phone.slice(1), plan, `words of the ${name} customer`, ...contacts],
    ofAgent: [`"${agent}"`, `Agent ${name}`],
  };
}

/** For tests: tells admin-api of both sides, its directory and every view that it reads. */
export async function tellTwoTeams(world: AccessWorld, sides: readonly Side[]): Promise<void> {
  const browser = await world.signIn('admin@example.com');
  const nameOf = ({ agent }: Side): string => agent.split('-')[0]!;
  const teams = sides.map((side) => ({ id: side.team, name: `Team ${nameOf(side)}` }));
  const agents = sides.flatMap((side) => [
    { id: side.agent, name: `Agent ${nameOf(side)}`, teamId: side.team },
    ...side.mates.map((id) => ({ id, name: `Mate ${id}`, teamId: side.team })),
  ]);
  await world.call('PUT', '/v1/teams', { browser, body: { teams } });
  await world.call('PUT', '/v1/agents', { browser, body: { agents } });
  await put(world, 'scoring.segment', {
    ...{ segment_id: segment, name: 'Both', description: '', draft: rule, draft_revision: 1, draft_by: { id: idOf('ana'), name: 'Ana' } },
    ...{ draft_at: new Date(), version: 1, rule, size: 2 },
  });
  await put(world, 'scoring.segment_version', {
    ...{ segment_id: segment, version: 1, rule, note: 'first', published_by: { id: idOf('ana'), name: 'Ana' }, published_at: new Date(), size_before: 0 },
    size_after: 2,
  });
  for (const side of sides) await tell(world, nameOf(side), side);
}

const rule = {
  version: 1,
  root: { id: 'root', kind: 'group', join: 'all', of: [{ id: 'orders', kind: 'customer', field: 'orders', is: 'atLeast', value: 1 }] },
};

async function tell(world: AccessWorld, name: string, side: Side): Promise<void> {
  const { customer: customer_id, agent, anchor } = side;
  const now = Date.now();
  const at = new Date(now - dayMs);
  const of = { customer_id };
  await put(world, 'identity.customer', { ...of, kind: 'customer' });
  await put(world, 'identity.customer_revision', { ...of, revision: 1 });
  await put(world, 'identity.identifier', { ...of, kind: 'phone', namespace: '', value: side.phone, rule: 'alone', event_id: anchor, confidence: 1000 });
  await put(world, 'sessionization.journey_head', { ...of, built_revision: 1, settings_version: 1, events: 1, first_at: at, last_at: at, stale: false });
  await put(world, 'scoring.customer', {
    ...{
      ...of,
      known: true,
      first_at: at,
      last_at: at,
      engagements: 1,
      open_engagements_hint: 0,
      contacts: many,
      last_intent: 'billing',
      last_channel: 'voice',
    },
    ...{ spent: 100, orders: 3, last_frustration: 40 },
  });
  await put(world, 'scoring.segment_member', { ...of, segment_id: segment, since: at, version: 1, reason: [[true, 3]] });
  await tellContact(world, name, side, at);
  for (let index = 0; index < 2 * many; index += 1) {
    const cut = { channel: 'voice', queue: 'billing', agent, intent: 'billing', family: 'billing' };
    const dated = { ...of, ...cut, at: new Date(now - dayMs - index * 60_000 - (index < many ? 0 : periodMs)) };
    const [contact, engagement, answer] = [idOf(`${name} contact ${index}`), idOf(`${name} contact ${index}`), idOf(`${name} answer ${index}`)];
    await put(world, 'scoring.contact', {
      ...{ ...dated, anchor: contact, ended_at: dated.at, engagement, place: 1, intent_confidence: 900, started_by: 'customer', agents: [agent] },
      ...{ transactions: 1, events: 1, live_ms: 1000, looks_resolved: false, frustration: 40, ledger: [], unjudged: [] },
    });
    const over = { agents: [agent], frustration: 40, closed_as: 'resolved', closed_at: dated.at };
    await put(world, 'scoring.engagement', { ...dated, ...over, anchor: engagement, contacts: 1, steps: 1 });
    await put(world, 'scoring.menu_visit', {
      ...{ ...dated, anchor: contact, contact, place: 1, node: 'main', dwell_ms: 1000, invalid_inputs: 0 },
      opt_out: { reason: 'unknown', confidence: 500, events: [contact] },
    });
    await put(world, 'scoring.answer', { ...dated, anchor: answer, place: 1, question: 'csat', value: index < many ? 2 : 4, engagement });
    await put(world, 'scoring.answer', { ...dated, anchor: answer, place: 2, question: 'empathy', value: 2, engagement, cause: 'people', about: contact });
    await tellEvent(world, customer_id, {
      ...eventOf(`${name} answer ${index}`, dated.at.getTime()),
      attributes: { comment: `words of the ${name} customer` },
    });
    await put(world, 'feedback.review_rating', { anchor: contact, agent, value: 4, at: new Date(now - dayMs), by: 'qa' });
  }
  const matter = { anchor, ...of, agents: [agent] };
  await put(world, 'feedback.review', {
    ...{ ...matter, reasons: [{ kind: 'lowEmpathy', agent, value: 1 }], queued_at: at, due_at: new Date(now + dayMs), state: 'waiting', version: 1 },
  });
  await put(world, 'feedback.recovery_case', { ...matter, opened_at: at, reasons: ['lowCsat'], state: 'open' });
  await tellPlan(world, side, at);
}

/** The one contact whose five levels are there. */
async function tellContact(world: AccessWorld, name: string, { customer, agent, anchor }: Side, at: Date): Promise<void> {
  const of = { customer_id: customer };
  const node = { ...of, anchor, start_at: at, end_at: at };
  const alone = { rule: 'alone', confidence: 1000 };
  await tellEvent(world, customer, { ...eventOf(`${name} contact 0`, at.getTime()), attributes: { text: `words of the ${name} customer` } });
  await put(world, 'sessionization.transaction', {
    ...{ ...node, ...alone, id: `tx_${anchor}`, kind: 'contact', source: 'pbx', system: 'agent', channel: 'voice', agent, ended: true },
    ...{ parent_level: 'interaction', parent_id: `int_${anchor}`, parent_anchor: anchor },
  });
  await put(world, 'sessionization.event_transaction', {
    ...{ ...of, event_id: anchor, transaction_id: `tx_${anchor}`, transaction_anchor: anchor, occurred_at: at, source_sequence: 0, rule: 'alone' },
  });
  await put(world, 'sessionization.event_engagement', { ...of, event_id: anchor, engagement_id: `eng_${anchor}` });
  await put(world, 'sessionization.interaction', { ...node, id: `int_${anchor}`, kind: 'contact' });
  await put(world, 'sessionization.part', {
    ...{ ...of, ...alone, interaction_id: `int_${anchor}`, interaction_anchor: anchor, place: 1, start_at: at, share: 1000, family: 'billing', keys: [] },
    ...{ engagement_id: `eng_${anchor}`, engagement_anchor: anchor },
  });
  await put(world, 'sessionization.engagement', {
    ...{ ...of, id: `eng_${anchor}`, anchor, families: ['billing'], first_at: at, last_at: at, last_activity_at: at, window_ms: dayMs, phases: [] },
  });
}

async function tellEvent(world: AccessWorld, customer: string, event: ReturnType<typeof eventOf>): Promise<void> {
  const at = new Date(event.occurredAt);
  await put(world, 'ingestion.event', { event_id: event.id, revision: 0, source: 'pbx', occurred_at: at, received_at: at, body: event });
  await put(world, 'identity.customer_event', {
    customer_id: customer,
    event_id: event.id,
    owner_rule: 'identifier',
    decided_by: 'phone',
    owner_confidence: 1000,
  });
}

/** A plan that is being practised. */
async function tellPlan(world: AccessWorld, { plan, agent, anchor }: Side, at: Date): Promise<void> {
  const goal = { behaviour: 'Says what happens next', metric: 'csat', baseline: 2, target: 4 };
  const drafted = {
    ...{ kind: 'drafted', agent, coach: 'Sam', group: null, pickedBecauseLow: true, comparison: { kind: 'matched' }, since: at.getTime() - 30 * dayMs, goal },
    ...{ evidence: [{ contact: anchor, note: '' }], exercises: [{ id: 'listen', text: 'Listens' }], remeasureAt: at.getTime() + 30 * dayMs },
  };
  await put(world, 'feedback.coaching_plan', {
    ...{ plan_id: plan, agent, coach: 'Sam', metric: 'csat', stage: 'practising', drafted_at: at, started_at: at, remeasure_at: at, steps: 3 },
  });
  for (const [index, deed] of [drafted, { kind: 'agreed' }, { kind: 'started' }].entries())
    await put(world, 'feedback.coaching_step', { plan_id: plan, place: index + 1, id: idOf(`${plan} step ${index}`), at, by_name: 'Sam', deed });
}

/** A row by its columns, as JSON: so that lists become what the column is, `text[]` or `json`. */
async function put(world: AccessWorld, table: string, row: Readonly<Record<string, unknown>>): Promise<void> {
  const names = Object.keys(row).join(', ');
  await world.owner.query(`insert into ${table} (${names}) select ${names} from json_populate_record(null::${table}, $1)`, [JSON.stringify(row)]);
}

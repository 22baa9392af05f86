import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, Question, QueueStayFact } from '@throughline/contracts';
import { auditFunctions, auditTables, type Migration, type ServiceRole } from '@throughline/database';
import { dayMs, type RowOf } from '@throughline/domain-metrics';
import type { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { v5 } from 'uuid';

const cut = 'channel text, queue text, agent text, site text, intent text, family text';
/** The tables of scoring that the numbers are read from, for tests: each view is over a plain table of the same columns. */
export const factTables: Readonly<Record<string, string>> = {
  'scoring.contact': `customer_id uuid, anchor uuid, at timestamptz, ended_at timestamptz, ${cut}, started_by text, transactions integer, looks_resolved boolean,
     repeat_at timestamptz, channel_repeat_at timestamptz, frustration integer, engagement uuid, intent_confidence integer, ledger json`,
  'scoring.engagement': `customer_id uuid, anchor uuid, at timestamptz, first_contact_end_at timestamptz, ${cut}, closed_as text, closed_at timestamptz,
     resolved_at timestamptz, idle_at timestamptz, contacts integer, steps integer, next_same_intent_at timestamptz, said_solved boolean, said_solved_at timestamptz,
     false_success boolean, agents text[], frustration integer`,
  'scoring.queue_stay': `customer_id uuid, anchor uuid, at timestamptz, ${cut}, abandoned boolean`,
  'scoring.answer': `customer_id uuid, anchor uuid, place integer, at timestamptz, ${cut}, question text, value double precision, about uuid, engagement uuid, system text, cause text`,
  'scoring.customer': `customer_id uuid, known boolean, first_at timestamptz, last_at timestamptz, last_intent text, last_channel text, left_at timestamptz`,
  'scoring.segment_member': 'customer_id uuid, segment_id uuid, until timestamptz',
  'scoring.score_head': 'customer_id uuid, scored_revision bigint, due_since timestamptz, saved_in xid8',
  'scoring.segment': 'segment_id uuid, name text, version integer, retired_at timestamptz',
};

class CreateFactViews1763000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const views: Record<string, string> = {
      ...factTables,
      'identity.customer_revision': 'customer_id uuid, revision bigint',
      'sessionization.journey_head': 'customer_id uuid, built_revision bigint, due_since timestamptz',
      'admin_api.agent': 'agent_id text, name text, team_id uuid',
      'admin_api.team': 'team_id uuid, name text',
    };
    await runner.query('create schema scoring; create schema identity; create schema sessionization; create schema admin_api');
    for (const statement of [...auditTables, ...auditFunctions]) await runner.query(statement);
    for (const [table, columns] of Object.entries(views)) {
      await runner.query(`create table ${table} (${columns})`);
      await runner.query(`create view ${table.replace('.', '.read_')} as select * from ${table}`);
    }
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}
export const factViews: readonly Migration[] = [CreateFactViews1763000000001];
export const factRoles: readonly ServiceRole[] = ['scoring', 'identity', 'sessionization', 'admin_api'].map((schema) => ({
  name: `tl_${schema}`,
  schema,
  password: 'only-for-tests',
}));

export const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a12');

export type Facts = { readonly [Kind in keyof RowOf]: readonly RowOf[Kind][] };
export interface TestHouse {
  readonly facts: Facts;
  /** Agent → team; an agent may have none. */
  readonly teams: ReadonlyMap<string, string>;
  /** Customer → segments. */
  readonly segments: ReadonlyMap<string, readonly string[]>;
}

const tables: Readonly<Record<keyof RowOf, string>> = {
  contact: 'scoring.contact',
  engagement: 'scoring.engagement',
  queueStay: 'scoring.queue_stay',
  answer: 'scoring.answer',
  customer: 'scoring.customer',
};

const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const stored = (row: object): object =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      column(name),
      (name === 'at' || name.endsWith('At')) && value !== null ? new Date(value as number).toISOString() : value,
    ]),
  );

/** Writes a house into the tables. */
export async function store(client: Client, { facts, teams, segments }: TestHouse): Promise<void> {
  const insert = (table: string, rows: readonly object[]) =>
    client.query(`insert into ${table} select * from json_populate_recordset(null::${table}, $1)`, [JSON.stringify(rows)]);
  for (const kind of Object.keys(tables) as (keyof RowOf)[]) await insert(tables[kind], facts[kind].map(stored));
  const teamNames = [...new Set(teams.values())];
  await insert(
    'admin_api.agent',
    [...teams].map(([agent, team]) => ({ agent_id: agent, name: `Agent ${agent}`, team_id: idOf(team) })),
  );
  await insert(
    'admin_api.team',
    teamNames.map((team) => ({ team_id: idOf(team), name: team })),
  );
  await insert(
    'scoring.segment_member',
    [...segments].flatMap(([customer, of]) => of.map((segment) => ({ customer_id: customer, segment_id: idOf(segment) }))),
  );
  // Who once was a member is none now.
  await insert(
    'scoring.segment_member',
    [...segments.keys()].slice(0, 50).map((customer) => ({ customer_id: customer, segment_id: idOf('VIP'), until: '2026-01-01' })),
  );
  await insert(
    'scoring.segment',
    ['VIP', 'new'].map((name) => ({ segment_id: idOf(name), name })),
  );
}

/** A seeded stream of numbers in [0, 1): mulberry32. */
export function stream(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const channels = ['voice', 'chat', 'email'] as const;
export const families = ['billing', 'fault', 'unknown'] as const;
export const queues = ['billing', 'tech, "line 1"', "o'queue", '=cmd()', null] as const;
export const agents = ['ann', 'bob', 'cy', 'dee', 'eve', null] as const;
export const sites = ['north', 'south', null] as const;
export const intents = ['billing', 'fault', 'unknown'] as const;

/** A town of 240 customers: half of the facts lie around the change of the clocks in spring 2026, half in the three weeks before `now`, so that some still wait. */
export function generateHouse(seed: number, now: number): TestHouse {
  const random = stream(seed);
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random() * list.length)]!;
  const chance = (p: number): boolean => random() < p;
  const whole = (from: number, to: number): number => from + Math.floor(random() * (to - from + 1));
  const spring = Date.UTC(2026, 2, 1);
  const moment = (): number => Math.floor(chance(0.5) ? spring + random() * 60 * dayMs : now - random() * 21 * dayMs);
  const maybe = <One>(p: number, value: () => One): One | null => (chance(p) ? value() : null);
  const cut = () => ({
    channel: pick([...channels, null]),
    queue: pick(queues),
    agent: pick(agents),
    site: pick(sites),
    intent: pick(intents),
    family: pick(families),
  });
  const customers = Array.from({ length: 240 }, (_, n) => idOf(`customer ${n}`));
  let events = 0;
  const node = () => ({ customerId: pick(customers), anchor: idOf(`event ${++events}`), ...cut() });
  const many = <One>(count: number, make: () => One): One[] => Array.from({ length: count }, make);
  const after = (at: number, days: number): number => at + Math.floor(random() * days * dayMs);

  const contact = (): ContactFact => {
    const at = moment();
    const endedAt = after(at, 0.02);
    return {
      ...node(),
      at,
      endedAt,
      startedBy: pick(['customer', 'customer', 'customer', 'company', 'callback']),
      transactions: whole(1, 3),
      looksResolved: chance(0.7),
      // Exactly seven days, and a millisecond more, stand among them.
      repeatAt: maybe(0.5, () => pick([after(endedAt, 14), endedAt + 7 * dayMs, endedAt + 7 * dayMs + 1])),
      channelRepeatAt: maybe(0.4, () => pick([after(endedAt, 14), endedAt + 7 * dayMs, endedAt + 7 * dayMs + 1])),
      frustration: whole(0, 100),
    } as ContactFact;
  };
  const engagement = (): EngagementFact => {
    const at = moment();
    const firstContactEndAt = after(at, 0.02);
    const closedAs = pick(['resolved', 'sold', 'lost', 'cancelled', null, null] as const);
    return {
      ...node(),
      at,
      firstContactEndAt,
      closedAs,
      closedAt: closedAs && after(firstContactEndAt, 10),
      resolvedAt: closedAs === 'resolved' || closedAs === 'sold' ? after(firstContactEndAt, 10) : maybe(0.1, () => after(firstContactEndAt, 5)),
      idleAt: maybe(0.8, () => after(at, 30)),
      contacts: whole(1, 4),
      steps: whole(1, 15),
      nextSameIntentAt: maybe(0.5, () => pick([after(firstContactEndAt, 20), firstContactEndAt + 7 * dayMs, firstContactEndAt + 7 * dayMs + 1])),
      ...(chance(0.2) ? { saidSolved: chance(0.6), saidSolvedAt: after(firstContactEndAt, 12) } : { saidSolved: null, saidSolvedAt: null }),
      falseSuccess: chance(0.2),
    } as EngagementFact;
  };
  const most: Record<Question, number> = { csat: 5, nps: 10, effort: 7, empathy: 5, solved: 1 };
  const answer = (): AnswerFact => {
    const question = pick(['csat', 'nps', 'effort', 'empathy', 'solved'] as const);
    return {
      ...node(),
      place: whole(1, 2),
      at: moment(),
      question,
      value: whole(question === 'nps' || question === 'solved' ? 0 : 1, most[question]),
    } as AnswerFact;
  };
  const customer = (customerId: string): CustomerFact => {
    const firstAt = moment() - whole(0, 300) * dayMs;
    return {
      customerId,
      known: chance(0.9),
      firstAt,
      lastAt: after(firstAt, 400),
      lastIntent: pick(intents),
      lastChannel: pick([...channels, null]),
      leftAt: maybe(0.3, moment),
    } as CustomerFact;
  };
  return {
    facts: {
      contact: many(900, contact),
      engagement: many(700, engagement),
      queueStay: many(600, () => ({ ...node(), at: moment(), abandoned: chance(0.1) }) as QueueStayFact),
      answer: many(900, answer),
      customer: customers.map(customer),
    },
    teams: new Map([
      ['ann', 'First team'],
      ['bob', 'First team'],
      ['cy', 'Second team'],
      ['dee', 'Second team'],
    ]),
    segments: new Map(customers.map((id) => [id, [...(chance(0.3) ? ['VIP'] : []), ...(chance(0.3) ? ['new'] : [])]])),
  };
}

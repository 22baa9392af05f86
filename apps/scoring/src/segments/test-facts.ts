import type { Migration, ServiceRole } from '@throughline/database';
import { catalogue, things, type CustomerFacts } from '@throughline/domain-segments';
import type { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rulesRole } from '../../migrations/rules-role';

const dimensions = 'channel text, queue text, agent text, site text, intent text not null, family text not null';
const named = `customer_id uuid not null, anchor uuid not null, at timestamptz not null, ${dimensions}`;
const columns: Readonly<Record<string, string>> = {
  customer: `customer_id uuid not null, known boolean not null, first_at timestamptz not null, last_at timestamptz not null, engagements integer not null,
    open_engagements_hint integer not null, contacts integer not null, last_intent text not null, last_channel text, spent bigint not null, orders integer not null,
    left_at timestamptz, last_frustration integer not null`,
  contact: `${named}, ended_at timestamptz not null, engagement uuid, place integer not null, intent_confidence integer not null, started_by text not null,
    agents text[] not null, transactions integer not null, events integer not null, live_ms bigint not null, outcome text, failed text, looks_resolved boolean not null,
    repeat_at timestamptz, channel_repeat_at timestamptz, frustration integer not null, ledger json not null, unjudged text[] not null`,
  engagement: `${named}, first_contact_end_at timestamptz not null, last_contact_end_at timestamptz not null, intent_confidence integer not null, closed_as text,
    closed_at timestamptz, resolved_at timestamptz, idle_at timestamptz, contacts integer not null, transactions integer not null, steps integer not null,
    channels text[] not null, agents text[] not null, live_ms bigint not null, next_same_intent_at timestamptz, said_solved boolean, said_solved_at timestamptz,
    false_success boolean not null, frustration integer not null`,
  queue_stay: `${named}, contact uuid not null, left_at timestamptz not null, wait_ms bigint not null, abandoned boolean not null`,
  menu_visit: `${named}, contact uuid not null, place integer not null, node text not null, dwell_ms bigint not null, invalid_inputs integer not null, opt_out json`,
  answer: `${named}, place integer not null, system text, question text not null, value integer not null, about uuid, engagement uuid, cause text`,
};

/** For tests: the facts' views by their contract, each over a plain table of the same columns, and the kinds of identifiers. */
class CreateFacts1763700000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema scoring; create schema identity');
    for (const [table, list] of Object.entries(columns)) {
      await runner.query(`create table scoring.${table} (${list})`);
      await runner.query(`create index on scoring.${table} (customer_id)`);
      await runner.query(`create view scoring.read_${table} as select * from scoring.${table}`);
    }
    await runner.query('create table identity.identifier (customer_id uuid not null, kind text not null)');
    await runner.query('create view identity.read_identifier as select * from identity.identifier');
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}

export const factMigrations: readonly Migration[] = [CreateFacts1763700000000];

const password = 'only-for-tests';
export const testRoles: readonly ServiceRole[] = [
  { name: 'tl_scoring', schema: 'scoring', password },
  { name: 'tl_identity', schema: 'identity', password },
  { name: 'tl_admin_api', schema: 'admin_api', password },
  rulesRole(password),
];

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
const json = new Set(['ledger', 'optOut']);

async function insert(client: Client, table: string, fact: object): Promise<void> {
  const entries = Object.entries(fact);
  const values = entries.map(([name, value]) => {
    if (value === null) return null;
    if (json.has(name)) return JSON.stringify(value);
    return name === 'at' || name.endsWith('At') ? new Date(value as number).toISOString() : (value as unknown);
  });
  await client.query(
    `insert into ${table} (${entries.map(([name]) => snake(name)).join(', ')}) values (${entries.map((_, index) => `$${index + 1}`).join(', ')})`,
    values,
  );
}

/** Stores the facts of a customer under this id, in place of what was there. */
export async function tell(client: Client, customerId: string, facts: CustomerFacts): Promise<CustomerFacts> {
  const own = <Fact extends { customerId: string }>(fact: Fact): Fact => ({ ...fact, customerId });
  const told: CustomerFacts = {
    ...facts,
    customer: own(facts.customer),
    things: Object.fromEntries(things.map((thing) => [thing, facts.things[thing].map(own)])) as unknown as CustomerFacts['things'],
  };
  await client.query('begin');
  for (const table of [...Object.keys(columns).map((name) => `scoring.${name}`), 'identity.identifier'])
    await client.query(`delete from ${table} where customer_id = $1`, [customerId]);
  await insert(client, 'scoring.customer', told.customer);
  for (const thing of things) for (const fact of told.things[thing]) await insert(client, catalogue.things[thing].view.replace('read_', ''), fact);
  for (const kind of told.identifiers) await insert(client, 'identity.identifier', { customerId, kind });
  await client.query('commit');
  return told;
}

import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { comparedPeriod, dayMs, dimensions, metrics, periodOf } from '@throughline/domain-metrics';
import { Client } from 'pg';
import { answerBreakdown, answerMoved } from './answer-breakdown';
import { answerTiles } from './answer-overview';
import { answerSeries } from './answer-series';
import type { KeptFacts } from './kept-facts';
import type { MetricQuestion } from './metric-questions';
import type { MomentSums } from './metric-statements';
import { MetricStore } from './metric-store';
import { refusalOf, type RowChoice } from './row-conditions';
import { factRoles, factViews, generateHouse, idOf, store, stream } from './test-facts';
import { keptFacts } from './test-kept';

const seed = Number(process.env['SEED'] ?? 20261122);
const everything: RowChoice = { filters: {}, agents: null };
const now = Date.now();

let database: TestDatabase;
let connection: Database;
let client: Client;
let other: Client;
let kept: KeptFacts;

beforeAll(async () => {
  database = await testDatabase({ migrations: factViews, roles: factRoles });
  [client, other] = [new Client({ connectionString: database.url }), new Client({ connectionString: database.url })];
  await Promise.all([client.connect(), other.connect()]);
  connection = await database.open('admin_api');
}, 60_000);
afterAll(async () => {
  await Promise.all([client.end(), other.end()]);
  await database.drop();
});
beforeEach(async () => {
  const tables = ['contact', 'engagement', 'queue_stay', 'answer', 'customer', 'segment_member', 'segment', 'score_head'].map((table) => `scoring.${table}`);
  await client.query(`truncate ${tables.join(', ')}, admin_api.agent, admin_api.team`);
  const house = generateHouse(seed, now);
  await store(client, house);
  await client.query('insert into scoring.score_head (customer_id) select customer_id from scoring.customer');
  kept = keptFacts(connection);
  await kept.load();
});
afterEach(() => {
  jest.restoreAllMocks();
  kept.onModuleDestroy();
});

const questionAt = (asOf: number, range: { days: number; lastDay: string }, choice: RowChoice): MetricQuestion => {
  const zone = 'Australia/Lord_Howe';
  const period = periodOf(range, zone);
  return { range: '', period, compared: comparedPeriod(period, 'prev', zone), zone, choice, names: {}, asOf, isPart: choice !== everything };
};
const lastDay = new Date(now).toISOString().slice(0, 10);

let turn = 0;

/** What is kept must say what the database says at the same time of asking: all tiles, and in turn one number over time, cut, and what moved it. */
async function expectTheSame(choice: RowChoice = everything): Promise<void> {
  const inDatabase = new MetricStore(connection);
  for (const range of [
    { days: 28, lastDay },
    { days: 400, lastDay },
  ]) {
    const moment = (await kept.now(choice))!;
    const question = questionAt(moment.asOf, range, choice);
    const said = await answerTiles(moment, question);
    expect(said).toEqual(await answerTiles(inDatabase, question));
    await expectCutToBeTheSame(choice, range, inDatabase);
  }
}

async function expectCutToBeTheSame(choice: RowChoice, range: { days: number; lastDay: string }, inDatabase: MetricStore): Promise<void> {
  const cuts = dimensions.filter((one) => one !== 'segment');
  const [metric, by] = [metrics[turn % metrics.length]!, cuts[(turn >> 1) % cuts.length]!];
  turn += 1;
  if (refusalOf(metric, choice, by) !== undefined) return;
  const moment = (await kept.now(choice, by))!;
  const question = questionAt(moment.asOf, range, choice);
  const further = metrics.slice(turn % 3, 3);
  const said = (sums: MomentSums) =>
    Promise.all([
      answerSeries(sums, question, metric),
      answerBreakdown({ sums, store: inDatabase }, question, metric, by, further),
      answerMoved({ sums, store: inDatabase }, question, metric, by),
    ]);
  expect(await said(moment)).toEqual(await said(inDatabase));
}

/** What scoring does in one transaction: rows of a customer are replaced, and the head says by whom. */
async function change(by: Client, customer: string, random: () => number): Promise<void> {
  const days = Math.floor(random() * 30);
  await by.query(`delete from scoring.contact where customer_id = $1 and frustration % 2 = ${days % 2}`, [customer]);
  await by.query(
    `update scoring.engagement set at = at + interval '2 days', agent = 'new agent', steps = steps + 1, next_same_intent_at = null where customer_id = $1`,
    [customer],
  );
  await by.query(
    `insert into scoring.answer (customer_id, anchor, place, at, family, question, value) select $1, gen_random_uuid(), 1, now() - $2 * interval '1 day', 'billing', 'csat', 5`,
    [customer, days],
  );
  await by.query("update scoring.customer set left_at = now() - interval '3 days' where customer_id = $1", [customer]);
  await by.query('update scoring.score_head set saved_in = pg_current_xact_id() where customer_id = $1', [customer]);
}

const customerNo = (n: number): string => idOf(`customer ${n}`);

it('says what the database says, whatever is chosen', async () => {
  await expectTheSame();
  await expectTheSame({ filters: { queue: ['billing', null] }, agents: null });
  await expectTheSame({ filters: { team: [idOf('First team'), null], channel: ['voice'] }, agents: ['ann', 'bob', 'eve'] });
  expect(await kept.now({ filters: { segment: [idOf('VIP')] }, agents: null })).toBeUndefined();
});

it('follows what scoring changes, in whatever order transactions begin and commit', async () => {
  const random = stream(seed);
  for (let round = 0; round < 12; round += 1) {
    // Begins before the next look, and is seen by a later one only.
    await other.query('begin');
    await change(other, customerNo(round), random);
    await client.query('begin');
    await change(client, customerNo(100 + Math.floor(random() * 100)), random);
    await client.query('commit');
    await expectTheSame();
    await other.query(round % 4 === 3 ? 'rollback' : 'commit');
    await expectTheSame(round % 2 === 0 ? everything : { filters: { agent: ['new agent'] }, agents: null });
  }
});

it('counts rows otherwise when their time has come, without a change', async () => {
  for (let hours = 0; hours < 30 * 24; hours += 31) {
    jest.spyOn(Date, 'now').mockReturnValue(now + hours * 3_600_000);
    await expectTheSame();
  }
});

it('shares one look at the database among those who ask at once', async () => {
  const reads = jest.spyOn(connection, 'inTransaction');
  const moments = await Promise.all(Array.from({ length: 20 }, () => kept.now(everything)));
  expect(new Set(moments.map((moment) => moment!.asOf)).size).toBe(1);
  expect(reads).toHaveBeenCalledTimes(1);
});

it('leaves the answer to the database after too many changes and where the facts do not fit, and reads them again', async () => {
  await client.query(`insert into scoring.score_head (customer_id, saved_in) select gen_random_uuid(), pg_current_xact_id() from generate_series(1, 5001)`);
  expect(await kept.now(everything)).toBeUndefined();
  expect(await keptFacts(connection, 0).now(everything)).toBeUndefined();
  const small = keptFacts(connection, 100);
  await small.load();
  expect(await small.now(everything)).toBeUndefined();
  small.onModuleDestroy();
});

it('finds customers that are new, and rows whose clock was set back', async () => {
  const id = idOf('somebody new');
  await client.query('begin');
  await client.query("insert into scoring.customer values ($1, true, now() - interval '300 days', now(), 'billing', 'voice', null)", [id]);
  await client.query(
    `insert into scoring.contact (customer_id, anchor, at, ended_at, family, intent, started_by, transactions, looks_resolved, frustration)
     values ($1, gen_random_uuid(), now() - interval '9 days', now() - interval '9 days', 'billing', 'billing', 'customer', 1, true, 50)`,
    [id],
  );
  await client.query('insert into scoring.score_head (customer_id, saved_in) values ($1, pg_current_xact_id())', [id]);
  await client.query('commit');
  await expectTheSame();
  const { asOf } = (await kept.now(everything))!;
  jest.spyOn(Date, 'now').mockReturnValue(now - dayMs);
  expect((await kept.now(everything))!.asOf).toBe(asOf);
  await expectTheSame();
});

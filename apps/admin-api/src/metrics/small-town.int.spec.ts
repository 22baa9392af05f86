import type { AnswerFact, ContactFact, CustomerFact, EngagementFact, QueueStayFact } from '@throughline/contracts';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { dayMs, metrics } from '@throughline/domain-metrics';
import { Client } from 'pg';
import { AuditTrail } from '../access/audit-trail';
import { principalOfToken } from '../access/principal';
import type { KeptFacts } from './kept-facts';
import { MetricQuestions } from './metric-questions';
import { MetricStore } from './metric-store';
import { MetricsController } from './metrics-controller';
import { NewestFacts } from './newest-facts';
import { RecentAnswers } from './recent-answers';
import { factRoles, factViews, idOf, store, type TestHouse } from './test-facts';
import { keptFacts } from './test-kept';

/** One week of a town of four, small enough to count on paper. */
const monday = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
const where = { channel: 'voice', queue: 'billing', agent: 'ann', site: 'north', intent: 'billing', family: 'billing' } as const;
const [ada, bo, cyd, dot] = ['ada', 'bo', 'cyd', 'dot'].map(idOf) as [string, string, string, string];
let places = 0;
const node = (customerId: string) => ({ customerId, anchor: idOf(`place ${++places}`), ...where });

const contact = (customerId: string, at: number, of: Partial<ContactFact>): ContactFact =>
  ({
    ...node(customerId),
    at,
    endedAt: at + hour,
    startedBy: 'customer',
    transactions: 1,
    looksResolved: true,
    repeatAt: null,
    channelRepeatAt: null,
    frustration: 0,
    ...of,
  }) as ContactFact;
const engagement = (customerId: string, at: number, of: Partial<EngagementFact>): EngagementFact =>
  ({
    ...node(customerId),
    at,
    firstContactEndAt: at + hour,
    closedAs: 'resolved',
    closedAt: at + hour,
    resolvedAt: at + hour,
    idleAt: at + 14 * dayMs,
    contacts: 1,
    steps: 1,
    nextSameIntentAt: null,
    saidSolved: null,
    saidSolvedAt: null,
    falseSuccess: false,
    ...of,
  }) as EngagementFact;
const answers = (question: AnswerFact['question'], marks: readonly number[]): AnswerFact[] =>
  marks.map((value, index) => ({ ...node(idOf(`asked ${index}`)), place: 1, at: monday + index * dayMs, question, value }) as AnswerFact);
const customer = (customerId: string, of: Partial<CustomerFact>): CustomerFact =>
  ({
    customerId,
    known: true,
    firstAt: monday - 200 * dayMs,
    lastAt: monday + dayMs,
    lastIntent: 'billing',
    lastChannel: 'voice',
    leftAt: null,
    ...of,
  }) as CustomerFact;

const town: TestHouse = {
  facts: {
    contact: [
      contact(ada, monday + hour, { frustration: 10 }),
      // Bo calls, and asks again by chat three days later: the phone sees a success, so does the chat.
      contact(bo, monday + 2 * hour, { frustration: 20, repeatAt: monday + 3 * dayMs }),
      contact(bo, monday + 3 * dayMs, { channel: 'chat', frustration: 30, transactions: 2 }),
      contact(cyd, monday + dayMs, { frustration: 40, looksResolved: false, transactions: 3 }),
      contact(ada, monday + 4 * dayMs, { frustration: 50, startedBy: 'company' }),
      // A week before: not in the period.
      contact(ada, monday - 3 * dayMs, { frustration: 99 }),
    ],
    engagement: [
      engagement(ada, monday + hour, { steps: 3 }),
      engagement(bo, monday + 2 * hour, {
        closedAs: 'sold',
        closedAt: monday + 3 * dayMs + 3.5 * hour,
        steps: 5,
        contacts: 2,
        nextSameIntentAt: monday + 3 * dayMs,
        falseSuccess: true,
      }),
      engagement(cyd, monday + dayMs, { closedAs: null, closedAt: null, resolvedAt: null }),
      engagement(ada, monday + 5 * dayMs, { closedAs: 'lost', resolvedAt: null, steps: 9 }),
    ],
    queueStay: [false, false, true, false, false].map((abandoned, index) => ({ ...node(bo), at: monday + index * hour, abandoned }) as QueueStayFact),
    answer: [...answers('csat', [5, 4, 3, 5, 3]), ...answers('nps', [10, 9, 8, 3, 7]), ...answers('empathy', [5, 5, 4, 5, 1]), ...answers('solved', [1, 0])],
    customer: [
      customer(ada, {}),
      customer(bo, { leftAt: monday + 2 * dayMs }),
      customer(cyd, { lastAt: monday - 91 * dayMs }),
      customer(dot, { firstAt: monday + dayMs }),
    ],
  },
  teams: new Map(),
  segments: new Map(),
};

let database: TestDatabase;
let kept: KeptFacts;
let controller: MetricsController;
/** The same, but that tiles are summed in memory. */
let inMemory: MetricsController;
const reader = principalOfToken('read', null);
const week = { range: '2026-03-02..2026-03-08', zone: 'UTC' };

beforeAll(async () => {
  database = await testDatabase({ migrations: factViews, roles: factRoles });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await store(client, town);
  await client.end();
  const connection = await database.open('admin_api');
  const newest = new NewestFacts(connection);
  const audit = new AuditTrail(connection);
  kept = keptFacts(connection);
  await kept.load();
  const facts = new MetricStore(connection);
  const [inDatabase, remembered] = [keptFacts(connection, 0), kept].map(
    (tiles) => new MetricsController(facts, new MetricQuestions(newest, facts), newest, new RecentAnswers(), tiles, connection, audit),
  );
  [controller, inMemory] = [inDatabase!, remembered!];
}, 60_000);
afterAll(async () => {
  kept?.onModuleDestroy();
  await database?.drop();
});

/** Numerator, rows and value, by hand. */
const byHand: Readonly<Record<string, readonly [number, number, number]>> = {
  'fcr.true': [1, 4, 25], // Ada once; Bo came back, Cyd gave up, Ada's second was lost
  'fcr.channel': [3, 4, 75], // all of the customers' contacts but Cyd's
  'fcr.falseSuccess': [1, 4, 25], // Bo's
  csat: [20, 5, 4],
  'csat.topBox': [2, 5, 40],
  nps: [1, 5, 20], // two promoters, one detractor
  empathy: [20, 5, 4],
  'empathy.topBox': [3, 5, 60],
  'contact.repeat': [1, 4, 25], // after Bo's call
  'contact.oneTransaction': [2, 4, 50],
  'queue.abandonment': [1, 5, 20],
  'effort.steps': [8, 2, 4], // 3 and 5; what was lost does not count
  'goal.time': [74.5, 2, 37.25], // Ada's hour, and Bo's from 2:00 on Monday to 3:30 on Thursday
  retention: [1, 2, 50], // of Ada and Bo; Cyd was dormant, Dot is new
  frustration: [150, 5, 30],
};

it('has every metric of the registry counted by hand', () => {
  expect(Object.keys(byHand).sort()).toEqual(metrics.map(({ id }) => id).sort());
});

it.each(Object.entries(byHand))('%s is what paper says, in chart, list and file', async (id, [numerator, n, value]) => {
  const { rows, total, sum } = await controller.rows(id, week, reader);
  expect([total, sum, rows.length]).toEqual([n, numerator, n]);
  const { now } = await controller.series(id, { ...week, range: '2026-03-02..2026-03-08' }, reader);
  if (id !== 'retention')
    expect([now.reduce((all, bar) => all + bar.figure.n, 0), now.reduce((all, bar) => all + bar.figure.numerator!, 0)]).toEqual([n, numerator]);
  for (const from of [controller, inMemory]) {
    const tile = (await from.overview(week, reader)).tiles.find(({ metric }) => metric === id);
    if (!tile) continue;
    expect([tile.now.numerator, tile.now.n]).toEqual([numerator, n]);
    expect(tile.now.value).toBeCloseTo(value, 10);
    if (id !== 'retention') expect(tile.change!.words).toBe('too little to compare with the 7 days before');
  }
});

it('gives satisfaction the interval of Student’s t: 4 ± 2.776 · 1 / √5', async () => {
  const { tiles } = await controller.overview(week, reader);
  const { low, high, isSmall, decimals } = tiles.find(({ metric }) => metric === 'csat')!.now;
  expect(low).toBeCloseTo(4 - 2.776445 / Math.sqrt(5), 4);
  expect(high).toBeCloseTo(4 + 2.776445 / Math.sqrt(5), 4);
  expect([isSmall, decimals]).toEqual([true, 1]);
});

it('shows the gap: what channels count as solved, and what was', async () => {
  const { slices } = await controller.breakdown('fcr.true', { ...week, by: 'queue', with: 'fcr.channel,empathy.topBox' }, reader);
  expect(slices).toHaveLength(1);
  expect(slices[0]).toMatchObject({ slice: 'billing', figure: { value: 25 }, with: { 'fcr.channel': { value: 75 }, 'empathy.topBox': { value: 60, n: 5 } } });
  const lookedSolved = await controller.rows('fcr.falseSuccess', { ...week, only: 'numerator' }, reader);
  expect(lookedSolved.rows.map(({ customerId }) => customerId)).toEqual([bo]);
});

import { type Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { dimensions, estimateOf, metricOf, metrics, scaleOf, type AnyMetric, type Dimension } from '@throughline/domain-metrics';
import { parse } from 'csv-parse/sync';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { AuditTrail } from '../access/audit-trail';
import { principalOfPerson, principalOfToken, type Principal } from '../access/principal';
import type { Figure } from './metric-answers';
import type { KeptFacts } from './kept-facts';
import { MetricQuestions } from './metric-questions';
import { MetricStore } from './metric-store';
import { MetricsController } from './metrics-controller';
import { NewestFacts } from './newest-facts';
import { RecentAnswers } from './recent-answers';
import { agents, channels, factRoles, factViews, families, generateHouse, idOf, intents, queues, sites, store, stream, type TestHouse } from './test-facts';
import { keptFacts } from './test-kept';
import { byBucket, naiveMoments, naiveRows } from './test-naive-metrics';

const questions = Number(process.env['RUNS'] ?? 500);
const seed = Number(process.env['SEED'] ?? 20261122);
const reader = principalOfToken('read', null);

let database: TestDatabase;
let connection: Database;
let controller: MetricsController;
/** The same, but that tiles are summed in memory. */
let inMemory: MetricsController;
let kept: KeptFacts;
let house: TestHouse;

beforeAll(async () => {
  house = generateHouse(seed, Date.now());
  database = await testDatabase({ migrations: factViews, roles: factRoles });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  await store(client, house);
  await client.end();
  connection = await database.open('admin_api');
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

type Query = Record<string, string | string[]>;

const wordsOf: Readonly<Record<Dimension, readonly (string | null)[]>> = {
  queue: queues,
  channel: [...channels, null],
  intent: intents,
  family: families,
  agent: agents,
  team: [idOf('First team'), idOf('Second team'), null],
  site: sites,
  segment: [idOf('VIP'), idOf('new'), null],
};
const ranges = ['28d', '7d', '1d', '2d', '90d', '2026-03-29..2026-03-29', '2026-03-23..2026-04-05', '2026-01-01..2026-12-31', '400d', '2026-03-01..2027-04-01'];
const lastDays = ['2026-03-29', '2026-04-05', '2026-04-30', new Date().toISOString().slice(0, 10)];
const zones = ['UTC', 'Europe/Berlin', 'Australia/Lord_Howe', 'Asia/Kolkata', 'America/St_Johns'];

/** A question as a person might click it together. */
function questionOf(random: () => number): Query {
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random() * list.length)]!;
  const query: Query = { range: pick(ranges), until: pick(lastDays), zone: pick(zones), compare: pick(['prev', 'year', 'none']) };
  for (const dimension of dimensions)
    if (random() < 0.2) {
      const chosen = [...new Set([pick(wordsOf[dimension]), pick(wordsOf[dimension])])].map((value) => (value === null ? '~' : encodeURIComponent(value)));
      query[`f.${dimension}`] = random() < 0.5 ? chosen.join(',') : chosen;
    }
  return query;
}

const isSuppressed = (metric: AnyMetric, n: number): boolean => n > 0 && n < metric.minimumN;

/** A figure must say what the naive rows say: number, sum and value. */
function expectFigure(figure: Figure, metric: AnyMetric, rows: Parameters<typeof naiveMoments>[0], isPart: boolean): void {
  if (isPart && isSuppressed(metric, rows.length)) return void expect(figure).toMatchObject({ value: null, n: 0, numerator: null, isSuppressed: true });
  const moments = naiveMoments(rows);
  const { value, interval } = estimateOf(metric.unit, moments);
  const scale = scaleOf(metric.unit);
  expect([figure.n, figure.numerator, figure.customers]).toEqual([moments.n, moments.sum, moments.customers]);
  if (value === null) expect(figure.value).toBeNull();
  else expect(figure.value).toBeCloseTo(value * scale, 8);
  if (interval === null) expect(figure.low).toBeNull();
  else {
    expect(figure.low).toBeCloseTo(interval.low * scale, 8);
    expect(figure.high).toBeCloseTo(interval.high * scale, 8);
  }
}

const csvRows = async (id: string, query: Query, who: Principal = reader): Promise<Record<string, string>[]> =>
  parse(await text((await controller.csv(id, query, who)).getStream()), { columns: true });

describe(`${questions} generated questions on a quiet database, against an evaluator without SQL`, () => {
  const canAsk = (metric: AnyMetric, query: Query): boolean => !metric.notBy.some((dimension) => `f.${dimension}` in query);
  /** A question that the metric's rows can answer. */
  function askableOf(random: () => number, metric: AnyMetric): Query {
    for (;;) {
      const query = questionOf(random);
      if (canAsk(metric, query)) return query;
    }
  }

  it.each(['by the database', 'in memory'])(
    'tiles, summed %s, say what the rows say, in both periods',
    async (how) => {
      const random = stream(seed + 1);
      for (let run = 0; run < questions; run += 1) {
        const query = questionOf(random);
        const { asked, tiles } = await (how === 'in memory' ? inMemory : controller).overview(query, reader);
        const isPart = Object.keys(asked.filters).length > 0;
        for (const tile of tiles) {
          const metric = metricOf(tile.metric)!;
          if (!canAsk(metric, query)) expect(tile.now).toMatchObject({ value: null, n: 0 });
          else {
            expectFigure(tile.now, metric, naiveRows(house, metric, asked, asked.period), isPart);
            if (asked.compared) expectFigure(tile.before!, metric, naiveRows(house, metric, asked, asked.compared), isPart);
          }
        }
      }
    },
    240_000,
  );

  it.each(['by the database', 'in memory'])(
    'bars over time, summed %s, are the rows of their hour, day, week or month on the clocks of the zone, and sum to the tile',
    async (how) => {
      const asking = how === 'in memory' ? inMemory : controller;
      const random = stream(seed + 2);
      const dated = metrics.filter(({ datedBy }) => datedBy !== 'period');
      for (let run = 0; run < questions; run += 1) {
        const metric = dated[run % dated.length]!;
        const query = askableOf(random, metric);
        const { asked, bucket, now } = await asking.series(metric.id, query, reader);
        const rows = naiveRows(house, metric, asked, asked.period);
        const groups = byBucket(rows, bucket, asked.zone);
        const isPart = Object.keys(asked.filters).length > 0;
        for (const bar of now) expectFigure(bar.figure, metric, groups.get(bar.start) ?? [], isPart);
        expect([...groups.keys()].filter((start) => !now.some((bar) => bar.start === start))).toEqual([]);
        if (!isPart || metric.minimumN === 1) expect(now.reduce((sum, { figure }) => sum + figure.n, 0)).toBe(rows.length);
      }
    },
    240_000,
  );

  it.each(['by the database', 'in memory'])(
    'slices, summed %s, are the rows of their part, and sum to the whole; what moved it sums to the change',
    async (how) => {
      const asking = how === 'in memory' ? inMemory : controller;
      const random = stream(seed + 3);
      const pairs = metrics.flatMap((metric) => dimensions.filter((by) => !metric.notBy.includes(by)).map((by) => ({ metric, by })));
      for (let run = 0; run < questions; run += 1) {
        const { metric, by } = pairs[run % pairs.length]!;
        const query = askableOf(random, metric);
        const { asked, slices, total, leftOut } = await asking.breakdown(metric.id, { ...query, by, with: 'frustration,nps' }, reader);
        const rows = naiveRows(house, metric, asked, asked.period, { by });
        for (const { slice, figure } of slices) {
          const of = rows.filter((row) => row.slices.includes(slice));
          expectFigure(figure, metric, of, true);
        }
        expect(leftOut).toBe(0);
        if (by !== 'segment' && slices.every(({ figure }) => !figure.isSuppressed) && !total.isSuppressed) {
          expect(slices.reduce((sum, { figure }) => sum + figure.n, 0)).toBe(total.n);
          expect(slices.reduce((sum, { figure }) => sum + figure.numerator!, 0)).toBeCloseTo(total.numerator!, 8);
        }
        if (by === 'segment' || asked.compared === null) continue;
        const moved = await asking.moved(metric.id, { ...query, by }, reader);
        const value = (of: typeof rows) => estimateOf(metric.unit, naiveMoments(of)).value;
        const [after, ago] = [value(rows), value(naiveRows(house, metric, asked, asked.compared))];
        if (after === null || ago === null) expect(moved.change).toBeNull();
        else {
          expect(moved.change).toBeCloseTo((after - ago) * scaleOf(metric.unit), 8);
          expect(moved.mix + moved.rate).toBeCloseTo(moved.change!, 8);
          expect(moved.slices.reduce((sum, slice) => sum + slice.total, 0)).toBeCloseTo(moved.change!, 8);
        }
      }
    },
    240_000,
  );

  it('lists and files hold exactly the rows of the number, in pages and whole', async () => {
    const random = stream(seed + 4);
    let [answered, withRows] = [0, 0];
    for (let run = 0; run < questions; run += 1) {
      const metric = metrics[run % metrics.length]!;
      const query = askableOf(random, metric);
      const only = ([undefined, 'numerator', 'rest'] as const)[run % 3];
      const narrowed = only === undefined ? query : { ...query, only };
      const first = await controller.rows(metric.id, { ...narrowed, limit: '200' }, reader);
      const { asked } = first;
      const expected = naiveRows(house, metric, asked, asked.period).filter(({ value }) => only === undefined || (only === 'numerator') === (value !== 0));
      if (isSuppressed(metric, expected.length) && Object.keys(asked.filters).length > 0) {
        expect(first).toMatchObject({ isSuppressed: true, total: 0, rows: [] });
        expect(await csvRows(metric.id, narrowed)).toEqual([]);
        answered += 1;
        continue;
      }
      if (first.total > 200) expect((await controller.rows(metric.id, { ...narrowed, limit: '200', page: '2' }, reader)).rows[0]).not.toEqual(first.rows[0]);
      expect([first.total, first.sum]).toEqual([expected.length, expected.reduce((sum, { value }) => sum + value, 0)]);
      const rows = [...first.rows];
      for (let cursor = first.cursor; cursor !== null;) {
        const next = await controller.rows(metric.id, { ...narrowed, limit: '200', cursor }, reader);
        rows.push(...next.rows);
        cursor = next.cursor;
      }
      const naive = expected.map(({ customerId, at, value, key }) => `${customerId} ${key.split('/')[0]} ${at} ${value}`).sort();
      expect(rows.map(({ customerId, node, at, value }) => `${customerId} ${node?.slice(-36) ?? customerId} ${at} ${value}`).sort()).toEqual(naive);
      expect(rows.map(({ at }) => at)).toEqual(rows.map(({ at }) => at).sort((a, b) => b - a));
      const file = await csvRows(metric.id, narrowed);
      expect(file.map((row) => `${row['customer']} ${row['node']?.slice(-36) || row['customer']} ${Date.parse(row['at']!)} ${row['value']}`).sort()).toEqual(
        naive,
      );
      answered += 1;
      if (rows.length > 0) withRows += 1;
    }
    expect(answered).toBe(questions);
    // Most of them ask about something that is there.
    expect(withRows).toBeGreaterThan(questions / 2);
  }, 240_000);
});

describe('the rows behind a bar', () => {
  it('are those of the bar, on the day with twenty-five hours too', async () => {
    const query = { range: '2026-03-23..2026-04-05', zone: 'Europe/Berlin' };
    const { now } = await controller.series('frustration', query, reader);
    expect(now.filter(({ start, until }) => until - start === 23 * 3_600_000)).toHaveLength(1);
    for (const { start, figure } of now) expect((await controller.rows('frustration', { ...query, bucket: String(start) }, reader)).total).toBe(figure.n);
    await expect(controller.rows('frustration', { ...query, bucket: String(now[1]!.start + 1) }, reader)).rejects.toMatchObject({ status: 400 });
  });
});

describe('whose rows are counted', () => {
  const supervisor = principalOfPerson({
    userId: idOf('sue'),
    name: 'Sue',
    roles: ['supervisor'],
    sessionId: idOf('session'),
    agentId: null,
    address: '::1',
    teamAgents: ['ann', 'bob'],
  });
  const query = { range: '2026-03-01..2026-04-30' };

  it('a supervisor’s are those of the own teams: in tiles, lists and files', async () => {
    const { asked, tiles } = await controller.overview(query, supervisor);
    expect(asked.agents).toBe(2);
    const repeat = metricOf('contact.repeat')!;
    const rows = naiveRows(house, repeat, asked, asked.period, { agents: ['ann', 'bob'] });
    expectFigure(tiles.find(({ metric }) => metric === 'contact.repeat')!.now, repeat, rows, true);
    expect((await controller.rows('contact.repeat', query, supervisor)).total).toBe(rows.length);
    expect(await csvRows('contact.repeat', query, supervisor)).toHaveLength(rows.length);
    const [noted] = await connection.query<{ action: string; target: string; rows: number }>(
      "select action, target, (details ->> 'rows')::integer as rows from admin_api.audit_entry order by place desc limit 1",
    );
    expect(noted).toEqual({ action: 'metric.exported', target: 'metric:contact.repeat', rows: rows.length });
    expect(new Set((await controller.rows('contact.repeat', { ...query, limit: '500' }, supervisor)).rows.map(({ agent }) => agent))).toEqual(
      new Set(['ann', 'bob']),
    );
  });

  it('numbers whose rows know no agent are not shown to whom only agents are', async () => {
    const { tiles } = await controller.overview(query, supervisor);
    expect(tiles.find(({ metric }) => metric === 'retention')!.now).toMatchObject({ value: null, absent: expect.stringContaining('agent') });
    await expect(controller.rows('retention', query, supervisor)).rejects.toMatchObject({ status: 422 });
  });

  it('names the agents, teams and segments that were chosen, and to a supervisor no agent of others', async () => {
    const chosen = { ...query, 'f.agent': 'ann,cy,~', 'f.team': idOf('First team'), 'f.segment': `${idOf('VIP')},unheard` };
    const [team, vip] = [{ [idOf('First team')]: 'First team' }, { [idOf('VIP')]: 'VIP', unheard: 'unheard' }];
    expect((await controller.overview(chosen, reader)).asked.names).toEqual({ agent: { ann: 'Agent ann', cy: 'Agent cy' }, team, segment: vip });
    expect((await controller.rows('frustration', chosen, supervisor)).asked.names).toEqual({ agent: { ann: 'Agent ann', cy: 'cy' }, team, segment: vip });
    expect((await controller.overview({ ...query, 'f.queue': 'billing' }, reader)).asked.names).toEqual({});
  });

  it('somebody without a team sees nothing', async () => {
    const nobody = principalOfPerson({
      userId: idOf('no'),
      name: 'No',
      roles: ['supervisor'],
      sessionId: idOf('session'),
      agentId: null,
      address: '::1',
      teamAgents: [],
    });
    expect((await controller.rows('frustration', query, nobody)).total).toBe(0);
  });
});

describe('a file', () => {
  it('disarms what a spreadsheet would run, and quotes as RFC 4180 says', async () => {
    const file = await text((await controller.csv('frustration', { range: '2026-03-01..2026-04-30' }, reader)).getStream());
    expect(file).toContain(",'=cmd(),");
    expect(file).toContain('"tech, ""line 1"""');
    expect(file.split('\r\n')[0]).toBe('metric,version,customer,node,at,value,queue,channel,intent,family,agent,site');
    expect(file).not.toMatch(/[^\r]\n/);
  });

  it('keeps the minus of a detractor a number', async () => {
    const rows = await csvRows('nps', { range: '2026-03-01..2026-04-30' });
    expect(rows.some(({ value }) => value === '-1')).toBe(true);
  });
});

describe('a question that cannot be asked', () => {
  it.each([
    [{ range: 'yesterday' }, 'range'],
    [{ zone: '+02:00' }, 'zone'],
    [{ until: '2026-02-30' }, 'until'],
    [{ 'f.queue': '%E0%A4%A' }, 'queue'],
  ])('is refused in words: %j', async (query, field) => {
    await expect(controller.overview(query, reader)).rejects.toMatchObject({ status: 400, detail: expect.stringContaining(field) });
  });

  it('names what the rows do not know', async () => {
    await expect(controller.breakdown('retention', { by: 'queue' }, reader)).rejects.toMatchObject({ status: 422, detail: expect.stringContaining('queue') });
    await expect(controller.series('fcr.secret', {}, reader)).rejects.toMatchObject({ status: 404 });
    await expect(controller.moved('csat', { by: 'segment' }, reader)).rejects.toMatchObject({ status: 400 });
    await expect(controller.rows('csat', { cursor: 'bm90IG91cnM' }, reader)).rejects.toMatchObject({ status: 400 });
  });

  it('never reaches a statement with its values', async () => {
    const evil = "x'); drop table scoring.contact; --";
    const { tiles } = await controller.overview({ range: '90d', 'f.queue': `${encodeURIComponent(evil)},~` }, reader);
    expect(tiles).toHaveLength(10);
    expect((await controller.breakdown('frustration', { by: 'queue', 'f.site': encodeURIComponent(evil) }, reader)).slices).toEqual([]);
    expect((await controller.rows('frustration', { range: '400d' }, reader)).total).toBeGreaterThan(0);
  });
});

describe('a range without a last day', () => {
  it('ends today where there are contacts', async () => {
    const { asked } = await controller.overview({ zone: 'UTC' }, reader);
    expect(asked.period.lastDay).toBe(new Date(asked.asOf).toISOString().slice(0, 10));
  });

  it('ends where the contacts did when the last weeks are silent', async () => {
    const later = new NewestFacts(connection);
    expect(await later.usualLastDay('UTC', Date.now() + 60 * 86_400_000)).toBe(
      new Date(Math.max(...house.facts.contact.map(({ at }) => at))).toISOString().slice(0, 10),
    );
  });
});

import { optOutReasons, type MenuVisitFact } from '@throughline/contracts';
import type { Database, Migration } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { dayMs, estimateOf, nodePopularity, sumMenu } from '@throughline/domain-metrics';
import { Client } from 'pg';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { principalOfPerson, principalOfToken, type Principal } from '../access/principal';
import { MetricQuestions } from '../metrics/metric-questions';
import { MetricStore } from '../metrics/metric-store';
import { NewestFacts } from '../metrics/newest-facts';
import { factRoles, factViews, idOf, stream } from '../metrics/test-facts';
import { MenuReader } from './menu-reader';
import { MenusController } from './menus-controller';

const seed = Number(process.env['SEED'] ?? 20261122);
const questions = Number(process.env['RUNS'] ?? 100);
const monday = Date.UTC(2026, 2, 2);
const reader = principalOfToken('read', null);
const march = { range: '2026-03-02..2026-03-29', zone: 'UTC' };

class CreateMenuViews1763000000002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create table scoring.menu_visit (customer_id uuid, anchor uuid, contact uuid, at timestamptz, place integer, channel text, queue text, agent text, site text,
      intent text, family text, node text, dwell_ms bigint, invalid_inputs integer, opt_out json)`);
    await runner.query('create view scoring.read_menu_visit as select * from scoring.menu_visit');
    await runner.query('create schema ingestion');
    await runner.query('create table ingestion.event (event_id uuid, body json)');
    await runner.query('create view ingestion.read_event as select * from ingestion.event');
    await runner.query("insert into admin_api.agent values ('ann', 'Ann A.'), ('bob', 'Bob B.')");
  }

  async down(): Promise<void> {
    throw new Error('a test database is dropped');
  }
}
const menuViews: readonly Migration[] = [...factViews, CreateMenuViews1763000000002];

const nodes = ['main.billing', 'main.fault', "main.o'ther", 'entry', 'rare/one ✗'] as const;

/** Six hundred calls of eighty customers in four weeks and a few days around them; callers go back and forth. */
function generateCalls(random: () => number): MenuVisitFact[] {
  const pick = <One>(list: readonly One[]): One => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: 600 }, (_, call) => {
    const steps = 1 + Math.floor(random() * 4);
    const cut = {
      channel: 'voice',
      queue: pick(['billing', null]),
      agent: pick(['ann', 'bob', null]),
      site: null,
      intent: 'unknown',
      family: 'unknown',
    } as const;
    const [customerId, anchor] = [idOf(`customer ${Math.floor(random() * 80)}`), idOf(`call ${call}`)];
    const enteredAt = Math.floor(monday + (random() * 32 - 2) * dayMs);
    const leaves = random() < 0.7;
    return Array.from({ length: steps }, (_, step) => ({
      ...{ customerId, anchor, contact: anchor, ...cut, at: enteredAt + step * 1_000, place: step + 1 },
      node: step === 0 ? 'entry' : random() < 0.004 ? nodes[4] : pick(nodes.slice(0, 4)),
      dwellMs: Math.floor(random() * 30_000),
      invalidInputs: Math.floor(random() * 3),
      optOut:
        leaves && step === steps - 1 ? { reason: pick(optOutReasons), confidence: Math.floor(random() * 950), events: [anchor, idOf(`gone ${call}`)] } : null,
    }));
  }).flat();
}

let database: TestDatabase;
let controller: MenusController;
let visits: readonly MenuVisitFact[];

const column = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

beforeAll(async () => {
  visits = generateCalls(stream(seed));
  const ingestion = { name: 'tl_ingestion', schema: 'ingestion', password: 'only-for-tests' };
  database = await testDatabase({ migrations: menuViews, roles: [...factRoles, ingestion] });
  const client = new Client({ connectionString: database.url });
  await client.connect();
  const stored = visits.map((visit) => ({
    ...Object.fromEntries(Object.entries(visit).map(([name, value]) => [column(name), value])),
    at: new Date(visit.at).toISOString(),
  }));
  await client.query('insert into scoring.menu_visit select * from json_populate_recordset(null::scoring.menu_visit, $1)', [JSON.stringify(stored)]);
  const events = visits
    .filter(({ place }) => place === 1)
    .map(({ anchor, at }) => ({
      event_id: anchor,
      body: { id: anchor, occurredAt: at, sourceSequence: 0, system: 'ivr', type: 'entered', channel: 'voice', attributes: { said: 'secret' }, intents: [] },
    }));
  await client.query('insert into ingestion.event select * from json_populate_recordset(null::ingestion.event, $1)', [JSON.stringify(events)]);
  await client.end();
  const connection: Database = await database.open('admin_api');
  const newest = new NewestFacts(connection);
  controller = new MenusController(new MenuReader(connection), new MetricQuestions(newest, new MetricStore(connection)), newest);
}, 60_000);
afterAll(() => database?.drop());

const inPeriod = ({ at }: MenuVisitFact, { from, until }: { from: number; until: number }): boolean => at >= from && at < until;
const leads = (agent: string): Principal =>
  principalOfPerson({ userId: idOf('user'), name: 'Lead', roles: ['supervisor'], sessionId: idOf('session'), agentId: null, address: '', teamAgents: [agent] });

describe('the nodes of the menu', () => {
  it('are what the definition sums up from the visits one by one, whatever is asked', async () => {
    const random = stream(seed);
    const pick = <One>(list: readonly One[]): One => list[Math.floor(random() * list.length)]!;
    for (let asked = 0; asked < questions; asked += 1) {
      const days = 1 + Math.floor(random() * 20);
      const firstDay = monday + Math.floor(random() * 25) * dayMs;
      const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
      const [agent, queue] = [pick([undefined, 'ann', 'bob', '~']), pick([undefined, 'billing', '~'])];
      const answer = await controller.menus(
        {
          range: `${day(firstDay)}..${day(firstDay + days * dayMs)}`,
          zone: pick(['UTC', 'Europe/Berlin']),
          ...(agent && { 'f.agent': agent }),
          ...(queue && { 'f.queue': queue }),
        },
        reader,
      );
      const chosen = visits.filter(
        (visit) =>
          inPeriod(visit, answer.asked.period) &&
          (agent === undefined || visit.agent === (agent === '~' ? null : agent)) &&
          (queue === undefined || visit.queue === (queue === '~' ? null : queue)),
      );
      const expected = nodePopularity(sumMenu(chosen));
      expect(
        answer.nodes.map(({ node, calls, visits, again, invalidInputs, ended, medianDwellMs, reasons, isSuppressed }) => ({
          node,
          calls,
          visits,
          again,
          invalidInputs,
          ended,
          medianDwellMs,
          reasons,
          isSuppressed,
        })),
      ).toEqual(
        // prettier-ignore
        expected.map(({ reach: _reach, firstChoice: _first, optOut: _optOut, ...node }) => node),
      );
      const isPart = agent !== undefined || queue !== undefined;
      for (const [index, { reach, firstChoice, optOut }] of expected.entries())
        for (const [name, moments] of Object.entries({ reach, firstChoice, optOut }) as ['reach' | 'firstChoice' | 'optOut', typeof reach][]) {
          const shown = answer.nodes[index]![name];
          const { value, interval } = estimateOf('percent', moments);
          if ((isPart || name === 'optOut') && moments.n > 0 && moments.n < 5) expect(shown).toMatchObject({ value: null, n: 0, isSuppressed: true });
          else {
            expect([shown.n, shown.numerator, shown.customers]).toEqual([moments.n, moments.sum, moments.customers]);
            for (const [found, wanted] of [
              [shown.value, value],
              [shown.low, interval?.low],
              [shown.high, interval?.high],
            ] as const)
              // prettier-ignore
              expect(found === null ? null : found / 100).toEqual(wanted == null ? null : expect.closeTo(wanted, 9));
          }
        }
    }
  }, 60_000);

  it('are those of the callers that the asker’s own agents served', async () => {
    const answer = await controller.menus(march, leads('ann'));
    const own = sumMenu(visits.filter((visit) => visit.agent === 'ann' && inPeriod(visit, answer.asked.period)));
    expect(answer.asked.agents).toBe(1);
    expect(answer.nodes.map(({ calls }) => calls)).toEqual(nodePopularity(own).map(({ calls }) => calls));
  });

  it('are none where nobody called', async () =>
    expect(await controller.menus({ range: '2020-01-01..2020-01-31' }, reader)).toMatchObject({ calls: 0, customers: 0, choosing: 0, nodes: [], leftOut: 0 }));
});

describe('the opt-outs of a node', () => {
  const node = "main.o'ther";

  it('are all of its callers who left for a person, page by page, the latest first', async () => {
    const first = await controller.optOuts({ ...march, node, limit: '7' }, reader);
    const expected = visits
      .filter((visit) => visit.node === node && visit.optOut !== null && inPeriod(visit, first.asked.period))
      .sort((a, b) => b.at - a.at || (a.anchor < b.anchor ? 1 : -1));
    expect(first.total).toBe(expected.length);
    const all = [...first.optOuts];
    for (let page = 2; all.length < first.total; page += 1)
      all.push(...(await controller.optOuts({ ...march, node, limit: '7', page: String(page) }, reader)).optOuts);
    expect(all.map(({ transaction, at, reason, confidence }) => [transaction, at, reason, confidence])).toEqual(
      expected.map(({ anchor, at, optOut }) => [`tx_${anchor}`, at, optOut!.reason, optOut!.confidence]),
    );
    expect(first.agents).toMatchObject({ ann: 'Ann A.' });
  });

  it('can be those of one reason, as many as the node counts', async () => {
    const { nodes: counted } = await controller.menus(march, reader);
    for (const { reason, count } of counted.find((one) => one.node === node)!.reasons!) {
      const { total, optOuts } = await controller.optOuts({ ...march, node, reason }, reader);
      expect(total).toBe(count);
      expect(new Set(optOuts.map((one) => one.reason))).toEqual(new Set([reason]));
    }
  });

  it('show the events that are still there, and nothing that was said', async () => {
    const { optOuts } = await controller.optOuts({ ...march, node }, reader);
    for (const { transaction, evidence, inMenuMs } of optOuts) {
      expect(evidence.map(({ eventId }) => `tx_${eventId}`)).toEqual([transaction]);
      expect(inMenuMs).toBeGreaterThanOrEqual(0);
    }
    expect(JSON.stringify(optOuts)).not.toContain('secret');
  });

  it('are only of contacts that the asker’s own agents served', async () => {
    const { optOuts, total } = await controller.optOuts({ ...march, node, limit: '200' }, leads('bob'));
    expect(total).toBe(optOuts.length);
    expect(new Set(optOuts.map(({ agent }) => agent))).toEqual(new Set(['bob']));
    expect(await controller.optOuts({ ...march, node }, leads('nobody'))).toMatchObject({ total: 0, optOuts: [] });
  });

  it('are not shown one by one where fewer than five calls came', async () => {
    const { nodes: counted } = await controller.menus(march, reader);
    const rare = counted.find((one) => one.node === nodes[4]);
    expect(rare).toMatchObject({ isSuppressed: true });
    expect(await controller.optOuts({ ...march, node: nodes[4] }, reader)).toMatchObject({ total: 0, optOuts: [], isSuppressed: true });
  });

  it('need a node', async () => {
    await expect(controller.optOuts(march, reader)).rejects.toMatchObject({ status: 400 });
    await expect(controller.optOuts({ ...march, node, reason: 'weather' }, reader)).rejects.toMatchObject({ status: 400 });
  });
});

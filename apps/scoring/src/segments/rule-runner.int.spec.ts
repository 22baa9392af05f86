import { catalogue, compileRule, evaluateRule } from '@throughline/domain-segments';
import { RuleRunner } from './rule-runner';
import { about, contactsInDays, customerWith, ruleOf, SegmentWorld } from './test-segments';

let world: SegmentWorld;
beforeAll(async () => {
  world = await SegmentWorld.open();
  await world.tell('dana', customerWith(3));
}, 60_000);
afterAll(() => world?.close());

const withRunner = async <Result>(
  options: { statementTimeoutMs?: number; costLimit?: number },
  work: (runner: RuleRunner) => Promise<Result>,
): Promise<Result> => {
  const runner = new RuleRunner({ url: world.server.urlFor('tl_rules'), statementTimeoutMs: 5_000, costLimit: 5_000_000, ...options });
  try {
    return await work(runner);
  } finally {
    await runner.onModuleDestroy();
  }
};

describe('the role of rules', () => {
  it('reads the views that rules speak of, and no table and no other view', async () => {
    await withRunner({}, async (runner) => {
      for (const view of [
        catalogue.customer.view,
        ...Object.values(catalogue.things).map(({ view }) => view),
        'identity.read_identifier',
        'scoring.read_segment_member',
      ])
        expect((await runner.run({ text: `select 1 from ${view} limit 1`, params: [] })).kind).toBe('rows');
      for (const other of ['scoring.customer', 'scoring.read_segment', 'scoring.segment_member', 'identity.identifier'])
        await expect(runner.run({ text: `select 1 from ${other}`, params: [] })).rejects.toMatchObject({ code: '42501' });
    });
  });

  it('writes nothing, even where it is told to, and cannot begin a transaction that writes', async () => {
    const database = await world.server.open('rules');
    await expect(database.execute('create temporary table t (a integer)')).rejects.toMatchObject({ code: expect.stringMatching(/^(25006|42501)$/) });
    await expect(database.execute('delete from scoring.read_customer')).rejects.toMatchObject({ code: expect.stringMatching(/^(25006|42501)$/) });
    await expect(
      database.inTransaction(async (tx) => {
        await tx.execute('set transaction read write');
        await tx.execute(`insert into scoring.read_customer values ('0e9d2f4e-0c3e-4d5f-9a51-6b0c61a1d001')`);
      }),
    ).rejects.toMatchObject({ code: '42501' });
  });

  it('is stopped when a statement takes too long', async () => {
    await withRunner({ statementTimeoutMs: 300 }, async (runner) => {
      const startedAt = performance.now();
      expect(await runner.run({ text: 'select pg_sleep(10)', params: [] })).toMatchObject({ kind: 'refused', reason: expect.stringContaining('0.3 seconds') });
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect((await runner.run({ text: 'select 1 as one', params: [] })).kind).toBe('rows');
    });
  });

  it('does not begin a statement that Postgres expects to cost too much', async () => {
    await withRunner({ costLimit: 1_000 }, async (runner) => {
      expect(await runner.run({ text: 'select count(*) from generate_series(1, 1000000) a, generate_series(1, 1000000) b', params: [] })).toMatchObject({
        kind: 'refused',
        reason: expect.stringContaining('too much'),
      });
    });
  });

  it('is not delayed by a rule whose words are a statement', async () => {
    const hostile = `'; select pg_sleep(10); --`;
    const rule = ruleOf(
      about('lastIntent', 'isNoneOf', [hostile]),
      about('lastIntent', 'isNoneOf', [`') or pg_sleep(10) is null or lower('`]),
      contactsInDays(0, 30),
    );
    await withRunner({}, async (runner) => {
      const startedAt = performance.now();
      const answer = await runner.run(compileRule(rule, catalogue, Date.now()));
      expect(performance.now() - startedAt).toBeLessThan(3_000);
      expect(answer).toMatchObject({ kind: 'rows', rows: [{}] });
      expect(evaluateRule(rule, customerWith(3), Date.now(), catalogue)).toBe(true);
    });
  });
});

import { defaultHierarchySettings } from '@throughline/contracts';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { Client } from 'pg';
import { oracleHierarchy } from './hierarchy/oracle-hierarchy';
import { buildWithSql, compareTransactions, transactionsOf, type OwnedFact } from './sql-oracle';
import { hierarchyWorld } from './worlds/world';

const worlds = Number(process.env['RUNS'] ?? 500);

describe('the two oracles', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await testDatabase({ migrations: [] });
    client = new Client({ connectionString: database.url });
    await client.connect();
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it(`cut the same transactions and interactions out of ${worlds} generated customers`, async () => {
    const facts: OwnedFact[] = [];
    const expected = [];
    for (let seed = 1; seed <= worlds; seed += 1) {
      const customerId = `customer-${seed}`;
      const { events, decidedBy } = hierarchyWorld(seed);
      const owned = events.map((event) => ({ event, decidedBy: decidedBy.get(event.id) ?? null }));
      facts.push(...owned.map((each) => ({ customerId, ...each })));
      expected.push(...transactionsOf(oracleHierarchy(customerId, owned, [], defaultHierarchySettings, 0)));
    }
    const said = await buildWithSql(client, facts, defaultHierarchySettings);
    expect(expected.filter(({ interaction }) => interaction !== null).length).toBeGreaterThan(worlds);
    expect(expected.some(({ attempt }) => attempt)).toBe(true);
    expect(compareTransactions(said, expected).slice(0, 3)).toEqual([]);
  });

  it('see the difference when the last event of each customer comes a quarter of a year later', async () => {
    const said: OwnedFact[] = [];
    const expected = [];
    for (let seed = 1; seed <= 20; seed += 1) {
      const customerId = `customer-${seed}`;
      const { events, decidedBy } = hierarchyWorld(seed);
      const owned = events.map((event) => ({ event, decidedBy: decidedBy.get(event.id) ?? null }));
      expected.push(...transactionsOf(oracleHierarchy(customerId, owned, [], defaultHierarchySettings, 0)));
      owned.forEach((each, index) =>
        said.push({
          customerId,
          ...each,
          event: index < owned.length - 1 ? each.event : { ...each.event, occurredAt: each.event.occurredAt + 90 * 86_400_000, endedAt: undefined },
        }),
      );
    }
    expect(compareTransactions(await buildWithSql(client, said, defaultHierarchySettings), expected)).not.toEqual([]);
  });
});

import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { migrations } from '../migrations';
import { JourneyBuilder } from './journey-builder';
import { ensureSettings } from './settings-versions';
import { eventOf, hour, idOf, noon, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;

beforeAll(async () => {
  server = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  database = await server.open('sessionization');
  upstream = await Upstream.open(server.url);
  await ensureSettings(database);
});
afterAll(async () => {
  await upstream?.close();
  await server?.drop();
});

/** Customers who write every four hours about one open complaint. Gives their ids. */
async function customersWith(events: number, ...names: readonly string[]): Promise<string[]> {
  const complaint = { intents: [{ intent: 'complaint', family: 'complaint' as const, confidence: 900, by: 'statement' as const }] };
  const storyOf = (name: string) =>
    Array.from({ length: events }, (_, place) =>
      eventOf(`${name}/${place}`, noon + place * 4 * hour, {
        ...complaint,
        issueKeys: [{ kind: 'case', namespace: '', value: name, ...(place === 0 && { state: 'opened' }) }],
      }),
    );
  await upstream.giveMany(names.flatMap((name) => storyOf(name).map((event) => [idOf(name), event] as const)));
  const ids = names.map(idOf).sort();
  const ignore = () => undefined;
  await new JourneyBuilder(database, { built: ignore, failed: ignore }, { refuse: ignore, accept: ignore }).build(ids);
  return ids;
}

/** How many rows of the hierarchy's tables Postgres reads for the last ten contacts of a customer. */
async function rowsReadOf(customerId: string, view: string, name: string): Promise<number> {
  return database.inTransaction(async (tx) => {
    const last = await tx.query<{ anchor: string }>(
      'select anchor from sessionization.read_interaction where customer_id = $1 order by start_at desc limit 10',
      [customerId],
    );
    const counted = async (): Promise<number> => {
      const [row] = await tx.query<{ rows: number }>(
        `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as rows from pg_stat_xact_user_tables where schemaname = 'sessionization'`,
      );
      return row!.rows;
    };
    const before = await counted();
    const found = await tx.query(
      `select v.* from unnest($1::uuid[], $2::uuid[]) as w (id, anchor)
       cross join lateral (select * from sessionization.${view} where customer_id = w.id and ${name} = w.anchor offset 0) v`,
      [last.map(() => customerId), last.map(({ anchor }) => anchor)],
    );
    expect(found).toHaveLength(10);
    return (await counted()) - before;
  });
}

it('what the views say of some contacts costs as many rows for a customer with 10,000 events as for one with 10', async () => {
  const [few] = await customersWith(10, 'few');
  const [many] = await customersWith(10_000, 'many');
  // What the planner expects of a customer is the average.
  await customersWith(2, ...Array.from({ length: 300 }, (_, place) => `other ${place}`));
  await upstream.query('analyze');
  expect(await upstream.query('select 1 from sessionization.engagement where customer_id = $1', [many])).toHaveLength(1);
  for (const [view, name] of [
    ['read_interaction', 'anchor'],
    ['read_part', 'interaction_anchor'],
    ['read_transaction', 'anchor'],
  ] as const)
    expect([view, await rowsReadOf(many!, view, name)]).toEqual([view, await rowsReadOf(few!, view, name)]);
}, 60_000);

import { defaultHierarchySettings, journeyChanged, type Correction } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { askThreeTimes, auditedIn, auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import { migrations } from '../migrations';
import { AnnounceDueEngagements } from './announce-due-engagements';
import { canonicalFromDatabase } from './canonical-from-database';
import { HeldCustomers } from './held-customers';
import { JourneyBuilder } from './journey-builder';
import { OnActivateSettings } from './on-activate-settings';
import { OnCorrectHierarchy } from './on-correct-hierarchy';
import { OnWithdrawCorrection } from './on-withdraw-correction';
import { RebuildAfterSettings } from './rebuild-after-settings';
import { readBacklog, RingUnbuiltCustomers } from './ring-unbuilt-customers';
import { RetryFailedCustomers } from './retry-failed-customers';
import { ensureSettings } from './settings-versions';
import { day, eventOf, idOf, minute, noon, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;
let customers: HeldCustomers;
let correct: OnCorrectHierarchy;
let withdraw: OnWithdrawCorrection;

const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const asOf = noon + 400 * day;
const by = 'tester';
const levelOf = async (customer: string, level: string): Promise<string[]> =>
  (await canonicalFromDatabase(database, [customer], asOf))[0]!.nodes.filter((node) => node.level === level).map(({ id }) => id);

beforeAll(async () => {
  server = await testDatabase({ migrations: [...auditMigrations, ...upstreamMigrations, ...migrations] });
  database = await server.open('sessionization');
  upstream = await Upstream.open(server.url);
  await ensureSettings(database);
  const builder = new JourneyBuilder(database, { built: () => undefined, failed: () => undefined }, { refuse: () => undefined, accept: () => undefined });
  customers = new HeldCustomers(builder, quiet);
  correct = new OnCorrectHierarchy(database, customers);
  withdraw = new OnWithdrawCorrection(database, customers);
});
afterAll(async () => {
  customers?.onModuleDestroy();
  await upstream?.close();
  await server?.drop();
});

describe('a correction', () => {
  const story = async (name: string): Promise<{ customer: string; first: string; second: string }> => {
    const customer = idOf(name);
    const [first, second] = [eventOf(`${name}/1`, noon), eventOf(`${name}/2`, noon + 45 * minute)];
    await upstream.give(customer, first, second);
    await customers.build([customer]);
    return { customer, first: first.id, second: second.id };
  };
  const joining = (name: string, first: string, second: string): Correction => ({
    id: idOf(`${name}/join`),
    at: asOf,
    by,
    kind: 'join',
    level: 'interaction',
    eventId: first,
    toEventId: second,
  });

  it('joins two interactions at once, and is there after a rebuild and after new events', async () => {
    const { customer, first, second } = await story('join');
    expect(await levelOf(customer, 'interaction')).toHaveLength(2);
    const joined = joining('join', first, second);
    expect(await correct.answer(joined)).toEqual({ kind: 'recorded', id: joined.id });
    expect(await levelOf(customer, 'interaction')).toEqual([`int_${first}`]);
    await upstream.give(customer, eventOf('join/3', noon + 3 * day));
    await customers.build([customer]);
    expect(await levelOf(customer, 'interaction')).toHaveLength(2);
    expect(await correct.answer(joined)).toEqual({ kind: 'repeated', id: joined.id });
  });

  it('leaves the hierarchy as if it had never been made when it is withdrawn', async () => {
    const { customer, first, second } = await story('withdraw');
    const before = await canonicalFromDatabase(database, [customer], asOf);
    const joined = joining('withdraw', first, second);
    await correct.answer(joined);
    expect(await canonicalFromDatabase(database, [customer], asOf)).not.toEqual(before);
    expect(await withdraw.answer({ correctionId: joined.id, by })).toEqual({ kind: 'withdrawn', id: joined.id });
    expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual(before);
    expect(await withdraw.answer({ correctionId: joined.id, by })).toEqual({ kind: 'repeated', id: joined.id });
    expect(await withdraw.answer({ correctionId: idOf('nothing'), by })).toEqual({ kind: 'notFound' });
    const [kept] = await upstream.query<{ withdrawn_by: string }>('select withdrawn_by from sessionization.read_correction where id = $1', [joined.id]);
    expect(kept).toEqual({ withdrawn_by: by });
  });

  it('stands with its entry in the audit, or neither does', async () => {
    const { customer, first, second } = await story('audited');
    const state = async (): Promise<unknown> => [await levelOf(customer, 'interaction'), await upstream.query('select * from sessionization.correction')];
    const joined = joining('audited', first, second);
    const corrected = await askThreeTimes(server, state, (note) => correct.answer(joined, note));
    expect(corrected).toEqual({ first: 'failed, nothing changed', second: ['recorded'], third: ['recorded'] });
    const withdrawn = await askThreeTimes(server, state, (note) => withdraw.answer({ correctionId: joined.id, by }, note));
    expect(withdrawn).toEqual({ first: 'failed, nothing changed', second: ['withdrawn'], third: ['withdrawn'] });
    expect((await auditedIn(server)).at(-1)!.details).toMatchObject({ kind: 'join' });
  });

  it('is refused in words when an event is unknown or the events belong to two customers', async () => {
    const [a, b] = [await story('refuse-a'), await story('refuse-b')];
    expect(await correct.answer(joining('refuse-1', a.first, idOf('nowhere')))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('no event') });
    expect(await correct.answer(joining('refuse-2', a.first, b.first))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('two customers') });
    expect(await upstream.query('select 1 from sessionization.correction where event_id = $1', [a.first])).toEqual([]);
  });
});

describe('a new settings version', () => {
  it('rebuilds everybody in the background, shows how far it is, and ends with one version', async () => {
    const activate = new OnActivateSettings(database);
    const ids = Array.from({ length: 5 }, (_, index) => idOf(`settings-${index}`));
    for (const id of ids) await upstream.give(id, eventOf(`settings/${id}/1`, noon), eventOf(`settings/${id}/2`, noon + 40 * minute));
    await customers.build(ids);
    expect(await levelOf(ids[0]!, 'interaction')).toHaveLength(2);
    const interactionGapMs = { ...defaultHierarchySettings.interactionGapMs, standard: 45 * minute };
    const settings = { ...defaultHierarchySettings, version: 2, interactionGapMs };
    const replies: Awaited<ReturnType<OnActivateSettings['answer']>>[] = [];
    const asked = await askThreeTimes(
      server,
      () => upstream.query('select version from sessionization.settings_version'),
      async (note) => {
        const reply = await activate.answer({ settings, by }, note);
        replies.push(reply);
        return reply;
      },
    );
    expect(asked).toEqual({ first: 'failed, nothing changed', second: ['activated'], third: ['activated'] });
    const standard = defaultHierarchySettings.interactionGapMs.standard;
    expect((await auditedIn(server)).at(-1)!.details).toMatchObject({
      before: { version: 1, interactionGapMs: { standard } },
      after: { version: 2, interactionGapMs },
    });
    const [answer] = replies;
    expect(answer).toMatchObject({ kind: 'activated', version: 2 });
    expect(replies.slice(1)).toEqual([{ kind: 'repeated', version: 2 }]);
    expect(await activate.answer({ settings: { ...settings, borrowMs: 1 }, by })).toMatchObject({ kind: 'refused' });
    const progress = async (): Promise<object> =>
      (
        await upstream.query<{ done: number; total: number; active: boolean }>('select done, total, active from sessionization.read_settings where version = 2')
      )[0]!;
    const isUnderWay = async (): Promise<unknown> => (await upstream.query('select under_way from sessionization.read_rebuild'))[0];
    const total = (answer as { customers: number }).customers;
    expect(await progress()).toEqual({ done: 0, total, active: true });
    expect(await isUnderWay()).toEqual({ under_way: true });
    // Until it is rebuilt, a customer's rows name the version that they were built with.
    expect((await canonicalFromDatabase(database, [ids[0]!], asOf))[0]!.settingsVersion).toBe(1);
    await new RebuildAfterSettings(database, customers).run();
    expect(await progress()).toEqual({ done: total, total, active: true });
    expect(await isUnderWay()).toEqual({ under_way: false });
    expect((await canonicalFromDatabase(database, ids, asOf)).map(({ settingsVersion }) => settingsVersion)).toEqual([2, 2, 2, 2, 2]);
    expect(await levelOf(ids[0]!, 'interaction')).toHaveLength(1);
  });

  it('is no rebuild under way when all that is left are customers that were set aside: what gives way would rest for good', async () => {
    const customer = idOf('left behind');
    await upstream.give(customer, eventOf('left-behind/1', noon), { ...eventOf('left-behind/2', noon + minute), contactLinks: null as never });
    await customers.build([customer]);
    await upstream.query('update sessionization.journey_head set settings_version = 1 where customer_id = $1', [customer]);
    expect(await upstream.query('select under_way from sessionization.read_rebuild')).toEqual([{ under_way: false }]);
    await upstream.take(customer, idOf('left-behind/2'));
    await customers.build([customer]);
  });
});

describe('time', () => {
  it('announces an engagement once when its window has passed, and again when it went on and passed again', async () => {
    const customer = idOf('due');
    const family = { intents: [{ intent: 'invoice', family: 'billing' as const, confidence: 900, by: 'menu' as const }] };
    await upstream.give(customer, eventOf('due/1', noon, family));
    await customers.build([customer]);
    const announcer = new AnnounceDueEngagements(database);
    const announced = async (at: number): Promise<boolean> => {
      await upstream.query('delete from sessionization.outbox');
      await announcer.announce(at);
      const rows = await upstream.query<{ payload: { customerIds: string[] } }>('select payload from sessionization.outbox where subject = $1', [
        journeyChanged.subject,
      ]);
      return rows.some(({ payload }) => payload.customerIds.includes(customer));
    };
    expect(await announced(noon + 30 * day)).toBe(false);
    expect(await announced(noon + 30 * day + 1)).toBe(true);
    expect(await announced(noon + 31 * day)).toBe(false);
    await upstream.give(customer, eventOf('due/2', noon + 20 * day, family));
    await customers.build([customer]);
    expect(await announced(noon + 50 * day)).toBe(false);
    expect(await announced(noon + 50 * day + 1)).toBe(true);
  });
});

describe('a lost message', () => {
  it('is a delay: the reconciler sees the customer, and builds it when its message does not come', async () => {
    const customer = idOf('lost');
    await upstream.give(customer, eventOf('lost/1', noon));
    const sweep = () => new RingUnbuiltCustomers(database, customers).run();
    expect((await readBacklog(database)).unbuilt).toBe(1);
    await sweep();
    expect(await levelOf(customer, 'transaction')).toEqual([]);
    await upstream.query("update sessionization.journey_head set due_since = now() - interval '1 minute' where customer_id = $1", [customer]);
    expect((await readBacklog(database)).oldestSeconds).toBeGreaterThan(50);
    await sweep();
    expect(await levelOf(customer, 'transaction')).toHaveLength(1);
    expect(await readBacklog(database)).toEqual({ unbuilt: 0, oldestSeconds: 0 });
  });

  it('is no delay for others while one customer is held: the reconciler passes over it', async () => {
    const [held, free] = [idOf('held'), idOf('free')];
    await upstream.give(held, eventOf('held/1', noon));
    await upstream.give(free, eventOf('free/1', noon));
    await customers.build([held, free]);
    await upstream.give(held, eventOf('held/2', noon + minute));
    await upstream.give(free, eventOf('free/2', noon + minute));
    const waits = (id: string) => upstream.query('select due_since is not null as waits from sessionization.journey_head where customer_id = $1', [id]);
    await server.open('sessionization').then((other) =>
      other.inTransaction(async (tx) => {
        await tx.query('select 1 from sessionization.journey_head where customer_id = $1 for update', [held]);
        await new RingUnbuiltCustomers(database, customers).run();
        expect([await waits(held), await waits(free)]).toEqual([[{ waits: false }], [{ waits: true }]]);
      }),
    );
    await new RingUnbuiltCustomers(database, customers).run();
    expect(await waits(held)).toEqual([{ waits: true }]);
    await customers.build([held, free]);
    expect([await waits(held), await waits(free)]).toEqual([[{ waits: false }], [{ waits: false }]]);
  });

  it('leaves no mark on a customer that was built while the reconciler looked: ten minutes later new events would be refused', async () => {
    const customer = idOf('meanwhile');
    await upstream.give(customer, eventOf('meanwhile/1', noon));
    const query = database.query.bind(database);
    const looking = jest.spyOn(database, 'query').mockImplementationOnce(async (text, values) => {
      const behind = await query(text, values);
      await customers.build([customer]);
      return behind;
    });
    await new RingUnbuiltCustomers(database, customers).run();
    expect(looking.mock.calls[0]![0]).toContain('read_customer_revision');
    looking.mockRestore();
    expect(await levelOf(customer, 'transaction')).toHaveLength(1);
    expect(await upstream.query('select due_since from sessionization.journey_head where customer_id = $1', [customer])).toEqual([{ due_since: null }]);
  });
});

describe('a customer that was set aside', () => {
  it('is tried again after a restart, and from then on only after a rest', async () => {
    const customer = idOf('aside');
    const failures = () => upstream.query<{ attempts: number }>('select attempts from sessionization.failed_customer where customer_id = $1', [customer]);
    await upstream.give(customer, eventOf('aside/1', noon), { ...eventOf('aside/2', noon + minute), contactLinks: null as never });
    await customers.build([customer]);
    const sweep = new RetryFailedCustomers(database, customers);
    await sweep.run();
    expect(await failures()).toEqual([{ attempts: 2 }]);
    await upstream.take(customer, idOf('aside/2'));
    await sweep.run();
    expect(await failures()).toEqual([{ attempts: 2 }]);
    await new RetryFailedCustomers(database, customers).run();
    expect(await failures()).toEqual([]);
    expect(await levelOf(customer, 'transaction')).toHaveLength(1);
  });
});

describe('the roles', () => {
  it('let sessionization read identity and ingestion by their views and write only its own tables', async () => {
    await expect(database.query('select 1 from identity.read_customer_event limit 1')).resolves.toBeDefined();
    for (const statement of [
      'insert into identity.customer_revision values (gen_random_uuid(), 1)',
      'insert into ingestion.event (event_id) values (gen_random_uuid())',
      'select 1 from identity.customer_event',
      'delete from ingestion.event',
    ])
      await expect(database.execute(statement)).rejects.toThrow('permission denied');
  });

  it('let nobody else write the hierarchy', async () => {
    for (const role of ['identity', 'ingestion', 'admin_api']) {
      const other = await server.open(role);
      await expect(other.query('select 1 from sessionization.read_transaction limit 1')).resolves.toBeDefined();
      await expect(other.execute('insert into sessionization.journey_head (customer_id) values (gen_random_uuid())')).rejects.toThrow('permission denied');
      await expect(other.execute('update sessionization.engagement set window_ms = 0')).rejects.toThrow('permission denied');
    }
  });

  it('keep the customer in every primary key and unique index of the family', async () => {
    const raw = ['settings_version', 'outbox', 'lease', 'correction'];
    const keys = await upstream.query<{ name: string; columns: string[] }>(
      `select c.relname as name, array_agg(a.attname::text order by k.place) as columns from pg_index i
       join pg_class c on c.oid = i.indrelid join pg_namespace n on n.oid = c.relnamespace,
       unnest(i.indkey) with ordinality as k (attnum, place) join pg_attribute a on a.attnum = k.attnum
       where a.attrelid = i.indrelid and n.nspname = 'sessionization' and i.indisunique group by c.relname, i.indexrelid`,
    );
    expect(keys.length).toBeGreaterThan(8);
    expect(keys.filter(({ name, columns }) => !raw.includes(name) && columns[0] !== 'customer_id')).toEqual([]);
    const times = await upstream.query(
      `select table_name, column_name from information_schema.columns where table_schema = 'sessionization'
       and (data_type in ('timestamp without time zone', 'date') or column_default like 'nextval%' or is_identity = 'YES')`,
    );
    expect(times).toEqual([]);
  });
});

import { defaultHierarchySettings, type CanonicalEvent } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { buildJourney, toCanonical } from '@throughline/domain-hierarchy';
import { Client } from 'pg';
import { migrations } from '../migrations';
import { canonicalFromDatabase } from './canonical-from-database';
import { JourneyBuilder, type BuildFacts } from './journey-builder';
import { ensureSettings } from './settings-versions';
import { day, eventOf, hour, idOf, minute, noon, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;
let facts: BuildFacts[];
let failed: string[];
let builder: JourneyBuilder;
const notReady: string[] = [];

beforeAll(async () => {
  server = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  database = await server.open('sessionization');
  upstream = await Upstream.open(server.url);
  await ensureSettings(database);
});
beforeEach(() => {
  facts = [];
  failed = [];
  notReady.length = 0;
  builder = builderWith({ customers: 400, events: 20_000 });
});
afterAll(async () => {
  await upstream?.close();
  await server?.drop();
});

function builderWith(limits: { customers: number; events: number }): JourneyBuilder {
  const observer = { built: (one: BuildFacts) => facts.push(one), failed: ({ customerId }: { customerId: string }) => failed.push(customerId) };
  return new JourneyBuilder(database, observer, { refuse: (_topic, reason) => notReady.push(reason), accept: () => undefined }, limits);
}

/** Where each row of the customer lies: an update, even to the same values, moves it. */
async function places(customerId: string): Promise<unknown[]> {
  const tables = ['transaction', 'event_transaction', 'interaction', 'engagement', 'node_membership', 'engagement_component'];
  const all = await Promise.all(
    tables.map((table) =>
      upstream.query(`select '${table}' as name, ctid::text, xmin::text from sessionization.${table} where customer_id = $1 order by 2`, [customerId]),
    ),
  );
  return all.flat();
}

/** What the rule says of these events, in the form in which everything is compared. */
function expected(
  customerId: string,
  events: readonly CanonicalEvent[],
  asOf: number,
  corrections: Parameters<typeof buildJourney>[0]['corrections'] = [],
): unknown {
  const journey = buildJourney({ customerId, events: events.map((event) => ({ event, decidedBy: 'test' })), corrections, settings: defaultHierarchySettings });
  return toCanonical(journey, defaultHierarchySettings, asOf);
}

const asOf = noon + 400 * day;
const fault = { intents: [{ intent: 'router broken', family: 'fault' as const, confidence: 900, by: 'menu' as const }] };

const call = (name: string, at: number, more: Partial<CanonicalEvent> = {}): CanonicalEvent[] => [
  eventOf(`${name}/ivr`, at, {
    system: 'ivr',
    type: 'entered',
    channel: 'voice',
    sessionKey: name,
    contactLinks: [{ kind: 'call', namespace: 'pbx', value: name }],
    ...more,
  }),
  eventOf(`${name}/queue`, at + minute, {
    system: 'acd',
    type: 'enqueued',
    channel: 'voice',
    sessionKey: name,
    queue: 'faults',
    contactLinks: [{ kind: 'call', namespace: 'pbx', value: name }],
  }),
  eventOf(`${name}/agent`, at + 2 * minute, {
    system: 'agent',
    type: 'connected',
    channel: 'voice',
    initiator: 'agent',
    sessionKey: name,
    agent: 'ann',
    endedAt: at + 6 * minute,
    ending: 'completed',
    contactLinks: [{ kind: 'call', namespace: 'pbx', value: name }],
  }),
];

describe('a customer that changed', () => {
  it('has the hierarchy of the rule in the database, ids included', async () => {
    const customer = idOf('equal');
    const events = [
      ...call('equal-1', noon, fault),
      eventOf('equal/ticket', noon + 5 * minute, {
        system: 'crm',
        type: 'ticketOpened',
        initiator: 'agent',
        presence: 'away',
        agent: 'ann',
        issueKeys: [{ kind: 'ticket', namespace: 'crm', value: 'K"1\\', state: 'opened' }],
      }),
      ...call('equal-2', noon + 3 * day, fault),
      eventOf('equal/blast', noon + 5 * day, {
        system: 'campaign',
        type: 'sent',
        channel: 'email',
        initiator: 'system',
        presence: 'away',
        purpose: 'marketing',
      }),
      eventOf('equal/try', noon + 9 * day, {
        system: 'agent',
        type: 'attempted',
        channel: 'voice',
        initiator: 'agent',
        presence: 'away',
        agent: 'bob',
        ending: 'noAnswer',
      }),
    ];
    await upstream.give(customer, ...events);
    expect(await builder.build([customer])).toEqual([]);
    const stored = await canonicalFromDatabase(database, [customer], asOf);
    expect(stored).toEqual([expected(customer, events, asOf)]);
    expect(stored[0]!.nodes.map(({ level }) => level)).toEqual(expect.arrayContaining(['transaction', 'interaction', 'engagement', 'journey']));
  });

  it('is not touched by a message that comes again', async () => {
    const customer = idOf('again');
    await upstream.give(customer, ...call('again', noon, fault));
    await builder.build([customer]);
    const before = await places(customer);
    facts = [];
    await builder.build([customer]);
    await builder.build([customer]);
    expect(facts).toEqual([]);
    expect(await places(customer)).toEqual(before);
  });

  it('writes no row when a replay of the whole stream says nothing new', async () => {
    const customer = idOf('replay');
    await upstream.give(customer, ...call('replay-1', noon, fault), ...call('replay-2', noon + 2 * day, fault));
    await builder.build([customer]);
    const before = await places(customer);
    facts = [];
    await upstream.ring(customer);
    await builder.build([customer]);
    expect(facts).toHaveLength(1);
    expect(facts[0]).toMatchObject({ customers: 1, rowsWritten: 0 });
    expect(await places(customer)).toEqual(before);
  });

  it('has only the rows of the changed nodes written', async () => {
    const customer = idOf('locality');
    const first = call('locality-1', noon, fault);
    await upstream.give(customer, ...first);
    await builder.build([customer]);
    const before = new Set((await places(customer)).map((place) => JSON.stringify(place)));
    await upstream.give(customer, ...call('locality-2', noon + 300 * day));
    await builder.build([customer]);
    const after = new Set((await places(customer)).map((place) => JSON.stringify(place)));
    expect([...before].filter((place) => !after.has(place))).toEqual([]);
    expect(after.size).toBeGreaterThan(before.size);
  });

  it('is as before when an event was added and taken away again', async () => {
    const customer = idOf('add-remove');
    const events = call('add-remove', noon, fault);
    const late = eventOf('add-remove/late', noon - 10 * minute, { system: 'web', type: 'pageViewed', channel: 'web' });
    await upstream.give(customer, ...events);
    await builder.build([customer]);
    const before = await canonicalFromDatabase(database, [customer], asOf);
    await upstream.give(customer, late);
    await builder.build([customer]);
    expect(await canonicalFromDatabase(database, [customer], asOf)).not.toEqual(before);
    await upstream.take(customer, late.id);
    await builder.build([customer]);
    expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual(before);
  });

  it('keeps nothing when its last event goes to somebody else', async () => {
    const [from, to] = [idOf('move-from'), idOf('move-to')];
    const events = call('move', noon, fault);
    await upstream.give(from, ...events);
    await builder.build([from]);
    await upstream.take(from, ...events.map(({ id }) => id));
    await upstream.give(to, ...events);
    await builder.build([from, to]);
    expect(await places(from)).toEqual([]);
    expect(await canonicalFromDatabase(database, [to], asOf)).toEqual([expected(to, events, asOf)]);
  });

  it('leaves a third customer alone', async () => {
    const [third, other] = [idOf('third'), idOf('third-other')];
    await upstream.give(third, ...call('third', noon, fault));
    await builder.build([third]);
    const before = await places(third);
    await upstream.give(other, ...call('third-other', noon, fault));
    await builder.build([third, other]);
    expect(await places(third)).toEqual(before);
  });

  it('goes alone when it has more events than fit, and the others are not forgotten', async () => {
    const customers = ['big-1', 'big-2', 'big-3'].map(idOf);
    for (const customer of customers) await upstream.give(customer, ...call(`${customer}-a`, noon), ...call(`${customer}-b`, noon + 2 * hour));
    expect(await builderWith({ customers: 400, events: 7 }).build(customers)).toEqual([]);
    expect(facts.map(({ customers: count, events }) => [count, events])).toEqual([
      [1, 6],
      [1, 6],
      [1, 6],
    ]);
  });

  it('that identity does not know gets no row', async () => {
    await builder.build([idOf('unknown')]);
    expect(await upstream.query('select 1 from sessionization.journey_head where customer_id = $1', [idOf('unknown')])).toEqual([]);
  });
});

describe('several workers', () => {
  it('never build one customer twice for one change, and one that is held stays due', async () => {
    const customer = idOf('held');
    const bystander = idOf('held-bystander');
    await upstream.give(customer, ...call('held', noon));
    await upstream.give(bystander, ...call('held-bystander', noon));
    await builder.build([customer, bystander]);
    await upstream.give(customer, ...call('held-2', noon + day));
    await upstream.give(bystander, ...call('held-bystander-2', noon + day));
    const holder = new Client({ connectionString: server.url });
    await holder.connect();
    try {
      await holder.query('begin');
      await holder.query('select 1 from sessionization.journey_head where customer_id = $1 for update', [customer]);
      expect(await builder.build([customer, bystander])).toEqual([customer]);
      expect((await canonicalFromDatabase(database, [bystander], asOf))[0]!.nodes.filter(({ level }) => level === 'transaction')).toHaveLength(6);
      expect((await canonicalFromDatabase(database, [customer], asOf))[0]!.nodes.filter(({ level }) => level === 'transaction')).toHaveLength(3);
    } finally {
      await holder.query('rollback');
      await holder.end();
    }
    expect(await builder.build([customer])).toEqual([]);
    expect((await canonicalFromDatabase(database, [customer], asOf))[0]!.nodes.filter(({ level }) => level === 'transaction')).toHaveLength(6);
  });

  it('end with what one would have built, whatever the interleaving', async () => {
    const customers = Array.from({ length: 12 }, (_, index) => idOf(`race-${index}`));
    const events = new Map<string, CanonicalEvent[]>(customers.map((customer) => [customer, []]));
    const rounds = 6;
    for (let round = 0; round < rounds; round += 1) {
      const building: Promise<string[]>[] = [];
      for (const customer of customers) {
        const more = call(`${customer}-${round}`, noon + round * 7 * hour, fault);
        events.get(customer)!.push(...more);
        await upstream.give(customer, ...more);
        building.push(builder.build([customer, customers[(round * 5) % 12]!]), builder.build(customers));
      }
      await Promise.all(building);
    }
    let left = await builder.build(customers);
    while (left.length > 0) left = await builder.build(left);
    const stored = await canonicalFromDatabase(database, customers, asOf);
    expect(stored).toEqual(customers.map((customer) => expected(customer, events.get(customer)!, asOf)));
  });
});

describe('an id that was shown', () => {
  it('resolves to the node that now holds its event, after a late event in front', async () => {
    const customer = idOf('late');
    const events = call('late', noon, fault);
    await upstream.give(customer, ...events);
    await builder.build([customer]);
    const shown = (await canonicalFromDatabase(database, [customer], asOf))[0]!.nodes.find(({ level }) => level === 'interaction')!;
    const late = eventOf('late/front', noon - 20 * minute, { system: 'web', type: 'pageViewed', channel: 'web' });
    await upstream.give(customer, late);
    await builder.build([customer]);
    const now = (await canonicalFromDatabase(database, [customer], asOf))[0]!.nodes.filter(({ level }) => level === 'interaction');
    expect(now).toHaveLength(1);
    expect(now[0]!.id).toBe(`int_${late.id}`);
    expect(now[0]!.events).toContain(shown.anchor);
    const [holder] = await upstream.query<{ parent_id: string }>(
      `select t.parent_id from sessionization.read_event_transaction e
       join sessionization.read_transaction t on t.customer_id = e.customer_id and t.anchor = e.transaction_anchor where e.customer_id = $1 and e.event_id = $2`,
      [customer, shown.anchor],
    );
    expect(holder!.parent_id).toBe(`int_${late.id}`);
  });
});

describe('a customer that the rule cannot build', () => {
  const broken = (name: string): CanonicalEvent => ({ ...eventOf(name, noon), contactLinks: null as never });

  it('is set aside with a reason, keeps its last good tree marked stale, and holds up nobody', async () => {
    const [bad, good] = [idOf('poison'), idOf('poison-neighbour')];
    await upstream.give(bad, ...call('poison', noon, fault));
    await builder.build([bad]);
    const before = await places(bad);
    await upstream.give(bad, broken('poison/bad'));
    await upstream.give(good, ...call('poison-neighbour', noon));
    expect(await builder.build([bad, good])).toEqual([]);
    expect(failed).toEqual([bad]);
    expect(await places(bad)).toEqual(before);
    const [row] = await upstream.query<{ reason: string; attempts: number; stale: boolean }>(
      'select reason, attempts, stale from sessionization.failed_customer f join sessionization.journey_head h using (customer_id) where customer_id = $1',
      [bad],
    );
    expect(row).toMatchObject({ attempts: 1, stale: true });
    expect(row!.reason).not.toContain('\n');
    expect((await canonicalFromDatabase(database, [good], asOf))[0]!.nodes).not.toEqual([]);
  });

  it('is whole again after its next good change', async () => {
    const customer = idOf('healed');
    await upstream.give(customer, broken('healed/bad'));
    await builder.build([customer]);
    expect(failed).toEqual([customer]);
    await upstream.take(customer, idOf('healed/bad'));
    const events = call('healed', noon);
    await upstream.give(customer, ...events);
    await builder.build([customer]);
    expect(await upstream.query('select 1 from sessionization.failed_customer where customer_id = $1', [customer])).toEqual([]);
    expect(await canonicalFromDatabase(database, [customer], asOf)).toEqual([expected(customer, events, asOf)]);
  });

  it('is not poison when many are: nothing is saved, the service turns unready and the batch comes again', async () => {
    const customers = Array.from({ length: 20 }, (_, index) => idOf(`many-${index}`));
    await upstream.giveMany(customers.map((customer, index) => [customer, index < 2 ? broken(`many/${index}`) : eventOf(`many/${index}`, noon)]));
    await expect(builder.build(customers)).rejects.toThrow('2 of 20');
    expect(notReady).toHaveLength(1);
    expect(await upstream.query('select 1 from sessionization.journey_head where customer_id = any($1::uuid[]) and built_revision > 0', [customers])).toEqual(
      [],
    );
    expect(failed).toEqual([]);
  });
});

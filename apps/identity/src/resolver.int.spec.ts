import { defaultIdentitySettings as settings, type CanonicalEvent, type Decision } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { askThreeTimes, auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import { migrations } from '../migrations';
import { OnDecideIdentity } from './on-decide-identity';
import { OnWithdrawDecision } from './on-withdraw-decision';
import { Resolver, type ResolveLimits } from './resolver';
import { RetryFailedEvents } from './retry-failed-events';
import { eventOf, idOf, identifierOf, minute, noon, Upstream, upstreamMigrations } from './test-upstream';

let test: TestDatabase;
let database: Database;
let upstream: Upstream;
let resolver: Resolver;
const failures: string[] = [];
const readiness = { refused: false, refuse: () => (readiness.refused = true), accept: () => (readiness.refused = false) };

const open = (limits?: ResolveLimits): Resolver =>
  new Resolver(database, { resolved: () => undefined, failed: (id) => failures.push(id) }, readiness, settings, limits);

beforeEach(async () => {
  test = await testDatabase({ migrations: [...auditMigrations, ...upstreamMigrations, ...migrations] });
  database = await test.open('identity');
  upstream = await Upstream.open(test.url);
  failures.length = 0;
  resolver = open();
});

afterEach(async () => {
  await resolver.close();
  await upstream.close();
  await test.drop();
});

async function accept(...events: readonly CanonicalEvent[]): Promise<void> {
  await resolver.resolve(await upstream.accept(...events));
}

async function everything(): Promise<string> {
  await resolver.flush();
  return upstream.everything();
}

const of = async (name: string): Promise<string> => (await upstream.owners()).get(idOf(name))!;
const email = (value: string) => identifierOf('email', value);

describe('resolving events', () => {
  it('gives each event one customer, and one customer to what one event shows together', async () => {
    await accept(eventOf('a', noon, [email('dana@example.com'), identifierOf('phone', '+1 555 010 0123')]));
    await accept(eventOf('b', noon + minute, [identifierOf('phone', '(555) 010-0123')]), eventOf('c', noon, [email('kim@example.com')]));
    expect(await of('b')).toBe(await of('a'));
    expect(await of('c')).not.toBe(await of('a'));
    const identifiers = await upstream.query(
      'select kind, value, rule, event_id, confidence from identity.read_identifier where customer_id = $1 order by kind',
      [await of('a')],
    );
    expect(identifiers).toEqual([
      { kind: 'email', value: 'dana@example.com', rule: 'sameEvent', event_id: idOf('a'), confidence: 600 },
      { kind: 'phone', value: '+15550100123', rule: 'sameEvent', event_id: idOf('a'), confidence: 600 },
    ]);
  });

  it('moves the events of the younger customer when two turn out to be one, and raises both revisions', async () => {
    await accept(eventOf('old', noon, [email('dana@example.com')]), eventOf('young', noon + minute, [email('d@work.example.com')]));
    const [elder, younger] = [await of('old'), await of('young')];
    const before = await upstream.revisions();
    await accept(eventOf('both', noon + 2 * minute, [email('dana@example.com'), email('d@work.example.com')]));
    expect(await of('young')).toBe(elder);
    const after = await upstream.revisions();
    expect(after.get(elder)).toBe(before.get(elder)! + 1);
    expect(after.get(younger)).toBe(before.get(younger)! + 1);
    expect(await upstream.query('select resolves_to from identity.read_customer where customer_id = $1', [younger])).toEqual([{ resolves_to: elder }]);
    const [published] = await upstream.query<{ ids: string[] }>(`select payload->'customerIds' as ids from identity.outbox order by created_at desc limit 1`);
    expect(published!.ids).toEqual([elder, younger].sort());
    const changes = await upstream.query(
      'select customer_id, from_at from identity.read_customer_change where customer_id = $1 order by revision desc limit 1',
      [younger],
    );
    expect(changes).toEqual([{ customer_id: younger, from_at: new Date(noon + minute) }]);
  });

  it('changes nothing when the same events come again', async () => {
    const events = [
      eventOf('a', noon, [email('dana@example.com')]),
      eventOf('b', noon, [], { sessionKey: 's', contactLinks: [{ kind: 'call', namespace: '', value: 'c' }] }),
    ];
    await accept(...events);
    const [rows, revisions] = [await everything(), await upstream.revisions()];
    await accept(...events);
    expect(await everything()).toBe(rows);
    expect(await upstream.revisions()).toEqual(revisions);
  });

  it('gives an anonymous visit to the customer who identifies in it', async () => {
    const cookie = identifierOf('cookie', 'k1');
    await accept(eventOf('page', noon, [cookie]));
    const stranger = await of('page');
    expect(await upstream.query('select kind from identity.read_customer where customer_id = $1', [stranger])).toEqual([{ kind: 'placeholder' }]);
    await accept(eventOf('form', noon + minute, [cookie, email('dana@example.com')]));
    expect(await of('page')).toBe(await of('form'));
    expect(await upstream.query('select owner_rule, decided_by from identity.read_customer_event where event_id = $1', [idOf('page')])).toEqual([
      { owner_rule: 'device', decided_by: 'cookie::k1' },
    ]);
    expect(await upstream.query('select resolves_to from identity.read_customer where customer_id = $1', [stranger])).toEqual([
      { resolves_to: await of('form') },
    ]);
  });

  it('keeps the review item of a shared value when a customer number it was seen with is linked further', async () => {
    const phone = identifierOf('phone', '+1 555 010 0123');
    const [one, two] = [identifierOf('customerNumber', 'C1'), identifierOf('customerNumber', 'C2')];
    await accept(eventOf('a', noon, [one, phone]), eventOf('b', noon + minute, [two, phone]));
    const reviews = () => upstream.query('select id, kind, customer_id from identity.read_review order by customer_id nulls first');
    const before = await reviews();
    expect(before.map(({ kind, customer_id }: { kind?: string; customer_id?: string }) => [kind, customer_id])).toEqual([
      ['shared', null],
      ...[await of('a'), await of('b')].sort().map((customer) => ['shared', customer]),
    ]);
    await accept(eventOf('c', noon + 2 * minute, [one, email('dana@example.com')]));
    expect(await reviews()).toEqual(before);
    await accept(eventOf('b', noon + minute, [two], { revision: 1 }));
    expect(await reviews()).toEqual([]);
  });

  it('reads a corrected event anew and leaves no trace of what it said before', async () => {
    await accept(eventOf('a', noon, [email('dana@example.com')]), eventOf('b', noon + minute, [email('kim@example.com')]));
    const never = await everything();
    await accept(eventOf('x', noon + 2 * minute, [email('dana@example.com')]));
    const plain = await everything();
    await accept(eventOf('x', noon + 2 * minute, [email('dana@example.com'), email('kim@example.com')], { revision: 1 }));
    expect(await of('b')).toBe(await of('a'));
    await accept(eventOf('x', noon + 2 * minute, [email('dana@example.com')], { revision: 2 }));
    expect(await of('b')).not.toBe(await of('a'));
    expect(
      (await everything())
        .replaceAll(/,2,"2026/gu, ',0,"2026')
        .replaceAll('"[2,', '"[0,')
        .replaceAll('[2,', '[0,'),
    ).toBe(plain.replaceAll('[2,', '[0,'));
    expect(never).not.toBe(plain);
  });
});

describe('decisions of people', () => {
  const ask = (decision: Partial<Decision> & { kind: Decision['kind'] }, id: string): Decision =>
    ({ id: idOf(id), at: noon, by: 'tester', ...decision }) as Decision;
  const dana = { kind: 'email' as const, namespace: '', value: 'dana@example.com' };
  const kim = { kind: 'email' as const, namespace: '', value: 'kim@example.com' };

  it('joins by a word and is as never joined when it is withdrawn', async () => {
    await accept(eventOf('a', noon, [email('dana@example.com')]), eventOf('b', noon + minute, [email('kim@example.com')]));
    const never = await everything();
    const decide = new OnDecideIdentity(resolver);
    expect(await decide.answer(ask({ kind: 'same', a: dana, b: kim }, 'd1'))).toEqual({ kind: 'recorded', id: idOf('d1') });
    expect(await of('b')).toBe(await of('a'));
    expect(await decide.answer(ask({ kind: 'same', a: dana, b: kim }, 'd1'))).toEqual({ kind: 'repeated', id: idOf('d1') });
    const withdraw = new OnWithdrawDecision(resolver);
    expect(await withdraw.answer({ decisionId: idOf('d1'), by: 'tester' })).toEqual({ kind: 'withdrawn', id: idOf('d1') });
    expect(await everything()).toBe(never);
    expect(await withdraw.answer({ decisionId: idOf('d1'), by: 'tester' })).toEqual({ kind: 'repeated', id: idOf('d1') });
    expect(await withdraw.answer({ decisionId: idOf('d9'), by: 'tester' })).toEqual({ kind: 'notFound' });
  });

  it('stands with its entry in the audit, or neither does: then nothing follows from it either', async () => {
    await accept(eventOf('a', noon, [email('dana@example.com')]), eventOf('b', noon + minute, [email('kim@example.com')]));
    const state = async (): Promise<unknown> => [await everything(), await upstream.query('select * from identity.decision')];
    const decide = new OnDecideIdentity(resolver);
    const decided = await askThreeTimes(test, state, (note) => decide.answer(ask({ kind: 'same', a: dana, b: kim }, 'd3'), note));
    expect(decided).toEqual({ first: 'failed, nothing changed', second: ['recorded'], third: ['recorded'] });
    expect(await of('b')).toBe(await of('a'));
    const withdraw = new OnWithdrawDecision(resolver);
    const withdrawn = await askThreeTimes(test, state, (note) => withdraw.answer({ decisionId: idOf('d3'), by: 'tester' }, note));
    expect(withdrawn).toEqual({ first: 'failed, nothing changed', second: ['withdrawn'], third: ['withdrawn'] });
    expect(await of('b')).not.toBe(await of('a'));
  });

  it('shows a household and merges nothing', async () => {
    await accept(eventOf('a', noon, [email('dana@example.com')]), eventOf('b', noon + minute, [email('kim@example.com')]));
    await new OnDecideIdentity(resolver).answer(ask({ kind: 'household', a: dana, b: kim }, 'h1'));
    expect(await of('b')).not.toBe(await of('a'));
    const rows = await upstream.query<{ customer_id: string; household_id: string }>('select * from identity.read_household');
    expect(rows.map((row) => row.customer_id).sort()).toEqual([await of('a'), await of('b')].sort());
    expect(new Set(rows.map((row) => row.household_id)).size).toBe(1);
  });

  it('refuses a word on a value that identifies nobody', async () => {
    const refused = await new OnDecideIdentity(resolver).answer(ask({ kind: 'same', a: dana, b: { kind: 'email', namespace: '', value: 'anonymous' } }, 'd2'));
    expect(refused.kind).toBe('refused');
  });
});

describe('faults', () => {
  it('keeps nothing of a transaction that fails and resolves the batch when it comes again', async () => {
    const ids = await upstream.accept(eventOf('a', noon, [email('dana@example.com')]));
    await upstream.query('alter table identity.founding rename to founding_away');
    await upstream.query('revoke insert on identity.customer_event from tl_identity');
    await expect(resolver.resolve(ids)).resolves.toBeUndefined();
    expect(failures).toEqual(ids);
    await upstream.query('alter table identity.founding_away rename to founding');
    await upstream.query('grant insert on identity.customer_event to tl_identity');
    expect(await upstream.owners()).toEqual(new Map());
    await resolver.resolve(ids);
    expect([...(await upstream.owners()).keys()]).toEqual(ids);
    expect(await upstream.query('select event_id from identity.read_failed_event')).toEqual([]);
  });

  it('sets one poisoned event aside and resolves the others', async () => {
    const events = Array.from({ length: 40 }, (_, n) => eventOf(`e${n}`, noon + n, [email(`c${n}@example.com`)]));
    const bad = { ...events[7]!, identifiers: null as unknown as [] };
    await accept(...events.slice(0, 7), bad, ...events.slice(8));
    expect(failures).toEqual([bad.id]);
    expect((await upstream.owners()).size).toBe(39);
    expect(await upstream.query('select event_id, attempts from identity.read_failed_event')).toEqual([{ event_id: bad.id, attempts: 1 }]);
    await accept(events[7]!);
    expect((await upstream.owners()).size).toBe(40);
    expect(await upstream.query('select event_id from identity.read_failed_event')).toEqual([]);
  });

  it('tries what was set aside again after a restart, and from then on only after a rest', async () => {
    const whole = eventOf('bad', noon + minute, [email('dana@example.com')]);
    await accept(eventOf('good', noon, [email('dana@example.com')]), { ...whole, identifiers: null as unknown as [] });
    await new RetryFailedEvents(database, resolver).run();
    expect(await upstream.query('select event_id, attempts from identity.read_failed_event')).toEqual([{ event_id: whole.id, attempts: 2 }]);
    await upstream.accept(whole);
    const sweep = new RetryFailedEvents(database, resolver);
    await sweep.run();
    expect(await upstream.query('select event_id from identity.read_failed_event')).toEqual([]);
    expect(await of('bad')).toBe(await of('good'));
    await upstream.query("insert into identity.failed_event values ($1, 'once more', 1, now())", [idOf('later')]);
    await sweep.run();
    expect(await upstream.query('select attempts from identity.read_failed_event')).toEqual([{ attempts: 1 }]);
  });

  it('stops and turns unready when many events fail: that is no poison', async () => {
    const ids = await upstream.accept(
      ...Array.from({ length: 40 }, (_, n) => ({ ...eventOf(`e${n}`, noon), ...(n < 3 ? { identifiers: null as unknown as [] } : {}) })),
    );
    await expect(resolver.resolve(ids)).rejects.toThrow('3 of 40');
    expect(readiness.refused).toBe(true);
    expect(await upstream.query('select event_id from identity.read_failed_event')).toEqual([]);
  });

  it('lets one worker write at a time', async () => {
    const other = open();
    await accept(eventOf('a', noon, [email('dana@example.com')]));
    await expect(other.resolve(await upstream.accept(eventOf('b', noon + minute, [email('dana@example.com')])))).rejects.toThrow('Another worker');
    await resolver.close();
    await other.resolve([idOf('b')]);
    expect(await of('b')).toBe(await of('a'));
    await expect(resolver.resolve([idOf('b')])).rejects.toThrow('Another worker');
    await other.close();
  });
});

describe('the tables', () => {
  it('keep the customer, the value or the event of their family first in every primary key and unique index', async () => {
    const keys = await upstream.query<{ name: string; column: string }>(
      `select c.relname as name, a.attname as column from pg_index i join pg_class c on c.oid = i.indrelid
       join pg_attribute a on a.attrelid = i.indrelid and a.attnum = i.indkey[0] where c.relnamespace = 'identity'::regnamespace and i.indisunique order by 1`,
    );
    expect(Object.fromEntries(keys.map(({ name, column }) => [name, column]))).toEqual({
      carrier: 'value_key',
      customer: 'customer_id',
      customer_change: 'customer_id',
      customer_event: 'customer_id',
      decision: 'decision_id',
      failed_event: 'event_id',
      founding: 'value_key',
      household: 'customer_id',
      identifier: 'customer_id',
      lease: 'name',
      link: 'node_a',
      naming_value: 'value_key',
      outbox: 'id',
      review: 'review_id',
      review_node: 'node',
      session_sighting: 'session_key',
      sighting: 'value_key',
      unindexed: 'batch',
    });
  });
});

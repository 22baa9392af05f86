import { replayQuarantine, showQuarantined } from '@throughline/contracts';
import { CommandServer, JetStreamBus } from '@throughline/messaging';
import { v5 } from 'uuid';
import { accessWorld, auditOf, readToken, type AccessWorld, type Browser } from '../access/test-access';

const hour = 3_600_000;
const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a15');
const now = Date.now();

let world: AccessWorld;
let developer: Browser;
let analyst: Browser;
let bus: JetStreamBus;
let commands: CommandServer;
const replayed: unknown[] = [];

async function arrive(name: string, source: string, at: number, more: { system?: string; type?: string; customer?: string } = {}): Promise<string> {
  const id = idOf(name);
  const { system = 'ivr', type = 'entered', customer } = more;
  await world.owner.query('insert into ingestion.event (event_id, revision, source, occurred_at, received_at, body) values ($1, 0, $2, $3, $4, $5)', [
    id,
    source,
    new Date(at - 1000),
    new Date(at),
    JSON.stringify({ system, type, channel: 'voice', attributes: { name } }),
  ]);
  if (customer)
    await world.owner.query(`insert into identity.customer_event (customer_id, event_id, owner_rule) values ($1, $2, 'identifier')`, [customer, id]);
  return id;
}
const keep = (name: string, source: string, reason: string, at: number): Promise<unknown> =>
  world.owner.query(
    `insert into ingestion.quarantine (id, source, adapter, reason, pointer, fix, received_at, attempts, state) values ($1, $2, 'events', $3, '/occurredAt', 'send the time', $4, 1, 'open')`,
    [idOf(name), source, reason, new Date(at)],
  );
const call = (browser: Browser, path: string, body?: unknown) =>
  world.call(body === undefined ? 'GET' : 'POST', `/v1/sources${path}`, { browser, ...(body !== undefined && { body }) });

beforeAll(async () => {
  world = await accessWorld();
  developer = await world.join('dev@example.com', ['developer']);
  analyst = await world.join('ana@example.com', ['analyst']);
  await world.owner.query(
    'delete from ingestion.event; delete from identity.customer_event; delete from ingestion.quarantine; delete from identity.customer_revision; delete from sessionization.journey_head',
  );
  await world.owner.query(`insert into ingestion.source (name) values ('pbx'), ('shop'), ('new')`);
  // The shop sends ten an hour, and has stopped five hours ago; the exchange sends on.
  const current = Math.floor(now / hour) * hour;
  for (let back = 30; back >= 1; back -= 1)
    for (let index = 0; index < 10; index += 1) {
      const at = current - back * hour + index * 360_000;
      await arrive(`pbx ${back} ${index}`, 'pbx', at, { customer: idOf('dana') });
      if (back > 5) await arrive(`shop ${back} ${index}`, 'shop', at, { system: 'order', type: 'placed', customer: idOf('eva') });
    }
  await arrive('waiting', 'pbx', now - 60_000);
  for (let index = 0; index < 3; index += 1) await keep(`kept ${index}`, 'pbx', 'invalid', now - 1000 * (10 - index));
  await keep('kept other', 'shop', 'too_old', now - 5000);
  bus = JetStreamBus.open({ url: world.nats.url, name: 'ingestion' });
  commands = new CommandServer(bus, 'ingestion');
  const audit = await auditOf(world, 'ingestion');
  commands.answer(replayQuarantine, async (request, note) => {
    replayed.push(request);
    const ids = request.ids ?? [];
    for (const _ of ids) await audit(note, 'accepted');
    return {
      kind: 'tried',
      dryRun: request.dryRun,
      tried: ids.length,
      replayed: ids.length,
      stillQuarantined: 0,
      items: ids.map((id) => ({ id, status: 'accepted' })),
    };
  });
  commands.answer(showQuarantined, async ({ id }) =>
    id === idOf('kept 0') ? { kind: 'found' as const, record: { system: 'ivr' } } : { kind: 'notFound' as const },
  );
  await bus.connection();
}, 120_000);
afterAll(async () => {
  await commands?.stop();
  await bus?.drain();
  await world?.stop();
});

it('says of each source when it last spoke, whether that is usual for the hour, and who has fallen silent', async () => {
  const { status, body } = await call(analyst, '');
  expect(status).toBe(200);
  const of = (name: string) => body.sources.find((one: { name: string }) => one.name === name);
  expect(of('pbx')).toMatchObject({ silence: 'ok', rate: 'usual', lastHour: 10, keptAsideLastDay: 3 });
  expect(of('pbx').errorShare).toBeCloseTo(3 / (of('pbx').lastDay + 3), 10);
  expect(of('shop')).toMatchObject({ silence: 'silent', lastHour: 0 });
  expect(of('shop').missed).toBeGreaterThanOrEqual(16);
  expect(of('new')).toMatchObject({ silence: 'never', lastReceivedAt: null, rate: 'learning', errorShare: null });
  expect(of('shop').hours).toHaveLength(24);
});

it('names the stage that something waits at, since when, and what failed', async () => {
  await world.owner.query('insert into identity.customer_revision (customer_id, revision) values ($1, 3), ($2, 1)', [idOf('dana'), idOf('eva')]);
  await world.owner.query(`insert into sessionization.journey_head (customer_id, built_revision, due_since) values ($1, 2, $2), ($3, 1, null)`, [
    idOf('dana'),
    new Date(now - 90_000),
    idOf('eva'),
  ]);
  await world.owner.query('insert into scoring.score_head (customer_id, scored_revision) values ($1, 1)', [idOf('eva')]);
  let pipeline: { stage: string; count: number; behind: number; oldestAt: number; failed: number }[] = [];
  const of = (stage: string) => pipeline.find((one) => one.stage === stage);
  // An answer of a moment ago holds for a second.
  for (const deadline = Date.now() + 15_000; of('linked')?.behind !== 1; await new Promise((resolve) => setTimeout(resolve, 100))) {
    if (Date.now() > deadline) throw new Error(`not told: ${JSON.stringify(pipeline)}`);
    ({ pipeline } = (await call(analyst, '')).body);
  }
  expect(pipeline.map(({ stage }) => stage)).toEqual(['received', 'accepted', 'identified', 'linked', 'scored']);
  expect(of('identified')).toMatchObject({ behind: 1, oldestAt: now - 60_000 });
  expect(of('linked')).toMatchObject({ count: 1, behind: 1, oldestAt: now - 90_000 });
  expect(of('scored')).toMatchObject({ count: 1, behind: 1 });
  expect(of('accepted')!.failed).toBe(4);
});

it('counts what comes later once, however often and by however many it is asked, and tells when nothing waits any more', async () => {
  type Answer = { sources: { name: string; lastDay: number }[]; pipeline: { stage: string; count: number; behind: number; oldestAt: number | null }[] };
  const ask = async (): Promise<Answer> => (await call(analyst, '')).body as Answer;
  const ofPbx = ({ sources }: Answer) => sources.find(({ name }) => name === 'pbx')!.lastDay;
  const stageOf = ({ pipeline }: Answer, name: string) => pipeline.find(({ stage }) => stage === name)!;
  const before = await ask();
  await arrive('older than what is settled', 'pbx', Date.now() - 30_000, { customer: idOf('gil') });
  await arrive('now', 'pbx', Date.now(), { customer: idOf('gil') });
  for (let round = 0; round < 3; round += 1)
    expect((await Promise.all([ask(), ask(), ask()])).map(ofPbx)).toEqual(Array.from({ length: 3 }, () => ofPbx(before) + 2));
  await world.owner.query(`insert into identity.customer_event (customer_id, event_id, owner_rule) values ($1, $2, 'identifier')`, [
    idOf('gil'),
    idOf('waiting'),
  ]);
  let later = await ask();
  for (const deadline = Date.now() + 15_000; stageOf(later, 'identified').behind !== 0 && Date.now() < deadline; later = await ask())
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(stageOf(before, 'identified').count).toBe(stageOf(before, 'accepted').count - 1);
  expect(stageOf(later, 'identified')).toMatchObject({ behind: 0, oldestAt: null, count: stageOf(later, 'accepted').count });
});

it('counts what a replay lets in under the time at which it first came', async () => {
  const nextHour = (Math.floor(now / hour) + 1) * hour;
  const clock = jest.spyOn(Date, 'now');
  const countedAt = async (at: number): Promise<number> => {
    clock.mockReturnValue(at);
    return (await world.call('GET', '/v1/sources', { token: readToken })).body.sources.find(({ name }: { name: string }) => name === 'pbx').lastDay as number;
  };
  try {
    const before = await countedAt(nextHour + 60_000);
    await arrive('let in by a replay', 'pbx', now - 3 * hour, { customer: idOf('gil') });
    expect(await countedAt(nextHour + 12 * 60_000)).toBe(before + 1);
  } finally {
    clock.mockRestore();
  }
});

it('shows every event that arrives, none left out, the late commit included', async () => {
  const first = (await call(developer, '/events?limit=5')).body;
  expect(first.events).toHaveLength(5);
  const again = (await call(developer, `/events?limit=500&cursor=${first.cursor}`)).body;
  expect(again.events.every(({ receivedAt }: { receivedAt: number }) => receivedAt >= first.events[0].receivedAt)).toBe(true);
  const seen = new Set<string>(first.events.map(({ id }: { id: string }) => id));
  const made: string[] = [];
  for (let index = 0; index < 12; index += 1) made.push(await arrive(`live ${index}`, 'pbx', Date.now()));
  let { cursor } = first;
  const more = async (): Promise<void> => {
    for (let again = true; again;) {
      const { body } = await call(developer, `/events?limit=5&cursor=${cursor}`);
      for (const { id } of body.events) seen.add(id);
      cursor = body.cursor;
      again = body.more;
    }
  };
  await more();
  // Stamped before those, and committed after they were read.
  made.push(await arrive('late', 'pbx', Date.now() - 3_000));
  await more();
  expect(made.filter((id) => !seen.has(id))).toEqual([]);
});

it('goes back from any event to the very first, none left out and none twice', async () => {
  const { events: newest } = (await call(developer, '/events?limit=7')).body;
  const back: { id: string; receivedAt: number }[] = [...newest];
  for (let more = true; more;) {
    const { body } = await call(developer, `/events?limit=100&before=${back[0]!.id}`);
    back.unshift(...body.events);
    more = body.more;
  }
  const { rows } = await world.owner.query<{ id: string }>('select event_id as id from ingestion.event order by received_at, event_id');
  expect(back.map(({ id }) => id)).toEqual(rows.map(({ id }) => id));
  expect((await call(developer, `/events?limit=5&before=${back[0]!.id}`)).body).toMatchObject({ events: [], more: false });
  const [shop] = (await call(developer, `/events?source=shop&limit=1&before=${back.at(-1)!.id}`)).body.events;
  expect(shop).toMatchObject({ id: idOf('shop 6 9') });
  expect((await call(developer, `/events?before=${idOf('nobody')}`)).status).toBe(400);
});

it('filters by source, by type and by customer', async () => {
  const shop = (await call(developer, '/events?source=shop&limit=3')).body.events;
  expect(shop.map(({ source }: { source: string }) => source)).toEqual(['shop', 'shop', 'shop']);
  expect((await call(developer, '/events?type=order.placed&limit=2')).body.events).toHaveLength(2);
  expect((await call(developer, '/events?type=ivr.placed')).body.events).toHaveLength(0);
  const danas = (await call(developer, `/events?customer=${idOf('dana')}&limit=500`)).body.events;
  expect(danas).toHaveLength(300);
  expect((await call(developer, '/events?type=x;drop')).status).toBe(400);
  expect((await call(developer, '/events?cursor=zzz')).status).toBe(400);
});

it('opens one event: canonical, as it came, and what it became', async () => {
  const id = idOf('pbx 1 0');
  const at = Math.floor(now / hour) * hour - hour;
  await world.owner.query('insert into ingestion.original_body values ($1, $2, 0, $3, $4)', [new Date(at), id, 'events', '{"system":"ivr","raw":true}']);
  await world.owner.query(
    `insert into sessionization.event_transaction (customer_id, event_id, transaction_id, transaction_anchor, occurred_at) values ($1, $2, $3, $4, $5)`,
    [idOf('dana'), id, `tx_${id}`, id, new Date(at)],
  );
  await world.owner.query(
    `insert into sessionization.transaction (customer_id, id, anchor, parent_level, parent_id, parent_anchor) values ($1, $2, $3, 'interaction', $4, $3)`,
    [idOf('dana'), `tx_${id}`, id, `int_${id}`],
  );
  const { body } = await call(developer, `/events/${id}`);
  expect(body).toMatchObject({
    raw: { system: 'ivr', raw: true },
    adapter: 'events',
    canonical: { system: 'ivr' },
    linked: { ownerRule: 'identifier', transactionId: `tx_${id}`, interactionId: `int_${id}`, engagementId: null },
  });
  expect((await call(developer, `/events/${idOf('nobody')}`)).status).toBe(404);
});

it('single events are for those who may see them: not for the analyst', async () => {
  expect((await call(analyst, '/events')).status).toBe(403);
  expect((await call(analyst, `/quarantine/items/${idOf('kept 0')}`)).status).toBe(403);
});

it('groups what was kept aside by cause with first, last and a hint, and pages through a group in the order of a replay', async () => {
  const { groups } = (await call(analyst, '/quarantine')).body;
  expect(groups[0]).toEqual({
    source: 'pbx',
    reason: 'invalid',
    count: 3,
    firstAt: now - 10_000,
    lastAt: now - 8_000,
    pointer: '/occurredAt',
    fix: 'send the time',
  });
  const first = (await call(analyst, '/quarantine/items?reason=invalid&limit=2')).body;
  expect(first.items.map(({ id }: { id: string }) => id)).toEqual([idOf('kept 0'), idOf('kept 1')]);
  const next = (await call(analyst, `/quarantine/items?reason=invalid&limit=2&cursor=${first.cursor}`)).body;
  expect(next).toMatchObject({ items: [{ id: idOf('kept 2') }], cursor: null });
});

it('shows the record of a kept item, asked of its owner', async () => {
  expect((await call(developer, `/quarantine/items/${idOf('kept 0')}`)).body).toMatchObject({ reason: 'invalid', record: { system: 'ivr' } });
  expect((await call(developer, `/quarantine/items/${idOf('kept 1')}`)).status).toBe(404);
});

it('replays by asking the owner, in the name of who asked, and writes it into the audit; a try leaves no trace', async () => {
  const ids = [idOf('kept 0')];
  const tried = await call(developer, '/quarantine/replay', { ids, dryRun: true });
  expect(tried.body).toEqual({ dryRun: true, tried: 1, replayed: 1, stillQuarantined: 0, items: [{ id: ids[0], status: 'accepted' }] });
  await call(developer, '/quarantine/replay', { ids, edit: { occurredAt: 1 } });
  expect(replayed.at(-1)).toMatchObject({ ids, edit: { occurredAt: 1 }, by: 'dev', dryRun: false });
  const admin = await world.signIn('admin@example.com');
  const { entries } = (await world.call('GET', '/v1/audit?action=quarantine.', { browser: admin })).body;
  expect(entries.map(({ details }: { details: { outcome: string } }) => details.outcome)).toEqual(['accepted']);
  expect((await call(developer, '/quarantine/replay', { ids: [...ids, idOf('kept 1')], edit: {} })).status).toBe(400);
  expect((await call(analyst, '/quarantine/replay', { ids })).status).toBe(403);
});

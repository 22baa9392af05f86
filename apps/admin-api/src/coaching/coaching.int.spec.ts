import { type CommandServer, JetStreamBus } from '@throughline/messaging';
import { v5 } from 'uuid';
import { accessWorld, auditOf, readToken, type AccessWorld, type Browser } from '../access/test-access';
import { keepPlans } from './test-plans';

const day = 86_400_000;
const now = Date.now();
const began = now - 50 * day;
const north = '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01';
const south = '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c02';
const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a13');

let world: AccessWorld;
let bus: JetStreamBus;
let commands: CommandServer;
let supervisor: Browser;
let agent: Browser;
let manager: Browser;

/** Empathy marks of one agent: `n` in the six weeks before, `n` since; `high` of ten are a 5, the others a 3. */
async function rate(name: string, n: number, highBefore: number, highAfter: number): Promise<void> {
  const values: unknown[] = [];
  for (const [period, high, from, days] of [
    ['before', highBefore, began - 42 * day, 42],
    ['after', highAfter, began + 4 * day, 40],
  ] as const)
    for (let index = 0; index < n; index += 1) {
      const at = new Date(from + ((index + 0.5) / n) * days * day).toISOString();
      values.push([idOf(`${name} customer ${index}`), idOf(`${name} ${period} ${index}`), at, name, (index * 7) % 10 < high ? 5 : 3]);
    }
  await world.owner.query(
    `insert into scoring.answer (customer_id, anchor, place, at, agent, intent, family, question, value)
     select (row->>0)::uuid, (row->>1)::uuid, 1, (row->>2)::timestamptz, row->>3, 'billing', 'billing', 'empathy', (row->>4)::integer from json_array_elements($1::json) row`,
    [JSON.stringify(values)],
  );
}

beforeAll(async () => {
  world = await accessWorld();
  const admin = await world.signIn('admin@example.com');
  await world.call('PUT', '/v1/teams', {
    browser: admin,
    body: {
      teams: [
        { id: north, name: 'North' },
        { id: south, name: 'South' },
      ],
    },
  });
  const names = Array.from({ length: 12 }, (_, index) => `ag-${String(index).padStart(2, '0')}`);
  await world.call('PUT', '/v1/agents', {
    browser: admin,
    body: { agents: names.map((id, index) => ({ id, name: `Agent ${id.slice(-2)}`, teamId: index < 6 ? north : south })) },
  });
  for (const [index, name] of names.entries()) await rate(name, 60, 4 + (index % 5), index === 0 ? 9 : 4 + (index % 5));
  await rate('ag-20', 8, 0, 0);
  supervisor = await world.join('sam@example.com', ['supervisor'], { teams: [north] });
  manager = await world.join('mia@example.com', ['manager']);
  agent = await world.join('ava@example.com', ['agent'], { agentId: 'ag-00' });
  bus = JetStreamBus.open({ url: world.nats.url, name: 'feedback' });
  commands = keepPlans(bus, world.owner, await auditOf(world, 'feedback'));
  await bus.connection();
}, 120_000);
afterAll(async () => {
  await commands?.stop();
  await bus?.drain();
  await world?.stop();
});

const call = (browser: Browser, method: string, path: string, body?: unknown) =>
  world.call(method, `/v1/coaching/${path}`, { browser, ...(body !== undefined && { body }) });
const draft = (more: object = {}) => ({
  agent: 'ag-00',
  pickedBecauseLow: true,
  since: began,
  goal: { behaviour: 'Says what happens next', metric: 'empathy', target: 4.6 },
  evidence: [{ contact: idOf('ag-00 before 0') }],
  exercises: [{ id: 'closing', text: 'Write three closings' }],
  remeasureAt: now - 2 * day,
  ...more,
});

it('shows the supervisor the agents of their teams, the clearest gap first, and hollow who has few answers', async () => {
  const { status, body } = await call(supervisor, 'GET', 'opportunities?days=120');
  expect(status).toBe(200);
  expect(body.agents.map((one: { agent: string }) => one.agent)).toEqual(['ag-00', 'ag-01', 'ag-02', 'ag-03', 'ag-04', 'ag-05']);
  expect(body.agents[0]).toEqual({ agent: 'ag-00', name: 'Agent 00', team: 'North' });
  const everybody = await call(manager, 'GET', 'opportunities?days=120');
  expect(everybody.body.agents).toHaveLength(13);
  expect(everybody.body.opportunities.find((one: { agent: string; metric: string }) => one.agent === 'ag-20' && one.metric === 'empathy').hollow).toBe(true);
});

it('names the contacts that show a gap, the worst first, and none of an agent of another team', async () => {
  const { body } = await call(supervisor, 'GET', 'agents/ag-00/contacts?metric=empathy&days=120');
  expect(body.contacts).toHaveLength(12);
  expect(body.contacts[0].value).toBe(3);
  expect((await call(supervisor, 'GET', 'agents/ag-09/contacts?metric=empathy')).status).toBe(404);
});

describe('a plan', () => {
  let id: string;
  const step = (browser: Browser, after: number, deed: object) => call(browser, 'POST', `plans/${id}/steps`, { after, deed });

  it('is drafted by the supervisor with the baseline that the server counts, and nobody else sees the draft', async () => {
    const drafted = await call(supervisor, 'POST', 'plans', draft());
    expect(drafted).toMatchObject({ status: 200, body: { kind: 'taken', steps: 1 } });
    id = drafted.body.planId;
    const { body } = await call(supervisor, 'GET', `plans/${id}`);
    // Four of ten marks are a 5, the others a 3.
    expect(body).toMatchObject({ state: 'draft', coach: 'sam', agentName: 'Agent 00', team: 'North', goal: { baseline: 3.8 }, own: false });
    expect(body.evidence).toEqual([
      { contact: idOf('ag-00 before 0'), note: '', at: Math.round(began - 42 * day + 0.35 * day), intent: 'billing', channel: null },
    ]);
    expect((await call(agent, 'GET', `plans/${id}`)).status).toBe(404);
    expect((await call(agent, 'GET', 'plans')).body.plans).toEqual([]);
    expect((await call(supervisor, 'POST', 'plans', draft({ agent: 'ag-09' }))).status).toBe(404);
    expect((await call(manager, 'POST', 'plans', draft())).status).toBe(403);
  });

  it('is agreed and started, and the agent sees their own side of it alone', async () => {
    expect((await step(supervisor, 1, { kind: 'agreed' })).status).toBe(200);
    expect((await step(supervisor, 2, { kind: 'started' })).status).toBe(200);
    const { body } = await call(agent, 'GET', `plans/${id}`);
    expect(body).toMatchObject({ own: true, state: 'remeasureDue', group: null, comparison: null, pickedBecauseLow: null, history: [] });
    expect((await call(agent, 'GET', `plans/${id}/effect`)).status).toBe(404);
    expect((await step(agent, 3, { kind: 'practised', exercise: 'closing' })).status).toBe(200);
    expect((await step(agent, 4, { kind: 'withdrawn', reason: 'no' })).status).toBe(403);
  });

  it('refuses a step on an old view of it, and in words what is not possible', async () => {
    const conflict = await step(supervisor, 2, { kind: 'noted', note: 'talked' });
    expect(conflict).toMatchObject({ status: 409, body: { title: 'Somebody changed this plan meanwhile' } });
    const refused = await step(supervisor, 4, { kind: 'agreed' });
    expect(refused).toMatchObject({ status: 409, body: { detail: expect.stringContaining('being practised') as string } });
  });

  it('has an effect with a control, an interval and the naive view beside it', async () => {
    const { body } = await call(supervisor, 'GET', `plans/${id}/effect`);
    expect(body.estimate).toMatchObject({ kind: 'measured', verdict: 'worked', coachedAgents: 1 });
    expect(body.estimate.controlAgents).toBe(11);
    expect(body.estimate.low).toBeGreaterThan(0);
    expect(body.estimate.naive.change).toBeCloseTo(1, 5);
    expect(body.recordedAfterwards).toBe(true);
    expect(body.plans).toEqual([{ id, agent: 'ag-00', agentName: 'Agent 00' }]);
  });

  it('closes as the effect says, not as a person wishes, and every step stands in the audit', async () => {
    expect((await step(supervisor, 4, { kind: 'closed', note: 'well done' })).status).toBe(200);
    const { body } = await call(supervisor, 'GET', `plans/${id}`);
    expect(body).toMatchObject({ state: 'closed', result: 'worked', effect: { verdict: 'worked', coachedAgents: 1 } });
    expect((await call(agent, 'GET', `plans/${id}`)).body.effect).toMatchObject({ verdict: 'worked', controlAgents: 0 });
    const wished = await call(supervisor, 'POST', `plans/${id}/steps`, { after: 5, deed: { kind: 'closed', note: '', effect: { verdict: 'worked' } } });
    expect(wished.status).toBe(400);
    const admin = await world.signIn('admin@example.com');
    const { body: audit } = await world.call('GET', '/v1/audit?action=coaching.', { browser: admin });
    const actions = audit.entries.map((one: { action: string; details: { outcome: string } }) => `${one.action} ${one.details.outcome}`);
    expect(actions).toContain('coaching.closed taken');
    expect(actions).toContain('coaching.drafted taken');
  });
});

it('measures the plans of one group together, and says when there are too few contacts', async () => {
  const drafted = await call(supervisor, 'POST', 'plans', draft({ agent: 'ag-01', group: 'spring', since: null, remeasureAt: now + 30 * day }));
  const id = drafted.body.planId;
  for (const [after, kind] of [
    [1, 'agreed'],
    [2, 'started'],
  ] as const)
    await call(supervisor, 'POST', `plans/${id}/steps`, { after, deed: { kind } });
  const { body } = await call(supervisor, 'GET', `plans/${id}/effect`);
  expect(body).toMatchObject({ group: 'spring', estimate: { kind: 'tooFew', why: 'contactsAfter', least: 25 } });
});

it('draws who waits by lot, and only among the agents of the supervisor', async () => {
  const { status, body } = await call(supervisor, 'POST', 'draw', { agents: ['ag-00', 'ag-01', 'ag-02', 'ag-03', 'ag-04'], now: 2 });
  expect(status).toBe(200);
  expect([...body.coached, ...body.waiting].sort()).toEqual(['ag-00', 'ag-01', 'ag-02', 'ag-03', 'ag-04']);
  expect(body.coached).toHaveLength(2);
  expect((await call(supervisor, 'POST', 'draw', { agents: ['ag-00', 'ag-01', 'ag-02', 'ag-09'], now: 1 })).status).toBe(404);
});

it('a token that reads sees plans and writes none', async () => {
  const read = await world.call('GET', '/v1/coaching/plans', { token: readToken });
  expect(read.status).toBe(200);
  expect((await world.call('POST', '/v1/coaching/plans', { token: readToken, body: draft() })).status).toBe(403);
});

import { makeSurveyLink, reviewEngagement, setSurvey, takeCaseStep, defaultSurveySettings } from '@throughline/contracts';
import { CommandServer, JetStreamBus } from '@throughline/messaging';
import { v5 } from 'uuid';
import { accessWorld, auditOf, type AccessWorld, type Browser } from '../access/test-access';
import { dana, idOf } from '../test-world';

const day = 86_400_000;
const now = Date.now();
const north = '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c01';
const south = '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c02';
const named = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a14');

let world: AccessWorld;
let bus: JetStreamBus;
let commands: CommandServer;
const asked: { command: string; request: Record<string, unknown> }[] = [];
const people: Record<'qa' | 'supervisor' | 'manager' | 'agent' | 'analyst' | 'developer', Browser> = {} as never;

const insert = async (table: string, ...rows: Record<string, unknown>[]): Promise<void> => {
  for (const row of rows) {
    const names = Object.keys(row);
    await world.owner.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
  }
};
/** Dana's first engagement, as her story in the test world has it. */
const engagement = idOf('ivr/1');

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
  await world.call('PUT', '/v1/agents', {
    browser: admin,
    body: {
      agents: [
        { id: 'ag-1', name: 'Ana', teamId: north },
        { id: 'ag-2', name: 'Bo', teamId: south },
      ],
    },
  });
  people.qa = await world.join('qa@example.com', ['qa'], { teams: [north] });
  people.supervisor = await world.join('sup@example.com', ['supervisor'], { teams: [south] });
  people.manager = await world.join('man@example.com', ['manager']);
  people.agent = await world.join('ana@example.com', ['agent'], { agentId: 'ag-1' });
  people.analyst = await world.join('ann@example.com', ['analyst']);
  people.developer = await world.join('dev@example.com', ['developer']);
  await insert(
    'feedback.review',
    // The last one is of an engagement that became part of another before anybody read it.
    ...(['ag-1', 'ag-2', 'ag-2'] as const).map((agent, index) => ({
      anchor: [engagement, named('other'), named('gone')][index],
      customer_id: dana,
      reasons: JSON.stringify([{ kind: 'lowEmpathy', agent, value: 1 + index }]),
      agents: [agent],
      queued_at: new Date(now),
      due_at: new Date(now + 7 * day),
      state: 'waiting',
      version: 1,
    })),
  );
  await insert('scoring.engagement', {
    customer_id: dana,
    anchor: engagement,
    at: new Date(now - day),
    intent: 'fault',
    contacts: 2,
    frustration: 72,
    agents: ['ag-1'],
  });
  await insert('scoring.engagement', { customer_id: dana, anchor: named('other'), at: new Date(now - day), intent: 'fault', contacts: 1, agents: ['ag-2'] });
  const said = { customer_id: dana, engagement, at: new Date(now - day), intent: 'fault', family: 'fault' };
  await insert(
    'scoring.answer',
    { ...said, anchor: idOf('ivr/2'), place: 1, question: 'csat', value: 1 },
    { ...said, anchor: idOf('ivr/2'), place: 2, question: 'empathy', value: 1, agent: 'ag-1', cause: 'people' },
  );
  for (const [agent, values] of [
    ['ag-1', [1, 2, 1, 2, 2, 1, 3]],
    ['ag-2', [5, 5, 4, 5, 5, 4]],
  ] as const)
    for (const [index, value] of values.entries())
      await insert('scoring.answer', {
        ...said,
        engagement: named(`${agent} ${index}`),
        anchor: named(`${agent} answer ${index}`),
        place: 1,
        question: 'empathy',
        value,
        agent,
      });
  await insert('feedback.recovery_case', {
    anchor: engagement,
    customer_id: dana,
    opened_at: new Date(now - 2 * day),
    reasons: JSON.stringify(['lowCsat']),
    agents: ['ag-1'],
    state: 'open',
  });
  bus = JetStreamBus.open({ url: world.nats.url, name: 'feedback' });
  commands = new CommandServer(bus, 'feedback');
  const audit = await auditOf(world, 'feedback');
  const note = <Request>(command: string, request: Request): void => void asked.push({ command, request: request as Record<string, unknown> });
  commands.answer(reviewEngagement, async (request, asks) => {
    note('review', request);
    if (request.version !== 1) return { kind: 'conflict' as const, version: 5, by: 'Bea' };
    await audit(asks, 'done');
    return { kind: 'done' as const, version: 2 };
  });
  commands.answer(takeCaseStep, async (request) => (note('step', request), { kind: 'recorded' as const, id: request.id }));
  commands.answer(setSurvey, async (request) => (note('set', request), { kind: 'set' as const, version: request.version + 1 }));
  commands.answer(
    makeSurveyLink,
    async (request) => (note('link', request), { kind: 'made' as const, invitationId: named('invitation'), url: 'http://127.0.0.1/s/token' }),
  );
  await bus.connection();
}, 120_000);
afterAll(async () => {
  await commands?.stop();
  await bus?.drain();
  await world?.stop();
});

const get = (who: keyof typeof people, path: string) => world.call('GET', `/v1/${path}`, { browser: people[who] });
const post = (who: keyof typeof people, path: string, body: unknown, method = 'POST') => world.call(method, `/v1/${path}`, { browser: people[who], body });

describe('the review queue', () => {
  it('shows each reader the engagements of their own agents that are there, the lowest rating first, with why it is here', async () => {
    const all = await get('manager', 'quality/queue');
    expect([all.status, all.body.open, all.body.reviews.map((one: { anchor: string }) => one.anchor)]).toEqual([200, 2, [engagement, named('other')]]);
    const own = await get('qa', 'quality/queue');
    expect(own.body).toMatchObject({
      open: 1,
      reviews: [
        {
          anchor: engagement,
          reasons: [{ kind: 'lowEmpathy', agent: 'ag-1', value: 1 }],
          agents: [{ id: 'ag-1', name: 'Ana', inScope: true }],
          intent: 'fault',
          contacts: 2,
        },
      ],
    });
    expect((await get('supervisor', 'quality/queue')).body.reviews.map((one: { anchor: string }) => one.anchor)).toEqual([named('other')]);
    expect((await get('manager', 'quality/queue?reason=randomSample')).body.reviews).toEqual([]);
    expect((await get('developer', 'quality/queue')).status).toBe(403);
  });

  it('gives two hundred at once, and says when there are more', async () => {
    const many = (from: number, until: number) =>
      world.owner.query(
        `insert into feedback.review (anchor, customer_id, reasons, agents, queued_at, due_at, finished_at, state, version)
         select md5('many ' || n)::uuid, $1, '[{"kind": "randomSample", "value": null}]', '{ag-9}', now(), now(), now(), 'done', 1 from generate_series($2::integer, $3) n`,
        [dana, from, until],
      );
    await many(1, 200);
    const whole = (await get('manager', 'quality/queue?state=done')).body;
    expect([whole.reviews.length, whole.more]).toEqual([200, false]);
    await many(201, 201);
    const first = (await get('manager', 'quality/queue?state=done')).body;
    expect([first.reviews.length, first.more]).toEqual([200, true]);
    await world.owner.query(`delete from feedback.review where agents = '{ag-9}'`);
  });

  it('opens one with the customer’s own word, and text only to those who may read it', async () => {
    const { status, body } = await get('qa', `quality/reviews/${engagement}`);
    expect(status).toBe(200);
    expect(body.said).toMatchObject([
      { question: 'empathy', value: 1, agent: 'ag-1', cause: 'people' },
      { question: 'csat', value: 1 },
    ]);
    expect(body).toMatchObject({ frustration: 72, comments: [] });
    expect((await get('manager', `quality/reviews/${engagement}`)).body.comments).toBeNull();
    expect((await get('supervisor', `quality/reviews/${engagement}`)).status).toBe(404);
    expect((await get('manager', 'quality/reviews/nonsense')).status).toBe(404);
  });

  it('tells of a matter that several served nothing about the others’ agents: no rating, no finding, no comment, no reason', async () => {
    const anchor = named('both');
    const long = new Date(now - 60 * day);
    await insert('feedback.review', {
      anchor,
      customer_id: dana,
      reasons: JSON.stringify([
        { kind: 'lowEmpathy', agent: 'ag-2', value: 1 },
        { kind: 'randomSample', perMille: 10 },
      ]),
      agents: ['ag-1', 'ag-2'],
      queued_at: long,
      due_at: long,
      finished_at: long,
      state: 'done',
      version: 1,
    });
    const whole = { customer_id: dana, engagement: anchor, anchor: named('their answer'), at: long, intent: 'fault', family: 'fault' };
    await insert('scoring.engagement', { customer_id: dana, anchor, at: long, intent: 'fault', contacts: 2, agents: ['ag-1', 'ag-2'] });
    await insert(
      'scoring.answer',
      { ...whole, place: 1, question: 'csat', value: 2 },
      { ...whole, place: 2, question: 'empathy', value: 5, agent: 'ag-1' },
      { ...whole, place: 3, question: 'empathy', value: 1, agent: 'ag-2', cause: 'people' },
    );
    const of = (name: string, comment: string) => ({ question: 'empathy', value: 3, comment, touch: { kind: 'agent', name } });
    await insert('ingestion.event', {
      event_id: whole.anchor,
      source: 'throughline-survey',
      occurred_at: long,
      body: JSON.stringify({ attributes: { comment: 'it took long', answers: [of('ag-1', 'Ana was kind'), of('ag-2', 'Bo was rude')] } }),
    });
    for (const [index, agent] of (['ag-1', 'ag-2', null] as const).entries()) {
      await insert('feedback.finding', { anchor, id: named(`finding ${index}`), cause: agent ? 'people' : 'process', agent, at: long, by: 'qa' });
      if (agent) await insert('feedback.review_rating', { anchor, agent, value: 1 + index, at: long, by: 'qa' });
    }
    const about = async (who: keyof typeof people) => {
      const { body } = await get(who, `quality/reviews/${anchor}`);
      return {
        said: body.said.map(({ agent }: { agent: string | null }) => agent),
        comments: body.comments?.map(({ text }: { text: string }) => text),
        findings: body.findings.map(({ agent }: { agent: string | null }) => agent).sort(),
        empathy: body.empathy,
        reasons: body.reasons.map(({ kind }: { kind: string }) => kind),
        speaksOf: body.agents.filter(({ inScope }: { inScope: boolean }) => inScope).map(({ id }: { id: string }) => id),
      };
    };
    expect(await about('analyst')).toEqual({
      said: ['ag-2', 'ag-1', null],
      comments: ['it took long', 'Ana was kind', 'Bo was rude'],
      findings: ['ag-1', 'ag-2', null],
      empathy: [
        { agent: 'ag-1', value: 1 },
        { agent: 'ag-2', value: 2 },
      ],
      reasons: ['lowEmpathy', 'randomSample'],
      speaksOf: ['ag-1', 'ag-2'],
    });
    const ofAna = {
      said: ['ag-1', null],
      comments: ['it took long', 'Ana was kind'],
      findings: ['ag-1', null],
      empathy: [{ agent: 'ag-1', value: 1 }],
      reasons: ['randomSample'],
      speaksOf: ['ag-1'],
    };
    expect(await about('agent')).toEqual(ofAna);
    expect(await about('qa')).toEqual(ofAna);
    const queued = (await get('agent', 'quality/queue?state=done')).body.reviews;
    expect(queued).toMatchObject([{ anchor, reasons: [{ kind: 'randomSample' }] }]);
    expect((await get('agent', 'quality/queue?state=done&reason=lowEmpathy')).body.reviews).toEqual([]);
    expect((await get('supervisor', 'quality/queue?state=done&reason=lowEmpathy')).body.reviews).toHaveLength(1);
    await insert(
      'scoring.answer',
      ...[...Array(8).keys()].map((n) => ({
        ...whole,
        anchor: named(`more ${n}`),
        engagement: named(`more ${n}`),
        place: 1,
        agent: 'ag-1',
        question: 'csat',
        value: 3,
      })),
    );
    const { comments } = (await get('agent', 'surveys/comments?days=90')).body;
    expect(comments.map(({ text }: { text: string }) => text)).toEqual(['it took long', 'Ana was kind']);
  });

  it('passes a review on to feedback with the reader’s own name, and says who was faster', async () => {
    const finding = { cause: 'people', agent: 'ag-1', eventId: null, note: 'did not listen' };
    const deed = { kind: 'finish', note: 'read', findings: [finding], empathy: [{ agent: 'ag-1', value: 4 }] };
    expect(await post('qa', `quality/reviews/${engagement}`, { version: 1, deed })).toMatchObject({ status: 200, body: { version: 2 } });
    expect(asked.at(-1)).toMatchObject({
      command: 'review',
      request: { anchor: engagement, by: 'qa', deed: { kind: 'finish', findings: [{ ...finding, id: expect.any(String) }], within: ['ag-1'] } },
    });
    expect(await post('qa', `quality/reviews/${engagement}`, { version: 2, deed: { kind: 'assign' } })).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('Bea') },
    });
    const before = asked.length;
    expect((await post('supervisor', `quality/reviews/${engagement}`, { version: 1, deed: { kind: 'assign' } })).status).toBe(404);
    expect((await post('manager', `quality/reviews/${engagement}`, { version: 1, deed: { kind: 'assign' } })).status).toBe(403);
    expect(asked).toHaveLength(before);
    const { rows } = await world.owner.query<{ action: string; outcome: string }>(
      `select action, details::json->>'outcome' as outcome from admin_api.audit_entry where target = $1 order by place`,
      [`review:${engagement}`],
    );
    expect(rows).toEqual([
      { action: 'review.finish', outcome: 'done' },
      { action: 'review.assign', outcome: 'refused (409)' },
    ]);
  });
});

describe('what customers say of people', () => {
  it('is an interval for each agent of one’s own, drawn to the mean of all, and early below fifty answers', async () => {
    const { body } = await get('manager', 'surveys/results?days=30');
    const lines = body.empathy.filter((one: { kind: string }) => one.kind === 'agent');
    expect(lines.map(({ key, name, n, state }: { key: string; name: string; n: number; state: string }) => [key, name, n, state])).toEqual([
      ['ag-1', 'Ana', 8, 'early'],
      ['ag-2', 'Bo', 6, 'early'],
    ]);
    expect(lines[0].mean).toBeLessThan(lines[1].mean);
    expect(lines[0].interval[0]).toBeLessThan(lines[0].mean);
    expect(body.causes).toEqual([{ cause: 'people', count: 1 }]);
    // Ana is alone in her team.
    expect((await get('agent', 'surveys/results?days=30')).body.empathy.map((one: { key: string }) => one.key)).toEqual(['ag-1', north]);
  });

  it('shows no comment while fewer have answered than comments need', async () => {
    expect((await get('supervisor', 'surveys/comments?days=30')).body).toEqual({ state: 'tooFew', needed: 8, comments: [] });
    expect((await get('analyst', 'surveys/comments?days=30')).body.state).toBe('shown');
    expect((await get('manager', 'surveys/comments?days=30')).status).toBe(403);
  });

  it('lies beside what reviewers say, agent by agent', async () => {
    for (const [index, value] of [5, 5, 4, 5, 5].entries())
      await insert('feedback.review_rating', { anchor: named(`rated ${index}`), agent: 'ag-1', value, at: new Date(now), by: 'qa' });
    const { body } = await get('manager', 'quality/gap?days=30');
    expect(body.gaps).toMatchObject([{ agent: 'ag-1', name: 'Ana', state: 'shown', reviews: 5, ratings: 8 }]);
    expect(body.gaps[0].interval[0]).toBeGreaterThan(1);
    expect((await get('supervisor', 'quality/gap?days=30')).body.gaps).toEqual([]);
  });

  describe('of teams', () => {
    const [east, west, late] = [named('East'), named('West'), named('Late')];
    const rate = async (agent: string, ...values: readonly number[]): Promise<void> => {
      for (const [index, value] of values.entries())
        await insert('scoring.answer', {
          customer_id: dana,
          anchor: named(`team ${agent} ${index}`),
          place: 1,
          at: new Date(now - day),
          question: 'empathy',
          value,
          agent,
        });
    };
    const teamsOf = (body: { empathy: { kind: string; name: string }[] }): Map<string, { mean: number; interval: number[] }> =>
      new Map(body.empathy.filter(({ kind }) => kind === 'team').map((line) => [line.name, line as never]));

    beforeAll(async () => {
      const admin = await world.signIn('admin@example.com');
      const teams = Object.entries({ North: north, South: south, East: east, West: west, Late: late }).map(([name, id]) => ({ id, name }));
      const agents = Object.entries({ 'ag-1': north, 'ag-2': south, 'ag-3': south, 'ag-4': east, 'ag-5': west, 'ag-6': late, 'ag-7': null });
      await world.call('PUT', '/v1/teams', { browser: admin, body: { teams } });
      await world.call('PUT', '/v1/agents', { browser: admin, body: { agents: agents.map(([id, teamId]) => ({ id, name: id, teamId })) } });
      await world.owner.query('delete from scoring.answer');
      await rate('ag-1', 2, 2, 2, 2, 4, 4, 4, 4);
      await rate('ag-2', 1, 1, 1);
      await rate('ag-3', 1, 3, 3, 3, 3);
      await rate('ag-4', 2, 2, 2, 2, 4, 4, 4, 4);
      await rate('ag-5', 3, 3, 3, 3, 5, 5, 5, 5);
      await rate('ag-7', 5);
      await rate('ag-8', 4, 4);
    });

    it('is an interval for each, drawn to the mean of all teams, and who is in no team is left out and counted', async () => {
      const { body } = await get('manager', 'surveys/results?days=30');
      const teams = teamsOf(body);
      // By hand (Morris 1983, section 5, at equal variances). The teams' own means are 3, 2, 3, 4; their mean is 3, the sum of squares about it S = 2. Within each eight ratings
      // have a sum of squares of 8: 32 with 28 degrees of freedom make 8/7 for a rating, v = 1/7 for a mean. Drawn by (4 − 3) v / S = 1/14: 2 becomes 2 + 1/14, 4 becomes 4 − 1/14.
      expect([...teams].map(([name, { mean }]) => [name, mean])).toEqual(
        expect.arrayContaining([
          ['North', expect.closeTo(3, 9)],
          ['South', expect.closeTo(2 + 1 / 14, 9)],
          ['East', expect.closeTo(3, 9)],
          ['West', expect.closeTo(4 - 1 / 14, 9)],
        ]),
      );
      expect(teams.size).toBe(4);
      // Its variance is v (1 − ¾ · 1/14) + 2 (1/14)² · 1² = 0.145408, and t with 28 degrees of freedom 2.048407.
      const half = 2.048407 * Math.sqrt((1 / 7) * (1 - 0.75 / 14) + 2 / 14 ** 2);
      expect(teams.get('South')).toMatchObject({
        key: south,
        n: 8,
        state: 'early',
        own: 2,
        shrinkage: expect.closeTo(1 / 14, 9),
        topBox: 0,
        counts: [4, 0, 4, 0, 0],
      });
      expect(teams.get('South')!.interval).toEqual([expect.closeTo(2 + 1 / 14 - half, 5), expect.closeTo(2 + 1 / 14 + half, 5)]);
      expect(body.withoutTeam).toEqual({ agents: 2, ratings: 3 });
    });

    it('is hidden under the floor, though its ratings are in the mean of all', async () => {
      const before = teamsOf((await get('manager', 'surveys/results?days=30')).body).get('South')!;
      await rate('ag-6', 5, 5, 5, 4);
      const teams = teamsOf((await get('manager', 'surveys/results?days=30')).body);
      expect(teams.get('Late')).toMatchObject({ n: 4, state: 'hidden', mean: null, interval: null, own: null, counts: null });
      expect(teams.get('South')!.mean).not.toBeCloseTo(before.mean, 3);
    });

    it('is shown to whom all of its agents are, by the same value', async () => {
      const whole = teamsOf((await get('manager', 'surveys/results?days=30')).body);
      const own = await get('supervisor', 'surveys/results?days=30');
      expect([...teamsOf(own.body)]).toEqual([['South', whole.get('South')]]);
      expect(own.body.withoutTeam).toEqual({ agents: 0, ratings: 0 });
      expect([...teamsOf((await get('qa', 'surveys/results?days=30')).body).keys()]).toEqual(['North']);
      // Somebody with a colleague beside them in the team sees themselves alone.
      await world.call('PUT', '/v1/agents', {
        browser: await world.signIn('admin@example.com'),
        body: { agents: [{ id: 'ag-4', name: 'ag-4', teamId: north }] },
      });
      expect((await get('agent', 'surveys/results?days=30')).body.empathy.map(({ key }: { key: string }) => key)).toEqual(['ag-1']);
    });
  });
});

describe('recovery cases', () => {
  it('stand by their clock, and a step goes to feedback from those who may work on it', async () => {
    expect((await get('manager', 'cases')).body).toMatchObject({
      cases: [
        {
          anchor: engagement,
          customerName: '+15 ••• 01',
          intent: 'fault',
          state: 'open',
          reasons: ['lowCsat'],
          clock: { next: 'firstContact', late: true },
        },
      ],
      recovered: { count: 0, of: 0, share: null },
    });
    expect((await get('supervisor', 'cases')).body.cases).toEqual([]);
    expect((await post('supervisor', `cases/${engagement}/steps`, { kind: 'assigned', owner: 'me' })).status).toBe(404);
    expect(await post('manager', `cases/${engagement}/steps`, { kind: 'assigned', owner: 'Bea' })).toMatchObject({ status: 200, body: { kind: 'recorded' } });
    expect(asked.at(-1)).toMatchObject({ command: 'step', request: { kind: 'assigned', owner: 'Bea', by: 'man' } });
    expect((await post('qa', `cases/${engagement}/steps`, { kind: 'tried' })).status).toBe(403);
  });
});

describe('the survey', () => {
  it('is set by analysts alone, and a link to it is made by those who work on cases of their own agents', async () => {
    expect((await get('analyst', 'surveys/settings')).body).toMatchObject({ version: 0, settings: defaultSurveySettings });
    const settings = { ...defaultSurveySettings, samplePerMille: 500 };
    expect((await post('manager', 'surveys/settings', { version: 0, settings }, 'PUT')).status).toBe(403);
    expect((await post('analyst', 'surveys/settings', { version: 0, settings }, 'PUT')).status).toBe(200);
    expect(asked.at(-1)).toMatchObject({ command: 'set', request: { settings: { samplePerMille: 500 } } });
    expect((await post('analyst', 'surveys/settings', { version: 0, settings: { ...settings, samplePerMille: 1001 } }, 'PUT')).status).toBe(400);
    expect(await post('manager', 'surveys/links', { eventId: engagement })).toMatchObject({ status: 200, body: { url: 'http://127.0.0.1/s/token' } });
    expect((await post('qa', 'surveys/links', { eventId: engagement })).status).toBe(403);
    const before = asked.length;
    const refused = [
      await post('supervisor', 'surveys/links', { eventId: idOf('agent/1') }),
      await post('supervisor', 'surveys/links', { eventId: named('nobody') }),
    ];
    for (const { status, body } of refused) expect([status, { ...body, traceId: '' }]).toEqual([404, { ...refused[0]!.body, traceId: '' }]);
    expect(asked).toHaveLength(before);
    const leadsAnn = await world.join('leads-ann@example.com', ['supervisor'], { teams: [north] });
    await world.owner.query(`insert into admin_api.agent (agent_id, name, team_id) values ('ann', 'Ann', $1)`, [north]);
    expect((await world.call('POST', '/v1/surveys/links', { browser: leadsAnn, body: { eventId: idOf('agent/1') } })).status).toBe(200);
  });
});

// What `npm run looks` takes pictures of: every page in each state that a person may meet, and what has to be in the installation for that.
import { dana } from './app-rig.mjs';

const dayMs = 86_400_000;

/** Asks the API as somebody who is signed in in `context`; throws what it answers when it refuses. */
export function speakerOf(context, csrf) {
  return async (method, route, data) => {
    const answer = await context.request.fetch(route, { method, ...(data && { data }), headers: { 'x-throughline-csrf': csrf } });
    if (!answer.ok()) throw Object.assign(new Error(`${method} ${route} answered ${answer.status()}: ${await answer.text()}`), { status: answer.status() });
    return answer.json().catch(() => undefined);
  };
}

const condition = (field, is, value) => ({ field, is, value });
const behaviour = (id, thing, where, lastDays, count) => ({
  id,
  kind: 'behaviour',
  thing,
  where,
  lastDays,
  measure: { take: 'count' },
  test: { is: 'atLeast', value: count },
  none: [],
});
const rule = (join, of) => ({ version: 1, root: { id: 'root', kind: 'group', join, of } });

const segments = [
  {
    name: 'Callers left waiting',
    description: 'Two calls or more in the last quarter: the desk phones them first',
    rule: rule('all', [
      behaviour('calls', 'contact', [condition('channel', 'isOneOf', ['voice'])], 365, 2),
      {
        id: 'either',
        kind: 'group',
        join: 'any',
        of: [behaviour('engaged', 'engagement', [], 365, 1), behaviour('frustrated', 'contact', [condition('frustration', 'atLeast', 40)], 365, 1)],
      },
    ]),
  },
  {
    name: 'Everybody who wrote',
    description: '',
    rule: rule('all', [behaviour('wrote', 'contact', [condition('channel', 'isOneOf', ['email', 'chat'])], null, 1)]),
  },
];

async function makeSegments(ask) {
  const ids = [];
  for (const segment of segments) ids.push((await ask('POST', '/v1/segments', segment)).id);
  const { draft } = await ask('GET', `/v1/segments/${ids[0]}`);
  await ask('POST', `/v1/segments/${ids[0]}/publish`, { note: 'For the desk that phones back', basedOn: draft.revision });
  return ids[0];
}

/** A plan that has been practised for a while, so that its effect can be read. */
async function makePlan(ask) {
  const { opportunities, metrics, until } = await ask('GET', '/v1/coaching/opportunities?days=365');
  const [first] = opportunities;
  if (!first) return undefined;
  const { better, unit } = metrics.find(({ metric }) => metric === first.metric);
  const best = better === 'lower' ? 0 : unit === 'percent' ? 100 : 5; // as good as can be: never refused as too little
  const { contacts } = await ask('GET', `/v1/coaching/agents/${first.agent}/contacts?metric=${first.metric}&days=365`);
  const { planId } = await ask('POST', '/v1/coaching/plans', {
    agent: first.agent,
    pickedBecauseLow: true,
    since: until - 45 * dayMs,
    goal: {
      behaviour: 'Says what happens next before closing the call',
      metric: first.metric,
      target: best,
    },
    evidence: contacts.slice(0, 3).map(({ contact }) => ({ contact })),
    exercises: [
      { id: 'listen', text: 'Listen to three closings of a colleague' },
      { id: 'write', text: 'Write three closings of your own' },
    ],
    remeasureAt: Date.now() + 28 * dayMs,
  });
  await ask('POST', `/v1/coaching/plans/${planId}/steps`, { after: 1, deed: { kind: 'agreed' } });
  await ask('POST', `/v1/coaching/plans/${planId}/steps`, { after: 2, deed: { kind: 'started' } });
  return planId;
}

/** In a small world nobody may be far enough behind for a plan: then there is no picture of one. */
function unlessTooLittle(error) {
  if (error.status !== 409) throw error;
  return undefined;
}

async function surveyLink(rig, address) {
  const [row] = await rig.query(
    'select e.anchor from scoring.read_engagement e where not exists (select from scoring.read_answer s where s.customer_id = e.customer_id) order by e.contacts desc, e.anchor limit 1',
  );
  const answer = await fetch(`${address}/v1/surveys/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rig.secrets.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ eventId: row.anchor }),
  });
  return (await answer.json()).url;
}

async function danaOf(rig, address) {
  const answer = await fetch(`${address}/v1/customers/lookup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${rig.secrets.readToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: dana.email, limit: 1 }),
  });
  return (await answer.json()).customers[0].customer.id;
}

/** Something broken, so that the quarantine is not empty. */
async function sendBroken(rig) {
  for (const [sourceEventId, channel] of [
    ['call-77', 'smoke'],
    ['call-78', 'smoke'],
    ['call-79', 'voice'],
  ])
    await fetch(`${rig.api}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rig.secrets.writeKey}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        sourceEventId,
        occurredAt: channel === 'voice' ? 'yesterday' : new Date().toISOString(),
        system: 'agent',
        type: 'connected',
        channel,
        identifiers: [{ kind: 'email', value: 'broken@example.com' }],
      }),
    });
}

/** Fills the installation with what people would have made; resolves with the names that the scenes need. `askAs(role)` gives a speaker. */
export async function furnish({ rig, address }, askAs) {
  await sendBroken(rig);
  const review = (await (await askAs('qa'))('GET', '/v1/quality/queue?state=open')).reviews?.[0]?.anchor;
  const recovery = (await (await askAs('manager'))('GET', '/v1/cases?state=open')).cases?.[0]?.anchor;
  return {
    customer: await danaOf(rig, address),
    survey: await surveyLink(rig, address),
    segment: await makeSegments(await askAs('analyst')),
    plan: await makePlan(await askAs('supervisor')).catch(unlessTooLittle),
    review,
    recovery,
  };
}

const press = (key) => (page) => page.keyboard.press(key);
const click = (role, name) => (page) => page.getByRole(role, { name }).first().click();

async function typeInPalette(page) {
  await page.keyboard.press('Control+k');
  await page.keyboard.type('o');
}

/** The first thing that a row of the first table opens. */
const firstRow = (page) => page.locator('tbody').first().getByRole('button').first().click();

async function openAllOfTheForm(page) {
  await page.locator('input[name=csat]').first().check({ force: true });
  for (const folded of await page.locator('summary').all()) await folded.click();
}

/**
 * Every scene: `page` and `state` name its pictures; `role` opens `route`; `act` does what a person does there. `short`: what the window shows, not the whole page. `failing`: the server
 * answers nothing but the session. `scripts: false`: without JavaScript. `widths` where they are not those of all.
 */
export function scenesOf({ customer, survey, segment, plan, review, recovery }) {
  const scene = (page, state, role, route, more = {}) => ({ page, state, role, route, ...more });
  return [
    scene('kpi', 'loaded', 'manager', '/kpi'),
    scene('kpi', 'empathy-by-channel', 'manager', '/kpi?metric=empathy&by=channel&range=90d'),
    scene('kpi', 'definition', 'manager', '/kpi?define=fcr.true', { short: true }),
    scene('kpi', 'rows', 'manager', '/kpi/rows?metric=contact.repeat&range=90d'),
    scene('kpi', 'failed', 'manager', '/kpi', { failing: true }),
    scene('customers', 'loaded', 'analyst', '/customers'),
    scene('customers', 'failed', 'analyst', '/customers', { failing: true }),
    scene('customer', 'loaded', 'analyst', `/customers/${customer}`),
    scene('customer', 'to-events', 'steward', `/customers/${customer}?level=event`),
    scene('customer', 'evidence', 'analyst', `/customers/${customer}?level=transaction`, {
      act: (page) => page.locator('[role=treeitem].transaction').nth(2).click(),
      short: true,
    }),
    scene('customer', 'failed', 'analyst', `/customers/${customer}`, { failing: true }),
    scene('segments', 'loaded', 'analyst', '/segments'),
    scene('segment', 'rules', 'analyst', `/segments/${segment}`),
    scene('segment', 'rule-open', 'analyst', `/segments/${segment}`, { act: (page) => page.getByRole('treegrid').getByRole('row').nth(1).click() }),
    scene('segment', 'people', 'analyst', `/segments/${segment}?tab=people`),
    scene('segment', 'versions', 'analyst', `/segments/${segment}?tab=versions`),
    scene('quality', 'queue', 'qa', '/quality', { short: true }),
    scene('quality', 'review', 'qa', `/quality?review=${review}`),
    scene('quality', 'gap', 'qa', '/quality?part=gap'),
    scene('quality', 'failed', 'qa', '/quality', { failing: true }),
    scene('coaching', 'opportunities', 'supervisor', '/coaching?days=365'),
    scene('coaching', 'new-plan', 'supervisor', '/coaching?days=365', { act: firstRow, short: true }),
    scene('coaching', 'plans', 'supervisor', '/coaching?part=plans'),
    ...(plan ? [scene('coaching', 'plan', 'supervisor', `/coaching/plans/${plan}`)] : []),
    scene('coaching', 'own', 'agent', '/coaching'),
    scene('maturity', 'loaded', 'manager', '/maturity'),
    scene('maturity', 'cell', 'manager', '/maturity?cell=operations.distinctive', { short: true }),
    scene('surveys', 'results', 'analyst', '/surveys?days=365'),
    scene('surveys', 'cases', 'manager', '/surveys?part=cases'),
    ...(recovery ? [scene('surveys', 'case', 'manager', `/surveys?part=cases&case=${recovery}`, { short: true })] : []),
    scene('surveys', 'settings', 'analyst', '/surveys?part=settings'),
    scene('sources', 'overview', 'developer', '/sources'),
    scene('sources', 'live', 'developer', '/sources?part=live'),
    scene('sources', 'event', 'developer', '/sources?part=live', { act: firstRow, short: true }),
    scene('sources', 'quarantine', 'developer', '/sources?part=quarantine'),
    scene('sources', 'kept-aside', 'developer', '/sources?part=quarantine', { act: firstRow, short: true }),
    scene('sources', 'failed', 'developer', '/sources', { failing: true }),
    scene('admin', 'users', 'admin', '/admin'),
    scene('admin', 'user', 'admin', '/admin', { act: firstRow, short: true }),
    scene('admin', 'invite', 'admin', '/admin?user=new', { short: true }),
    scene('admin', 'keys', 'admin', '/admin?part=keys'),
    scene('admin', 'new-key', 'admin', '/admin?part=keys&key=new', { short: true }),
    scene('admin', 'audit', 'admin', '/admin?part=audit'),
    scene('shell', 'sign-in', undefined, '/sign-in', { short: true }),
    scene('shell', 'sign-in-refused', undefined, '/sign-in', { act: click('button', 'Sign in'), short: true }),
    scene('shell', 'palette', 'analyst', '/customers', { act: typeInPalette, short: true }),
    scene('shell', 'shortcuts', 'analyst', '/customers', { act: press('?'), short: true }),
    scene('shell', 'folded-rail', 'analyst', '/customers', { act: click('button', 'Fold the navigation'), short: true, widths: [1440] }),
    scene('shell', 'menu', 'manager', '/segments', { act: click('button', 'Menu'), short: true, widths: [390] }),
    scene('shell', 'account', 'analyst', '/customers', { act: click('button', /Ana Analyst/), short: true, widths: [1440] }),
    scene('shell', 'not-found', 'analyst', '/no-such-page', { short: true }),
    scene('survey', 'new', undefined, survey, { widths: [320, 390, 1440], scripts: false }),
    scene('survey', 'filled', undefined, survey, { act: openAllOfTheForm, widths: [320, 1440] }),
    scene('survey', 'faulty', undefined, survey, { act: click('button', 'Send my answer'), widths: [390], scripts: false }),
    scene('survey', 'german', undefined, `${survey}?lang=de`, { widths: [390], scripts: false }),
    scene('survey', 'closed', undefined, `${survey.slice(0, -1)}${survey.endsWith('A') ? 'B' : 'A'}`, { widths: [390], scripts: false }),
  ];
}

/** The same pages where nobody has sent anything yet. */
export const emptyScenes = [
  ['kpi', 'manager', '/kpi'],
  ['customers', 'analyst', '/customers'],
  ['segments', 'analyst', '/segments'],
  ['quality', 'qa', '/quality'],
  ['coaching', 'supervisor', '/coaching'],
  ['coaching-plans', 'supervisor', '/coaching?part=plans'],
  ['maturity', 'manager', '/maturity'],
  ['surveys', 'analyst', '/surveys'],
  ['surveys-cases', 'manager', '/surveys?part=cases'],
  ['sources', 'developer', '/sources'],
  ['sources-live', 'developer', '/sources?part=live'],
  ['sources-quarantine', 'developer', '/sources?part=quarantine'],
].map(([page, role, route]) => ({ page, state: 'empty', role, route }));

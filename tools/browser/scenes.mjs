// What `npm run looks` takes pictures of: every page in each state that a person may meet, and what has to be in the installation for that.
import { dana } from './app-rig.mjs';

/** Asks the API as somebody who is signed in in `context`; throws what it answers when it refuses. */
export function speakerOf(context, csrf) {
  return async (method, route, data) => {
    const answer = await context.request.fetch(route, { method, ...(data && { data }), headers: { 'x-throughline-csrf': csrf } });
    if (!answer.ok()) throw Object.assign(new Error(`${method} ${route} answered ${answer.status()}: ${await answer.text()}`), { status: answer.status() });
    return answer.json().catch(() => undefined);
  };
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

/** Sends something broken and resolves with the names that the scenes need, of what the people of the demo have made. `askAs(role)` gives a speaker. */
export async function furnish({ rig, address }, askAs) {
  await sendBroken(rig);
  const [analyst, supervisor, reviewer, manager] = [await askAs('analyst'), await askAs('supervisor'), await askAs('qa'), await askAs('manager')];
  const { segments } = await analyst('GET', '/v1/segments');
  const { plans } = await supervisor('GET', '/v1/coaching/plans');
  const { reviews } = await reviewer('GET', '/v1/quality/queue?state=all');
  const { cases } = await manager('GET', '/v1/cases?state=all');
  const inState = (things, state) => things.find((thing) => thing.state === state);
  return {
    customer: await danaOf(rig, address),
    survey: await surveyLink(rig, address),
    segment: segments.find(({ name }) => name.startsWith('High value')).id,
    plans: { open: plans.find(({ state }) => state !== 'closed')?.id, closed: inState(plans, 'closed')?.id },
    reviews: { waiting: inState(reviews, 'waiting')?.anchor, done: inState(reviews, 'done')?.anchor },
    cases: { open: inState(cases, 'open')?.anchor, recovered: inState(cases, 'recovered')?.anchor },
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

/** The second node of the phone menu: the first is where every call begins. */
const firstMenuNode = (page) => page.locator('tbody').first().getByRole('button').nth(1).click();

async function openAllOfTheForm(page) {
  await page.locator('input[name=csat]').first().check({ force: true });
  for (const folded of await page.locator('summary').all()) await folded.click();
}

/**
 * Every scene: `page` and `state` name its pictures; `role` opens `route`; `act` does what a person does there. `short`: what the window shows, not the whole page. `failing`: the server
 * answers nothing but the session. `scripts: false`: without JavaScript. `widths` where they are not those of all.
 */
export function scenesOf({ customer, survey, segment, plans, reviews, cases }) {
  const scene = (page, state, role, route, more = {}) => ({ page, state, role, route, ...more });
  const sceneOf = (id, ...words) => (id ? [scene(...words)] : []); // in a small world there may be none
  return [
    scene('kpi', 'loaded', 'manager', '/kpi'),
    scene('kpi', 'empathy-by-channel', 'manager', '/kpi?metric=empathy&by=channel&range=90d'),
    scene('kpi', 'of-a-segment', 'manager', `/kpi?f.segment=${segment}`),
    scene('kpi', 'naive-by-team', 'manager', '/kpi?metric=fcr.channel&by=team&range=90d'),
    scene('kpi', 'definition', 'manager', '/kpi?define=fcr.true', { short: true }),
    scene('kpi', 'rows', 'manager', '/kpi/rows?metric=contact.repeat&range=90d'),
    scene('menus', 'loaded', 'manager', '/kpi/menus?range=90d'),
    scene('menus', 'node', 'manager', '/kpi/menus?range=90d', { act: firstMenuNode, short: true }),
    scene('menus', 'failed', 'manager', '/kpi/menus', { failing: true }),
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
    scene('segments', 'failed', 'analyst', '/segments', { failing: true }),
    scene('segment', 'rules', 'analyst', `/segments/${segment}`),
    scene('segment', 'rule-open', 'analyst', `/segments/${segment}`, { act: (page) => page.getByRole('treegrid').getByRole('row').nth(1).click() }),
    scene('segment', 'people', 'analyst', `/segments/${segment}?tab=people`),
    scene('segment', 'versions', 'analyst', `/segments/${segment}?tab=versions`),
    scene('segment', 'failed', 'analyst', `/segments/${segment}`, { failing: true }),
    scene('quality', 'queue', 'qa', '/quality', { short: true }),
    ...sceneOf(reviews.waiting, 'quality', 'review', 'qa', `/quality?review=${reviews.waiting}`),
    ...sceneOf(reviews.done, 'quality', 'review-done', 'qa', `/quality?state=done&review=${reviews.done}`),
    scene('quality', 'gap', 'qa', '/quality?part=gap'),
    scene('quality', 'failed', 'qa', '/quality', { failing: true }),
    scene('coaching', 'opportunities', 'supervisor', '/coaching?days=365'),
    scene('coaching', 'new-plan', 'supervisor', '/coaching?days=365', { act: firstRow, short: true }),
    scene('coaching', 'plans', 'supervisor', '/coaching?part=plans'),
    ...sceneOf(plans.open, 'coaching', 'plan', 'supervisor', `/coaching/plans/${plans.open}`),
    ...sceneOf(plans.closed, 'coaching', 'plan-closed', 'supervisor', `/coaching/plans/${plans.closed}`),
    scene('coaching', 'own', 'agent', '/coaching'),
    scene('coaching', 'failed', 'supervisor', '/coaching', { failing: true }),
    scene('maturity', 'loaded', 'manager', '/maturity'),
    scene('maturity', 'cell', 'manager', '/maturity?cell=operations.distinctive', { short: true }),
    scene('maturity', 'failed', 'manager', '/maturity', { failing: true }),
    scene('surveys', 'results', 'analyst', '/surveys?days=365'),
    scene('surveys', 'cases', 'manager', '/surveys?part=cases'),
    ...sceneOf(cases.open, 'surveys', 'case', 'manager', `/surveys?part=cases&case=${cases.open}`, { short: true }),
    ...sceneOf(cases.recovered, 'surveys', 'case-recovered', 'manager', `/surveys?part=cases&cases=all&case=${cases.recovered}`, { short: true }),
    scene('surveys', 'settings', 'analyst', '/surveys?part=settings'),
    scene('surveys', 'failed', 'analyst', '/surveys', { failing: true }),
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
    scene('admin', 'failed', 'admin', '/admin', { failing: true }),
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
  ['menus', 'manager', '/kpi/menus'],
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

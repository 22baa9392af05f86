import { eventIdOf } from '@throughline/domain-events';
import type { Page } from 'playwright-core';
import { formatDay } from '../src/app/ui/format';
import { AppUnderTest, axeFindings, pressOn, seen, tabTo, typeInto, until, untilCount, untilEqual } from './app-under-test';

let app: AppUnderTest;

/** Sends events of the source `default`; answers whether they were taken. */
const send = async (events: object | object[]): Promise<boolean> => {
  const response = await fetch(`${app.rig.api}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rig.secrets.writeKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });
  return response.ok;
};
/** Rows of the installation's database. */
const rowsOf = async <Row = object>(text: string, values: readonly unknown[] = []): Promise<Row[]> => (await app.rig.query(text, values)) as Row[];

const dayMs = 86_400_000;
/** A team of the supervisor lately: enough calls of each agent to compare, two of whom are not heard by their customers. */
const marks = [
  { agent: 'ag-technical-07', empathy: 1 },
  { agent: 'ag-technical-16', empathy: 2 },
  { agent: 'ag-technical-22', empathy: 5 },
  { agent: 'ag-technical-25', empathy: 5 },
];
const callsEach = 30;

async function rateTheTeam(): Promise<void> {
  const events = marks.flatMap(({ agent, empathy }) =>
    Array.from({ length: callsEach }, (_, index) => {
      const name = `${agent}-${index}`;
      const at = Date.now() - (index + 1) * dayMs;
      const call = { channel: 'voice', agent, queue: 'technical', identifiers: [{ kind: 'email', value: `${name}@example.com` }] };
      const answers = [{ question: 'empathy', value: empathy, touch: { kind: 'agent', name: agent } }];
      return [
        { ...call, sourceEventId: `${name}-call`, sessionKey: name, system: 'agent', type: 'connected', occurredAt: new Date(at).toISOString() },
        {
          ...call,
          sourceEventId: `${name}-mark`,
          sessionKey: `${name}-mark`,
          system: 'survey',
          type: 'answered',
          purpose: 'feedback',
          occurredAt: new Date(at + 600_000).toISOString(),
          aboutEventId: eventIdOf('default', `${name}-call`),
          attributes: { answers },
        },
      ];
    }).flat(),
  );
  expect(await send(events)).toBe(true);
  const counted = `select count(*)::int as n from scoring.read_answer where question = 'empathy' and agent = any($1) and at > now() - interval '40 days'`;
  await until('the marks', async () => (await rowsOf<{ n: number }>(counted, [marks.map(({ agent }) => agent)]))[0]!.n >= marks.length * callsEach);
}

beforeAll(async () => {
  app = await AppUnderTest.start();
  await rateTheTeam();
}, 300_000);
afterAll(() => app?.stop());
afterEach(async () => {
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

/** Of the page inside the frame, drawers included; the frame itself is looked at with every page. */
const ownFindings = (page: Page): Promise<string[]> => axeFindings(page, 'main');

describe('a supervisor', () => {
  it('turns a gap into a plan, agrees on it, starts it, and reads when it can be measured', async () => {
    const page = await app.openAs('supervisor', '/coaching?days=365');
    await page.getByRole('table', { name: 'Where coaching could win most' }).getByRole('button').last().click();
    const form = page.getByRole('complementary');
    await form.getByLabel('One behaviour to change').fill('Says what happens next before closing');
    await seen(form.getByRole('checkbox'));
    await form.getByLabel('Exercises, one a line').fill('Listen to three closings\nWrite three of your own');
    const remeasure = await form.getByLabel('Re-measure on').inputValue();
    await form.getByRole('button', { name: 'Draft plan' }).click();
    await page.waitForURL(/\/coaching\/plans\//);
    await seen(page.getByText('Draft', { exact: true }));
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.getByRole('button', { name: 'Start practice' }).click();
    await seen(page.getByText('Practising', { exact: true }));
    await seen(page.getByRole('heading', { name: 'Too few contacts yet' }));
    await seen(page.getByText(`Looked at again on ${formatDay(Date.parse(`${remeasure}T12:00`))}.`));
    await page.getByRole('button', { name: 'Done today: Listen to three closings' }).click();
    await seen(page.getByText(/✓ done/));
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await seen(page.getByText('Closed: withdrawn'));
    await page.getByRole('button', { name: /^Undo/ }).click();
    await seen(page.getByText('Practising', { exact: true }));
    expect(await ownFindings(page)).toEqual([]);
  });

  it('does the same with the keyboard alone, from the gap to the day on which it can be measured, and finds the plan in the list', async () => {
    const page = await app.openAs('supervisor', '/coaching');
    const ranking = page.getByRole('table', { name: 'Where coaching could win most' });
    await seen(ranking.getByRole('button'));
    const [, second] = await ranking.getByRole('button').allTextContents();
    await tabTo(page, /^Where coaching could win most/);
    await page.keyboard.press('Tab');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const form = page.getByRole('complementary', { name: `Plan for ${second!.trim()}` });
    await seen(form.locator('h2:focus'));
    await untilCount(form.getByRole('checkbox', { checked: true }), 4);
    await tabTo(page, /One behaviour to change/);
    await page.keyboard.type('Asks back before transferring');
    await typeInto(page, /^Target/, '60');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await untilCount(form.getByRole('checkbox', { checked: true }), 3);
    await tabTo(page, /Exercises/);
    await page.keyboard.type('Role play with a colleague');
    const remeasureAt = Date.now() + 60 * dayMs;
    await tabTo(page, /^Re-measure on/);
    await page.keyboard.type(new Date(remeasureAt).toLocaleDateString('en-US', { month: '2-digit', day: '2-digit', year: 'numeric' }));
    await pressOn(page, /^Draft plan/);
    await page.waitForURL(/\/coaching\/plans\//);
    await seen(page.getByRole('button', { name: 'Agree' }));
    await pressOn(page, /^Agree/);
    await seen(page.getByText('Agreed', { exact: true }));
    await pressOn(page, /^Start practice/);
    await seen(page.getByText('Practising', { exact: true }));

    await seen(page.getByRole('heading', { name: 'Too few contacts yet' }));
    // 30 contacts in the six weeks before are five in a week: 25 take 35 days.
    const measurable = formatDay(Date.now() + 35 * dayMs);
    await seen(page.getByText(`Re-measure on ${measurable}: 0 of at least 25 contacts since practice began.`, { exact: true }));
    await seen(page.getByRole('definition').getByText(formatDay(remeasureAt), { exact: true }));
    await untilCount(page.getByRole('region', { name: 'Contacts that show it' }).getByRole('link'), 2);
    const [plan] = await rowsOf(
      `select p.stage, s.deed from feedback.read_coaching_plan p join feedback.read_coaching_step s on s.plan_id = p.plan_id and s.place = 1 where p.plan_id = $1`,
      [page.url().split('/').at(-1)],
    );
    expect(plan).toMatchObject({
      stage: 'practising',
      deed: {
        agent: 'ag-technical-16',
        goal: { behaviour: 'Asks back before transferring', metric: 'empathy.topBox', baseline: 0, target: 60 },
        exercises: [{ text: 'Role play with a colleague' }],
      },
    });

    await pressOn(page, /^‹ Coaching/, { by: 'Shift+Tab' });
    await page.waitForURL(/part=plans/);
    await seen(page.getByRole('table', { name: 'Plans' }).getByText('Asks back before transferring'));
  });
});

describe('an agent', () => {
  it('sees their own plans and nobody’s numbers', async () => {
    const page = await app.openAs('agent', '/coaching');
    await seen(page.getByRole('heading', { name: 'Plans' }));
    expect(await page.getByText('Opportunities').count()).toBe(0);
  });
});

describe('leadership', () => {
  it('reads the matrix with computed evidence, attests what no system knows, and keeps the state', async () => {
    const page = await app.openAs('manager', '/maturity');
    const matrix = page.getByRole('table', { name: 'The matrix' });
    await seen(matrix);
    await seen(page.getByText(/criteria are computed from this installation/));
    await matrix.getByRole('button', { name: /^Operationalisation, Distinctive/ }).click();
    const cell = page.getByRole('complementary', { name: 'Operationalisation, Distinctive' });
    await cell.getByLabel('Why you say so').fill('On the agenda of every monthly meeting');
    await cell.getByRole('button', { name: 'It holds', exact: true }).click();
    await seen(cell.getByText(/Mara Manager said so/));
    await page.keyboard.press('Escape');
    await cell.waitFor({ state: 'detached' });
    await page.keyboard.press('s');
    await seen(page.getByText('This state is kept'));
    await seen(page.getByRole('table', { name: 'How it was' }).getByText('Mara Manager'));
    expect(await ownFindings(page)).toEqual([]);
  });

  it('opens a cell, attests with a reason and sets a target with the keyboard alone', async () => {
    const page = await app.openAs('manager', '/maturity');
    const matrix = page.getByRole('table', { name: 'The matrix' });
    await seen(matrix);
    await pressOn(page, /^Target/, { key: 'A' });
    const aimed = matrix.locator('td', { has: page.getByRole('button', { name: /^Information integration, Advanced/ }) });
    await seen(aimed.getByText('Target', { exact: true }));
    await pressOn(page, /^Information integration, Distinctive/);
    const cell = page.getByRole('complementary', { name: 'Information integration, Distinctive' });
    await seen(cell.locator('h2:focus'));
    await tabTo(page, /Why you say so/);
    await page.keyboard.type('Marketing still works from a list of its own');
    await pressOn(page, /Ask again after/, { key: 'a' });
    await pressOn(page, /^It does not hold/);
    await seen(cell.getByText(/^Mara Manager says it does not hold/));
    await seen(cell.getByText('Marketing still works from a list of its own'));
    await page.keyboard.press('Escape');
    await cell.waitFor({ state: 'detached' });
    await seen(page.locator('button:focus').and(page.getByRole('button', { name: /^Information integration, Distinctive/ })));
    const [word] = await rowsOf(
      `select holds, by_name, comment, round(date_part('epoch', expires_at - at) / 86400)::int as days from admin_api.maturity_attestation where criterion = 'view-shared'`,
    );
    expect(word).toEqual({ holds: false, by_name: 'Mara Manager', comment: 'Marketing still works from a list of its own', days: 365 });
    expect(await rowsOf(`select target from admin_api.maturity_aim where dimension = 'integration'`)).toEqual([{ target: 'advanced' }]);
  });

  it('opens a next step with the keyboard alone', async () => {
    const page = await app.openAs('manager', '/maturity');
    const steps = page.getByRole('table', { name: 'Five next steps' });
    await seen(steps.getByRole('button'));
    await tabTo(page, /^Five next steps/);
    await page.keyboard.press('Tab');
    const step = (await page.locator('button:focus').textContent())!.trim();
    await page.keyboard.press('Enter');
    await seen(page.getByRole('complementary').getByRole('heading', { name: step }));
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  });
});

describe('a developer', () => {
  const event = (sourceEventId: string, more: object = {}): object => ({
    sourceEventId,
    occurredAt: new Date().toISOString(),
    system: 'agent',
    type: 'connected',
    channel: 'voice',
    identifiers: [{ kind: 'email', value: 'live@example.com' }],
    ...more,
  });

  it('sees sources and the pipeline, and an event two seconds after it was sent, as linked, canonical and as it came', async () => {
    const page = await app.openAs('developer', '/sources');
    await seen(page.getByRole('list').getByText('Identified'));
    await seen(page.getByRole('table', { name: 'Sources' }));
    expect(await ownFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Live events' }).click();
    await page.getByLabel('System or type').fill('messaging.bounced');
    await page.keyboard.press('Enter');
    await seen(page.getByText('Nothing matches these filters'));
    expect(await send(event('live-1', { system: 'messaging', type: 'bounced', channel: 'messaging' }))).toBe(true);
    const row = page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row').nth(1);
    const sentAt = Date.now();
    await row.getByText('default').waitFor();
    expect(Date.now() - sentAt).toBeLessThan(4_000);
    await row.getByRole('button').click();
    const panel = page.getByRole('complementary', { name: 'Event' });
    await panel.getByRole('button', { name: 'As it came' }).click();
    // Who may not see people sees the shape of what a source sent.
    await seen(panel.getByText(/"sourceEventId": "xxxx-0"/));
    await panel.getByRole('button', { name: 'Canonical' }).click();
    await seen(panel.getByText(/"system": "messaging"/));
    expect(await ownFindings(page)).toEqual([]);
  });

  it('pauses with a key, and what arrives meanwhile waits and is counted', async () => {
    const page = await app.openAs('developer', '/sources?part=live');
    await seen(page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row').nth(1));
    await page.keyboard.press('p');
    await send(event('live-2'));
    await seen(page.getByRole('button', { name: /Follow .*1 more/ }));
    await page.keyboard.press('p');
    await seen(page.getByRole('button', { name: /^Pause/ }));
  });

  it('goes back beyond the newest, and what arrives meanwhile waits', async () => {
    const page = await app.openAs('developer', '/sources?part=live');
    const rows = page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row');
    await seen(rows.nth(1));
    await page.getByRole('button', { name: 'Older' }).click();
    await seen(rows.nth(500));
    await seen(page.getByRole('button', { name: /^Follow/ }));
    expect(await ownFindings(page)).toEqual([]);
  });

  it('says that nothing matches the filters, and clears them', async () => {
    const page = await app.openAs('developer', '/sources?part=live&type=no.such');
    await seen(page.getByText('Nothing matches these filters'));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await seen(page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row').nth(1));
    expect(new URL(page.url()).searchParams.get('type')).toBeNull();
  });

  it('finds a broken record by its cause, mends it and lets it in', async () => {
    await send(event('broken-1', { channel: 'smoke' }));
    const page = await app.openAs('developer', '/sources?part=quarantine');
    const groups = page.getByRole('table', { name: 'Kept aside, by cause' });
    await groups.getByRole('button', { name: 'A field is wrong' }).first().click();
    const panel = page.getByRole('complementary');
    await panel.getByRole('button', { name: 'broken-1' }).click();
    const record = panel.getByLabel('The record, redacted');
    await seen(record);
    await record.fill((await record.inputValue()).replace('smoke', 'voice'));
    await panel.getByRole('button', { name: 'Only try' }).click();
    await seen(page.getByText('It can be read now'));
    await panel.getByRole('button', { name: 'Let it in' }).click();
    await seen(page.getByText('It is let in'));
    await untilCount(panel.getByRole('button', { name: 'broken-1' }), 0);
    expect(await ownFindings(page)).toEqual([]);
  });

  it('does the same with the keyboard alone: an event as it came, then a record mended, tried and let in', async () => {
    await send([event('live-3'), event('broken-2', { channel: 'smoke' })]);
    const page = await app.openAs('developer', '/sources');
    await seen(page.getByRole('table', { name: 'Sources' }));
    await pressOn(page, /^Live events/);
    await tabTo(page, /^System or type/);
    await page.keyboard.type('agent.connected');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row').nth(1));
    await pressOn(page, /^\d\d:\d\d:\d\d/);
    const opened = page.getByRole('complementary', { name: 'Event' });
    await seen(opened.locator('h2:focus'));
    await pressOn(page, /^As it came/);
    await seen(opened.getByText(/"sourceEventId": "xxxx-0"/));
    await page.keyboard.press('Escape');
    await opened.waitFor({ state: 'detached' });
    await pressOn(page, /^Quarantine/, { by: 'Shift+Tab' });
    await seen(page.getByRole('table', { name: 'Kept aside, by cause' }).getByRole('button'));
    await pressOn(page, /^A field is wrong/);
    const panel = page.getByRole('complementary', { name: 'A field is wrong, default' });
    await seen(panel.locator('h2:focus'));
    await pressOn(page, /^broken-2/);
    const record = panel.getByLabel('The record, redacted');
    await seen(record);
    await tabTo(page, /The record, redacted/);
    const mended = (await record.inputValue()).replace('smoke', 'voice');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(JSON.stringify(JSON.parse(mended)));
    await pressOn(page, /^Only try/);
    await seen(page.getByText('It can be read now'));
    await pressOn(page, /^Let it in/, { by: 'Shift+Tab' });
    await seen(page.getByText('It is let in'));
    await untilCount(panel.getByRole('button', { name: 'broken-2' }), 0);
    expect(await rowsOf(`select state, attempts from ingestion.read_quarantine where source_event_id = 'broken-2'`)).toEqual([
      { state: 'replayed', attempts: 2 },
    ]);
  });

  it('replays a group once its source is mended, each record once', async () => {
    const old = ['old-1', 'old-2', 'old-3'];
    await send(old.map((name) => event(name, { occurredAt: '1980-01-01T00:00:00Z' })));
    const page = await app.openAs('developer', '/sources?part=quarantine');
    const replay = page.getByRole('button', { name: 'Replay group: Older than the horizon, default' });
    await replay.click();
    await seen(page.getByText('0 let in, 3 still kept aside'));
    await app.rig.query(`update ingestion.source set settings = settings || '{"horizonDays": 36525}' where name = 'default'`);
    // The source reads its settings anew every few seconds.
    await until('the mended source', async () => {
      await replay.or(page.getByText('3 let in, 0 still kept aside')).first().waitFor();
      if ((await replay.count()) === 0) return true;
      await replay.click({ timeout: 2_000 }).catch(() => undefined); // it may go while we reach for it
      return false;
    });
    await untilCount(replay, 0);
    await untilEqual(
      () => rowsOf(`select body->>'sourceEventId' as name from ingestion.read_event where body->>'sourceEventId' = any($1) order by 1`, [old]),
      old.map((name) => ({ name })),
    );
  });
});

import type { Page } from 'playwright-core';
import { AppUnderTest, axeFindings, seen, tabTo, untilCount } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start();
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
    await page.getByRole('table', { name: 'Where coaching could win most' }).getByRole('button').first().click();
    const form = page.getByRole('complementary');
    await form.getByLabel('One behaviour to change').fill('Says what happens next before closing');
    await seen(form.getByRole('checkbox'));
    await form.getByLabel('Exercises, one a line').fill('Listen to three closings\nWrite three of your own');
    await form.getByRole('button', { name: 'Draft plan' }).click();
    await page.waitForURL(/\/coaching\/plans\//);
    await seen(page.getByText('Draft', { exact: true }));
    await page.getByRole('button', { name: 'Agree' }).click();
    await page.getByRole('button', { name: 'Start practice' }).click();
    await seen(page.getByText('Practising', { exact: true }));
    await seen(page.getByRole('heading', { name: 'Too few contacts yet' }));
    await page.getByRole('button', { name: 'Done today: Listen to three closings' }).click();
    await seen(page.getByText(/✓ done/));
    await page.getByRole('button', { name: 'Withdraw' }).click();
    await seen(page.getByText('Closed: withdrawn'));
    await page.getByRole('button', { name: /^Undo/ }).click();
    await seen(page.getByText('Practising', { exact: true }));
    expect(await ownFindings(page)).toEqual([]);
  });

  it('does the same with the keyboard alone, and finds the plan in the list', async () => {
    const page = await app.openAs('supervisor', '/coaching?days=365');
    const first = page.getByRole('table', { name: 'Where coaching could win most' }).getByRole('button');
    await seen(first);
    await first.first().focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('complementary').locator('h2:focus'));
    await tabTo(page, /One behaviour to change/);
    await page.keyboard.type('Asks back before transferring');
    await tabTo(page, /Exercises/);
    await page.keyboard.type('Role play with a colleague');
    await tabTo(page, /^Draft plan/);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/coaching\/plans\//);
    await seen(page.getByRole('button', { name: 'Agree' }));
    await tabTo(page, /^Agree/);
    await page.keyboard.press('Enter');
    await seen(page.getByText('Agreed', { exact: true }));
    await page.goto('/coaching?part=plans&state=agreed');
    await seen(page.getByText('Asks back before transferring'));
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

  it('opens a cell and a next step with the keyboard alone', async () => {
    const page = await app.openAs('manager', '/maturity');
    await seen(page.getByRole('table', { name: 'The matrix' }));
    await tabTo(page, /^Insights, Basic/);
    await page.keyboard.press('Enter');
    await seen(page.getByRole('complementary', { name: 'Insights, Basic' }).getByText(/contacts of the last 28 days have an intent/));
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
  });
});

describe('a developer', () => {
  const send = (body: object): Promise<Response> =>
    fetch(`${app.rig.api}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.rig.secrets.writeKey}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
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
    expect((await send(event('live-1', { system: 'messaging', type: 'bounced', channel: 'messaging' }))).status).toBeLessThan(300);
    const row = page.getByRole('table', { name: 'Events as they arrive' }).getByRole('row').nth(1);
    const sentAt = Date.now();
    await row.getByText('default').waitFor();
    expect(Date.now() - sentAt).toBeLessThan(4_000);
    await row.getByRole('button').click();
    const panel = page.getByRole('complementary', { name: 'Event' });
    await panel.getByRole('button', { name: 'As it came' }).click();
    await seen(panel.getByText(/live-1/));
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

  it('replays a group with progress, each record once', async () => {
    const page = await app.openAs('developer', '/sources?part=quarantine');
    await page
      .getByRole('button', { name: /^Replay group/ })
      .first()
      .click();
    await seen(page.getByText(/let in, \d+ still kept aside/));
  });
});

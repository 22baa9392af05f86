import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { AppUnderTest, settled, until, untilCount, untilEqual } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start();
  await untilScored();
}, 300_000);
afterAll(() => app?.stop());
afterEach(async () => {
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

/** Waits until the numbers hold everything that the hierarchy holds. */
async function untilScored(): Promise<void> {
  const waiting = `select count(*)::integer as n from sessionization.read_journey_head h left join scoring.read_score_head s on s.customer_id = h.customer_id
    where s.customer_id is null or s.scored_revision < h.built_revision`;
  await until('a score for every customer', async () => ((await app.rig.query(waiting)) as { n: number }[])[0]?.n === 0, 120_000);
}

const tile = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });
const valueOf = (page: Page, name: string): Locator => tile(page, name).getByRole('link');
/** `n 1,234, small n` → 1234. */
const countOf = async (page: Page, name: string): Promise<number> =>
  Number(/n ([\d,]+)/.exec(await tile(page, name).locator('.n').innerText())![1]!.replaceAll(',', ''));
const heading = (page: Page, name: RegExp): Locator => page.getByRole('heading', { level: 2, name });
const all = 'range=2026-03-01..2026-05-31&zone=Europe/Berlin';

describe('a manager', () => {
  it('sees eight numbers, each with n and how we know, and true first-time resolution beside what channels say', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    await untilCount(page.locator('tl-kpi-tile'), 8);
    expect(await tile(page, 'Solved first time').innerText()).toMatch(/recorded[\s\S]*n [\d,]+[\s\S]*channels say \d/);
    expect(await countOf(page, 'Repeat contact, 7 days')).toBeGreaterThan(20);
  });

  it('clicks a number and gets exactly its rows, and the same rows as a file', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    const n = await countOf(page, 'Solved first time');
    await valueOf(page, 'Solved first time').click();
    await heading(page, new RegExp(`^${n.toLocaleString('en-US')} engagements, [\\d,]+ of them`)).waitFor();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV, all rows' }).click()]);
    expect(file.suggestedFilename()).toBe('fcr.true-v1_2026-03-01_2026-05-31.csv');
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(n + 1);
    await page.getByRole('row').nth(1).getByRole('link').click();
    await page.getByRole('tree').waitFor();
    await page.goBack();
    await heading(page, new RegExp(`^${n.toLocaleString('en-US')} engagements, [\\d,]+ of them`)).waitFor();
  });

  it('changes range, comparison and what is cut by, and finds all of it in the address after a reload', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    await page.getByLabel('Period', { exact: true }).selectOption('90d');
    await page.getByLabel('Compare with', { exact: true }).selectOption('none');
    await page.getByLabel('Time zone', { exact: true }).selectOption('UTC');
    await settled(page);
    await tile(page, 'Repeat contact, 7 days').getByRole('button', { name: 'Repeat contact, 7 days', exact: true }).click();
    await settled(page);
    await page.getByLabel('Cut by').last().selectOption('channel');
    await page.getByRole('link', { name: 'Call', exact: true }).waitFor();
    await settled(page);
    const [address, words] = [page.url(), await page.locator('main').innerText()];
    expect(Object.fromEntries(new URL(address).searchParams)).toMatchObject({
      range: '90d',
      compare: 'none',
      zone: 'UTC',
      metric: 'contact.repeat',
      by: 'channel',
    });
    await page.reload();
    await page.getByRole('link', { name: 'Call', exact: true }).waitFor();
    await settled(page);
    expect(page.url()).toBe(address);
    await untilEqual(async () => withoutClock(await page.locator('main').innerText()), withoutClock(words));
    await page.goBack();
    await page.waitForURL((url) => !url.searchParams.has('by'));
    await heading(page, /^Solved first time|^Repeat contact/).waitFor();
  });

  it('narrows to one intent from what moved the number, and takes the filter away again', async () => {
    const page = await app.openAs('manager', `/kpi?range=2026-04-16..2026-05-31&zone=UTC`);
    const part = page.locator('tl-kpi-moved tbody button').first();
    const intent = await part.innerText();
    const n = await countOf(page, 'Solved first time');
    await part.click();
    const filter = page.getByRole('button', { name: `Remove the filter intent: ${intent}` });
    await filter.waitFor();
    await page.waitForFunction((before) => !document.querySelector('tl-kpi-tile .n')?.textContent?.includes(before), n.toLocaleString('en-US'));
    expect(await countOf(page, 'Solved first time')).toBeLessThan(n);
    await filter.click();
    await page.waitForFunction((before) => document.querySelector('tl-kpi-tile .n')?.textContent?.includes(before), n.toLocaleString('en-US'));
  });

  it('does it with the keyboard alone: a tile by its digit, the breakdown by b, the rows by o', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    await page.keyboard.press('6');
    await heading(page, /^Abandoned in queue/).waitFor();
    await settled(page);
    await page.keyboard.press('b');
    await untilEqual(() => page.evaluate(() => document.activeElement?.tagName), 'SELECT');
    await page.keyboard.press('Tab');
    await page.keyboard.press('d');
    await page.getByRole('complementary', { name: 'Abandoned in queue' }).getByText('stays that the customer ended').waitFor();
    await page.keyboard.press('Escape');
    const n = await countOf(page, 'Abandoned in queue');
    await page.keyboard.press('o');
    await heading(page, new RegExp(`^${n.toLocaleString('en-US')} stays in a queue, [\\d,]+ of them`)).waitFor();
    await page.keyboard.press('Tab');
  });

  it('opens the table of the trend and the rows of one of its days', async () => {
    const page = await app.openAs('manager', `/kpi?${all}&metric=queue.abandonment`);
    const trend = page.locator('tl-kpi-trend');
    await trend.getByRole('button', { name: 'Table' }).click();
    const row = trend
      .getByRole('row')
      .filter({ has: page.getByRole('link') })
      .filter({ hasNotText: /–\s*–/ });
    const n = Number((await row.first().getByRole('cell').nth(3).innerText()).replaceAll(',', ''));
    await row.first().getByRole('link').click();
    await heading(page, new RegExp(`^${n} stays in a queue, [\\d,]+ of them`)).waitFor();
  });
});

describe('the page of numbers', () => {
  it('opens on the last weeks that have contacts when the clock is far past the demo', async () => {
    const page = await app.openAs('manager', '/kpi');
    await valueOf(page, 'Abandoned in queue').waitFor();
    expect(await countOf(page, 'Abandoned in queue')).toBeGreaterThan(0);
    await page.waitForURL((url) => Boolean(url.searchParams.get('zone')));
  });

  it('shows an agent the own numbers, and no file of rows', async () => {
    const page = await app.openAs('agent', `/kpi?${all}`);
    await page.getByText(/^Your agents only/).waitFor();
    expect(await tile(page, 'Customers who stayed').innerText()).toContain('agent');
  });
});

/** How fresh the numbers are changes by the minute. */
const withoutClock = (words: string): string => words.replace(/complete to .*/g, '');

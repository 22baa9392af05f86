import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { AppUnderTest, settled, tabTo, until, untilCount, untilEqual } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start();
  await untilScored();
  await publishBuyers();
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

/** The analyst publishes a segment of those who bought something, and leaves another unpublished. */
const buyers = 'Buyers';
async function publishBuyers(): Promise<void> {
  const { request } = (await app.openAs('analyst', '/segments')).context();
  const { csrf } = (await (await request.get('/v1/session')).json()) as { csrf: string };
  const post = async (path: string, data: object): Promise<{ id: string; size: number }> => {
    const answer = await request.post(path, { data, headers: { 'x-throughline-csrf': csrf } });
    if (!answer.ok()) throw new Error(`${path}: ${answer.status()} ${await answer.text()}`);
    return (await answer.json()) as { id: string; size: number };
  };
  const bought = { id: 'bought', kind: 'customer', field: 'orders', is: 'atLeast', value: 1 };
  const draft = (name: string): object => ({ name, description: '', rule: { version: 1, root: { id: 'root', kind: 'group', join: 'all', of: [bought] } } });
  const { id } = await post('/v1/segments', draft(buyers));
  await post('/v1/segments', draft('Not published'));
  const { size } = await post(`/v1/segments/${id}/publish`, { note: 'For the page of numbers', basedOn: 1 });
  const members = `select count(*)::integer as n from scoring.read_segment_member where until is null and segment_id = '${id}'`;
  await until('its members', async () => size > 0 && ((await app.rig.query(members)) as { n: number }[])[0]?.n === size);
}

const tile = (page: Page, name: string): Locator => page.getByRole('group', { name, exact: true });
const valueOf = (page: Page, name: string): Locator =>
  tile(page, name)
    .getByRole('link', { name: `Open the rows behind ${name}`, exact: false })
    .first();
/** `n 1,234, small n` → 1234. */
const countOf = async (page: Page, name: string): Promise<number> =>
  Number(/n ([\d,]+)/.exec(await tile(page, name).locator('.n').innerText())![1]!.replaceAll(',', ''));
const heading = (page: Page, name: RegExp): Locator => page.getByRole('heading', { level: 2, name });
const all = 'range=2026-03-01..2026-05-31&zone=Europe/Berlin';

describe('a manager', () => {
  it('sees eight numbers, each with interval, n, what changed in words and how we know, and how fresh all are', async () => {
    const page = await app.openAs('manager', '/kpi?range=2026-05-01..2026-05-31&zone=Europe/Berlin');
    await valueOf(page, 'Solved first time').waitFor();
    const tiles = page.locator('tl-kpi-tile');
    await untilCount(tiles, 8);
    for (const one of await tiles.all()) {
      const words = await one.innerText();
      expect(words).toMatch(/^.+\n+(said|recorded|inferred)/);
      expect(words).toMatch(/[+−]?\d[\d,.]*.*\n*± \d[\d,.]*\n*n \d[\d,]*/);
      expect(words).toMatch(/[▲▼◆] (\d[\d,.]*.* (better|worse)|no clear change|too little to compare)/);
    }
    await page.getByText(/^complete to .*\d\d:\d\d/).waitFor();
    expect(await countOf(page, 'Repeat contact, 7 days')).toBeGreaterThan(20);
  });

  it('sees what channels count as solved beside the truth, and opens the rows of either', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    const said = tile(page, 'Solved first time').getByRole('link', { name: /^channels say \d/ });
    const share = Number(/\d+(\.\d+)?/.exec(await said.innerText())![0]);
    await said.click();
    await page.getByRole('heading', { level: 1, name: 'Solved first time, as channels count it' }).waitFor();
    const counted = heading(page, /^[\d,]+ contacts, [\d,]+ of them in the numerator/);
    const [n, solved] = [...(await counted.innerText()).matchAll(/[\d,]+\d|\d/g)].map(([digits]) => Number(digits.replaceAll(',', '')));
    expect(Math.abs((100 * solved!) / n! - share)).toBeLessThanOrEqual(0.5);
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

  it('chooses a segment by its name: it stands in the address, is a filter with a name, and all numbers are asked anew', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    const n = await countOf(page, 'Solved first time');
    const segments = page.getByLabel('Segment', { exact: true });
    expect(await segments.getByRole('option').allInnerTexts()).toEqual(['All customers', buyers]);
    await segments.selectOption(buyers);
    await page.getByRole('button', { name: `Remove the filter segment: ${buyers}` }).waitFor();
    await settled(page);
    const id = new URL(page.url()).searchParams.get('f.segment')!;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const fewer = await countOf(page, 'Solved first time');
    expect([fewer > 0, fewer < n]).toEqual([true, true]);
    expect(await page.locator('main').innerText()).not.toContain(id);
    await valueOf(page, 'Solved first time').click();
    await heading(page, new RegExp(`^${fewer.toLocaleString('en-US')} engagements, `)).waitFor();
    await page.getByText(`segment: ${buyers}`).waitFor();
    await page.goBack();
    await segments.selectOption('All customers');
    await page.waitForURL((url) => !url.searchParams.has('f.segment'));
    await untilEqual(() => countOf(page, 'Solved first time'), n);
  });

  it('chooses any number of the registry, reads what it is, and opens its rows and their file', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    const numbers = page.getByLabel('All numbers', { exact: true });
    await numbers.waitFor();
    const known = (await (await page.context().request.get('/v1/metrics')).json()) as { metrics: { title: string }[] };
    expect(await numbers.getByRole('option').allInnerTexts()).toEqual(known.metrics.map(({ title }) => title));
    for (const [id, title, said, counted] of [
      [
        'contact.oneTransaction',
        'Handled in one transaction',
        /^(\d[\d.]*) % ± \d[\d.]* · n ([\d,]+)$/,
        /^([\d,]+) contacts, ([\d,]+) of them in the numerator$/,
      ],
      ['goal.time', 'Time to the goal', /^(\d[\d.]*) hours ± \d[\d.]* · n ([\d,]+)$/, /^([\d,]+) engagements, adding up to ([\d,.]+)$/],
    ] as const) {
      await numbers.selectOption(title);
      await page.waitForURL((url) => url.searchParams.get('metric') === id);
      const [, value, n] = said.exec(await page.locator('tl-kpi-number').getByText(said).innerText())!;
      await page.locator('tl-kpi-number').getByRole('link', { name: 'Open the rows' }).click();
      await page.getByRole('heading', { level: 1, name: title }).waitFor();
      const [, rows, sum] = counted.exec(await heading(page, counted).innerText())!.map((part) => part.replaceAll(',', ''));
      expect(rows).toBe(n!.replaceAll(',', ''));
      expect(Math.abs(Number(sum) / Number(rows) - Number(value) / (id === 'goal.time' ? 1 : 100)) / Number(value)).toBeLessThan(0.05);
      const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV, all rows' }).click()]);
      expect(file.suggestedFilename()).toBe(`${id}-v1_2026-03-01_2026-05-31.csv`);
      await page.goBack();
    }
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

  it('changes range, zone, segment and what is cut by, opens the rows and takes them along, with the keyboard alone', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    const inAddress = (wanted: Record<string, string>): Promise<unknown> =>
      page.waitForURL((url) => Object.entries(wanted).every(([name, value]) => url.searchParams.get(name) === value));
    await tabTo(page, /^Period/);
    await page.keyboard.press('ArrowUp');
    await inAddress({ range: '365d' });
    await tabTo(page, /^Time zone/);
    await page.keyboard.press('ArrowDown');
    await inAddress({ range: '365d', zone: 'UTC' });
    await settled(page);
    const n = await countOf(page, 'Solved first time');
    await tabTo(page, /^Segment/);
    await page.keyboard.press('ArrowDown');
    await page.getByRole('button', { name: `Remove the filter segment: ${buyers}` }).waitFor();
    await settled(page);
    const fewer = await countOf(page, 'Solved first time');
    expect([fewer > 0, fewer < n]).toEqual([true, true]);
    await page.keyboard.press('Tab');
    await page.keyboard.press('b');
    await untilEqual(() => page.evaluate(() => document.activeElement?.textContent?.includes('by queue')), true);
    await page.keyboard.press('ArrowDown');
    await inAddress({ by: 'channel' });
    await page.getByRole('link', { name: 'Call', exact: true }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.press('o');
    await heading(page, new RegExp(`^${fewer.toLocaleString('en-US')} engagements, `)).waitFor();
    await tabTo(page, /^CSV, all rows/);
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const lines = readFileSync(await file.path(), 'utf8')
      .trim()
      .split('\r\n');
    expect(lines).toHaveLength(fewer + 1);
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

describe('the phone menu', () => {
  const reasons = (page: Page): Locator => page.getByRole('complementary').getByRole('button', { name: /^Only / });

  it('is a part of the overview with the same days; a node tells why callers left it, and each of them leads into a timeline', async () => {
    const page = await app.openAs('analyst', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    await page.getByRole('link', { name: 'Phone menu' }).click();
    await page.getByRole('row', { name: /^Start of the menu/ }).waitFor();
    expect(Object.fromEntries(new URL(page.url()).searchParams)).toMatchObject({ range: '2026-03-01..2026-05-31', zone: 'Europe/Berlin' });
    const most = page.getByRole('row').nth(2).getByRole('button');
    const node = page.getByRole('complementary', { name: await most.innerText(), exact: true });
    await most.click();
    await reasons(page).first().click();
    const [, reason, count] = /^Only (.+): ([\d,]+)$/.exec((await reasons(page).first().getAttribute('aria-label'))!)!;
    await node.getByText(new RegExp(`^\\d+ of ${count}, the latest first$`)).waitFor();
    const chips = await node.locator('ol .tl-chip').allInnerTexts();
    expect(chips.every((chip) => chip.startsWith(reason!))).toBe(true);
    await page.reload();
    await node.getByText(new RegExp(`^\\d+ of ${count}, the latest first$`)).waitFor();
    await node
      .getByRole('link', { name: /^Open the call of / })
      .first()
      .click();
    await page.getByRole('tree').waitFor();
    await page.getByRole('treeitem', { selected: true }).waitFor();
  });

  it('opens with the keyboard alone: m, down to a node, Enter, a reason, Escape, m back to the numbers', async () => {
    const page = await app.openAs('manager', `/kpi?${all}`);
    await valueOf(page, 'Solved first time').waitFor();
    await page.keyboard.press('m');
    await page.getByRole('row', { name: /^Start of the menu/ }).waitFor();
    await page.getByRole('button', { name: 'Start of the menu' }).focus();
    await page.keyboard.press('j');
    const name = await page.evaluate(() => document.activeElement!.textContent!.trim());
    await page.keyboard.press('Enter');
    await page.getByRole('complementary', { name, exact: true }).waitFor();
    const first = reasons(page).first();
    await first.waitFor();
    const reason = (await first.textContent())!.trim();
    await tabTo(page, new RegExp(reason.replace(/[^\p{L}\p{N}]+/gu, '.*'), 'u'));
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('reason'));
    await page.keyboard.press('Escape');
    await page.getByRole('complementary').waitFor({ state: 'detached' });
    await page.keyboard.press('m');
    await valueOf(page, 'Solved first time').waitFor();
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

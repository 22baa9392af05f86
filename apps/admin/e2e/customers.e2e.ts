import type { Locator, Page } from 'playwright-core';
import { dana } from '../../../tools/browser/app-rig.mjs';
import { AppUnderTest, pressOn, seen, tabTo, until, untilCount, untilEqual } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start();
}, 300_000);
afterAll(() => app?.stop());
afterEach(async () => {
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

const tree = (page: Page): Locator => page.getByRole('tree');
/** The one customer who was looked for. */
const found = (page: Page): Locator => page.getByRole('region', { name: 'Found' }).getByRole('link', { name: 'd•••@example.com' }).first();
const engagements = (page: Page): Locator => tree(page).locator('[role=treeitem][aria-level="1"]');

const focusedRole = (page: Page): Promise<string | null> => page.evaluate(() => document.activeElement?.getAttribute('role') ?? null);
const sendEvents = (events: readonly object[]): Promise<Response> =>
  fetch(`${app.rig.api}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rig.secrets.writeKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(events),
  });

/** A customer with two matters far apart. */
async function tellTwoMatters(email: string): Promise<void> {
  const call = (name: string, daysAgo: number, intent: object): object => ({
    sourceEventId: `${email}-${name}`,
    occurredAt: new Date(Date.now() - daysAgo * 86_400_000).toISOString(),
    system: 'agent',
    type: 'connected',
    channel: 'voice',
    agent: 'ag-billing-01',
    sessionKey: `${email}-${name}`,
    identifiers: [{ kind: 'email', value: email }],
    intents: [{ confidence: 900, by: 'statement', ...intent }],
  });
  const sent = await sendEvents([call('bill', 80, { intent: 'invoice', family: 'billing' }), call('fault', 2, { intent: 'no internet', family: 'fault' })]);
  expect(sent.status).toBe(200);
}
/** What a person has joined by hand and not taken back. */
const joinsInForce = async (): Promise<number> =>
  (
    (await app.rig.query(`select count(*)::int as n from sessionization.read_correction where body->>'kind' = 'join' and withdrawn_at is null`)) as {
      n: number;
    }[]
  )[0]!.n;

/** Level and place of the line that has the focus. */
const focusedLine = (page: Page): Promise<(string | null)[]> =>
  page.evaluate(() => ['aria-level', 'aria-posinset'].map((name) => document.activeElement?.getAttribute(name) ?? null));

describe('anyone with the right', () => {
  it('signs in, finds Dana by phone from the palette, opens a link’s evidence, splits and undoes it with the mouse', async () => {
    const page = await app.open();
    await page.goto('/customers');
    const { email, password } = app.login('analyst');
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('button', { name: /^Search/ }).click();
    await page.getByRole('combobox').fill(dana.phone);
    await page.getByRole('option', { name: /@example\.com/ }).click();
    await seen(tree(page));
    await untilCount(engagements(page), 1);
    const sixth = tree(page).locator('[role=treeitem][aria-level="2"]').nth(4);
    await sixth.click();
    const panel = page.getByRole('complementary', { name: /^Call/ });
    await seen(panel.getByText('Why it belongs here'));
    await panel.getByRole('button', { name: /Split here/ }).click();
    await untilCount(engagements(page), 2);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await untilCount(engagements(page), 1);
    await seen(page.getByText('Undone'));
  });

  it('does the same with the keyboard alone', async () => {
    const page = await app.open();
    await page.goto('/customers');
    const { email, password } = app.login('analyst');
    await seen(page.getByLabel('E-mail'));
    await page.keyboard.press('Tab');
    await page.keyboard.type(email);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.type(password);
    await page.keyboard.press('Enter');
    await seen(page.getByRole('heading', { name: 'Customers' }));
    await page.keyboard.press('Control+k');
    await seen(page.locator('[role=combobox]:focus'));
    await page.keyboard.type(dana.email);
    await seen(page.getByRole('option', { name: /@example\.com/, selected: true }));
    await page.keyboard.press('Enter');
    await seen(tree(page));
    for (let presses = 0; (await focusedRole(page)) !== 'treeitem'; presses += 1) {
      if (presses > 40) throw new Error('Tab does not lead to the tree');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('End');
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowLeft');
    await untilCount(tree(page).getByRole('treeitem'), 1);
    await page.keyboard.press('ArrowRight');
    await seen(tree(page).locator('[role=treeitem][aria-level="2"]').nth(4));
    for (let i = 0; i < 5; i += 1) await page.keyboard.press('ArrowDown');
    await untilEqual(() => focusedLine(page), ['2', '5']);
    await page.keyboard.press('ArrowRight');
    await seen(tree(page).locator('[role=treeitem][aria-level="3"]'));
    await page.keyboard.press('Enter');
    await seen(page.getByRole('complementary', { name: /^Call/ }).locator('h2:focus'));
    await seen(page.getByRole('complementary').getByText('Why it belongs here'));
    await page.keyboard.press('Escape');
    await untilEqual(() => focusedLine(page), ['2', '5']);
    await page.keyboard.press('s');
    await untilCount(engagements(page), 2);
    await seen(page.getByRole('button', { name: /^Undo/ }));
    await page.keyboard.press('Control+z');
    await untilCount(engagements(page), 1);
  });

  it('finds Dana by account number, on the page and from the palette', async () => {
    const page = await app.openAs('analyst', '/customers');
    await page.getByRole('textbox', { name: /account number/ }).fill(dana.account);
    await page.getByRole('button', { name: 'Find customer' }).click();
    await seen(found(page));
    expect(page.url()).not.toContain(dana.account);
    await page.keyboard.press('Control+k');
    await seen(page.locator('[role=combobox]:focus'));
    await page.keyboard.type(dana.account);
    await seen(page.getByRole('option', { name: /@example\.com/, selected: true }));
    await page.keyboard.press('Enter');
    await seen(tree(page));
  });

  it('joins two engagements and undoes it with the mouse', async () => {
    const email = 'joined.by.mouse@example.com';
    await tellTwoMatters(email);
    const page = await app.openAs('steward', '/customers');
    await until('the customer', async () => {
      await page.getByRole('textbox', { name: /account number/ }).fill(email);
      await page.getByRole('button', { name: 'Find customer' }).click();
      await page.getByRole('table', { name: 'Found' }).or(page.getByText('Nobody has this identifier')).first().waitFor();
      return (await page.getByRole('region', { name: 'Found' }).getByRole('link', { name: email }).count()) > 0;
    });
    await page.getByRole('region', { name: 'Found' }).getByRole('link', { name: email }).first().click();
    await untilCount(engagements(page), 2);
    await engagements(page).last().click();
    const panel = page.getByRole('complementary').filter({ hasText: 'Correct it' });
    await panel.getByLabel('Join with').selectOption({ index: 0 });
    await panel.getByRole('button', { name: 'Join', exact: true }).click();
    await untilCount(engagements(page), 1);
    expect(await joinsInForce()).toBe(1);
    await page.getByRole('button', { name: /^Undo/ }).click();
    await untilCount(engagements(page), 2);
    expect(await joinsInForce()).toBe(0);
  });

  it('joins two engagements and undoes it with the keyboard alone', async () => {
    const email = 'joined.by.keyboard@example.com';
    await tellTwoMatters(email);
    const page = await app.openAs('steward', '/customers');
    await seen(page.getByRole('heading', { name: 'Customers' }));
    const hit = page.getByRole('option', { name: email });
    await until('the customer', async () => {
      await page.keyboard.press('Control+k');
      await seen(page.locator('[role=combobox]:focus'));
      await page.keyboard.type(email);
      await seen(hit.or(page.getByText(/^Nothing/)));
      if ((await hit.count()) > 0) return true;
      await page.keyboard.press('Escape');
      return false;
    });
    await page.keyboard.press('Enter');
    await untilCount(engagements(page), 2);
    for (let presses = 0; (await focusedRole(page)) !== 'treeitem'; presses += 1) {
      if (presses > 40) throw new Error('Tab does not lead to the tree');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await seen(page.getByRole('complementary').locator('h2:focus'));
    await tabTo(page, /^Join with/);
    await pressOn(page, /^Join$/);
    await untilCount(engagements(page), 1);
    expect(await joinsInForce()).toBe(1);
    await page.keyboard.press('Control+z');
    await untilCount(engagements(page), 2);
    expect(await joinsInForce()).toBe(0);
  });

  it('sees identifiers masked without the right to reveal them, and plain with it', async () => {
    const page = await app.openAs('analyst', '/customers');
    await page.getByRole('textbox', { name: /Phone number/ }).fill(dana.email);
    await page.keyboard.press('Enter');
    await seen(found(page));
    await found(page).click();
    await seen(tree(page));
    expect(await page.content()).not.toContain(dana.email);
    const { pathname } = new URL(page.url());
    const steward = await app.openAs('steward', pathname);
    await seen(steward.getByRole('heading', { name: dana.email }));
  });

  it('finds what is on the screen again from its address', async () => {
    const page = await app.openAs('analyst', '/customers');
    await page.getByRole('textbox', { name: /Phone number/ }).fill(dana.email);
    await page.keyboard.press('Enter');
    await found(page).click();
    await page.getByLabel('Opened to').selectOption('transaction');
    await seen(tree(page).locator('[role=treeitem][aria-level="3"]'));
    await tree(page).locator('[role=treeitem][aria-level="3"]').nth(2).click();
    await page.waitForURL(/focus=/);
    const shown = (): Promise<object> =>
      tree(page).evaluate((element) => ({
        chosen: element.querySelector('[aria-selected=true]')?.getAttribute('data-key'),
        lines: [...element.querySelectorAll('[role=treeitem]')].map((line) => line.getAttribute('data-key')),
      }));
    await seen(tree(page).locator('[role=treeitem][aria-level="3"][aria-selected=true]'));
    const before = await shown();
    await page.reload();
    await untilEqual(shown, before);
    await page.goBack();
    await seen(tree(page));
    await page.waitForURL((url) => !url.searchParams.has('focus'));
  });

  it('is asked to sign in again where the session has ended, and goes on where it was', async () => {
    const page = await app.openAs('analyst', '/customers');
    await seen(page.getByRole('heading', { name: 'Customers' }));
    await page.context().clearCookies();
    await page.getByRole('textbox', { name: /Phone number/ }).fill(dana.email);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await seen(dialog.getByText('Your session has ended'));
    const { email, password } = app.login('analyst');
    await dialog.getByLabel('E-mail').fill(email);
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await dialog.getByRole('button', { name: 'Sign in' }).click();
    await seen(found(page));
  });

  it('sees a new contact appear while the page is open', async () => {
    const page = await app.openAs('analyst', '/customers');
    await page.getByRole('textbox', { name: /Phone number/ }).fill(dana.email);
    await page.keyboard.press('Enter');
    await found(page).click();
    await seen(page.getByRole('button', { name: 'Live' }));
    await untilCount(engagements(page), 1);
    const before = await tree(page).getByRole('treeitem').count();
    const sent = await sendEvents([
      {
        sourceEventId: 'e2e-live-1',
        occurredAt: new Date().toISOString(),
        system: 'chat',
        type: 'started',
        sessionKey: 'e2e-live',
        identifiers: [{ kind: 'email', value: dana.email }],
        intents: [{ intent: 'invoice', family: 'billing', confidence: 900, by: 'statement' }],
      },
    ]);
    expect(sent.status).toBe(200);
    await untilCount(engagements(page), 2);
    await until('more lines than before', async () => (await tree(page).getByRole('treeitem').count()) > before);
  });
});

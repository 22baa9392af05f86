import type { Locator, Page } from 'playwright-core';
import { dana } from '../../../tools/browser/app-rig.mjs';
import { AppUnderTest, axeFindings, pressOn, seen, tabTo, until, untilCount, untilEqual } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start();
}, 300_000);
afterAll(() => app?.stop());
afterEach(async () => {
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

const tree = (page: Page): Locator => page.getByRole('treegrid', { name: 'Rule, as a tree' });
const rows = (page: Page): Locator => tree(page).getByRole('row');
const count = (page: Page): Locator => page.getByRole('region', { name: 'Would be in now' });
const sentence = (page: Page, words: string): Promise<void> => page.getByText(words, { exact: true }).first().waitFor();
const dialog = (page: Page): Locator => page.getByRole('dialog');

/** The number of people that is shown as exact, for the rule that is on the screen. */
async function exactCount(page: Page): Promise<number> {
  await count(page).locator('[aria-busy=false]').getByText('exact', { exact: true }).waitFor();
  return Number((await count(page).locator('.value').textContent())!.replace(/\D/g, ''));
}

/** Of the page itself: the frame around it is judged with every page, in accessibility.e2e.ts. */
const ownFindings = async (page: Page): Promise<string[]> => (await axeFindings(page)).filter((finding) => !/ at \.(search|who):/.test(finding));

const create = async (page: Page, name: string): Promise<void> => {
  await page.getByLabel('Name of a new segment').fill(name);
  await page.getByRole('button', { name: 'Create segment' }).click();
  await tree(page).waitFor();
};

describe('an analyst', () => {
  it('builds a nested segment with the mouse, sees it counted, tries Dana on it, publishes it and finds its people', async () => {
    const page = await app.openAs('analyst', '/segments');
    await create(page, 'Callers who ordered');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('combobox', { name: 'About' }).fill('number of cont');
    await page.getByRole('option', { name: 'Number of contacts' }).click();
    await page.getByRole('combobox', { name: 'When' }).selectOption('ever');
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByRole('combobox', { name: 'Field' }).fill('chan');
    await page.getByRole('option', { name: 'Channel', exact: true }).click();
    await page.getByRole('combobox', { name: 'Add a value' }).click();
    await page.getByRole('option', { name: 'voice' }).click();
    await sentence(page, 'Customers who had at least 1 contact with channel voice.');
    const callers = await exactCount(page);
    expect(callers).toBeGreaterThan(0);

    await rows(page).first().click();
    await page.getByRole('button', { name: 'Add group' }).click();
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('combobox', { name: 'About' }).fill('orders');
    await page.getByRole('option', { name: 'Orders', exact: true }).click();
    await sentence(page, 'Customers who had at least 1 contact with channel voice, and with orders at least 1.');
    const ordered = await until('a smaller number', async () => {
      const now = await exactCount(page);
      return now < callers ? now : undefined;
    });

    await page.getByLabel('Phone number, e-mail, account or customer id').fill(dana.phone);
    await page.getByRole('button', { name: 'Explain' }).click();
    const verdict = page.getByRole('region', { name: 'Try a customer' });
    await verdict.getByText(/^(✓ In|✗ Out)$/).waitFor();
    const danaIsIn = (await verdict.getByText('✓ In').count()) === 1;

    await page.getByRole('button', { name: 'Publish segment' }).click();
    await dialog(page).getByLabel('Why, for whoever reads this later').fill('Those who call and buy');
    await dialog(page).getByRole('button', { name: 'Publish segment' }).click();
    await page.getByText('Version 1 is in force').waitFor();
    await page.getByRole('button', { name: 'People' }).click();
    const people = page.getByRole('region', { name: 'People in it' });
    await people.getByText(`${ordered} now`).waitFor();
    await untilCount(people.getByRole('link', { name: 'd•••@example.com' }), danaIsIn ? 1 : 0);
    await page.getByRole('link', { name: '‹ All segments' }).click();
    await page
      .getByRole('row', { name: /Callers who ordered/ })
      .getByText('version 1')
      .waitFor();
  });

  it('does it with the keyboard alone: adds, fills, nests, mutes, undoes, sees it counted, asks why of Dana, publishes and restores', async () => {
    const page = await app.openAs('analyst', '/segments');
    await page.getByRole('heading', { name: 'All segments' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('By keyboard');
    await page.keyboard.press('Enter');
    await tree(page).waitFor();
    for (let presses = 0; (await page.evaluate(() => document.activeElement?.getAttribute('role'))) !== 'row'; presses += 1) {
      if (presses > 60) throw new Error('Tab does not lead to the rule');
      await page.keyboard.press('Tab');
    }
    await page.keyboard.press('Enter');
    await seen(page.locator('[role=combobox]:focus'));
    await page.keyboard.type('contacts ever');
    await seen(page.getByRole('option', { name: 'Contacts ever' }));
    await page.keyboard.press('Enter');
    await sentence(page, 'Customers with contacts ever at least 1.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+a');
    await page.keyboard.type('2');
    await page.keyboard.press('Escape');
    await sentence(page, 'Customers with contacts ever at least 2.');
    await seen(tree(page).locator('[role=row]:focus'));
    await page.keyboard.press('Control+d');
    await untilCount(rows(page), 3);
    await page.keyboard.press('Alt+ArrowRight');
    await untilCount(rows(page), 4);
    expect(await rows(page).nth(3).getAttribute('aria-level')).toBe('3');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('m');
    await rows(page).nth(3).getByText('muted').waitFor();
    await page.keyboard.press('Control+z');
    await rows(page).nth(3).getByText('muted').waitFor({ state: 'detached' });
    expect(await exactCount(page)).toBeGreaterThan(0);
    const published = (await page.locator('.sentence').textContent())!.trim();

    await tabTo(page, /^Phone number, e-mail, account or customer id/);
    await page.keyboard.type(dana.phone);
    await page.keyboard.press('Enter');
    const verdict = page.getByRole('region', { name: 'Try a customer' });
    await verdict.getByText('✓ In').waitFor();
    // The rule, its group, and what was found of Dana for each of both conditions.
    await untilCount(verdict.getByRole('list', { name: 'Why' }).getByRole('listitem'), 3);
    await untilCount(verdict.getByText(/^Found: \d+/), 2);

    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor();
    await page.keyboard.type('By keyboard alone');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Version 1 is in force').waitFor();

    for (let presses = 0; (await page.evaluate(() => document.activeElement?.getAttribute('role'))) !== 'row'; presses += 1) {
      if (presses > 60) throw new Error('Shift+Tab does not lead back to the rule');
      await page.keyboard.press('Shift+Tab');
    }
    await page.keyboard.press('m');
    await until('another sentence', async () => (await page.locator('.sentence').textContent())!.trim() !== published);
    await pressOn(page, /^Versions/, { by: 'Shift+Tab' });
    await page.getByRole('heading', { name: 'Version 1' }).waitFor();
    await pressOn(page, /^Restore as draft/);
    await page.getByText('Version 1 is the draft again').waitFor();
    await pressOn(page, /^Rules/, { by: 'Shift+Tab' });
    await sentence(page, published);
  });

  it('needs a second person for a large change, who sees it and agrees; versions say what changed and are restored', async () => {
    const page = await app.openAs('analyst', '/segments');
    await create(page, 'Everybody seen');
    await page.getByRole('button', { name: 'Add rule' }).click();
    await page.getByRole('combobox', { name: 'About' }).fill('contacts ever');
    await page.getByRole('option', { name: 'Contacts ever' }).click();
    const publish = async (note: string): Promise<void> => {
      await page.getByRole('button', { name: 'Publish segment' }).click();
      await dialog(page).getByLabel('Why, for whoever reads this later').fill(note);
      await dialog(page).getByRole('button', { name: 'Publish segment' }).click();
    };
    await publish('to begin with');
    await page.getByText('Version 1 is in force').waitFor();
    await page.getByText(/^\d+ in version 1$/).waitFor();
    await untilCount(page.getByText('0 in version 1', { exact: true }), 0);

    await rows(page).nth(1).click();
    await page.getByRole('spinbutton', { name: /^Value/ }).fill('1000');
    await page.keyboard.press('Enter');
    await sentence(page, 'Customers with contacts ever at least 1000.');
    await page.getByText('These hold for nobody by themselves:').waitFor();
    await publish('only the busiest');
    await page.getByText(/Your publication waits for a second person/).waitFor();

    const second = await app.openAs('manager', new URL(page.url()).pathname);
    await second.getByText(/asks you to agree to a publication/).waitFor();
    await second.getByRole('button', { name: 'Agree and publish' }).click();
    await second.getByText('Version 2 is in force').waitFor();

    await page.reload();
    await page.getByRole('button', { name: 'Versions' }).click();
    await page.getByText('Changed: with contacts ever at least 1 → with contacts ever at least 1000').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Version 1' }).getByRole('button', { name: 'Restore as draft' }).click();
    await page.getByText('Version 1 is the draft again').waitFor();
    await page.getByRole('button', { name: 'Rules' }).click();
    await sentence(page, 'Customers with contacts ever at least 1.');
  });

  it('is shown what a colleague saved meanwhile, and keeps neither by chance', async () => {
    const page = await app.openAs('analyst', '/segments');
    await create(page, 'Two hands');
    const other = await app.openAs('analyst', new URL(page.url()).pathname);
    await other.getByLabel('What it is for').fill('for the letters');
    await other.getByRole('button', { name: 'Save draft' }).click();
    await other.getByText('Draft saved').waitFor();
    await page.getByLabel('What it is for').fill('for the calls');
    await page.keyboard.press('Control+s');
    await page.getByText('has saved this segment meanwhile').waitFor();
    await page.getByRole('button', { name: 'Keep mine' }).click();
    await page.getByText('has saved this segment meanwhile').waitFor({ state: 'detached' });
    await page.reload();
    await untilEqual(() => page.getByLabel('What it is for').inputValue(), 'for the calls');
  });
});

describe('a reader', () => {
  it('sees rule, count and versions, and no button that changes anything', async () => {
    await create(await app.openAs('analyst', '/segments'), 'To be read');
    const page = await app.openAs('developer', '/segments');
    await page.getByRole('link').filter({ hasText: 'To be read' }).click();
    await tree(page).waitFor();
    for (const name of ['Save draft', 'Publish segment', 'Add rule', 'Retire segment']) expect(await page.getByRole('button', { name }).count()).toBe(0);
  });
});

describe('the pages of segments', () => {
  it.each(['light', 'dark'] as const)('have no serious finding of axe, loaded and with an incomplete rule, in %s', async (theme) => {
    const page = await app.openAs('analyst', '/segments', { theme });
    await page.getByRole('link', { name: 'Callers who ordered' }).waitFor();
    expect(await ownFindings(page)).toEqual([]);
    await page.getByRole('link', { name: 'Callers who ordered' }).click();
    await tree(page).waitFor();
    await exactCount(page);
    expect(await ownFindings(page)).toEqual([]);
    await rows(page).nth(1).click();
    await page.getByRole('button', { name: 'Add a condition' }).click();
    await page.getByText('The rule is not complete yet').waitFor();
    await page.getByRole('combobox', { name: 'Add a value' }).last().focus();
    expect(await ownFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    for (const tab of ['People', 'Versions']) {
      await page.getByRole('button', { name: tab }).click();
      await page.getByRole('region', { name: tab }).first().waitFor();
      expect(await ownFindings(page)).toEqual([]);
    }
    await page.getByRole('button', { name: 'Rules' }).click();
    await page.keyboard.press('Control+Enter');
    await dialog(page).waitFor();
    expect(await ownFindings(page)).toEqual([]);
  });
});

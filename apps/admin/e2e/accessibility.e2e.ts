import type { Page } from 'playwright-core';
import { AppUnderTest, axeFindings } from './app-under-test';
import { danaId, everyRoute, type EveryRoute } from './every-route';

const themes = ['light', 'dark'] as const;

/** Nothing is on its way any more, and what was read is on the screen. */
async function settled(page: Page): Promise<void> {
  await page.locator('h1').first().waitFor();
  await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null);
  await page.waitForTimeout(300);
}

describe('every page', () => {
  describe('of an installation that holds something', () => {
    let app: AppUnderTest;
    let routes: EveryRoute[];
    beforeAll(async () => {
      app = await AppUnderTest.start();
      routes = everyRoute(await danaId(app.address, app.rig.secrets.readToken));
    }, 300_000);
    afterAll(() => app?.stop());
    afterEach(() => app.closePages());

    async function findings(theme: 'light' | 'dark', state: 'loaded' | 'failed', width = 1440): Promise<string[]> {
      const found: string[] = [];
      for (const { name, route, role } of routes) {
        const page = await app.openAs(role, '/sign-in', { theme, width });
        if (state === 'failed')
          await page.route(
            (url) => url.pathname.startsWith('/v1/') && url.pathname !== '/v1/session',
            (request) =>
              request.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"title":"Not available at the moment"}' }),
          );
        await page.goto(route);
        await settled(page);
        found.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
        await app.closePages();
      }
      return found;
    }

    it.each(themes)('has no serious finding in %s', async (theme) => expect(await findings(theme, 'loaded')).toEqual([]), 300_000);
    it.each(themes)(
      'has no serious finding in %s where the server does not answer',
      async (theme) => expect(await findings(theme, 'failed')).toEqual([]),
      300_000,
    );
    it('has no serious finding on a telephone', async () => expect(await findings('light', 'loaded', 390)).toEqual([]), 300_000);

    it('does not scroll sideways on a telephone, tables aside', async () => {
      const wide: string[] = [];
      for (const { name, route, role } of routes) {
        const page = await app.openAs(role, route, { width: 390, height: 844 });
        await settled(page);
        const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        if (over > 0) wide.push(`${name} by ${over} px`);
        await app.closePages();
      }
      expect(wide).toEqual([]);
    }, 300_000);

    it('complained of nothing in the browser’s console', () => expect(app.complaints).toEqual([]));

    it.each(themes)('signs in without a serious finding in %s', async (theme) => {
      const page = await app.open({ theme });
      await page.goto('/sign-in');
      await settled(page);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      expect(await axeFindings(page)).toEqual([]);
    });

    it.each(themes)('opens palette and shortcuts without a serious finding in %s', async (theme) => {
      const page = await app.openAs('analyst', '/customers', { theme });
      await settled(page);
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  describe('of an empty installation', () => {
    let app: AppUnderTest;
    beforeAll(async () => {
      app = await AppUnderTest.start({ size: null });
    }, 300_000);
    afterAll(() => app?.stop());

    it.each(themes)(
      'has no serious finding in %s',
      async (theme) => {
        const found: string[] = [];
        for (const { name, route, role } of everyRoute(undefined)) {
          const page = await app.openAs(role, route, { theme });
          await settled(page);
          found.push(...(await axeFindings(page)).map((finding) => `${name}: ${finding}`));
          await app.closePages();
        }
        expect(found).toEqual([]);
        expect(app.complaints.splice(0)).toEqual([]);
      },
      300_000,
    );
  });
});

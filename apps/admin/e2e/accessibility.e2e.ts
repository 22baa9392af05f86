import type { Page } from 'playwright-core';
import { AppUnderTest, axeFindings, seen, settled, until, type PageOptions } from './app-under-test';
import { danaId, everyRoute, type EveryRoute } from './every-route';

const themes = ['light', 'dark'] as const;
type Theme = (typeof themes)[number];
const windowsAtOnce = 3;
const longest = 300_000;

/** Turns the light on or off in the person's system, and waits until the page has followed. */
async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  const isWorn = (): Promise<boolean> =>
    page.evaluate((wanted) => {
      const [red, green, blue] = getComputedStyle(document.body).backgroundColor.match(/\d+/g)!.map(Number) as [number, number, number];
      return red + green + blue > 384 === (wanted === 'light');
    }, theme);
  await until(`the ${theme} theme`, isWorn);
  await settled(page);
}

/** What axe finds in both themes of the page as it stands. */
async function inBothThemes(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const theme of themes) {
    await wear(page, theme);
    found.push(...(await axeFindings(page)).map((finding) => `${theme}: ${finding}`));
  }
  return found;
}

/** Looks at every route, some side by side; a window stays open while the role is the same. Each route is loaded from its address. */
async function inEvery(
  app: AppUnderTest,
  routes: readonly EveryRoute[],
  look: (page: Page) => Promise<string[]>,
  { prepare, ...options }: PageOptions & { readonly prepare?: (page: Page) => Promise<unknown> } = {},
): Promise<string[]> {
  const found: string[] = [];
  const waiting = routes.toSorted((a, b) => (a.role < b.role ? -1 : Number(a.role > b.role)));
  const atOneWindow = async (): Promise<void> => {
    let open: { readonly page: Page; readonly role: string } | undefined;
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const { name, route, role } = next;
      if (open?.role !== role) {
        await open?.page.context().close();
        open = { page: await app.openAs(role, '/no-such-page', options), role };
        await settled(open.page);
        await prepare?.(open.page);
      }
      await open.page.goto(route);
      await settled(open.page);
      found.push(...(await look(open.page)).map((finding) => `${name}: ${finding}`));
    }
  };
  await Promise.all(Array.from({ length: windowsAtOnce }, atOneWindow));
  await app.closePages();
  return found;
}

describe('every page', () => {
  describe('of an installation that holds something', () => {
    let app: AppUnderTest;
    let routes: EveryRoute[];
    beforeAll(async () => {
      app = await AppUnderTest.start();
      routes = everyRoute(await danaId(app.address, app.rig.secrets.readToken));
    }, longest);
    afterAll(() => app?.stop());
    afterEach(() => app.closePages());

    it('has no serious finding in light and dark', async () => expect(await inEvery(app, routes, inBothThemes)).toEqual([]), longest);

    it(
      'has no serious finding in light and dark where the server does not answer',
      async () => {
        const prepare = (page: Page): Promise<unknown> =>
          page.route(
            (url) => url.pathname.startsWith('/v1/') && url.pathname !== '/v1/session',
            (request) =>
              request.fulfill({ status: 503, contentType: 'application/problem+json', body: '{"status":503,"title":"Not available at the moment"}' }),
          );
        expect(await inEvery(app, routes, inBothThemes, { prepare })).toEqual([]);
      },
      longest,
    );

    it(
      'has no serious finding on a telephone, and does not scroll sideways there, tables aside',
      async () => {
        const look = async (page: Page): Promise<string[]> => {
          const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          return [...(over > 0 ? [`wider by ${over} px`] : []), ...(await axeFindings(page))];
        };
        expect(await inEvery(app, routes, look, { width: 390, height: 844 })).toEqual([]);
      },
      longest,
    );

    it('complained of nothing in the browser’s console', () => expect(app.complaints).toEqual([]));

    it.each(themes)('signs in without a serious finding in %s', async (theme) => {
      const page = await app.open({ theme });
      await page.goto('/sign-in');
      await settled(page);
      expect(await axeFindings(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in' }).click();
      await settled(page);
      expect(await axeFindings(page)).toEqual([]);
    });

    it.each(themes)('opens palette and shortcuts without a serious finding in %s', async (theme) => {
      const page = await app.openAs('analyst', '/customers', { theme });
      await settled(page);
      await page.keyboard.press('Control+k');
      await seen(page.getByRole('dialog'));
      expect(await axeFindings(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('?');
      await seen(page.getByRole('dialog'));
      expect(await axeFindings(page)).toEqual([]);
    });
  });

  describe('of an empty installation', () => {
    let app: AppUnderTest;
    beforeAll(async () => {
      app = await AppUnderTest.start({ size: null });
    }, longest);
    afterAll(() => app?.stop());

    it(
      'has no serious finding in light and dark',
      async () => {
        expect(await inEvery(app, everyRoute(undefined), inBothThemes)).toEqual([]);
        expect(app.complaints.splice(0)).toEqual([]);
      },
      longest,
    );
  });
});

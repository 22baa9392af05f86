import type { Page } from 'playwright-core';
import { dana } from '../../../tools/browser/app-rig.mjs';
import { AppUnderTest, axeFindings, seen, settled, until, type PageOptions } from './app-under-test';
import { everyRoute, type EveryRoute, type Subjects } from './every-route';

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

const callers = {
  id: 'callers',
  kind: 'behaviour',
  thing: 'contact',
  where: [],
  lastDays: null,
  measure: { take: 'count' },
  test: { is: 'atLeast', value: 1 },
  none: [],
};

/** What the pages behind others are about: Dana, and a segment, a plan and a review that are made for it. */
async function subjectsOf(app: AppUnderTest): Promise<Subjects> {
  const { customers } = await app.ask<{ customers: { customer: { id: string } }[] }>('analyst', 'POST', '/v1/customers/lookup', {
    identifier: dana.email,
    limit: 1,
  });
  const rule = { version: 1, root: { id: 'all', kind: 'group', join: 'all', of: [callers] } };
  const segment = await app.ask<{ id: string }>('analyst', 'POST', '/v1/segments', { name: 'Callers', description: 'Whoever was in touch', rule });
  await app.ask('analyst', 'POST', `/v1/segments/${segment.id}/publish`, { note: 'to begin with', basedOn: 1 });
  const plan = await app.ask<{ planId: string }>('supervisor', 'POST', '/v1/coaching/plans', {
    agent: 'ag-technical-07',
    group: null,
    pickedBecauseLow: true,
    since: null,
    goal: { behaviour: 'Says what happens next', metric: 'empathy', target: 4 },
    evidence: [],
    exercises: [{ id: 'listen', text: 'Listen to three closings' }],
    remeasureAt: Date.now() + 42 * 86_400_000,
  });
  const [review] = await until('a review', async () => {
    const { reviews } = await app.ask<{ reviews: { anchor: string }[] }>('qa', 'GET', '/v1/quality/queue?state=open');
    return reviews.length > 0 && reviews;
  });
  return { customer: customers[0]!.customer.id, segment: segment.id, plan: plan.planId, review: review!.anchor };
}

describe('every page', () => {
  describe('of an installation that holds something', () => {
    let app: AppUnderTest;
    let routes: EveryRoute[];
    beforeAll(async () => {
      app = await AppUnderTest.start();
      routes = everyRoute(await subjectsOf(app));
      await app.closePages();
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
        expect(await inEvery(app, everyRoute(), inBothThemes)).toEqual([]);
        expect(app.complaints.splice(0)).toEqual([]);
      },
      longest,
    );
  });
});

// `npm run looks`: a picture of every page at 1440 and 390 px, light and dark, in .throughline/looks. Options: --size XS|S|M (of the demo), --only NAME, --no-build.
/* global document -- what is written in the page runs there */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { dana, startAppRig } from './app-rig.mjs';
import { launchChromium } from './chromium.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: { size: { type: 'string', default: 'XS' }, only: { type: 'string' }, build: { type: 'boolean', default: true } },
  allowNegative: true,
});
const folder = path.join(root, '.throughline/looks');
const widths = [1440, 390];
const themes = ['light', 'dark'];

const sessions = new Map(); // one a person

async function openAs(browser, address, login, { width, theme }) {
  const context = await browser.newContext({
    viewport: { width, height: width > 800 ? 1000 : 844 },
    colorScheme: theme,
    reducedMotion: 'reduce',
    baseURL: address,
  });
  if (login && sessions.has(login)) await context.addCookies(sessions.get(login));
  else if (login) {
    await context.request.post('/v1/session', { data: { email: login.email, password: login.password } });
    sessions.set(login, await context.cookies());
  }
  return context.newPage();
}

/** Which pages each person sees, read from the rail itself: no list to forget. A page is shown by the first of these roles that sees it. */
async function pagesOf(browser, address, people) {
  const pages = new Map();
  for (const role of ['analyst', 'supervisor', 'developer', 'admin', 'steward', 'qa', 'manager', 'agent']) {
    const page = await openAs(browser, address, people[role], { width: 1440, theme: 'light' });
    await page.goto('/');
    await page.locator('nav#rail li a').first().waitFor();
    for (const route of await page.locator('nav#rail li a').evaluateAll((links) => links.map((link) => link.getAttribute('href'))))
      if (!pages.has(route)) pages.set(route, role);
    await page.context().close();
  }
  return [...pages].map(([route, role]) => ({ name: route.slice(1).replaceAll('/', '-'), route, role }));
}

async function danaOf(address, token) {
  const answer = await fetch(`${address}/v1/customers/lookup`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ identifier: dana.email, limit: 1 }),
  });
  return (await answer.json()).customers[0].customer.id;
}

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const { rig, address, people } = await startAppRig(root, { size: options.size, build: options.build });
const browser = await launchChromium();
try {
  const id = await danaOf(address, rig.secrets.readToken);
  const all = [
    { name: 'sign-in', route: '/sign-in', role: undefined },
    ...(await pagesOf(browser, address, people)),
    { name: 'customer', route: `/customers/${id}`, role: 'analyst' },
    { name: 'customer-to-events', route: `/customers/${id}?level=event`, role: 'steward' },
  ];
  for (const { name, route, role } of all.filter((page) => !options.only || page.name.includes(options.only)))
    for (const width of widths)
      for (const theme of themes) {
        const page = await openAs(browser, address, people[role], { width, theme });
        await page.goto(route);
        await page.locator('h1').first().waitFor();
        await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null).catch(() => {});
        await page.waitForTimeout(400);
        await page.screenshot({ path: path.join(folder, `${name}-${width}-${theme}.png`), fullPage: true });
        await page.context().close();
      }
  console.log(`${all.length} pages, ${all.length * widths.length * themes.length} pictures in ${path.relative(root, folder)}`);
} finally {
  await browser.close();
  await rig.destroy();
}

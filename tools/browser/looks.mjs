// `npm run looks`: a picture of every page in each of its states at 1440 and 390 px, light and dark, in .throughline/looks, named page-state-width-theme. Options: --size XS|S|M (of the
// demo), --only WORD (pictures whose name holds it), --no-build, --stay: keeps the installation, and takes the pictures of each word it reads from its input, until that ends.
/* global document -- what is written in the page runs there */
import { mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { letThemWork, startAppRig } from './app-rig.mjs';
import { launchChromium } from './chromium.mjs';
import { emptyScenes, furnish, scenesOf, speakerOf } from './scenes.mjs';

const root = path.join(path.dirname(fileURLToPath(import.meta.url)), '../..');
const { values: options } = parseArgs({
  options: {
    size: { type: 'string', default: 'XS' },
    only: { type: 'string', default: '' },
    build: { type: 'boolean', default: true },
    stay: { type: 'boolean', default: false },
  },
  allowNegative: true,
});
const folder = path.join(root, '.throughline/looks');
const hourMs = 3_600_000;
const patienceMs = 60_000;
const themes = ['light', 'dark'];
const servePages = ['admin-api', 'feedback'];
const apiWithoutSession = (url) => url.pathname.startsWith('/v1/') && url.pathname !== '/v1/session';
const unavailable = { status: 503, contentType: 'application/problem+json', body: '{"status":503,"title":"Not available at the moment"}' };

/** One installation in the eyes of its people. */
class Looks {
  sessions = new Map(); // one a person: signing in often is refused, as it should be
  taken = 0;

  constructor(browser, { address, people }) {
    this.browser = browser;
    this.address = address;
    this.people = people;
  }

  async contextFor(role, { width = 1440, scripts = true } = {}) {
    const context = await this.browser.newContext({
      viewport: { width, height: width > 800 ? 1000 : 844 },
      reducedMotion: 'reduce',
      javaScriptEnabled: scripts,
      baseURL: this.address,
    });
    context.setDefaultTimeout(patienceMs);
    if (!role) return context;
    if (!this.sessions.has(role)) {
      const { email, password } = this.people[role];
      const answer = await context.request.post('/v1/session', { data: { email, password } });
      this.sessions.set(role, { cookies: await context.cookies(), csrf: (await answer.json()).csrf });
    }
    await context.addCookies(this.sessions.get(role).cookies);
    return context;
  }

  /** Speaks to the API as a role. */
  askAs = async (role) => {
    const context = await this.contextFor(role);
    return speakerOf(context, this.sessions.get(role).csrf);
  };

  async take({ page: name, state, role, route, act, short, failing, scripts, widths = [1440, 390] }, only) {
    for (const width of widths) {
      const pictures = themes.map((theme) => ({ theme, picture: [name, state, width, theme].join('-') })).filter(({ picture }) => picture.includes(only));
      if (pictures.length === 0) continue;
      let context;
      try {
        context = await this.contextFor(role, { width, scripts });
        const page = await context.newPage();
        if (failing) await page.route(apiWithoutSession, (request) => request.fulfill(unavailable));
        await page.goto(route);
        await this.untilCalm(page);
        await act?.(page);
        await this.untilCalm(page);
        if (!short) await this.showWhole(page, width);
        for (const { theme, picture } of pictures) {
          await page.emulateMedia({ colorScheme: theme });
          await this.untilCalm(page);
          await page.screenshot({ path: path.join(folder, `${picture}.png`), fullPage: !short });
          this.taken += 1;
        }
      } catch (error) {
        process.exitCode = 1;
        console.error(`${name}-${state}-${width}: ${error.message.split('\n')[0]}`);
      } finally {
        await context?.close();
      }
    }
  }

  /** What is far below the window may not be drawn yet: the window grows to hold it. */
  async showWhole(page, width) {
    const height = await page.evaluate(() => document.documentElement.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(Math.max(height, page.viewportSize().height), 8_000) });
    await this.untilCalm(page);
  }

  async untilCalm(page) {
    await page.locator('h1').first().waitFor();
    await page.waitForFunction(() => document.querySelector('[aria-busy=true]') === null).catch(() => {});
    await page.waitForTimeout(400);
  }

  async takeAll(scenes, only) {
    for (const scene of scenes) await this.take(scene, only);
  }
}

/** What happened in the demo is as recent as in a demo that was just started. */
const lastHour = () => new Date(Math.floor(Date.now() / hourMs) * hourMs).toISOString();

/** Of an installation that is made for it and thrown away. `scenes` are asked for when it stands. */
async function inInstallation(browser, size, scenesIn, then = async () => {}) {
  const app = await startAppRig(root, { size, end: lastHour(), build: options.build });
  try {
    const looks = new Looks(browser, app);
    if (size) await letThemWork(root, app);
    const scenes = await scenesIn(app, looks);
    await looks.takeAll(scenes, options.only);
    await then(async (only) => {
      for (const service of servePages) await app.rig.restartWith(service, {}); // they may have been built anew
      await looks.takeAll(scenes, only);
    });
    return looks.taken;
  } finally {
    await app.rig.destroy();
  }
}

async function onDemand(take) {
  if (!options.stay) return;
  console.log('ready');
  for await (const word of createInterface({ input: process.stdin })) {
    await take(word.trim());
    console.log(`taken: ${word}`);
  }
}

if (!options.only) rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const browser = await launchChromium();
try {
  const isWanted = (state) => options.only === '' || (state === 'empty') === options.only.includes('empty');
  let taken = 0;
  if (isWanted('filled')) taken += await inInstallation(browser, options.size, async (app, looks) => scenesOf(await furnish(app, looks.askAs)), onDemand);
  if (isWanted('empty')) taken += await inInstallation(browser, null, () => emptyScenes);
  console.log(`${taken} pictures in ${path.relative(root, folder)}`);
} finally {
  await browser.close();
}

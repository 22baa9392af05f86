// What runs in the page:
/* global window, document, location, requestAnimationFrame */
import path from 'node:path';
import { initialBudgetBytes } from '../build/build-admin.mjs';
import { initialScripts } from '../build/initial-scripts.mjs';
import { furnish } from '../browser/app-rig.mjs';
import { launchChromium } from '../browser/chromium.mjs';
import { sleep } from '../start/processes.mjs';
import { percentile, Poster } from './poster.mjs';
import { bar, demoBatches, tell } from './workload.mjs';

const size = 'S';
const rounds = 3;
const eventsPerSecond = 200;
const probes = 40;
const patienceMs = 60_000;
/** Together they may open every page of the rail. */
const roles = ['analyst', 'supervisor', 'developer', 'admin'];

/** In the page, before its scripts: counts what is asked of the server and not answered yet. */
function countRequests() {
  window.underWay = 0;
  const { fetch } = window;
  window.fetch = async (...args) => {
    window.underWay += 1;
    try {
      return await fetch.apply(window, args);
    } finally {
      window.underWay -= 1;
    }
  };
}

/**
 * In the page: clicks, and resolves with the milliseconds until the first frame in which the new page has its heading, nothing is busy and no answer is awaited, if that is so in the next frame too.
 * `pathname` is a regular expression.
 */
function clickAndTime({ selector, pathname, patience }) {
  return new Promise((resolve, reject) => {
    const before = document.querySelector('h1');
    const startedAt = performance.now();
    let settledAt;
    const look = () => {
      const now = performance.now();
      const heading = document.querySelector('main h1');
      const isThere = new RegExp(pathname).test(location.pathname) && heading !== null && heading !== before;
      if (!isThere || window.underWay > 0 || document.querySelector('[aria-busy=true]')) settledAt = undefined;
      else if (settledAt === undefined) settledAt = now;
      else return resolve(settledAt - startedAt);
      if (now - startedAt > patience) return reject(new Error(`${pathname} did not settle`));
      requestAnimationFrame(look);
    };
    document.querySelector(selector).click();
    requestAnimationFrame(look);
  });
}

async function signIn(browser, address, { email, password }) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, baseURL: address, reducedMotion: 'reduce' });
  await context.addInitScript(countRequests);
  const answer = await context.request.post('/v1/session', { data: { email, password } });
  if (!answer.ok()) throw new Error(`${email} could not sign in: ${answer.status()}`);
  return context.newPage();
}

/** Each page of the rail from each other one that this role may open, and from the list of customers into one. The first round fills the cache and does not count. */
async function timeRoutes(page) {
  await page.goto('/');
  const links = page.locator('#rail li a');
  await links.first().waitFor();
  const paths = await links.evaluateAll((all) => all.map((link) => link.getAttribute('href')));
  const times = [];
  const go = async (name, selector, pathname, round) => {
    await page.locator(selector).first().waitFor();
    const ms = await page.evaluate(clickAndTime, { selector, pathname, patience: patienceMs });
    if (round > 0) times.push({ name, ms });
  };
  for (let round = 0; round <= rounds; round += 1)
    for (let step = 1; step < paths.length; step += 1)
      for (let hop = 0, at = 0; hop < paths.length; hop += 1) {
        // Another distance each time: so every page is left for every other.
        at = (at + step) % paths.length;
        if (new URL(page.url()).pathname === paths[at]) continue;
        await go(paths[at], `#rail a[href="${paths[at]}"]`, `^${paths[at]}$`, round);
        if (paths[at] === '/customers' && step === 1) await go('a customer', 'tl-table tbody a', '^/customers/.+', round);
        if (round === 0 && step > 1) break;
      }
  return times;
}

/** A caller who gives up in the queue: one more stay, and one more contact of this customer. */
function callOf(number, name, at) {
  const event = (type, offsetMs, initiator) => ({
    sourceEventId: `${name}-${number}-${type}`,
    occurredAt: at + offsetMs,
    system: 'acd',
    type,
    channel: 'voice',
    sessionKey: `${name}-${number}`,
    queue: name,
    initiator,
    identifiers: [{ kind: 'email', value: `${name}@example.com` }],
  });
  return [event('enqueued', 0, 'system'), event('abandoned', 1, 'customer')];
}

/** Posts one call after the other, each when the page shows the one before; resolves with the milliseconds from posting to seeing. The first call (0) is on the page already. */
async function timeNumbers({ page, post, name, isShown }) {
  const times = [];
  for (let number = 1; number <= probes; number += 1) {
    const postedAt = performance.now();
    await post(number, name);
    await page.waitForFunction(isShown, number + 1, { polling: 'raf', timeout: patienceMs });
    times.push(performance.now() - postedAt);
    // Not in step with what rests and gathers for a second.
    await sleep(Math.random() * 1_000);
  }
  return times;
}

/** In the page: whether at least so many stays are counted. */
const staysShown = (count) =>
  [...document.querySelectorAll('tl-kpi-tile')].some((tile) => {
    const n = /n ([\d,]+)/.exec(tile.querySelector('.n')?.textContent ?? '');
    return tile.getAttribute('aria-label') === 'Abandoned in queue' && n !== null && Number(n[1].replaceAll(',', '')) >= count;
  });
/** In the page: whether at least so many calls stand on the timeline. */
const callsShown = (count) => document.querySelectorAll('[role=tree] [role=treeitem][aria-level="3"]').length >= count;

const words = (times) =>
  `p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms, p99 ${percentile(times, 0.99).toFixed(0)} ms, n ${times.length}`;

async function idOfCustomer(rig, name) {
  for (const deadline = Date.now() + patienceMs; ; await sleep(100)) {
    const response = await fetch(`${rig.adminApi}/v1/customers/lookup`, {
      method: 'POST',
      headers: { authorization: `Bearer ${rig.secrets.readToken}`, 'content-type': 'application/json' },
      body: JSON.stringify({ identifier: `${name}@example.com`, limit: 1 }),
    });
    const found = response.ok ? (await response.json()).customers[0]?.customer.id : undefined;
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`${name} is not known after a minute`);
  }
}

/** What a person at the screen waits for, in a real browser: from a click to the page, and from an event to the number that contains it. */
export async function measureApp({ rig, demoMix, postedForm, say }) {
  const { people } = await furnish(rig, rig.root, size);
  const browser = await launchChromium();
  const poster = new Poster(rig.api, 4);
  const { writeKey } = rig.secrets;
  try {
    const routes = [];
    for (const role of roles) {
      const page = await signIn(browser, rig.adminApi, people[role]);
      routes.push(...(await timeRoutes(page)));
      await page.context().close();
    }
    for (const name of [...new Set(routes.map((route) => route.name))])
      say(`  ${name}: ${words(routes.filter((route) => route.name === name).map(({ ms }) => ms))}`);

    const flow = demoBatches({ demoMix, postedForm, writeKey, count: 40_000, size: eventsPerSecond / 10, seed: 2 });
    let flows = true;
    const flowing = (async () => {
      const startedAt = performance.now();
      const sent = [];
      for (let tick = 0; flows && tick < flow.length; tick += 1) {
        await sleep(Math.max(0, startedAt + tick * 100 - performance.now()));
        sent.push(poster.post(flow[tick]));
      }
      const statuses = await Promise.all(sent);
      return { events: statuses.length * (eventsPerSecond / 10), refused: statuses.filter((status) => status !== 200).length };
    })();
    const start = Date.now() - 3_600_000;
    const post = async (number, name) => {
      const status = await poster.post({ body: Buffer.from(JSON.stringify(callOf(number, name, start + number * 60_000))), writeKey });
      if (status !== 200) throw new Error(`a call was answered ${status}`);
    };
    for (const name of ['bench-queuer', 'bench-caller']) await post(0, name);
    const customerId = await idOfCustomer(rig, 'bench-caller');
    const numbers = await signIn(browser, rig.adminApi, people.manager);
    await numbers.goto(`/kpi?range=28d&until=${new Date().toISOString().slice(0, 10)}&zone=UTC&f.queue=bench-queuer`);
    const customer = await signIn(browser, rig.adminApi, people.analyst);
    await customer.goto(`/customers/${customerId}?level=transaction`);
    await numbers.waitForFunction(staysShown, 1, { timeout: patienceMs });
    await customer.waitForFunction(callsShown, 1, { timeout: patienceMs });
    const shown = await Promise.all([
      timeNumbers({ page: numbers, post, name: 'bench-queuer', isShown: staysShown }),
      timeNumbers({ page: customer, post, name: 'bench-caller', isShown: callsShown }),
    ]);
    flows = false;
    const { events, refused } = await flowing;
    if (refused > 0) throw new Error(`${refused} batches of the flow were refused`);
    say(`  ${events} events flowed meanwhile`);

    const { bytes } = initialScripts(path.join(rig.root, 'dist/apps/admin/browser'));
    const ms = routes.map((route) => route.ms);
    const [onNumbers, onCustomer] = shown;
    const bars = [
      bar('route change on a warm cache, p95 ms', percentile(ms, 0.95), 300, 'less', words(ms)),
      bar(`event to number on the overview at ${eventsPerSecond} events/s, p95 ms`, percentile(onNumbers, 0.95), 3_000, 'less', words(onNumbers)),
      bar(`event to line on a customer's page at ${eventsPerSecond} events/s, p95 ms`, percentile(onCustomer, 0.95), 3_000, 'less', words(onCustomer)),
      bar('JavaScript before the first page, gzipped bytes', bytes, initialBudgetBytes, 'less', `${(bytes / 1_000).toFixed(1)} kB`),
    ];
    for (const one of bars) say(tell(one));
    return { routes, shown: { onNumbers, onCustomer }, bytes, bars };
  } finally {
    poster.close();
    await browser.close();
  }
}

import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Browser, BrowserContext, Locator, Page, Request } from 'playwright-core';
import { startAppRig, type AppRig } from '../../../tools/browser/app-rig.mjs';
import { launchChromium } from '../../../tools/browser/chromium.mjs';

export const root = path.join(__dirname, '../../..');

/** A walk is many steps, and the machine may be busy with other tests. Each step has its own patience. */
jest.setTimeout(120_000);
export const patienceMs = 30_000;

/** Asks until there is an answer, and gives it. */
export async function until<Answer>(what: string, ask: () => Promise<Answer | undefined | false>, patience = patienceMs): Promise<Answer> {
  for (const deadline = Date.now() + patience; ; await new Promise((resolve) => setTimeout(resolve, 50))) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (Date.now() > deadline) throw new Error(`${what} did not come to pass`);
  }
}

/** Waits until what is on the screen is this: a page gets there step by step. */
export async function untilEqual<Value>(ask: () => Promise<Value>, wanted: Value): Promise<void> {
  let seen: Value | undefined;
  const same = async (): Promise<boolean> => isDeepStrictEqual((seen = await ask()), wanted);
  await until('it', same).catch(() => expect(seen).toEqual(wanted));
}

/** Waits until it is there to be seen. */
export const seen = (locator: Locator): Promise<void> => locator.first().waitFor();
export const untilCount = (locator: Locator, count: number): Promise<void> => untilEqual(() => locator.count(), count);

/** What each page waits for from the server; streams never end. */
const underWay = new WeakMap<Page, Set<Request>>();
function watch(page: Page): void {
  const requests = new Set<Request>();
  underWay.set(page, requests);
  page.on('request', (request) => {
    // Another document: nobody waits for what the one before has asked.
    if (request.isNavigationRequest()) requests.clear();
    if (request.resourceType() !== 'eventsource') requests.add(request);
  });
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
}

/** Nothing is on its way any more, and what was read is on the screen. */
export async function settled(page: Page): Promise<void> {
  await seen(page.locator('h1'));
  const drawn = (): Promise<boolean> =>
    page.evaluate(
      () =>
        new Promise<boolean>((resolve) =>
          // Twice: what the last answer brings may ask for more.
          requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(document.querySelector('[aria-busy=true]') === null)))),
        ),
    );
  const nothingUnderWay = (): boolean => underWay.get(page)!.size === 0;
  await until('rest', async () => nothingUnderWay() && (await drawn()) && nothingUnderWay());
}

/** Presses Tab, or Shift+Tab, until what has the focus bears this name. */
export async function tabTo(page: Page, name: RegExp, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  const nameOfFocused = (): Promise<string> =>
    page.evaluate(() => {
      const at = document.activeElement as (HTMLElement & { labels?: NodeListOf<HTMLLabelElement> }) | null;
      return `${at?.getAttribute('aria-label') ?? ''} ${[...(at?.labels ?? [])].map(({ textContent }) => textContent).join(' ')} ${at?.textContent ?? ''}`.trim();
    });
  for (let presses = 0; !name.test(await nameOfFocused()); presses += 1) {
    if (presses > 80) throw new Error(`nothing called ${name} can be reached with ${key}`);
    await page.keyboard.press(key);
  }
}

/** Presses Enter, or another key, on what Tab finds under this name. */
export async function pressOn(page: Page, name: RegExp, { key = 'Enter', by }: { key?: string; by?: 'Tab' | 'Shift+Tab' } = {}): Promise<void> {
  await tabTo(page, name, by);
  await page.keyboard.press(key);
}

/** Writes into the field that Tab finds under this name, instead of what it holds. */
export async function typeInto(page: Page, name: RegExp, text: string): Promise<void> {
  await tabTo(page, name);
  await page.keyboard.press('Control+a');
  await page.keyboard.type(text);
}

export interface PageOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** The admin app in a real browser on a real installation with the smallest demo: one for a whole file of tests. */
export class AppUnderTest {
  private readonly contexts: BrowserContext[] = [];
  /** One session a role: signing in often is refused, as it should be. */
  private readonly sessions = new Map<string, Promise<Awaited<ReturnType<BrowserContext['cookies']>>>>();
  /** What pages complained of; every test may ask that it is empty. */
  readonly complaints: string[] = [];

  private constructor(
    private readonly app: AppRig,
    private readonly browser: Browser,
  ) {}

  static async start(options: { size?: 'XS' | null } = {}): Promise<AppUnderTest> {
    const app = await startAppRig(root, options);
    return new AppUnderTest(app, await launchChromium());
  }

  async stop(): Promise<void> {
    await this.browser.close();
    await this.app.rig.destroy();
  }

  get address(): string {
    return this.app.address;
  }

  get rig(): AppRig['rig'] {
    return this.app.rig;
  }

  login(role: string): { readonly email: string; readonly password: string } {
    return this.app.people[role]!;
  }

  /** A fresh browser profile with nobody signed in. */
  async open({ theme = 'light', width = 1440, height = 900 }: PageOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', baseURL: this.address });
    context.setDefaultTimeout(patienceMs);
    this.contexts.push(context);
    const page = await context.newPage();
    watch(page);
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) this.complaints.push(message.text());
    });
    return page;
  }

  /** Signed in without the form, at `route`. */
  async openAs(role: string, route: string, options: PageOptions = {}): Promise<Page> {
    const page = await this.open(options);
    const known = this.sessions.get(role);
    if (known) await page.context().addCookies(await known);
    else {
      const signedIn = this.signIn(role, page.context());
      this.sessions.set(role, signedIn);
      await signedIn;
    }
    await page.goto(route);
    return page;
  }

  /** What the API answers to somebody of this role. */
  async ask<Answer>(role: string, method: 'GET' | 'POST', route: string, data?: object): Promise<Answer> {
    const { request } = (await this.openAs(role, '/no-such-page')).context();
    const { csrf } = (await (await request.get('/v1/session')).json()) as { csrf: string };
    const answer = await request.fetch(route, { method, headers: { 'x-throughline-csrf': csrf }, ...(data && { data }) });
    if (!answer.ok()) throw new Error(`${method} ${route} answered ${answer.status()}: ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }

  private async signIn(role: string, context: BrowserContext): Promise<Awaited<ReturnType<BrowserContext['cookies']>>> {
    const { email, password } = this.login(role);
    const answer = await context.request.post('/v1/session', { data: { email, password } });
    if (!answer.ok()) throw new Error(`${role} could not sign in: ${answer.status()} ${await answer.text()}`);
    return context.cookies();
  }

  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }
}

/** Serious and critical findings of axe with all its rules, of the whole page or of a part of it, as one line each. */
export async function axeFindings(page: Page, part?: string): Promise<string[]> {
  // No page has frames: axe may finish in the page itself instead of opening another one for it.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (part ? axe.include(part) : axe).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n').at(-1)?.trim() ?? ''}`));
}

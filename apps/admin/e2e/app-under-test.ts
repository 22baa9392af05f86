import { AxeBuilder } from '@axe-core/playwright';
import path from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { startAppRig, type AppRig } from '../../../tools/browser/app-rig.mjs';
import { launchChromium } from '../../../tools/browser/chromium.mjs';

export const root = path.join(__dirname, '../../..');

export interface PageOptions {
  readonly theme?: 'light' | 'dark';
  readonly width?: number;
  readonly height?: number;
}

/** The admin app in a real browser on a real installation with the smallest demo: one for a whole file of tests. */
export class AppUnderTest {
  private readonly contexts: BrowserContext[] = [];
  /** One session a role: signing in often is refused, as it should be. */
  private readonly sessions = new Map<string, Awaited<ReturnType<BrowserContext['cookies']>>>();
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
    context.setDefaultTimeout(15_000);
    this.contexts.push(context);
    const page = await context.newPage();
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
    if (known) await page.context().addCookies(known);
    else {
      const { email, password } = this.login(role);
      const answer = await page.context().request.post('/v1/session', { data: { email, password } });
      if (!answer.ok()) throw new Error(`${role} could not sign in: ${answer.status()} ${await answer.text()}`);
      this.sessions.set(role, await page.context().cookies());
    }
    await page.goto(route);
    return page;
  }

  async closePages(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
  }
}

/** Serious and critical findings of axe with all its rules, as one line each. */
export async function axeFindings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary?.split('\n').at(-1)?.trim() ?? ''}`));
}

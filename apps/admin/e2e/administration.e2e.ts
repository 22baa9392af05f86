import type { Page } from 'playwright-core';
import { AppUnderTest, seen, tabTo, untilCount } from './app-under-test';

let app: AppUnderTest;
beforeAll(async () => {
  app = await AppUnderTest.start({ size: null });
}, 300_000);
afterAll(() => app?.stop());
afterEach(async () => {
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

const password = 'a long enough password';
const drawer = (page: Page) => page.getByRole('complementary');
const rowOf = (page: Page, name: string) => page.getByRole('row', { name: new RegExp(name) });

async function join(link: string, name: string): Promise<Page> {
  const page = await app.open();
  await page.goto(link);
  await page
    .getByLabel(/password/i)
    .first()
    .fill(password);
  await page
    .getByLabel(/password/i)
    .first()
    .press('Enter');
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).waitFor();
  return page;
}

describe('the admin', () => {
  it('invites a user with a role and a team, sees the session and ends it, with the mouse', async () => {
    const page = await app.openAs('admin', '/admin');
    await page.getByRole('button', { name: 'Invite user' }).click();
    await page.getByLabel('E-mail').fill('sven@example.com');
    await page.getByLabel('Name', { exact: true }).fill('Sven Supervisor');
    await page.getByRole('checkbox', { name: /^Supervisor/ }).check();
    await page.getByRole('checkbox', { name: 'Billing Dublin' }).check();
    await page.getByRole('button', { name: 'Make invitation' }).click();
    const link = await page.getByLabel('Link of the invitation').inputValue();
    expect(link).toContain('/sign-in#invitation=');
    await page.getByRole('region', { name: 'Invitations that wait' }).getByText('sven@example.com').waitFor();

    const joined = await join(link, 'Sven Supervisor');
    await page.reload();
    await page.getByRole('button', { name: 'Close' }).click();
    await rowOf(page, 'sven@example.com').getByText('Billing Dublin').waitFor();
    await page.getByRole('button', { name: 'Sven Supervisor' }).click();
    await drawer(page).getByRole('button', { name: 'End session: Chrome, Linux' }).click();
    await page.getByText('1 session ended').waitFor();
    await drawer(page).getByText('Not signed in').waitFor();
    const answer = await joined.context().request.get('/v1/session');
    expect(answer.status()).toBe(401);
  });

  it('invites with the keyboard alone', async () => {
    const page = await app.openAs('admin', '/admin');
    await rowOf(page, 'admin@example.com').waitFor();
    await page.keyboard.press('n');
    await seen(drawer(page).locator('h2:focus'));
    await tabTo(page, /E-mail/);
    await page.keyboard.type('kim@example.com');
    await tabTo(page, /^\s*Name/);
    await page.keyboard.type('Kim Keys');
    await tabTo(page, /Analyst/);
    await page.keyboard.press('Space');
    await tabTo(page, /Make invitation/);
    await page.keyboard.press('Enter');
    await page.getByText('Send this link to Kim Keys').waitFor();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
    await page.getByText('kim@example.com').waitFor();
  });

  it('makes a write key that works, rotates it and ends it', async () => {
    const page = await app.openAs('admin', '/admin?part=keys');
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByLabel('Source').selectOption('default');
    await page.getByLabel('What it is for').fill('IVR in Dublin');
    await drawer(page).getByRole('button', { name: 'Make key' }).click();
    const secret = await page.getByLabel('Write key', { exact: true }).inputValue();
    const send = async (key: string): Promise<number> => {
      const event = { sourceEventId: 'e2e', occurredAt: '2026-03-04T09:12:00Z', system: 'ivr', type: 'entered', channel: 'voice' };
      const response = await fetch(`${app.rig.api}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
        body: JSON.stringify(event),
      });
      return response.status;
    };
    expect(await send(secret)).toBe(200);
    await page.getByRole('button', { name: 'Close' }).click();
    await rowOf(page, 'IVR in Dublin').getByRole('button').click();
    await drawer(page).getByLabel('Overlap').selectOption({ label: '1 hour' });
    await drawer(page).getByRole('button', { name: 'Rotate' }).click();
    const next = await page.getByLabel('Write key', { exact: true }).inputValue();
    expect([next === secret, await send(next), await send(secret)]).toEqual([false, 200, 200]);
    await page.getByRole('button', { name: 'Close' }).click();
    await page
      .getByRole('row', { name: /IVR in Dublin.*Works/ })
      .getByRole('button')
      .click();
    await drawer(page).getByRole('button', { name: 'End key now' }).click();
    await drawer(page).getByRole('button', { name: 'Yes, end this key now' }).click();
    await page.getByText(/has ended$/).waitFor();
    expect(await send(next)).toBe(401);
  });

  it('reads who did what, by kind, and checks that nothing was changed in it', async () => {
    const page = await app.openAs('admin', '/admin?part=audit');
    await page
      .getByRole('row', { name: /Session opened/ })
      .first()
      .waitFor();
    await page.getByLabel('Kind of change').selectOption({ label: 'Invitations' });
    await page
      .getByRole('row', { name: /Invitation made/ })
      .first()
      .waitFor();
    await untilCount(page.getByRole('row', { name: /Session opened/ }), 0);
    await page.waitForURL(/action=invitation\./);
    await page.getByRole('button', { name: 'Verify' }).click();
    await page.getByText(/The chain of all .* entries is whole/).waitFor();
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: 'CSV' }).click();
    expect((await download).suggestedFilename()).toBe('audit.csv');
  });

  it('is told why the last admin cannot be removed', async () => {
    const page = await app.openAs('admin', '/admin');
    await rowOf(page, 'admin@example.com').getByRole('button').click();
    await drawer(page).getByRole('button', { name: 'Disable user' }).click();
    await page.getByText(/This is the last admin/).waitFor();
  });
});

describe('everybody else', () => {
  it.each(['manager', 'analyst', 'agent', 'developer'])('the %s neither sees the page nor opens it', async (role) => {
    const page = await app.openAs(role, '/admin');
    await page.getByText('You may not open this page').waitFor();
    expect(await page.getByRole('link', { name: 'Administration' }).count()).toBe(0);
  });
});

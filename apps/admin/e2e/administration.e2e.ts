import type { Page } from 'playwright-core';
import { AppUnderTest, pressOn, seen, settled, tabTo, untilCount, untilEqual } from './app-under-test';

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

  it('does the same with the keyboard alone', async () => {
    const page = await app.openAs('admin', '/admin');
    await rowOf(page, 'admin@example.com').waitFor();
    await page.keyboard.press('n');
    await seen(drawer(page).locator('h2:focus'));
    await tabTo(page, /E-mail/);
    await page.keyboard.type('kim@example.com');
    await tabTo(page, /^\s*Name/);
    await page.keyboard.type('Kim Keys');
    await pressOn(page, /^QA reviewer/, { key: 'Space' });
    await pressOn(page, /^Billing Manila/, { key: 'Space' });
    await pressOn(page, /^Make invitation/);
    await page.getByText('Send this link to Kim Keys').waitFor();
    const said = page.getByLabel('Link of the invitation');
    await seen(said.and(page.locator(':focus')));
    const link = await said.inputValue();
    await page.keyboard.press('Escape');
    await drawer(page).waitFor({ state: 'detached' });
    await page.getByText('kim@example.com').waitFor();

    const joined = await join(link, 'Kim Keys');
    await page.reload();
    await rowOf(page, 'kim@example.com').getByText('Billing Manila').waitFor();
    await rowOf(page, 'kim@example.com').getByText('QA reviewer').waitFor();
    await pressOn(page, /^Kim Keys/);
    await seen(drawer(page).locator('h2:focus'));
    await pressOn(page, /^End session: Chrome, Linux/);
    await page.getByText('1 session ended').waitFor();
    await drawer(page).getByText('Not signed in').waitFor();
    expect((await joined.context().request.get('/v1/session')).status()).toBe(401);
  });

  /** Whether events that are sent with this key are taken. */
  const send = async (key: string): Promise<number> => {
    const event = { sourceEventId: 'e2e', occurredAt: '2026-03-04T09:12:00Z', system: 'ivr', type: 'entered', channel: 'voice' };
    const response = await fetch(`${app.rig.api}/v1/events`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify(event),
    });
    return response.status;
  };

  it('makes a write key that works, rotates it and ends it', async () => {
    const page = await app.openAs('admin', '/admin?part=keys');
    await page.getByRole('button', { name: 'Make key' }).click();
    await page.getByLabel('Source').selectOption('default');
    await page.getByLabel('What it is for').fill('IVR in Dublin');
    await drawer(page).getByRole('button', { name: 'Make key' }).click();
    const secret = await page.getByLabel('Write key', { exact: true }).inputValue();
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

  it('makes, rotates and ends a write key with the keyboard alone', async () => {
    const page = await app.openAs('admin', '/admin');
    await rowOf(page, 'admin@example.com').waitFor();
    await pressOn(page, /^Write keys/);
    // A form cannot be sent before the sources to choose from are there.
    await rowOf(page, 'default').first().waitFor();
    await settled(page);
    await page.keyboard.press('n');
    await seen(drawer(page).locator('h2:focus'));
    await tabTo(page, /^Source/);
    await page.keyboard.type('default');
    await tabTo(page, /^What it is for/);
    await page.keyboard.type('Chat in Manila');
    await page.keyboard.press('Enter');
    const shown = page.getByLabel('Write key', { exact: true });
    await seen(shown.and(page.locator(':focus')));
    const secret = await shown.inputValue();
    expect(await send(secret)).toBe(200);

    /** Closes what is open and opens the key that works. */
    const openKey = async (): Promise<void> => {
      await page.keyboard.press('Escape');
      await drawer(page).waitFor({ state: 'detached' });
      const row = page.getByRole('row', { name: /Chat in Manila.*Works/ }).getByRole('button');
      await pressOn(page, new RegExp(`^${(await row.textContent())!.trim()}`));
      await seen(drawer(page).locator('h2:focus'));
    };
    await openKey();
    await tabTo(page, /^Overlap/);
    await page.keyboard.press('N');
    await pressOn(page, /^Rotate/);
    await seen(shown.and(page.locator(':focus')));
    const next = await shown.inputValue();
    expect(await send(next)).toBe(200);
    await untilEqual(() => send(secret), 401);
    await openKey();
    await pressOn(page, /^End key now/);
    await pressOn(page, /^Yes, end this key now/);
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

import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { launchChromium } from '../../../tools/browser/chromium.mjs';
import { AppUnderTest, patienceMs, seen, until } from './app-under-test';

let app: AppUnderTest;
let chromium: Awaited<ReturnType<typeof launchChromium>>;
const contexts: BrowserContext[] = [];

interface Met {
  readonly anchor: string;
  readonly customer_id: string;
  readonly agent: string;
  readonly name: string;
}
let met: Met[];

/** Rows of the installation's database. */
const rowsOf = async <Row = object>(text: string, values: readonly unknown[] = []): Promise<Row[]> => (await app.rig.query(text, values)) as Row[];

/** Engagements in which the customer went through the menu and spoke to one agent whom the reviewer of the demo may read, and nobody has answered about. */
async function spokenTo(): Promise<Met[]> {
  return until(
    'some engagements by telephone with one agent',
    async () => {
      const rows = await rowsOf<Met>(
        `select e.anchor, e.customer_id, a.agent_id as agent, a.name from scoring.read_engagement e join admin_api.agent a on e.agents = array[a.agent_id]
       join admin_api.team t on t.team_id = a.team_id
       where t.name ~ '^(Technical|Billing)' and e.channel = 'voice' and e.contacts = 1 and e.frustration < 40
         and not exists (select from scoring.read_answer s where s.customer_id = e.customer_id)
         and exists (select from scoring.read_menu_visit m where m.customer_id = e.customer_id and m.at between e.at and e.last_contact_end_at)
       order by e.anchor limit 6`,
      );
      return rows.length === 6 && rows;
    },
    90_000,
  );
}

/** A link to the survey about an engagement, as somebody at the desk would hand it over. */
async function linkFor({ anchor }: Met): Promise<string> {
  const answer = await fetch(`${app.address}/v1/surveys/links`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rig.secrets.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ eventId: anchor }),
  });
  const body = (await answer.json()) as { url?: string };
  if (!body.url) throw new Error(JSON.stringify(body));
  return body.url;
}

/** A telephone 320 px wide; without scripts unless told. */
async function telephone({ scripts = false, theme = 'light' }: { scripts?: boolean; theme?: 'light' | 'dark' } = {}): Promise<Page> {
  const context = await chromium.newContext({ viewport: { width: 320, height: 640 }, javaScriptEnabled: scripts, colorScheme: theme });
  context.setDefaultTimeout(patienceMs);
  contexts.push(context);
  return context.newPage();
}

async function answerWith(page: Page, url: string, ratings: { csat: number; menu?: number; person: number; comment: string }): Promise<void> {
  await page.goto(url);
  await page.getByRole('group', { name: 'Is your matter settled?' }).getByLabel('No', { exact: true }).check();
  await page
    .getByRole('group', { name: /^All in all/ })
    .getByLabel(String(ratings.csat), { exact: true })
    .check();
  if (ratings.menu !== undefined) {
    const menu = page.getByRole('group', { name: /^The phone menu/ });
    await menu.getByLabel(String(ratings.menu), { exact: true }).check();
    await menu.getByText('Did something go wrong here?').click();
    await menu.getByLabel('It did not understand me').check();
  }
  const person = page.getByRole('group', { name: /^The person you spoke to/ });
  await person.getByLabel(String(ratings.person), { exact: true }).check();
  await person.getByText('Did something go wrong here?').click();
  await person.getByLabel('Was not interested in my problem').check();
  await page.getByLabel('What else should we know?').fill(ratings.comment);
  await page.getByRole('button', { name: 'Send my answer' }).click();
  await page.getByRole('heading', { name: 'Thank you' }).waitFor();
}

beforeAll(async () => {
  [app, chromium] = [await AppUnderTest.start(), await launchChromium()];
  met = await spokenTo();
}, 300_000);
afterAll(async () => {
  await chromium?.close();
  await app?.stop();
});
afterEach(async () => {
  await Promise.all(contexts.splice(0).map((context) => context.close()));
  await app.closePages();
  expect(app.complaints.splice(0)).toEqual([]);
});

describe('a customer', () => {
  it('answers on a 320 px telephone without scripts: each person and each system of the engagement, what failed, and asks for a call', async () => {
    const page = await telephone();
    const url = await linkFor(met[0]!);
    await answerWith(page, url, { csat: 2, menu: 2, person: 1, comment: 'I was sent away with a script.' });
    await page.getByRole('button', { name: 'Please call me back about this' }).click();
    await page.getByText('We will call you back.').waitFor();
    await page.getByRole('link', { name: 'change my answer' }).click();
    expect(
      await page
        .getByRole('group', { name: /^All in all/ })
        .getByLabel('2', { exact: true })
        .isChecked(),
    ).toBe(true);
    const kept = await until('the case with all its reasons', async () => {
      const [row] = await rowsOf<{ reasons: string[]; agents: string[] }>('select reasons, agents from feedback.read_recovery_case where anchor = $1', [
        met[0]!.anchor,
      ]);
      return ['askedForCall', 'lowCsat', 'lowEmpathy', 'notSolved'].every((reason) => row?.reasons.includes(reason)) && row;
    });
    expect(kept.agents).toEqual([met[0]!.agent]);
    const landed = await until('a rating of the person and of the menu', async () => {
      const rows = await rowsOf(
        `select a.value, a.agent, a.system, a.cause, e.body->>'system' as step, e.body->>'agent' as served
         from scoring.read_answer a join ingestion.read_event e on e.event_id = a.about where a.customer_id = $1 and a.question = 'empathy' order by a.value`,
        [met[0]!.customer_id],
      );
      return rows.length === 2 && rows;
    });
    const [{ agent }] = met as [Met];
    expect(landed).toEqual([
      { value: 1, agent, system: null, cause: 'people', step: 'agent', served: agent },
      { value: 2, agent: null, system: 'phoneMenu', cause: 'technology', step: 'ivr', served: null },
    ]);
  });

  it('reads pages of less than 60 kB that fit 320 px and have no finding of axe, in light and dark, in both languages: new, faulty, saved, sent and closed', async () => {
    const url = await linkFor(met[1]!);
    const [response] = [await fetch(url)];
    expect(Buffer.byteLength(await response.text())).toBeLessThan(60_000);
    const windows = await Promise.all(
      (['light', 'dark'] as const).flatMap((theme) =>
        ['en', 'de'].map(async (language) => ({
          name: `${theme} ${language}`,
          address: `${url}?lang=${language}`,
          page: await telephone({ scripts: true, theme }),
        })),
      ),
    );
    const go: Readonly<Record<string, (page: Page, address: string) => Promise<unknown>>> = {
      empty: (page, address) => page.goto(address),
      faulty: async (page, address) => {
        await page.goto(address);
        await page.locator('button[value=send]').click();
        await page.getByRole('alert').waitFor();
      },
      closed: (page) => page.goto(url.replace(/.$/, (end) => (end === 'A' ? 'B' : 'A'))),
      saved: async (page, address) => {
        await page.goto(address);
        await page.locator('[name=csat]').first().check();
        await page.locator('button[value=save]').click();
        await page.getByRole('heading', { name: /^(Saved|Gespeichert)$/ }).waitFor();
      },
      thanks: async (page, address) => {
        await page.goto(address);
        // The first of them answers; the others find the thanks.
        const send = page.locator('button[value=send]');
        if ((await send.count()) > 0) await send.click();
        await page.locator('button[value=callback]').waitFor();
      },
    };
    for (const [state, lead] of Object.entries(go))
      for (const { name, address, page } of windows) {
        await lead(page, address);
        for (const folded of await page.locator('summary').all()) await folded.click();
        const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze();
        expect(violations.map(({ id, nodes }) => `${name} ${state} ${id}: ${nodes.map(({ target }) => target.join(' ')).join(', ')}`)).toEqual([]);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
      }
  }, 120_000);

  it('finishes with the keyboard alone', async () => {
    const page = await telephone();
    await page.goto(await linkFor(met[2]!));
    const pressUntil = async (key: string, there: () => Promise<boolean>): Promise<void> => {
      for (let presses = 0; !(await there()); presses += 1) {
        if (presses > 80) throw new Error(`${key} does not lead there`);
        await page.keyboard.press(key);
      }
    };
    const focused = (selector: string) => (): Promise<boolean> =>
      page
        .locator(`${selector}:focus`)
        .count()
        .then((count) => count > 0);
    await pressUntil('Tab', focused('[name=csat]'));
    await page.keyboard.press('ArrowRight');
    await pressUntil('Tab', focused('[name=comment]'));
    await page.keyboard.type('By keyboard.');
    await pressUntil('Tab', focused('button[value=send]'));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
  });
});

describe('a reviewer', () => {
  const queued = (anchor: string): Promise<unknown> =>
    until('the review', async () => (await rowsOf('select 1 from feedback.read_review where anchor = $1', [anchor])).length > 0, 90_000);

  const findingsOf = ({ anchor }: Met): Promise<object[]> =>
    rowsOf('select cause, agent, note from feedback.read_finding where anchor = $1 order by cause', [anchor]);

  it('finds the answered engagement in the queue with why it is here, reads the customer first, and notes people, process and technology with the keyboard alone', async () => {
    const [first] = met as [Met];
    await queued(first.anchor);
    const page = await app.openAs('qa', '/quality');
    const list = page.getByRole('list', { name: 'To read' });
    await list
      .getByText(/Empathy 1 of 5/)
      .first()
      .waitFor();
    await page.keyboard.press('j');
    for (let row = 0; !page.url().includes(first.anchor); row += 1) {
      if (row > 60) throw new Error('the engagement is not in the queue');
      const before = page.url();
      await page.keyboard.press('j');
      await page.waitForURL((url) => url.href !== before);
    }
    const said = page.getByRole('region', { name: 'What the customer said' }).last();
    await said.getByText('I was sent away with a script.').waitFor();
    await said.getByText('1 of 5').first().waitFor();
    await page.getByRole('region', { name: 'What happened' }).waitFor();
    await page.keyboard.press('1');
    await seen(page.getByRole('group', { name: 'People finding 1' }).locator(':focus'));
    await page.keyboard.type('Read out a text instead of listening.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('2');
    await seen(page.getByRole('group', { name: 'Process finding 2' }).locator(':focus'));
    await page.keyboard.type('The script allows nothing else.');
    await page.keyboard.press('Tab');
    await page.keyboard.press('3');
    await seen(page.getByRole('group', { name: 'Technology finding 3' }).locator(':focus'));
    await page.keyboard.type('The menu heard another word.');
    await page.keyboard.press('Control+Enter');
    await page.getByText('Review finished').waitFor();
    expect(await findingsOf(first)).toEqual([
      { cause: 'people', agent: first.agent, note: 'Read out a text instead of listening.' },
      { cause: 'process', agent: null, note: 'The script allows nothing else.' },
      { cause: 'technology', agent: null, note: 'The menu heard another word.' },
    ]);
  }, 150_000);

  it('notes people, process and technology with the mouse, and finishes', async () => {
    const fifth = met[4]!;
    await answerWith(await telephone(), await linkFor(fifth), { csat: 1, person: 1, comment: 'Nobody knew anything.' });
    await queued(fifth.anchor);
    const page = await app.openAs('qa', `/quality?review=${fifth.anchor}`);
    await page.getByText('Nobody knew anything.').waitFor();
    const form = page.getByRole('region', { name: 'What you found' });
    const notes = { People: 'Did not ask what had been tried.', Process: 'No call-back was allowed.', Technology: 'The ticket did not open.' };
    for (const [index, [cause, note]] of Object.entries(notes).entries()) {
      await form.getByRole('button', { name: `Add a finding: ${cause}` }).click();
      await form
        .getByRole('group', { name: `${cause} finding ${index + 1}` })
        .getByLabel('What could have been otherwise')
        .fill(note);
    }
    await form.getByRole('button', { name: /^Finish/ }).click();
    await page.getByText('Review finished').waitFor();
    expect(await findingsOf(fifth)).toEqual([
      { cause: 'people', agent: fifth.agent, note: notes.People },
      { cause: 'process', agent: null, note: notes.Process },
      { cause: 'technology', agent: null, note: notes.Technology },
    ]);
  }, 150_000);

  it('skips one with a reason by the mouse, and takes it back', async () => {
    const third = met[3]!;
    await answerWith(await telephone(), await linkFor(third), { csat: 1, person: 2, comment: 'No help.' });
    await queued(third.anchor);
    const page = await app.openAs('qa', `/quality?review=${third.anchor}`);
    await page.getByText('No help.').waitFor();
    await page.getByRole('button', { name: 'Skip', exact: true }).click();
    await page.getByLabel('Why it is skipped').fill('A test call');
    await page.getByRole('button', { name: 'Skip', exact: true }).last().click();
    await page.getByText('Review skipped').waitFor();
    const state = async () => (await rowsOf<{ state: string }>('select state from feedback.read_review where anchor = $1', [third.anchor]))[0]!.state;
    expect(await state()).toBe('skipped');
    await page.getByRole('button', { name: /^Undo/ }).click();
    await until('the undo', async () => (await state()) === 'assigned');
  }, 150_000);
});

describe('surveys', () => {
  it('let a manager take the case of the customer who wants to be called, and say how it ended', async () => {
    const page = await app.openAs('manager', `/surveys?part=cases&case=${met[0]!.anchor}`);
    const drawer = page.getByRole('complementary', { name: 'Recovery case' });
    await drawer.getByRole('button', { name: 'Take it' }).click();
    await drawer.getByLabel('What was said').fill('Apologised and sent a technician.');
    await drawer.getByRole('button', { name: 'Spoke with the customer' }).click();
    await drawer.getByRole('button', { name: 'Won back' }).click();
    await page.getByText(/1 of 1 won back/).waitFor();
    const steps = await rowsOf<{ kind: string; note: string | null }>('select kind, note from feedback.read_case_step where anchor = $1 order by place', [
      met[0]!.anchor,
    ]);
    expect(steps).toEqual([
      { kind: 'assigned', note: null },
      { kind: 'contacted', note: 'Apologised and sent a technician.' },
      { kind: 'recovered', note: null },
    ]);
  });

  it('let an analyst change the share that is asked, with a preview of what customers see', async () => {
    const page = await app.openAs('analyst', '/surveys?part=settings');
    await page.getByRole('region', { name: 'What the customer sees' }).getByText('The phone menu, Tuesday 3 March').waitFor();
    await page.getByLabel(/^Share of engagements/).fill('250');
    await page.getByRole('button', { name: 'Save as a new version' }).click();
    await page.getByText('Version 2 holds now').waitFor();
    const [settings] = await rowsOf<{ share: string }>(`select settings->>'samplePerMille' as share from feedback.read_survey_settings where active`);
    expect(settings!.share).toBe('250');
  });

  it('show how people did, and hide what too few have said', async () => {
    const page = await app.openAs('analyst', '/surveys?days=365');
    const table = page.getByRole('region', { name: 'Empathy of people' }).first();
    await table.getByText('too few to show').first().waitFor();
  });
});

import { defaultSurveySettings, type PostedEvent, type SurveySettings } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { askThreeTimes, auditedIn, auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startMailCatcher } from '../../../tools/start/mail-catcher.mjs';
import { migrations } from '../migrations';
import { Inviter } from './inviter';
import { OnMakeSurveyLink } from './on-make-survey-link';
import { OnSetSurvey } from './on-set-survey';
import { SendInvitations } from './send-invitations';
import { ensureSurveySettings } from './survey-settings-store';
import { hashOfToken, SurveyStore } from './survey-store';
import { day, hour, idOf, menuAndPerson, minute, noon, quietLog, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;
let inviter: Inviter;
let mails: string;
let catcher: { url: string; stop(): Promise<void> };
const asOf = noon + minute;

beforeAll(async () => {
  server = await testDatabase({ migrations: [...auditMigrations, ...upstreamMigrations, ...migrations] });
  database = await server.open('feedback');
  upstream = await Upstream.open(server.url);
  await ensureSurveySettings(database);
  inviter = new Inviter(database, { mail: true });
  mails = mkdtempSync(path.join(tmpdir(), 'throughline-test-mail-'));
  catcher = (await startMailCatcher({ folder: mails, port: 0 }))!;
});
beforeEach(() => upstream.query('truncate feedback.invitation, feedback.delivery, feedback.posted_event, feedback.opt_out'));
afterAll(async () => {
  await catcher?.stop();
  rmSync(mails, { recursive: true, force: true });
  await upstream?.close();
  await server?.drop();
});

const invitations = () =>
  upstream.query<{ anchor: string; send_at: Date; form: { touchPoints: { role: string; name: string; eventId: string }[] } }>(
    'select anchor, send_at, form from feedback.invitation order by send_at',
  );
const senders: SendInvitations[] = [];
const sender = (smtpUrl: string): SendInvitations => {
  const made = new SendInvitations(database, { SMTP_URL: smtpUrl, MAIL_FROM: 'care@example.com', PUBLIC_URL: 'http://127.0.0.1:1/' }, quietLog);
  senders.push(made);
  return made;
};
afterEach(() => senders.splice(0).forEach((one) => one.onModuleDestroy()));

describe('an engagement that is over', () => {
  it('becomes one invitation that asks about its own persons and systems, however often and by however many workers it is looked at', async () => {
    const customer = await upstream.customer('once');
    const anchor = await upstream.engagement(customer, 'once', noon, 'resolved', menuAndPerson);
    await Promise.all([1, 2, 3, 4].map(() => inviter.consider([customer], asOf)));
    await inviter.consider([customer], asOf + hour);
    const [invitation, ...more] = await invitations();
    expect(more).toEqual([]);
    expect(invitation).toMatchObject({ anchor, send_at: new Date(noon + hour) });
    expect(invitation!.form.touchPoints.map(({ role, name, eventId }) => [role, name, eventId])).toEqual([
      ['phoneMenu', 'phoneMenu', idOf('once/0')],
      ['phoneAgent', 'agent-07', idOf('once/2')],
    ]);
  });

  it('is asked about when time alone has ended it', async () => {
    const customer = await upstream.customer('gave up');
    await upstream.engagement(customer, 'gave up', noon - 14 * day, null, menuAndPerson);
    expect(await inviter.consider([customer], noon - hour)).toEqual({});
    expect(await inviter.consider([customer], noon + hour)).toEqual({ invited: 1 });
  });

  it('of two that end together gives one survey: the cap holds for the customer', async () => {
    const customer = await upstream.customer('twice');
    await upstream.engagement(customer, 'twice a', noon, 'resolved', menuAndPerson);
    await upstream.engagement(customer, 'twice b', noon, 'sold', menuAndPerson);
    expect(await inviter.consider([customer], asOf)).toEqual({ invited: 1, fatigue: 1 });
  });

  it('counts surveys of other systems, and those sent under a former id of the customer', async () => {
    const customer = await upstream.customer('asked elsewhere');
    await upstream.engagement(customer, 'asked elsewhere', noon, 'resolved', menuAndPerson);
    await upstream.insert('sessionization.transaction', { customer_id: customer, system: 'survey', source: 'survey', start_at: new Date(noon - day) });
    expect(await inviter.consider([customer], asOf)).toEqual({ fatigue: 1 });

    const [former, now] = [await upstream.customer('former'), await upstream.customer('merged')];
    await upstream.engagement(former, 'former', noon, 'resolved', menuAndPerson);
    expect(await inviter.consider([former], asOf)).toEqual({ invited: 1 });
    await upstream.insert('identity.former_customer', { customer_id: now, former_id: former });
    await upstream.engagement(now, 'merged', noon + 2 * hour, 'resolved', menuAndPerson);
    expect(await inviter.consider([now], noon + 3 * hour)).toEqual({ fatigue: 1 });
  });

  it('is not asked about where nothing reaches the customer', async () => {
    const customer = await upstream.customer('no mail', null);
    await upstream.engagement(customer, 'no mail', noon, 'resolved', menuAndPerson);
    expect(await inviter.consider([customer], asOf)).toEqual({ noAddress: 1 });
  });
});

describe('an invitation by mail', () => {
  const invited = async (name: string): Promise<void> => {
    const customer = await upstream.customer(name);
    await upstream.engagement(customer, name, noon, 'resolved', menuAndPerson);
    await inviter.consider([customer], asOf);
  };
  const deliveries = () =>
    upstream.query<{ state: string; attempts: number; token_sha256: Buffer }>('select state, attempts, token_sha256 from feedback.delivery');

  it('is sent once, when it is due, with a link that opens the survey, and the timeline learns of it', async () => {
    await invited('by mail');
    const sending = sender(catcher.url);
    expect(await sending.send(noon + hour - 1)).toBe(0);
    expect(await sending.send(noon + hour)).toBe(1);
    expect(await sending.send(noon + 2 * hour)).toBe(0);
    const [file, ...more] = readdirSync(mails);
    expect(more).toEqual([]);
    const mail = readFileSync(path.join(mails, file!), 'utf8')
      .replace(/=\r?\n/g, '')
      .replaceAll('=3D', '=');
    expect(mail).toContain('To: by.mail@example.com');
    const token = /\/s\/([\w-]{43})/.exec(mail)![1]!;
    expect(await new SurveyStore(database).find(hashOfToken(token))).toMatchObject({ state: 'new', channel: 'email' });
    const [{ body }] = (await upstream.query<{ body: PostedEvent }>('select body from feedback.posted_event')) as [{ body: PostedEvent }];
    expect(body).toMatchObject({ type: 'sent', purpose: 'feedback', aboutEventId: idOf('by mail/2') });
    for (const text of await upstream.query<{ row: string }>(
      'select d::text as row from feedback.delivery d union all select i::text from feedback.invitation i',
    ))
      expect(text.row).not.toContain(token);
  });

  it('does not leave any more once its customer asked for no more, in another survey and before two customers proved to be one', async () => {
    await invited('stopped');
    const former = await upstream.customer('stopped before');
    await upstream.insert('identity.former_customer', { customer_id: idOf('stopped'), former_id: former });
    await upstream.insert('feedback.opt_out', { customer_id: former, anchor: idOf('another survey') });
    await sender(catcher.url).send(noon + hour);
    expect(await deliveries()).toMatchObject([{ state: 'refused' }]);
    expect(await upstream.query('select state, void_reason from feedback.invitation')).toEqual([{ state: 'void', void_reason: 'optedOut' }]);
    const links = new OnMakeSurveyLink(database, { PUBLIC_URL: 'https://feedback.example.com' }, quietLog);
    expect(await links.answer({ eventId: idOf('stopped/1'), by: 'supervisor' })).toEqual({
      kind: 'refused',
      reason: 'This customer does not want to be asked.',
    });
  });

  it('is tried again later while the mail server is away, with the link of the last try', async () => {
    await invited('server away');
    const away = sender('smtp://127.0.0.1:1');
    await away.send(noon + hour);
    expect(await deliveries()).toMatchObject([{ state: 'waiting', attempts: 1 }]);
    await upstream.query('update feedback.delivery set next_at = now()');
    const sending = sender(catcher.url);
    // At some hour of the next day nobody is disturbed.
    for (let at = Date.now(); at < Date.now() + day && (await deliveries())[0]!.state === 'waiting'; at += 4 * hour) await sending.send(at);
    expect(await deliveries()).toMatchObject([{ state: 'sent', attempts: 2 }]);
  });

  it('is not sent again when nobody knows whether it was sent', async () => {
    await invited('cut off');
    // A server that takes the whole message and then says nothing more.
    const silent: Server = createServer((socket) => {
      socket.write('220 here\r\n');
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        const said = chunk.toString();
        if (said.startsWith('QUIT')) return void socket.end('221 bye\r\n');
        if (/^(EHLO|HELO|MAIL|RCPT)/.test(said)) socket.write('250 ok\r\n');
        else if (said.startsWith('DATA')) socket.write('354 go on\r\n');
        else if (said.includes('\r\n.\r\n')) socket.destroy();
      });
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    silent.unref();
    const cutOff = sender(`smtp://127.0.0.1:${(silent.address() as { port: number }).port}`);
    await cutOff.send(noon + hour);
    expect(await deliveries()).toMatchObject([{ state: 'unknown', attempts: 1 }]);
    await cutOff.run();
    expect(await deliveries()).toMatchObject([{ state: 'unknown', attempts: 1 }]);
    await new Promise((resolve) => silent.close(resolve));
  });

  it('that was on its way when the process ended is found, and not sent again', async () => {
    await invited('killed');
    await upstream.query(`update feedback.delivery set state = 'sending', started_at = now() - interval '11 minutes'`);
    const sending = sender(catcher.url);
    const before = readdirSync(mails).length;
    await sending.run();
    expect(await deliveries()).toMatchObject([{ state: 'unknown' }]);
    expect(readdirSync(mails)).toHaveLength(before);
  });
});

describe('a link made by a person', () => {
  it('opens the survey of the engagement, replaces the link before it, and is refused once it was answered', async () => {
    const customer = await upstream.customer('link', null);
    await upstream.engagement(customer, 'link', noon, 'resolved', menuAndPerson);
    const make = new OnMakeSurveyLink(database, { PUBLIC_URL: 'https://feedback.example.com' }, quietLog);
    const wish = { eventId: idOf('link/1'), by: 'supervisor' };
    const [first, second] = [await make.answer(wish), await make.answer(wish)];
    if (first.kind !== 'made' || second.kind !== 'made') throw new Error('no link');
    expect(second.invitationId).toBe(first.invitationId);
    const store = new SurveyStore(database);
    const tokenOf = (url: string): Buffer => hashOfToken(url.replace('https://feedback.example.com/s/', ''));
    expect(await store.find(tokenOf(first.url))).toBeUndefined();
    expect(await store.find(tokenOf(second.url))).toMatchObject({ channel: 'link' });
    // Each time it is another link, so each is an entry; none of them can be opened by whoever reads the audit.
    const asked = await askThreeTimes(
      server,
      () => upstream.query('select * from feedback.invitation'),
      (note) => make.answer(wish, note),
    );
    expect(asked).toEqual({ first: 'failed, nothing changed', second: ['made'], third: ['made', 'made'] });
    expect((await auditedIn(server)).at(-1)!.details).toEqual({ asked: true, invitation: first.invitationId, outcome: 'made' });
    await upstream.query(`update feedback.invitation set state = 'answered'`);
    expect(await make.answer(wish)).toEqual({ kind: 'refused', reason: 'The customer has answered already.' });
    expect(await make.answer({ ...wish, eventId: idOf('nowhere') })).toEqual({ kind: 'notFound' });
  });
});

describe('the settings', () => {
  it('get a new version that holds from then on; of two authors at once the second hears of the first', async () => {
    const set = new OnSetSurvey(database);
    const settings: SurveySettings = { ...defaultSurveySettings, samplePerMille: 0 };
    const by = 'analyst';
    expect(await set.answer({ version: 1, settings: defaultSurveySettings, by })).toEqual({ kind: 'repeated', version: 1 });
    const asked = await askThreeTimes(
      server,
      () => upstream.query('select * from feedback.survey_settings'),
      (note) => set.answer({ version: 1, settings, by }, note),
    );
    expect(asked).toEqual({ first: 'failed, nothing changed', second: ['set'], third: ['set'] });
    expect((await auditedIn(server)).at(-1)!.details).toMatchObject({
      before: { version: 1, samplePerMille: defaultSurveySettings.samplePerMille },
      after: { version: 2, samplePerMille: 0 },
    });
    expect(await set.answer({ version: 1, settings, by })).toEqual({ kind: 'repeated', version: 2 });
    expect(await set.answer({ version: 1, settings: { ...settings, samplePerMille: 5 }, by })).toEqual({ kind: 'conflict', version: 2 });
    const quiet = { ...settings.quiet, zone: 'Europe/Nowhere' };
    expect(await set.answer({ version: 2, settings: { ...settings, quiet }, by })).toMatchObject({ kind: 'refused' });
    const customer = await upstream.customer('unsampled');
    await upstream.engagement(customer, 'unsampled', noon, 'resolved', menuAndPerson);
    expect(await inviter.consider([customer], asOf)).toEqual({ notSampled: 1 });
    await upstream.query('delete from feedback.survey_settings where version > 1');
  });
});

import type { PostedEvent } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { testNats, type TestNats } from '@throughline/messaging/testing';
import { bootService, type RunningService } from '@throughline/service';
import { createServer, type Server } from 'node:http';
import { migrations } from '../migrations';
import { configureHttp } from './configure-http';
import { FeedbackModule } from './feedback-module';
import { OnMakeSurveyLink } from './on-make-survey-link';
import { PostEvents } from './post-events';
import { feedbackSettings } from './settings';
import { ensureSurveySettings } from './survey-settings-store';
import { idOf, menuAndPerson, noon, quietLog, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let nats: TestNats;
let database: Database;
let upstream: Upstream;
let service: RunningService;
let ingestion: Server;
let posted: PostedEvent[] = [];
let refusing = false;
let base: string;
let links: OnMakeSurveyLink;

/** What ingestion does with events, as far as this concerns: keeps each once, and may be away. */
const takeIn = (): Server =>
  createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      if (refusing || request.headers.authorization !== 'Bearer survey-write-key') return void response.writeHead(refusing ? 503 : 401).end('{}');
      const events = JSON.parse(Buffer.concat(chunks).toString()) as PostedEvent[];
      const items = events.map((event, index) => {
        const known = posted.some(({ sourceEventId, revision }) => sourceEventId === event.sourceEventId && revision === event.revision);
        if (!known) posted.push(event);
        return { index, status: known ? 'duplicate' : 'accepted' };
      });
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ items }));
    });
  });

beforeAll(async () => {
  [server, nats] = await Promise.all([testDatabase({ migrations: [...upstreamMigrations, ...migrations] }), testNats()]);
  database = await server.open('feedback');
  upstream = await Upstream.open(server.url);
  await ensureSurveySettings(database);
  ingestion = takeIn();
  await new Promise<void>((resolve) => ingestion.listen(0, '127.0.0.1', resolve));
  const settings = feedbackSettings.parse({
    DATABASE_URL: server.urlFor('feedback'),
    NATS_URL: nats.url,
    PORT: '0',
    LOG_LEVEL: 'silent',
    NODE_ENV: 'test',
    PUBLIC_URL: 'http://127.0.0.1:9',
    INGEST_URL: `http://127.0.0.1:${(ingestion.address() as { port: number }).port}`,
    SURVEY_WRITE_KEY: 'survey-write-key',
  });
  service = await bootService({
    name: 'feedback',
    schema: 'feedback',
    settings,
    migrations,
    module: FeedbackModule,
    http: { port: 0, configure: configureHttp },
  });
  base = `http://127.0.0.1:${service.httpPort}`;
  links = new OnMakeSurveyLink(database, settings, quietLog);
}, 60_000);
afterAll(async () => {
  await service?.stop();
  await new Promise((resolve) => ingestion.close(resolve));
  await upstream?.close();
  await nats?.stop();
  await server?.drop();
});
beforeEach(() => {
  posted = [];
  refusing = false;
});

/** A survey of a call by menu and agent; gives the path of its page. */
async function surveyOf(name: string): Promise<string> {
  const customer = await upstream.customer(name);
  await upstream.engagement(customer, name, noon, 'resolved', menuAndPerson);
  const made = await links.answer({ eventId: idOf(`${name}/0`), by: 'test' });
  if (made.kind !== 'made') throw new Error(JSON.stringify(made));
  return new URL(made.url).pathname;
}

let caller = 0;
/** Each story comes from an address of its own, unless it says otherwise. */
const from = (address = `10.1.${(caller += 1) >> 8}.${caller & 255}`) => ({ 'x-forwarded-for': address });

async function open(page: string, headers: Record<string, string> = from()): Promise<{ status: number; text: string; nonce: string; headers: Headers }> {
  const response = await fetch(base + page, { headers, redirect: 'manual' });
  const text = await response.text();
  return { status: response.status, text, nonce: /name="nonce" value="([^"]+)"/.exec(text)?.[1] ?? '', headers: response.headers };
}
const send = (page: string, fields: Record<string, string | string[]>, headers: Record<string, string> = from()): Promise<Response> =>
  fetch(base + page, {
    method: 'POST',
    redirect: 'manual',
    headers: { ...headers, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => (Array.isArray(value) ? value : [value]).map((one) => [name, one] as [string, string])),
    ),
  });
const invitation = async (name: string) =>
  (
    await upstream.query<{ state: string; revision: number; answers: { csat: number | null } | null; draft: unknown }>(
      'select state, revision, answers, draft from feedback.invitation where anchor = $1',
      [idOf(`${name}/0`)],
    )
  )[0]!;
/** What ingestion has been told of one story; events of those before may still be on their way. */
const postedAbout = (name: string): PostedEvent[] => {
  const steps = [0, 1, 2].map((index) => idOf(`${name}/${index}`));
  return posted.filter(({ aboutEventId }) => steps.includes(aboutEventId!)).sort((a, b) => (a.sourceEventId < b.sourceEventId ? -1 : 1));
};
const untilPosted = async (count: number, name: string): Promise<void> => {
  for (const deadline = Date.now() + 15_000; postedAbout(name).length < count; await new Promise((resolve) => setTimeout(resolve, 50)))
    if (Date.now() > deadline) throw new Error(`${postedAbout(name).length} of ${count} events were posted`);
};
/** What the sweep of the service does every two seconds, now. */
const postWhatWaits = (): Promise<void> =>
  new PostEvents(
    database,
    { INGEST_URL: `http://127.0.0.1:${(ingestion.address() as { port: number }).port}`, SURVEY_WRITE_KEY: 'survey-write-key' },
    quietLog,
  ).run();

it('takes an answer from its page and tells it to ingestion: one event about the whole, one for each person and system, on its own step', async () => {
  const page = await surveyOf('answers');
  const { nonce, text, status } = await open(page);
  expect(status).toBe(200);
  expect(text).toContain('The person you spoke to on Tuesday 3 March');
  const answered = await send(page, {
    nonce,
    do: 'send',
    solved: '1',
    csat: '4',
    't1.e': '2',
    't1.f': ['noFittingChoice', 'hardToFind'],
    't2.e': '5',
    comment: 'Thank you, agent.',
  });
  expect(answered.status).toBe(303);
  expect((await open(answered.headers.get('location')!)).text).toContain('Thank you');
  await untilPosted(3, 'answers');
  expect(postedAbout('answers').map(({ aboutEventId, attributes }) => [aboutEventId, attributes!['answers']])).toEqual([
    [idOf('answers/0'), [{ question: 'empathy', value: 2, touch: { kind: 'system', name: 'phoneMenu' }, cause: 'technology' }]],
    [idOf('answers/2'), [{ question: 'empathy', value: 5, touch: { kind: 'agent', name: 'agent-07' } }]],
    [
      idOf('answers/2'),
      [
        { question: 'csat', value: 4, comment: 'Thank you, agent.' },
        { question: 'solved', value: 1 },
      ],
    ],
  ]);
  expect(postedAbout('answers')[0]!.identifiers).toEqual([{ kind: 'email', namespace: '', value: 'answers@example.com', verified: false }]);
  expect(await upstream.query('select 1 from feedback.posted_event')).toEqual([]);
});

it('is still answerable after mail scanners have opened, probed and posted to the link ten times each', async () => {
  const page = await surveyOf('scanned');
  const scanner = from();
  for (let index = 0; index < 10; index += 1) {
    expect((await open(page, scanner)).status).toBe(200);
    expect((await fetch(base + page, { method: 'HEAD', headers: scanner })).status).toBe(200);
    expect((await send(page, { do: 'send', csat: '1' }, scanner)).status).toBe(422);
    expect((await send(page, { do: 'send', csat: '1', nonce: 'guessed' }, scanner)).status).toBe(422);
    expect((await send(page, { do: 'stop', nonce: '1.-1.x' }, scanner)).status).toBe(422);
  }
  expect(await invitation('scanned')).toMatchObject({ state: 'opened', answers: null });
  const { nonce } = await open(page, scanner);
  expect((await send(page, { nonce, do: 'send', csat: '5' }, scanner)).status).toBe(303);
  expect(await invitation('scanned')).toMatchObject({ state: 'answered', revision: 0 });
});

it('takes one of many answers sent at once, and no other changes it', async () => {
  const page = await surveyOf('at once');
  const nonces = await Promise.all(Array.from({ length: 8 }, () => open(page).then(({ nonce }) => nonce)));
  const answers = await Promise.all(nonces.map((nonce, index) => send(page, { nonce, do: 'send', csat: String(1 + (index % 5)), comment: `number ${index}` })));
  expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(303));
  const stored = await invitation('at once');
  expect(stored).toMatchObject({ state: 'answered', revision: 0 });
  await untilPosted(1, 'at once');
  await postWhatWaits();
  expect(postedAbout('at once')).toHaveLength(1);
  expect(postedAbout('at once')[0]!.attributes!['answers']).toMatchObject([{ question: 'csat', value: stored.answers!.csat }]);
});

it('takes the same answer twice as one, and a changed one for ten minutes as a correction', async () => {
  const page = await surveyOf('changed');
  const { nonce } = await open(page);
  const fields = { nonce, do: 'send', csat: '2', 't2.e': '1' };
  expect((await send(page, fields)).status).toBe(303);
  expect((await send(page, fields)).status).toBe(303);
  expect(await invitation('changed')).toMatchObject({ revision: 0 });
  const again = await open(`${page}?change=1`);
  expect(again.text).toContain('name="csat" value="2" checked');
  expect((await send(page, { nonce: again.nonce, do: 'send', csat: '5' })).status).toBe(303);
  expect(await invitation('changed')).toMatchObject({ revision: 1, answers: { csat: 5 } });
  await untilPosted(4, 'changed');
  expect(
    postedAbout('changed')
      .filter(({ revision }) => revision === 1)
      .map(({ attributes }) => attributes!['answers']),
  ).toEqual(expect.arrayContaining([[], [{ question: 'csat', value: 5 }]]));
  // A page from before the change no longer speaks for the customer.
  expect((await send(page, { nonce, do: 'send', csat: '1' })).status).toBe(303);
  expect(await invitation('changed')).toMatchObject({ revision: 1, answers: { csat: 5 } });
  await upstream.query(`update feedback.invitation set answered_at = now() - interval '11 minutes' where anchor = $1`, [idOf('changed/0')]);
  expect((await open(`${page}?change=1`)).status).toBe(404);
});

it('answers a link that is wrong, ended, withdrawn or used with one and the same page', async () => {
  const pages: string[] = [];
  for (const name of ['ended', 'withdrawn', 'used']) pages.push(await surveyOf(name));
  await upstream.query(`update feedback.invitation set expires_at = now() - interval '1 second' where anchor = $1`, [idOf('ended/0')]);
  await upstream.query(`update feedback.invitation set state = 'void' where anchor = $1`, [idOf('withdrawn/0')]);
  await upstream.query(`update feedback.invitation set state = 'answered', answers = '{}', answered_at = now() - interval '1 hour' where anchor = $1`, [
    idOf('used/0'),
  ]);
  const wrong = await open(`/s/${'A'.repeat(43)}`);
  expect(wrong.status).toBe(404);
  for (const page of [...pages, '/s/short', '/s/%00']) {
    const { status, text } = await open(page);
    expect([status, text]).toEqual([404, wrong.text]);
    const answer = await send(page, { csat: '1' });
    expect([answer.status, await answer.text()]).toEqual([404, wrong.text]);
  }
});

it('lets an address try ten wrong links a minute, and believes no address that a client wrote itself', async () => {
  const guesser = from('10.9.9.9');
  const guess = (index: number, headers: Record<string, string>): Promise<number> =>
    open(`/s/${String(index).padStart(43, 'B')}`, headers).then(({ status }) => status);
  const statuses: number[] = [];
  for (let index = 0; index < 12; index += 1) statuses.push(await guess(index, guesser));
  expect(statuses).toEqual([...Array<number>(10).fill(404), 429, 429]);
  // What stands before the proxy's own entry is the client's word.
  expect(await guess(99, { 'x-forwarded-for': '1.2.3.4, 10.9.9.9' })).toBe(429);
  expect(await guess(99, { 'x-forwarded-for': '10.9.9.9, 10.9.9.8' })).toBe(404);
});

it('tells no other site, keeps nothing in caches, and is not indexed: on the page, on errors and on what does not exist', async () => {
  const page = await surveyOf('headers');
  for (const path of [page, '/s/wrong', '/nothing']) {
    const { headers } = await open(path);
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-robots-tag')).toContain('noindex');
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('content-security-policy')).not.toContain('unsafe');
  }
});

it('shows what is wrong and keeps what was filled in; nothing is taken', async () => {
  const page = await surveyOf('faulty');
  const { nonce } = await open(page);
  const empty = await send(page, { nonce, do: 'send', comment: '  ' });
  expect([empty.status, await empty.text()]).toEqual([422, expect.stringContaining('Please answer at least one question.')]);
  const wrong = await send(page, { nonce, do: 'send', csat: '9', comment: 'still here', lang: 'de' });
  expect([wrong.status, await wrong.text()]).toEqual([422, expect.stringMatching(/Bitte wählen Sie[^]*still here/)]);
  expect(await invitation('faulty')).toMatchObject({ state: 'opened', answers: null });
});

it('keeps half an answer for later, and takes no more when the customer does not want to be asked', async () => {
  const page = await surveyOf('half');
  const { nonce } = await open(page);
  expect(await (await send(page, { nonce, do: 'save', csat: '3', comment: 'so far' })).text()).toContain('Saved');
  expect((await open(page)).text).toMatch(/name="csat" value="3" checked[^]*so far/);
  expect(await (await send(page, { nonce, do: 'stop' })).text()).toContain('We will not ask you again');
  expect((await open(page)).status).toBe(404);
  expect(await upstream.query('select customer_id from feedback.opt_out where customer_id = $1', [idOf('half')])).toHaveLength(1);
});

describe('a low rating', () => {
  const cases = (name: string) =>
    upstream.query<{ state: string; reasons: string[]; agents: string[] }>('select state, reasons, agents from feedback.recovery_case where anchor = $1', [
      idOf(`${name}/0`),
    ]);

  it('opens a recovery case with the answer, all or nothing; a good one opens none', async () => {
    const [low, high] = [await surveyOf('low'), await surveyOf('high')];
    await send(low, { nonce: (await open(low)).nonce, do: 'send', csat: '1', solved: '0' });
    await send(high, { nonce: (await open(high)).nonce, do: 'send', csat: '5', solved: '1' });
    expect(await cases('low')).toEqual([{ state: 'open', reasons: ['lowCsat', 'notSolved'], agents: ['agent-07'] }]);
    expect(await cases('high')).toEqual([]);
  });

  it('is not the only way: who asks for a call on the page of thanks gets one', async () => {
    const page = await surveyOf('call me');
    await send(page, { nonce: (await open(page)).nonce, do: 'send', csat: '5' });
    const thanks = await open(page);
    expect(thanks.text).toContain('Please call me back about this');
    await send(page, { nonce: thanks.nonce, do: 'callback' });
    expect(await cases('call me')).toMatchObject([{ reasons: ['askedForCall'] }]);
    expect((await open(page)).text).toContain('We will call you back.');
  });
});

it('loses no answer while ingestion is away, and posts none twice when it did not hear that it was taken', async () => {
  const page = await surveyOf('away');
  refusing = true;
  await send(page, { nonce: (await open(page)).nonce, do: 'send', csat: '3', 't2.e': '3' });
  await postWhatWaits();
  expect(postedAbout('away')).toEqual([]);
  const [{ count }] = (await upstream.query<{ count: number }>(`select count(*)::integer as count from feedback.posted_event where anchor = $1`, [
    idOf('away/0'),
  ])) as [{ count: number }];
  expect(count).toBe(2);
  refusing = false;
  // The process ends after ingestion has committed and before that is noted: the next one posts again, and ingestion knows the events.
  const rows = await upstream.query<{ body: PostedEvent }>('select body from feedback.posted_event');
  posted.push(...rows.map(({ body }) => body));
  await upstream.query('update feedback.posted_event set next_at = now()');
  await postWhatWaits();
  expect(postedAbout('away')).toHaveLength(2);
  expect(await upstream.query('select 1 from feedback.posted_event')).toEqual([]);
});

import type { ReviewDeed } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { askThreeTimes, auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import type { CaseStepKind } from '@throughline/domain-feedback';
import { migrations } from '../migrations';
import { OnReviewEngagement } from './on-review-engagement';
import { OnTakeCaseStep } from './on-take-case-step';
import { openRecovery } from './recovery-store';
import { ReviewQueue } from './review-queue';
import { activeSurvey, ensureSurveySettings } from './survey-settings-store';
import { day, idOf, noon, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let database: Database;
let upstream: Upstream;

beforeAll(async () => {
  server = await testDatabase({ migrations: [...auditMigrations, ...upstreamMigrations, ...migrations] });
  database = await server.open('feedback');
  upstream = await Upstream.open(server.url);
  await ensureSurveySettings(database);
});
afterAll(async () => {
  await upstream?.close();
  await server?.drop();
});

const by = 'supervisor';

describe('a recovery case', () => {
  const open = async (name: string, at = noon): Promise<void> => {
    const { settings } = await activeSurvey(database);
    const answers = { csat: 1, nps: null, effort: null, solved: null, touches: [], comment: null, callBack: false };
    const form = { touchPoints: [], ask: [], aboutEventId: idOf(name), startedAt: noon, endedAt: noon };
    await database.inTransaction((tx) => openRecovery(tx, { anchor: idOf(name), customerId: idOf('customer'), form }, answers, settings, at));
  };
  const stateOf = async (name: string) =>
    (await upstream.query('select state, owner, first_contact_at, ended_at from feedback.read_recovery_case where anchor = $1', [idOf(name)]))[0];
  const step = (name: string, kind: CaseStepKind, id = idOf(`${name}/${kind}`)) =>
    new OnTakeCaseStep(database).answer({ anchor: idOf(name), id, kind, at: noon + day, by, ...(kind === 'assigned' && { owner: 'bo' }) });

  it('goes from low rating to won, step by step, and refuses what comes too soon in words', async () => {
    await open('won');
    expect(await step('won', 'contacted')).toEqual({ kind: 'refused', reason: 'Nobody has taken the case yet. Assign it first.' });
    for (const kind of ['assigned', 'contacted', 'recovered'] as const) expect((await step('won', kind)).kind).toBe('recorded');
    expect(await stateOf('won')).toEqual({ state: 'recovered', owner: 'bo', first_contact_at: new Date(noon + day), ended_at: new Date(noon + day) });
    expect(await step('nowhere', 'assigned')).toEqual({ kind: 'notFound' });
  });

  it('goes on with an entry in the audit, or not at all', async () => {
    await open('audited');
    const take = new OnTakeCaseStep(database);
    const wish = { anchor: idOf('audited'), id: idOf('audited step'), kind: 'assigned' as const, at: noon, by, owner: 'bo' };
    const asked = await askThreeTimes(
      server,
      () => stateOf('audited'),
      (note) => take.answer(wish, note),
    );
    expect(asked).toEqual({ first: 'failed, nothing changed', second: ['recorded'], third: ['recorded'] });
  });

  it('takes the same step once, however often and by however many it is sent', async () => {
    await open('repeated');
    const id = idOf('one step');
    const replies = await Promise.all([1, 2, 3, 4].map(() => step('repeated', 'assigned', id)));
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['recorded', 'repeated', 'repeated', 'repeated']);
  });

  it('is one for an engagement: a second low rating opens it again', async () => {
    await open('again');
    await step('again', 'notRecovered');
    expect(await stateOf('again')).toMatchObject({ state: 'notRecovered' });
    await open('again', noon + 3 * day);
    expect(await stateOf('again')).toMatchObject({ state: 'open', ended_at: null });
  });
});

describe('the review queue', () => {
  const told = async (name: string, frustration: number, answers: readonly [question: string, value: number, agent: string | null][]): Promise<string> => {
    const customer_id = idOf(`customer of ${name}`);
    const anchor = idOf(name);
    await upstream.insert('scoring.engagement', {
      customer_id,
      anchor,
      closed_at: new Date(noon),
      idle_at: new Date(noon),
      agents: ['ana', 'bo'],
      frustration,
    });
    for (const [question, value, agent] of answers) await upstream.insert('scoring.answer', { customer_id, engagement: anchor, question, value, agent });
    return customer_id;
  };
  const queue = async (name: string) =>
    (
      await upstream.query<{ reasons: object[]; state: string; version: number }>(
        'select reasons, state, version from feedback.read_review where anchor = $1',
        [idOf(name)],
      )
    )[0];

  it('takes what customers rated low and what the score tells differently, with the reason, once', async () => {
    await database.execute(
      `update feedback.survey_settings set settings = settings || '{"review": {"empathyAtMost": 2, "differsBy": 50, "randomPerMille": 0, "dueMs": 604800000}}'`,
    );
    const customers = [
      await told('low', 80, [
        ['empathy', 1, 'bo'],
        ['empathy', 5, 'ana'],
        ['csat', 1, null],
      ]),
      await told('differs', 5, [['csat', 1, null]]),
      await told('fine', 5, [['csat', 5, null]]),
      await told('silent', 90, []),
    ];
    const reviews = new ReviewQueue(database);
    expect(await reviews.consider(customers, noon)).toBe(2);
    expect(await reviews.consider(customers, noon + day)).toBe(2);
    expect(await queue('low')).toEqual({ reasons: [{ kind: 'lowEmpathy', agent: 'bo', value: 1 }], state: 'waiting', version: 1 });
    expect(await queue('differs')).toMatchObject({ reasons: [{ kind: 'differs', direction: 'scoreTooCalm', csat: 1, frustration: 5 }] });
    expect(await queue('fine')).toBeUndefined();
    expect(await queue('silent')).toBeUndefined();
  });

  it('lets one reviewer have an engagement: of two at once the second hears who was faster', async () => {
    await told('taken', 80, [['empathy', 1, 'bo']]);
    await new ReviewQueue(database).consider([idOf('customer of taken')], noon);
    const review = new OnReviewEngagement(database);
    const take = (to: string) => review.answer({ anchor: idOf('taken'), version: 1, at: noon, by: to, deed: { kind: 'assign', to } });
    const replies = await Promise.all([take('ana'), take('bo')]);
    expect(replies.map(({ kind }) => kind).sort()).toEqual(['conflict', 'done']);
    expect(replies.find(({ kind }) => kind === 'conflict')).toMatchObject({ version: 2, by: expect.stringMatching(/^(ana|bo)$/) });
  });

  it('is taken with an entry in the audit, or not at all', async () => {
    await told('noted', 80, [['empathy', 1, 'bo']]);
    await new ReviewQueue(database).consider([idOf('customer of noted')], noon);
    const review = new OnReviewEngagement(database);
    const wish = { anchor: idOf('noted'), version: 1, at: noon, by: 'ana', deed: { kind: 'assign' as const, to: 'ana' } };
    const asked = await askThreeTimes(
      server,
      () => queue('noted'),
      (note) => review.answer(wish, note),
    );
    expect(asked).toEqual({ first: 'failed, nothing changed', second: ['done'], third: ['done'] });
  });

  it('keeps findings by their cause: only people findings name an agent, and only one who took part', async () => {
    await told('found', 80, [['empathy', 1, 'bo']]);
    await new ReviewQueue(database).consider([idOf('customer of found')], noon);
    const review = new OnReviewEngagement(database);
    let version = 1;
    const finding = (cause: 'people' | 'process', agent: string | null) => ({
      id: idOf(`${cause} ${agent}`),
      cause,
      agent,
      eventId: null,
      note: 'what happened',
    });
    const finish = (findings: ReturnType<typeof finding>[]): ReviewDeed => ({ kind: 'finish', note: 'read', findings, empathy: [{ agent: 'bo', value: 4 }] });
    const say = (deed: ReviewDeed) => review.answer({ anchor: idOf('found'), version, at: noon, by: 'qa', deed });
    expect(await say(finish([finding('process', 'bo')]))).toMatchObject({ kind: 'refused', reason: expect.stringContaining('names no agent') });
    expect(await say(finish([finding('people', 'stranger')]))).toEqual({ kind: 'refused', reason: 'stranger took no part in this engagement.' });
    expect(await say(finish([finding('people', 'bo'), finding('process', null)]))).toEqual({ kind: 'done', version: 2 });
    expect(await upstream.query('select cause, agent from feedback.read_finding where anchor = $1 order by cause', [idOf('found')])).toEqual([
      { cause: 'people', agent: 'bo' },
      { cause: 'process', agent: null },
    ]);
    expect(await upstream.query('select agent, value from feedback.read_review_rating where anchor = $1', [idOf('found')])).toEqual([
      { agent: 'bo', value: 4 },
    ]);
    version = 2;
    expect((await say({ kind: 'skip', reason: 'not today' })).kind).toBe('refused');
    expect(await say({ kind: 'reopen' })).toEqual({ kind: 'done', version: 3 });
    // A finished review is not queued anew by a later score.
    expect(await queue('found')).toMatchObject({ state: 'assigned' });
  });

  it('leaves what was found about agents of other teams as it is, when a reviewer who sees one team alone writes a review anew', async () => {
    await told('shared', 80, [['empathy', 1, 'bo']]);
    await new ReviewQueue(database).consider([idOf('customer of shared')], noon);
    const review = new OnReviewEngagement(database);
    const say = (version: number, deed: ReviewDeed) => review.answer({ anchor: idOf('shared'), version, at: noon, by: 'qa', deed });
    const finish = (agents: string[], note: string, within?: string[]): ReviewDeed => ({
      kind: 'finish',
      note: null,
      findings: agents.map((agent) => ({ id: idOf(`${note} ${agent}`), cause: 'people', agent, eventId: null, note })),
      empathy: agents.map((agent) => ({ agent, value: 4 })),
      ...(within && { within }),
    });
    await say(1, finish(['ana', 'bo'], 'first'));
    await say(2, { kind: 'reopen' });
    expect(await say(3, finish(['ana', 'bo'], 'second', ['ana']))).toEqual({ kind: 'refused', reason: 'bo is in no team of yours.' });
    expect(await say(3, finish(['ana'], 'second', ['ana']))).toEqual({ kind: 'done', version: 4 });
    expect(await upstream.query('select agent, note from feedback.read_finding where anchor = $1 order by agent', [idOf('shared')])).toEqual([
      { agent: 'ana', note: 'second' },
      { agent: 'bo', note: 'first' },
    ]);
    expect(await upstream.query('select agent from feedback.read_review_rating where anchor = $1 order by agent', [idOf('shared')])).toHaveLength(2);
  });
});

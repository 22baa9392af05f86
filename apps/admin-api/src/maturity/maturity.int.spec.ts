import { v5 } from 'uuid';
import { accessWorld, type AccessWorld, type Browser } from '../access/test-access';

const day = 86_400_000;
const now = Date.now();
const idOf = (name: string): string => v5(name, '7f1c1c7e-3f0e-5b44-9a53-0d5a7a3f2a14');
const ago = (days: number): string => new Date(now - days * day).toISOString();

let world: AccessWorld;
let manager: Browser;
let analyst: Browser;

/** Writes rows by their column names. */
async function put(table: string, ...rows: Record<string, unknown>[]): Promise<void> {
  for (const row of rows) {
    const names = Object.keys(row);
    await world.owner.query(`insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(row));
  }
}

/** A house small enough to count on paper. */
beforeAll(async () => {
  world = await accessWorld();
  manager = await world.join('mia@example.com', ['manager']);
  analyst = await world.join('ana@example.com', ['analyst']);
  const customer = (index: number): string => idOf(`customer ${index}`);
  await world.owner.query('delete from ingestion.event; delete from identity.identifier');
  await put(
    'ingestion.event',
    ...['ivr', 'web', 'web'].map((system, index) => ({ event_id: idOf(`event ${index}`), received_at: ago(1), body: JSON.stringify({ system }) })),
  );
  await put('ingestion.event', { event_id: idOf('old'), received_at: ago(20), body: JSON.stringify({ system: 'chat' }) });
  await put('ingestion.quarantine', { id: idOf('q1'), received_at: ago(2), state: 'open' }, { id: idOf('q2'), received_at: ago(2), state: 'replayed' });
  // Forty calls and forty chats (Ann takes sixty of them, Bo twenty: too few to be counted) in the last four weeks; callers up to 29 and chatters up to 9 are known by their number.
  for (let index = 0; index < 40; index += 1) {
    if (index < 30) await put('identity.identifier', { customer_id: customer(index), kind: 'customerNumber', value: `A${index}` });
    const common = { customer_id: customer(index), at: ago(3 + (index % 20)), agent: index < 30 ? 'ann' : 'bo', started_by: 'customer' };
    await put(
      'scoring.contact',
      {
        ...common,
        anchor: idOf(`call ${index}`),
        channel: 'voice',
        intent: index < 35 ? 'billing' : 'unknown',
        engagement: index < 20 ? idOf(`matter ${index}`) : null,
      },
      { ...common, anchor: idOf(`chat ${index}`), customer_id: customer(index + 20), channel: 'chat', intent: 'billing', engagement: idOf(`matter ${index}`) },
    );
    await put('scoring.engagement', {
      customer_id: customer(index),
      anchor: idOf(`matter ${index}`),
      at: ago(30),
      closed_as: index < 24 ? 'resolved' : null,
      closed_at: index < 24 ? ago(10) : null,
      idle_at: ago(5),
    });
  }
  // Twenty-six marks on empathy for Ann, two of them about a step; two matters are answered.
  for (let index = 0; index < 26; index += 1)
    await put('scoring.answer', {
      customer_id: customer(index),
      anchor: idOf(`answer ${index}`),
      at: ago(4),
      agent: 'ann',
      question: 'empathy',
      value: 4,
      about: index < 13 ? idOf(`step ${index}`) : null,
      engagement: index < 2 ? idOf(`matter ${index}`) : null,
    });
  await put(
    'scoring.segment',
    { segment_id: idOf('s1'), name: 'a', version: 1 },
    { segment_id: idOf('s2'), name: 'b' },
    { segment_id: idOf('s3'), name: 'c', version: 2, retired_at: ago(1) },
  );
  await put(
    'feedback.review',
    { anchor: idOf('r1'), finished_at: ago(1) },
    { anchor: idOf('r2'), finished_at: null },
    { anchor: idOf('r3'), finished_at: ago(100) },
  );
  await put('sessionization.correction', { id: idOf('c1'), recorded_at: ago(1) }, { id: idOf('c2'), recorded_at: ago(1), withdrawn_at: ago(1) });
  await put('identity.decision', { decision_id: idOf('d1'), recorded_at: ago(2) });
  await put(
    'feedback.recovery_case',
    { anchor: idOf('k1'), opened_at: ago(5), first_contact_at: ago(4.5) },
    { anchor: idOf('k2'), opened_at: ago(5), first_contact_at: ago(2) },
    { anchor: idOf('k3'), opened_at: ago(5), first_contact_at: null },
    { anchor: idOf('k4'), opened_at: ago(0.2), first_contact_at: null },
  );
  const plan = { agent: 'ann', metric: 'empathy', drafted_at: ago(60), remeasure_at: ago(5) };
  await put(
    'feedback.coaching_plan',
    { ...plan, plan_id: idOf('p1'), stage: 'closed', result: 'worked', started_at: ago(50), closed_at: ago(2) },
    { ...plan, plan_id: idOf('p2'), stage: 'closed', result: 'tooFew', started_at: ago(50), closed_at: ago(2) },
    { ...plan, plan_id: idOf('p3'), stage: 'closed', result: 'withdrawn', started_at: ago(50), closed_at: ago(2) },
    { ...plan, plan_id: idOf('p4'), stage: 'draft' },
  );
}, 120_000);
afterAll(() => world?.stop());

const read = async (browser: Browser) => (await world.call('GET', '/v1/maturity', { browser })).body;
const wordsOf = (body: { cells: { criteria: { id: string; words: string; standing: string }[] }[] }): Record<string, string> =>
  Object.fromEntries(body.cells.flatMap(({ criteria }) => criteria.map(({ id, words, standing }) => [id, `${standing}: ${words}`])));

it('counts every piece of evidence in the running system, as on paper', async () => {
  const words = wordsOf(await read(analyst));
  expect(words).toMatchObject({
    'systems-alive': 'met: 2 kinds of system sent events in the last 7 days (ivr, web); 2 needed.',
    'contacts-known': 'notMet: 50 % of 80 contacts of the last 28 days belong to a customer with a number; 60 % needed.',
    'every-channel-known': 'notMet: 25 % of 40 contacts belong to a known customer on the channel that knows fewest (chat); 60 % needed.',
    'contacts-linked': 'notMet: 75 % of 80 contacts of the last 28 days belong to an engagement; 80 % needed.',
    'records-clean': 'unknown: Too few to say: 5 of at least 100.',
    'voice-on-step': 'unknown: Too few to say: 26 of at least 30.',
    'intents-known': 'met: 93.7 % of 80 contacts of the last 28 days have an intent; 50 % needed.',
    'outcomes-known': 'met: 60 % of 40 engagements that ended in the last 90 days have an outcome; 50 % needed.',
    'customers-answer': 'met: 5 % of 40 engagements that ended in the last 90 days have a customer’s answer; 5 % needed.',
    'segments-published': 'notMet: 1 segment is published; 3 needed.',
    'agents-rated': 'unknown: Too few to say: 1 of at least 5.',
    'judged-by-people': 'notMet: 3 reviews, corrections and decisions by people in 90 days (1 reviews, 1 corrections, 1 decisions); 20 needed.',
    'low-ratings-answered': 'unknown: Too few to say: 3 of at least 10.',
    'plans-started': 'notMet: 2 coaching plans started in 180 days; 3 needed.',
    'plans-measured': 'unknown: Too few to say: 2 of at least 3.',
    'plans-worked': 'met: 1 coaching plan with an interval above no effect in 180 days; 1 needed.',
  });
  expect(words['roles-active']).toMatch(/^met: 3 roles signed in during the last 28 days \(admin, analyst, manager\)/);
});

it('names the level of each dimension and five next steps', async () => {
  const body = await read(analyst);
  expect(body.reached).toEqual({ integration: 'basic', insights: 'foundational', operations: 'basic' });
  expect(body.overall).toBe('basic');
  expect(body.nextSteps).toHaveLength(5);
  expect(body.computed).toBeGreaterThanOrEqual(10);
});

it('a manager attests what no system can know, and what the system contradicts is flagged', async () => {
  const attested = await world.call('POST', '/v1/maturity/attestations', {
    browser: manager,
    body: { criterion: 'view-shared', holds: true, comment: 'agreed in May' },
  });
  expect(attested.status).toBe(200);
  const body = await read(analyst);
  expect(wordsOf(body)['view-shared']).toBe('met: Attested by mia.');
  expect(body.contradictions).toEqual([
    {
      dimension: 'integration',
      claim: 'mia attested: Every department works from the one view of the customer',
      evidence: '25 % of contacts stand in no engagement',
    },
  ]);
});

it('what the system counts cannot be attested, and an analyst attests nothing', async () => {
  const counted = await world.call('POST', '/v1/maturity/attestations', { browser: manager, body: { criterion: 'contacts-known', holds: true } });
  expect(counted.status).toBe(400);
  expect((await world.call('POST', '/v1/maturity/attestations', { browser: analyst, body: { criterion: 'skills', holds: true } })).status).toBe(403);
});

it('keeps aims and snapshots, and writes each into the audit', async () => {
  await world.call('POST', '/v1/maturity/aims', { browser: manager, body: { dimension: 'integration', claimed: 'advanced', target: 'distinctive' } });
  const kept = await world.call('POST', '/v1/maturity/snapshots', { browser: manager });
  expect(kept.status).toBe(200);
  const body = await read(analyst);
  expect(body.claimed).toEqual({ integration: 'advanced', insights: null, operations: null });
  expect(body.target.integration).toBe('distinctive');
  expect(body.contradictions.map((one: { claim: string }) => one.claim)).toContain('Claimed: advanced');
  const { body: history } = await world.call('GET', '/v1/maturity/snapshots', { browser: analyst });
  expect(history.snapshots).toEqual([expect.objectContaining({ id: kept.body.id, by: 'mia', overall: 'basic', reached: body.reached })]);
  const admin = await world.signIn('admin@example.com');
  const { body: audit } = await world.call('GET', '/v1/audit?action=maturity.', { browser: admin });
  expect(audit.entries.map((one: { action: string }) => one.action).sort()).toEqual(['maturity.aimed', 'maturity.attested', 'maturity.kept']);
});

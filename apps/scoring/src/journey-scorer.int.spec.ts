import { defaultHierarchySettings, defaultScoringSettings, type CanonicalEvent } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { testDatabase, type TestDatabase } from '@throughline/database/testing';
import { buildJourney } from '@throughline/domain-hierarchy';
import { inputOfJourney, scoreJourney } from '@throughline/domain-scoring';
import { MemoryBus } from '@throughline/messaging';
import { PathToHierarchy } from '@throughline/service';
import { migrations } from '../migrations';
import type { FailedCustomer } from './due-customers';
import { HeldCustomers } from './held-customers';
import { JourneyScorer, type ScoreFacts } from './journey-scorer';
import { LearnNorms } from './learn-norms';
import { readBacklog, RingUnscoredCustomers } from './ring-unscored-customers';
import { ensureSettings } from './settings-versions';
import { callOf, day, eventOf, hour, minute, noon, storyOf } from './test-stories';
import { idOf, Upstream, upstreamMigrations } from './test-upstream';

let server: TestDatabase;
let upstream: Upstream;
let database: Database;
const seen: ScoreFacts[] = [];
const failed: FailedCustomer[] = [];
const scorerOn = (on: Database): JourneyScorer =>
  new JourneyScorer(
    on,
    { scored: (facts) => void seen.push(facts), failed: (failure) => void failed.push(failure) },
    { refuse: () => undefined, accept: () => undefined },
  );

beforeAll(async () => {
  server = await testDatabase({ migrations: [...upstreamMigrations, ...migrations] });
  upstream = await Upstream.open(server.url);
  database = await server.open('scoring');
  await ensureSettings(database);
});
afterAll(async () => {
  await upstream.close();
  await server.drop();
});
beforeEach(() => {
  seen.length = 0;
  failed.length = 0;
});

const score = (...ids: string[]): Promise<string[]> => scorerOn(database).score(ids);
const tables = [
  'reading',
  'engagement_share',
  'engagement_extent',
  'contact',
  'contact_ledger',
  'engagement',
  'queue_stay',
  'menu_visit',
  'answer',
  'customer',
];

/** Everything stored of a customer. */
async function storedOf(customerId: string): Promise<Record<string, string[]>> {
  const stored: Record<string, string[]> = {};
  for (const table of tables)
    stored[table] = (await upstream.query<{ row: string }>(`select row_to_json(t)::text as row from scoring.${table} t where customer_id = $1`, [customerId]))
      .map(({ row }) => row)
      .sort();
  return stored;
}

/** What the rule says of these events, counted as the views would. */
const ruleOf = (customerId: string, events: readonly CanonicalEvent[]) =>
  scoreJourney(
    inputOfJourney(
      buildJourney({
        customerId,
        events: events.map((event) => ({ event, decidedBy: 'customerNumber::1' })),
        corrections: [],
        settings: defaultHierarchySettings,
      }),
      events,
    ),
    defaultScoringSettings,
  );

describe('the scores of a customer', () => {
  it('stand in the views as the contract names them', async () => {
    const customerId = idOf('views');
    const events = [
      ...callOf('v1', noon, { family: 'billing', outcome: 'unresolved' }),
      ...callOf('v2', noon + day, { family: 'billing', outcome: 'resolved', agent: 'bob' }),
    ];
    const answer = eventOf('v-answer', noon + 2 * day, {
      system: 'survey',
      type: 'answered',
      channel: 'email',
      purpose: 'feedback',
      presence: 'away',
      aboutEventId: events.at(-1)!.id,
      attributes: { answers: [{ question: 'nps', value: 9 }] },
    });
    await upstream.set(customerId, [...events, answer]);
    await score(customerId);
    const rule = ruleOf(customerId, [...events, answer]);
    const of = async (view: string): Promise<Record<string, unknown>[]> =>
      upstream.query(
        `select * from scoring.${view} where customer_id = $1 order by ${view === 'read_customer' ? 'first_at' : 'at, anchor'}${view === 'read_menu_visit' ? ', place' : ''}`,
        [customerId],
      );
    const snake = (fact: object): Record<string, unknown> =>
      Object.fromEntries(
        Object.entries(fact).map(([name, value]) => {
          const column = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
          const isInstant = value !== null && (column === 'at' || column.endsWith('_at'));
          return [column, isInstant ? new Date(value as number) : column.endsWith('_ms') || column === 'spent' ? String(value) : value];
        }),
      );
    expect(await of('read_contact')).toEqual(rule.contacts.map(snake));
    expect(await of('read_engagement')).toEqual(rule.engagements.map(snake));
    expect(await of('read_queue_stay')).toEqual(rule.stays.map(snake));
    expect(await of('read_menu_visit')).toEqual(rule.visits.map(snake));
    expect(await of('read_answer')).toEqual(rule.answers.map(snake));
    expect(await of('read_customer')).toEqual([snake(rule.customer!)]);
    expect(rule.contacts).toHaveLength(2);
  });

  it.each(Array.from({ length: 12 }, (_, seed) => seed + 1))('after single changes equal those of everything, to the byte (story %d)', async (seed) => {
    const customerId = idOf(`story ${seed}`);
    const events = storyOf(seed, 10);
    const held = events.filter((_, place) => (place * 7 + seed) % 5 === 0);
    let present = events.filter((event) => !held.includes(event));
    await upstream.set(customerId, present);
    await score(customerId);
    for (const [step, event] of [...held, ...held.slice(0, 3)].entries()) {
      present = present.includes(event) ? present.filter((other) => other !== event) : [...present, event];
      await upstream.set(customerId, present, [event]);
      await score(customerId);
      if (step % 3 !== 2) continue;
      expect(seen.at(-1)).toMatchObject({ whole: 0, customers: 1 });
      const after = await storedOf(customerId);
      await upstream.query('update scoring.score_head set due = true where customer_id = $1', [customerId]);
      await score(customerId);
      expect(seen.at(-1)).toMatchObject({ whole: 1, rowsWritten: 0 });
      expect(await storedOf(customerId)).toEqual(after);
    }
  });

  it('after a late call in a long matter and a survey that hangs with it equal those of everything', async () => {
    const customerId = idOf('late call');
    const calls = Array.from({ length: 12 }, (_, place) =>
      callOf(`late-${place}`, noon + place * 10 * day, { family: 'complaint', ticket: ['late', place === 0 ? 'opened' : undefined] }),
    );
    const survey = { system: 'survey', channel: 'email', purpose: 'feedback', presence: 'away' } as const;
    const sent = eventOf('late-sent', noon + 150 * day, { ...survey, type: 'sent', aboutEventId: calls[1]![0]!.id });
    const attributes = { answers: [{ question: 'solved', value: 1 }] };
    const answered = eventOf('late-answered', noon + 150 * day + minute, { ...survey, type: 'answered', attributes });
    const after = [...calls.flat(), sent, answered];
    const before = after.filter((event) => !calls[1]!.includes(event));
    const engagementOfAnswer = () => upstream.query('select engagement from scoring.answer where customer_id = $1', [customerId]);
    await upstream.set(customerId, before);
    await score(customerId);
    expect(await engagementOfAnswer()).toEqual([{ engagement: null }]);
    for (const events of [after, before]) {
      await upstream.set(customerId, events, calls[1]);
      await score(customerId);
      expect(await engagementOfAnswer()).toEqual([{ engagement: events === after ? calls[0]![0]!.id : null }]);
      expect(seen.at(-1)).toMatchObject({ whole: 0 });
      const stored = await storedOf(customerId);
      await upstream.query('update scoring.score_head set due = true where customer_id = $1', [customerId]);
      await score(customerId);
      expect(seen.at(-1)).toMatchObject({ whole: 1, rowsWritten: 0 });
      expect(await storedOf(customerId)).toEqual(stored);
    }
  });

  it('cost no more events for a long past than for a short one', async () => {
    const read = async (weeks: number): Promise<number> => {
      const customerId = idOf(`weeks ${weeks}`);
      const events = Array.from({ length: weeks }, (_, week) =>
        callOf(`w${weeks}-${week}`, noon + week * 7 * day, { family: 'billing', outcome: 'unresolved' }),
      ).flat();
      await upstream.set(customerId, events.slice(0, -1));
      await score(customerId);
      await upstream.set(customerId, events, events.slice(-1));
      await score(customerId);
      return seen.at(-1)!.events;
    };
    expect([await read(4), await read(60)]).toEqual([8, 8]);
  });

  it('write nothing when nothing changed, and are not computed again', async () => {
    const customerId = idOf('still');
    await upstream.set(customerId, storyOf(99, 6));
    await score(customerId);
    seen.length = 0;
    await score(customerId);
    expect(seen).toEqual([]);
  });

  it('follow a correction of the hierarchy that identity knows nothing of', async () => {
    const customerId = idOf('corrected');
    await upstream.set(customerId, callOf('c1', noon, { family: 'billing', outcome: 'resolved' }));
    await score(customerId);
    await upstream.rewrite(customerId, `update sessionization.part set family = 'complaint' where customer_id = $1`, [customerId]);
    await score(customerId);
    expect(await upstream.query('select family, intent from scoring.read_contact where customer_id = $1', [customerId])).toEqual([
      { family: 'complaint', intent: 'complaint' },
    ]);
  });

  it('are none for colleagues, and vanish with the last event', async () => {
    const [colleague, gone] = [idOf('colleague'), idOf('gone')];
    const events = callOf('g1', noon, { family: 'billing' });
    await upstream.set(colleague, callOf('i1', noon, { family: 'billing' }), undefined, 'internal');
    await upstream.set(gone, events);
    await score(colleague, gone);
    await upstream.set(gone, [], events);
    await score(colleague, gone);
    for (const id of [colleague, gone]) {
      const stored = await storedOf(id);
      expect(Object.entries(stored).filter(([, rows]) => rows.length > 0)).toEqual([]);
    }
  });

  it('of a placeholder say that nobody knows who it is', async () => {
    const customerId = idOf('somebody');
    await upstream.set(customerId, callOf('p1', noon, { family: 'billing' }), undefined, 'placeholder');
    await score(customerId);
    expect(await upstream.query('select known, contacts from scoring.read_customer where customer_id = $1', [customerId])).toEqual([
      { known: false, contacts: 1 },
    ]);
  });

  it('are set aside where the rule fails, keep the last good ones, and heal with the next change', async () => {
    const customerId = idOf('poison');
    const events = callOf('x1', noon, { family: 'billing', outcome: 'resolved' });
    await upstream.set(customerId, events);
    await score(customerId);
    const good = await storedOf(customerId);
    const more = callOf('x2', noon + day, { family: 'billing' });
    await upstream.set(customerId, [...events, ...more], more);
    await upstream.query('delete from ingestion.read_event_rows where event_id = $1', [more[0]!.id]);
    await score(customerId);
    expect(failed).toMatchObject([{ customerId, reason: expect.stringContaining('is not stored') }]);
    expect(await storedOf(customerId)).toEqual(good);
    expect(await upstream.query('select stale from scoring.read_score_head where customer_id = $1', [customerId])).toEqual([{ stale: true }]);
    await upstream.set(customerId, [...events, ...more], more);
    await score(customerId);
    expect(await upstream.query('select count(*)::int as contacts from scoring.read_contact where customer_id = $1', [customerId])).toEqual([{ contacts: 2 }]);
    expect(await upstream.query('select 1 from scoring.read_failed_score where customer_id = $1', [customerId])).toEqual([]);
  });

  it('are left to the one who holds them', async () => {
    const customerId = idOf('held');
    await upstream.set(customerId, callOf('h1', noon, { family: 'billing' }));
    await score(customerId);
    await upstream.set(customerId, callOf('h1', noon, { family: 'billing' }));
    await upstream.query('begin');
    await upstream.query('select 1 from scoring.score_head where customer_id = $1 for update', [customerId]);
    expect(await score(customerId)).toEqual([customerId]);
    await upstream.query('commit');
    expect(await readBacklog(database)).toMatchObject({ unscored: 1 });
    expect(await score(customerId)).toEqual([]);
    expect(await readBacklog(database)).toMatchObject({ unscored: 0 });
  });

  it('say who changed, so that others can follow', async () => {
    const customerId = idOf('told');
    await upstream.query('delete from scoring.outbox');
    await upstream.set(customerId, callOf('t1', noon, { family: 'billing' }));
    await score(customerId);
    expect(await upstream.query('select subject, payload from scoring.outbox')).toEqual([
      { subject: 'tl.score.changed', payload: { customerIds: [customerId] } },
    ]);
  });

  it('note the transaction that wrote them, so that whose facts changed since a snapshot can be asked', async () => {
    const customerId = idOf('noted');
    const writtenSince = (xmin: string) =>
      upstream.query('select 1 from scoring.read_score_head where customer_id = $1 and saved_in >= $2::xid8', [customerId, xmin]);
    const snapshot = async () => (await upstream.query<{ xmin: string }>('select pg_snapshot_xmin(pg_current_snapshot())::text as xmin'))[0]!.xmin;
    await upstream.set(customerId, callOf('n1', noon, { family: 'billing' }));
    const before = await snapshot();
    await score(customerId);
    expect(await writtenSince(before)).toHaveLength(1);
    const after = await snapshot();
    expect(await writtenSince(after)).toEqual([]);
    await upstream.set(customerId, callOf('n1', noon, { family: 'fault' }));
    await score(customerId);
    expect(await writtenSince(after)).toHaveLength(1);
  });
});

describe('a lost message', () => {
  const quiet = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
  const headOf = (customerId: string) =>
    upstream.query('select scored_revision > 0 as scored, due_since is not null as waits from scoring.score_head where customer_id = $1', [customerId]);
  const sweepOf = ({ behind = false } = {}) =>
    new RingUnscoredCustomers(
      database,
      new HeldCustomers(scorerOn(database), quiet),
      Object.assign(new PathToHierarchy(new MemoryBus(), database), { isBusy: async () => behind }),
    );

  it('is a delay: the reconciler sees the customer, and scores it when its message does not come', async () => {
    const customerId = idOf('lost');
    await upstream.set(customerId, callOf('l1', noon, { family: 'billing' }));
    await sweepOf().run();
    expect(await headOf(customerId)).toEqual([{ scored: false, waits: true }]);
    await upstream.query("update scoring.score_head set due_since = now() - interval '1 minute' where customer_id = $1", [customerId]);
    expect((await readBacklog(database)).oldestSeconds).toBeGreaterThan(50);
    await sweepOf({ behind: true }).run();
    expect(await headOf(customerId)).toEqual([{ scored: false, waits: true }]);
    await sweepOf().run();
    expect(await headOf(customerId)).toEqual([{ scored: true, waits: false }]);
  });

  it('is no delay for others while one customer is held: the reconciler passes over it', async () => {
    const [held, free] = [idOf('held'), idOf('free')];
    for (const [id, name] of [
      [held, 'h1'],
      [free, 'f1'],
    ] as const) {
      await upstream.set(id, callOf(name, noon, { family: 'billing' }));
      await score(id);
      await upstream.set(id, callOf(name, noon, { family: 'fault' }));
    }
    await database.inTransaction(async (tx) => {
      await tx.query('select 1 from scoring.score_head where customer_id = $1 for update', [held]);
      await sweepOf().run();
      expect([await headOf(held), await headOf(free)]).toEqual([[{ scored: true, waits: false }], [{ scored: true, waits: true }]]);
    });
    await sweepOf().run();
    expect(await headOf(held)).toEqual([{ scored: true, waits: true }]);
    for (const id of [held, free]) await score(id);
  });

  it('leaves no mark on a customer that was scored while the reconciler looked', async () => {
    const customerId = idOf('meanwhile');
    await upstream.set(customerId, callOf('m1', noon, { family: 'billing' }));
    const query = database.query.bind(database);
    const looking = jest.spyOn(database, 'query').mockImplementationOnce(async (text, values) => {
      const behind = await query(text, values);
      await score(customerId);
      return behind;
    });
    await sweepOf().run();
    expect(looking.mock.calls[0]![0]).toContain('read_journey_head');
    looking.mockRestore();
    expect(await headOf(customerId)).toEqual([{ scored: true, waits: false }]);
  });
});

describe('what is usual', () => {
  it('is learnt from contacts, and is a new version with which every customer is scored anew', async () => {
    const ids = Array.from({ length: 30 }, (_, place) => idOf(`norm ${place}`));
    for (const [place, id] of ids.entries())
      await upstream.set(
        id,
        [0, 1, 2].flatMap((call) => callOf(`n${place}-${call}`, noon + call * 40 * day + place * hour, { family: 'fault', outcome: 'resolved' })),
      );
    await score(...ids);
    for (const table of ['contact', 'queue_stay']) await upstream.query(`delete from scoring.${table} where not customer_id = any($1::uuid[])`, [ids]);
    const sweep = new LearnNorms(database, { info: () => undefined } as never);
    expect(await sweep.learn()).toBe(true);
    expect(await sweep.learn()).toBe(false);
    const [row] = await upstream.query<{
      settings: { version: number; norms: { lengthMs: Record<string, { from: number; median: number }>; waitMs: Record<string, { median: number }> } };
    }>('select settings from scoring.read_scoring_settings where active');
    expect(row!.settings.version).toBe(2);
    expect(row!.settings.norms.lengthMs['fault|voice']).toMatchObject({ median: expect.any(Number) });
    expect(row!.settings.norms.lengthMs['fault|voice']!.from).toBeGreaterThanOrEqual(90);
    expect(row!.settings.norms.waitMs['fault|voice']!.median).toBe(3 * minute - 25_000);
    await score(ids[0]!);
    expect(seen.at(-1)).toMatchObject({ customers: 1, whole: 1 });
    expect(await upstream.query('select settings_version from scoring.read_score_head where customer_id = $1', [ids[0]])).toEqual([{ settings_version: 2 }]);
  });
});

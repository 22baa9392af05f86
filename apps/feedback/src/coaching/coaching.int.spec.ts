import type { PlanDeed } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { askThreeTimes, auditedIn, auditMigrations, testDatabase, type TestDatabase } from '@throughline/database/testing';
import { v7 as uuidv7 } from 'uuid';
import { CreateCoaching1763815000000 } from '../../migrations/1763815000000-create-coaching';
import { CoachingPlanStore } from './coaching-plan-store';
import { OnTakeCoachingStep } from './on-take-coaching-step';

const day = 86_400_000;
const start = Date.UTC(2026, 3, 1);
const password = 'only-for-tests';
let server: TestDatabase;
let database: Database;
let handler: OnTakeCoachingStep;

beforeAll(async () => {
  server = await testDatabase({
    migrations: [...auditMigrations, CreateCoaching1763815000000],
    roles: [
      { name: 'tl_feedback', schema: 'feedback', password },
      { name: 'tl_admin_api', schema: 'admin_api', password },
    ],
  });
  database = await server.open('feedback');
  handler = new OnTakeCoachingStep(database, new CoachingPlanStore());
});
afterAll(() => server?.drop());

const draft = (agent: string): Extract<PlanDeed, { kind: 'drafted' }> => ({
  kind: 'drafted',
  agent,
  coach: 'sam',
  group: null,
  pickedBecauseLow: true,
  comparison: { kind: 'matched' },
  since: null,
  goal: { behaviour: 'Says what happens next', metric: 'empathy', baseline: 52, target: 60 },
  evidence: [{ contact: uuidv7(), note: '' }],
  exercises: [{ id: 'one', text: 'Write three closings' }],
  remeasureAt: start + 40 * day,
});
const ask = (planId: string, after: number, deed: PlanDeed, days: number, id = uuidv7()) =>
  handler.answer({ planId, after, step: { id, at: start + days * day, by: 'sam', deed } });

it('a plan is drafted, agreed and practised, and its list row follows its steps', async () => {
  const plan = uuidv7();
  expect(await ask(plan, 0, draft('ava'), 0)).toEqual({ kind: 'taken', planId: plan, steps: 1 });
  expect(await ask(plan, 1, { kind: 'agreed' }, 1)).toMatchObject({ kind: 'taken' });
  expect(await ask(plan, 2, { kind: 'started' }, 2)).toMatchObject({ kind: 'taken', steps: 3 });
  const [row] = await database.query('select agent, stage, started_at, steps from feedback.read_coaching_plan where plan_id = $1', [plan]);
  expect(row).toEqual({ agent: 'ava', stage: 'practising', started_at: new Date(start + 2 * day), steps: 3 });
});

it('the same step asked twice is taken once, and a step on an old view of the plan is a conflict', async () => {
  const plan = uuidv7();
  const id = uuidv7();
  await ask(plan, 0, draft('bea'), 0, id);
  expect(await ask(plan, 0, draft('bea'), 0, id)).toEqual({ kind: 'repeated', planId: plan, steps: 1 });
  await ask(plan, 1, { kind: 'noted', note: 'talked' }, 1);
  expect(await ask(plan, 1, { kind: 'agreed' }, 2)).toEqual({ kind: 'conflict', planId: plan, steps: 2 });
  expect(await ask(uuidv7(), 0, { kind: 'agreed' }, 2)).toEqual({ kind: 'notFound' });
});

it('a step stands with its entry in the audit, or neither does', async () => {
  const planId = uuidv7();
  const step = { id: uuidv7(), at: start, by: 'sam', deed: draft('fay') };
  const asked = await askThreeTimes(
    server,
    () => database.query('select * from feedback.coaching_step where plan_id = $1', [planId]),
    (note) => handler.answer({ planId, after: 0, step }, note),
  );
  expect(asked).toEqual({ first: 'failed, nothing changed', second: ['taken'], third: ['taken'] });
  expect((await auditedIn(server)).at(-1)!.details).toMatchObject({ before: { stage: null }, after: { stage: 'draft' } });
});

it('what a plan does not allow is refused in words, and nothing is written', async () => {
  const plan = uuidv7();
  await ask(plan, 0, draft('cat'), 0);
  expect(await ask(plan, 1, { kind: 'started' }, 1)).toMatchObject({ kind: 'refused', reason: expect.stringContaining('agreed') as string });
  const [row] = await database.query<{ steps: number }>('select count(*)::integer as steps from feedback.coaching_step where plan_id = $1', [plan]);
  expect(row!.steps).toBe(1);
});

it('two drafts at the same moment leave an agent with two open plans at most', async () => {
  await ask(uuidv7(), 0, draft('dot'), 0);
  const answers = await Promise.all([1, 2, 3].map(() => ask(uuidv7(), 0, draft('dot'), 0)));
  expect(answers.map(({ kind }) => kind).sort()).toEqual(['refused', 'refused', 'taken']);
});

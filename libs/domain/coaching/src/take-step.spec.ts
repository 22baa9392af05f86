import type { PlanDeed, PlanStep } from '@throughline/contracts';
import fc from 'fast-check';
import { ownPlan, planStateAt, type CoachingPlan } from './coaching-plan';
import { mayOpenPlan, planOf, takeStep } from './take-step';

const day = 86_400_000;
const start = Date.UTC(2026, 3, 1);
const contact = '5f0c0c3e-7d2f-5b8a-9b8e-0a4b7c1d2e3f';
const idOf = (place: number): string => `0197a3c2-5a10-7cc4-8a50-${String(place).padStart(12, '0')}`;

const draft: Extract<PlanDeed, { kind: 'drafted' }> = {
  kind: 'drafted',
  agent: 'ava',
  coach: 'sam',
  group: 'spring',
  pickedBecauseLow: true,
  comparison: { kind: 'waitingList', waiting: ['bo', 'cy', 'di'] },
  since: null,
  goal: { behaviour: 'Says what happens next before closing', metric: 'empathy', baseline: 52, target: 60 },
  evidence: [{ contact, note: 'Closed without a word on the visit' }],
  exercises: [{ id: 'next-steps', text: 'Write the closing of three calls' }],
  remeasureAt: start + 40 * day,
};
const closed = (verdict: 'worked' | 'worse' | 'noClearEffect' | 'tooFew'): PlanDeed => ({
  kind: 'closed',
  note: '',
  effect: { verdict, effect: 6, low: 2, high: 10, naiveChange: 11, coachedAgents: 4, controlAgents: 9, contacts: 812, measuredAt: start + 41 * day },
});

function walk(...deeds: readonly (readonly [PlanDeed, number])[]): CoachingPlan {
  return planOf(deeds.map(([deed, days], place) => stepOf(deed, days, place)))!;
}
const stepOf = (deed: PlanDeed, days: number, place: number): PlanStep => ({ id: idOf(place), at: start + days * day, by: 'sam', deed });
const refusal = (plan: CoachingPlan | null, deed: PlanDeed, days: number): string => {
  const taken = takeStep(plan, stepOf(deed, days, 99));
  return taken.kind === 'refused' ? taken.reason : 'taken';
};
const practising = (): CoachingPlan => walk([draft, 0], [{ kind: 'agreed' }, 1], [{ kind: 'started' }, 2]);

it('a plan goes from draft over agreement and practice to its day, and closes as the effect says', () => {
  const plan = practising();
  expect(planStateAt(plan, start + 39 * day)).toBe('practising');
  expect(planStateAt(plan, start + 40 * day)).toBe('remeasureDue');
  for (const verdict of ['worked', 'worse', 'noClearEffect', 'tooFew'] as const) {
    const taken = takeStep(plan, stepOf(closed(verdict), 41, 3));
    expect(taken).toMatchObject({ kind: 'taken', plan: { stage: 'closed', result: verdict, closedAt: start + 41 * day } });
  }
});

it('no plan is closed before its day: nobody picks the moment by its result', () => {
  expect(refusal(practising(), closed('worked'), 39)).toContain('has not come');
});

it('a plan without a contact that shows it, or without an exercise, is not agreed to', () => {
  expect(refusal(walk([{ ...draft, evidence: [] }, 0]), { kind: 'agreed' }, 1)).toContain('contacts');
  expect(refusal(walk([{ ...draft, exercises: [] }, 0]), { kind: 'agreed' }, 1)).toContain('exercise');
});

it('a target must be better than the baseline, in the direction of its metric', () => {
  expect(refusal(null, { ...draft, goal: { ...draft.goal, target: 50 } }, 0)).toContain('no better');
  expect(refusal(null, { ...draft, goal: { ...draft.goal, metric: 'contact.repeat', baseline: 22, target: 30 } }, 0)).toContain('no better');
  expect(refusal(null, { ...draft, goal: { ...draft.goal, metric: 'contact.repeat', baseline: 22, target: 15 } }, 0)).toBe('taken');
  expect(refusal(null, { ...draft, goal: { ...draft.goal, baseline: null } }, 0)).toBe('taken');
});

it('what is agreed is not rewritten, and an exercise must be in the plan', () => {
  const { goal, evidence, exercises, remeasureAt } = draft;
  expect(refusal(walk([draft, 0], [{ kind: 'agreed' }, 1]), { kind: 'changed', goal, evidence, exercises, remeasureAt }, 2)).toContain('agreed now');
  expect(refusal(practising(), { kind: 'practised', exercise: 'another', note: '' }, 3)).toContain('not in the plan');
  expect(walk([draft, 0], [{ kind: 'agreed' }, 1], [{ kind: 'started' }, 2], [{ kind: 'practised', exercise: 'next-steps', note: '' }, 5]).doneAt).toEqual({
    'next-steps': start + 5 * day,
  });
});

it('the coached agent is not on the waiting list, and practice lasts a week at least', () => {
  expect(refusal(null, { ...draft, comparison: { kind: 'waitingList', waiting: ['ava', 'bo', 'cy'] } }, 0)).toContain('wait as well');
  expect(refusal(null, { ...draft, remeasureAt: start + 6 * day }, 0)).toContain('a week');
  expect(refusal(walk([draft, 0], [{ kind: 'agreed' }, 1]), { kind: 'started' }, 35)).toContain('postpone');
});

it('coaching that began before it was written down counts from its beginning, and cannot have begun tomorrow', () => {
  const since = start - 60 * day;
  const plan = walk([{ ...draft, since, remeasureAt: start - 10 * day }, 0], [{ kind: 'agreed' }, 0], [{ kind: 'started' }, 0]);
  expect(plan.startedAt).toBe(since);
  expect(planStateAt(plan, start)).toBe('remeasureDue');
  expect(refusal(null, { ...draft, since: start + day }, 0)).toContain('before now');
});

it('a withdrawn plan can be reopened where it was, and closing is undone the same way', () => {
  const withdrawn = walk([draft, 0], [{ kind: 'agreed' }, 1], [{ kind: 'started' }, 2], [{ kind: 'withdrawn', reason: 'long leave' }, 3]);
  expect(withdrawn).toMatchObject({ stage: 'closed', result: 'withdrawn' });
  const again = takeStep(withdrawn, stepOf({ kind: 'reopened', reason: 'back at work', remeasureAt: start + 90 * day }, 60, 4));
  expect(again).toMatchObject({ kind: 'taken', plan: { stage: 'practising', result: null, effect: null, remeasureAt: start + 90 * day } });
});

it('the agent sees their own plan once it is agreed, and not that it was a group plan, whom they are compared with, or why they were picked', () => {
  expect(ownPlan(walk([draft, 0]), 'ava')).toBeNull();
  expect(ownPlan(practising(), 'bo')).toBeNull();
  const seen = ownPlan(walk([draft, 0], [{ kind: 'agreed' }, 1], [{ kind: 'started' }, 2], [closed('worked'), 41]), 'ava')!;
  expect(seen).toMatchObject({ agent: 'ava', result: 'worked', goal: draft.goal });
  const text = JSON.stringify(seen);
  for (const hidden of ['spring', 'waiting', 'bo"', 'pickedBecauseLow']) expect(text).not.toContain(hidden);
  expect(seen.effect).toMatchObject({ effect: 6, coachedAgents: 0, controlAgents: 0 });
});

it('only so many plans run at a time', () => {
  expect(mayOpenPlan(1)).toEqual({ kind: 'yes' });
  expect(mayOpenPlan(2)).toMatchObject({ kind: 'refused' });
});

it('whatever is tried in whatever order, a plan is what its taken steps say, and a refused step leaves it as it was', () => {
  const { goal, evidence, exercises, remeasureAt } = draft;
  const deed = fc.constantFrom<PlanDeed>(
    draft,
    { kind: 'changed', goal, evidence, exercises, remeasureAt },
    { kind: 'agreed' },
    { kind: 'started' },
    { kind: 'practised', exercise: 'next-steps', note: '' },
    { kind: 'noted', note: 'talked' },
    { kind: 'postponed', remeasureAt: start + 80 * day, reason: 'few contacts' },
    { kind: 'reassigned', coach: 'kim' },
    closed('noClearEffect'),
    { kind: 'withdrawn', reason: 'moved' },
    { kind: 'reopened', reason: 'again', remeasureAt: start + 300 * day },
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(deed, fc.integer({ min: 0, max: 9 })), { maxLength: 25 }), (tries) => {
      let plan: CoachingPlan | null = null;
      let days = 0;
      for (const [index, [one, later]] of tries.entries()) {
        days += later;
        const taken = takeStep(plan, stepOf(one, days, index));
        if (taken.kind === 'taken') plan = taken.plan;
        if (plan === null) continue;
        expect(plan.stage === 'closed').toBe(plan.result !== null);
        expect(plan.stage === 'closed').toBe(plan.closedAt !== null);
        if (plan.stage === 'practising') expect(plan.startedAt).not.toBeNull();
        expect(planOf(plan.steps)).toEqual(plan);
      }
    }),
    { numRuns: 500 },
  );
});

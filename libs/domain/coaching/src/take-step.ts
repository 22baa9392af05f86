import type { Instant, PlanDeed, PlanGoal, PlanStep } from '@throughline/contracts';
import { metricReadings } from './coaching-metrics';
import { planStateAt, type CoachingPlan } from './coaching-plan';

export type StepTaken = { readonly kind: 'taken'; readonly plan: CoachingPlan } | { readonly kind: 'refused'; readonly reason: string };

const dayMs = 86_400_000;
/** A practice shorter than this shows nothing but chance. */
const leastPracticeMs = 7 * dayMs;

const refused = (reason: string): StepTaken => ({ kind: 'refused', reason });

/**
 * The plan after one more step, or why the step is not possible. `null` is a plan that does not exist yet.
 * A plan goes draft → agreed → practising → (its day comes) → closed, can be withdrawn until it is closed, and reopened afterwards.
 */
export function takeStep(plan: CoachingPlan | null, step: PlanStep): StepTaken {
  const { deed, at } = step;
  if (plan === null) return deed.kind === 'drafted' ? drafted(deed, step) : refused('There is no such plan yet: draft it first.');
  const last = plan.steps.at(-1);
  if (last && at < last.at) return refused('This step lies before the last one.');
  const taken = after(plan, deed, at);
  return 'reason' in taken ? refused(taken.reason) : { kind: 'taken', plan: { ...plan, ...taken, steps: [...plan.steps, step] } };
}

/** A plan from its steps in order; null without any. Throws when they do not follow from one another: stored steps were taken one by one. */
export function planOf(steps: readonly PlanStep[]): CoachingPlan | null {
  return steps.reduce<CoachingPlan | null>((plan, step) => {
    const taken = takeStep(plan, step);
    if (taken.kind === 'refused') throw new Error(`Step ${step.id} does not follow: ${taken.reason}`);
    return taken.plan;
  }, null);
}

function drafted(deed: Extract<PlanDeed, { kind: 'drafted' }>, step: PlanStep): StepTaken {
  const { kind: _, ...words } = deed;
  if (deed.since !== null && deed.since > step.at) return refused('Practice that has begun already began before now.');
  const wrong =
    wrongDraft(deed, deed.since ?? step.at) ??
    (deed.comparison.kind === 'waitingList' && deed.comparison.waiting.includes(deed.agent) ? 'The coached agent cannot wait as well.' : null);
  if (wrong) return refused(wrong);
  return {
    kind: 'taken',
    plan: {
      ...words,
      stage: 'draft',
      doneAt: {},
      draftedAt: step.at,
      startedAt: null,
      closedAt: null,
      result: null,
      effect: null,
      steps: [step],
    },
  };
}

type Change = Partial<CoachingPlan> | { readonly reason: string };

/** What a deed changes, from the stage in which it is possible. */
function after(plan: CoachingPlan, deed: PlanDeed, at: Instant): Change {
  const { stage } = plan;
  const only = (stages: readonly string[], change: () => Change): Change =>
    stages.includes(stage) ? change() : { reason: `${says[deed.kind]} ${stages.map((one) => words[one]).join(' or ')}; it is ${words[stage]} now.` };
  switch (deed.kind) {
    case 'drafted':
      return { reason: 'This plan exists already.' };
    case 'changed':
      return only(['draft'], () => {
        const wrong = wrongDraft(deed, plan.since ?? at);
        return wrong ? { reason: wrong } : { goal: deed.goal, evidence: deed.evidence, exercises: deed.exercises, remeasureAt: deed.remeasureAt };
      });
    case 'agreed':
      return only(['draft'], () => {
        if (plan.evidence.length === 0) return { reason: 'A plan rests on contacts: name at least one that shows the behaviour.' };
        if (plan.exercises.length === 0) return { reason: 'Name at least one exercise: a goal alone is no plan.' };
        return { stage: 'agreed' };
      });
    case 'started':
      return only(['agreed'], () =>
        plan.remeasureAt < (plan.since ?? at) + leastPracticeMs
          ? { reason: 'The day of re-measuring is less than a week ahead: postpone it first.' }
          : { stage: 'practising', startedAt: plan.since ?? at },
      );
    case 'practised':
      return only(['practising'], () =>
        plan.exercises.some(({ id }) => id === deed.exercise)
          ? { doneAt: { ...plan.doneAt, [deed.exercise]: at } }
          : { reason: 'This exercise is not in the plan.' },
      );
    case 'noted':
      return {};
    case 'postponed':
      return only(['draft', 'agreed', 'practising'], () =>
        deed.remeasureAt <= at ? { reason: 'The new day lies in the past.' } : { remeasureAt: deed.remeasureAt },
      );
    case 'reassigned':
      return only(['draft', 'agreed', 'practising'], () => ({ coach: deed.coach }));
    case 'closed':
      return only(['practising'], () =>
        planStateAt(plan, at) === 'remeasureDue'
          ? { stage: 'closed', closedAt: at, result: deed.effect.verdict, effect: deed.effect }
          : { reason: 'The day of re-measuring has not come: closing early would pick the moment by its result. Withdraw it instead.' },
      );
    case 'withdrawn':
      return only(['draft', 'agreed', 'practising'], () => ({ stage: 'closed', closedAt: at, result: 'withdrawn' }));
    case 'reopened':
      return only(['closed'], () => {
        if (deed.remeasureAt <= at) return { reason: 'The new day lies in the past.' };
        return { stage: plan.startedAt === null ? 'draft' : 'practising', closedAt: null, result: null, effect: null, remeasureAt: deed.remeasureAt };
      });
  }
}

const words: Readonly<Record<string, string>> = { draft: 'a draft', agreed: 'agreed', practising: 'being practised', closed: 'closed' };
const says: Readonly<Record<PlanDeed['kind'], string>> = {
  drafted: 'A plan is drafted',
  changed: 'A plan can be rewritten while it is',
  agreed: 'A plan can be agreed while it is',
  started: 'Practice can start when the plan is',
  practised: 'Exercises can be done while the plan is',
  noted: 'Notes can be written',
  postponed: 'The day can be moved while the plan is',
  reassigned: 'A plan can change hands while it is',
  closed: 'A plan can be closed while it is',
  withdrawn: 'A plan can be withdrawn while it is',
  reopened: 'A plan can be reopened when it is',
};

function wrongDraft(
  { goal, exercises, remeasureAt }: { goal: PlanGoal; exercises: readonly { id: string }[]; remeasureAt: Instant },
  at: Instant,
): string | null {
  if (remeasureAt < at + leastPracticeMs) return 'Leave at least a week until the day of re-measuring.';
  if (new Set(exercises.map(({ id }) => id)).size < exercises.length) return 'Two exercises have the same id.';
  if (goal.baseline === null) return null;
  const towards = metricReadings[goal.metric].better === 'higher' ? goal.target - goal.baseline : goal.baseline - goal.target;
  return towards > 0 ? null : 'The target is no better than where the agent stands now.';
}

export const mostOpenPlans = 2;

/** May one more plan be opened for an agent? More than a few at once and nobody practises any of them. */
export function mayOpenPlan(openPlans: number, most = mostOpenPlans): { readonly kind: 'yes' } | { readonly kind: 'refused'; readonly reason: string } {
  return openPlans < most ? { kind: 'yes' } : { kind: 'refused', reason: `This agent has ${openPlans} open plans already; at most ${most} run at a time.` };
}

import type { Comparison, Instant, PlanEffect, PlanEvidence, PlanExercise, PlanGoal, PlanResult, PlanStep } from '@throughline/contracts';

/** What stands behind a plan's state. `remeasureDue` is `practising` whose day has come: it is derived from the time of asking. */
export type PlanStage = 'draft' | 'agreed' | 'practising' | 'closed';
export type PlanState = PlanStage | 'remeasureDue';

/** A coaching plan: one agent, one behaviour, one number. The fold of its steps. */
export interface CoachingPlan {
  readonly agent: string;
  readonly coach: string;
  readonly group: string | null;
  readonly pickedBecauseLow: boolean;
  readonly comparison: Comparison;
  readonly goal: PlanGoal;
  readonly evidence: readonly PlanEvidence[];
  readonly exercises: readonly PlanExercise[];
  /** When each exercise was last done. */
  readonly doneAt: Readonly<Record<string, Instant>>;
  readonly stage: PlanStage;
  readonly draftedAt: Instant;
  /** When practice began, where that was before the plan was written here: its periods were known when it was written, and the page says so. */
  readonly since: Instant | null;
  readonly startedAt: Instant | null;
  readonly remeasureAt: Instant;
  readonly closedAt: Instant | null;
  readonly result: PlanResult | null;
  readonly effect: PlanEffect | null;
  readonly steps: readonly PlanStep[];
}

/** Where a plan stands at an instant. */
export function planStateAt(plan: CoachingPlan, at: Instant): PlanState {
  return plan.stage === 'practising' && at >= plan.remeasureAt ? 'remeasureDue' : plan.stage;
}

/** What the coached agent sees of a plan: not that it was a group's, whom they are compared with, or why they were picked. */
export type OwnPlan = Omit<CoachingPlan, 'group' | 'comparison' | 'pickedBecauseLow' | 'steps'>;

/** The agent's own plan in the agent's view; null for anybody else's, and for a draft that nobody has agreed to yet. */
export function ownPlan(plan: CoachingPlan, agent: string): OwnPlan | null {
  if (plan.agent !== agent || plan.stage === 'draft') return null;
  const { group: _group, comparison: _comparison, pickedBecauseLow: _picked, steps: _steps, effect, ...seen } = plan;
  // How many others were coached beside them would tell that it was a group's plan.
  return { ...seen, effect: effect && { ...effect, coachedAgents: 0, controlAgents: 0, contacts: 0 } };
}

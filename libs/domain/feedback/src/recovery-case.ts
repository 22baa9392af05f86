import type { Instant, SurveySettings } from '@throughline/contracts';

/** What can be done with a recovery case. */
export const caseSteps = ['assigned', 'tried', 'contacted', 'gesture', 'askedAgain', 'recovered', 'notRecovered', 'reopened'] as const;
export type CaseStepKind = (typeof caseSteps)[number];

export interface CaseStep {
  readonly kind: CaseStepKind;
  readonly at: Instant;
  readonly by: string;
  /** Of `assigned`: the new owner. */
  readonly owner?: string;
  readonly note?: string;
}

export type CaseState = 'open' | 'owned' | 'contacted' | 'askedAgain' | 'recovered' | 'notRecovered';

export interface RecoveryCase {
  readonly openedAt: Instant;
  readonly state: CaseState;
  readonly owner: string | null;
  readonly firstContactAt: Instant | null;
  readonly endedAt: Instant | null;
}

export const openCase = (openedAt: Instant): RecoveryCase => ({ openedAt, state: 'open', owner: null, firstContactAt: null, endedAt: null });

export type CaseAdvance = { readonly kind: 'done'; readonly case: RecoveryCase } | { readonly kind: 'refused'; readonly reason: string };

const isOver = (state: CaseState): boolean => state === 'recovered' || state === 'notRecovered';

/**
 * The case after one more step, or why that step is not possible now. A case is won only with a conversation: `recovered` needs that the customer was spoken to, or answered
 * again. It may be given up (`notRecovered`) at any time, and opened again.
 */
export function advanceCase(before: RecoveryCase, step: CaseStep): CaseAdvance {
  const refused = (reason: string): CaseAdvance => ({ kind: 'refused', reason });
  const done = (change: Partial<RecoveryCase>): CaseAdvance => ({ kind: 'done', case: { ...before, ...change } });
  if (step.at < before.openedAt) return refused('The step lies before the case was opened.');
  if (isOver(before.state)) {
    if (step.kind !== 'reopened') return refused('The case is over. Open it again first.');
    return done({ state: before.firstContactAt !== null ? 'contacted' : before.owner !== null ? 'owned' : 'open', endedAt: null });
  }
  switch (step.kind) {
    case 'reopened':
      return refused('The case is open.');
    case 'assigned':
      if (!step.owner) return refused('Say who takes the case.');
      return done({ owner: step.owner, state: before.state === 'open' ? 'owned' : before.state });
    case 'notRecovered':
      return done({ state: 'notRecovered', endedAt: step.at });
  }
  if (before.owner === null) return refused('Nobody has taken the case yet. Assign it first.');
  switch (step.kind) {
    case 'tried':
      return done({});
    case 'contacted':
      return done({ state: before.state === 'owned' ? 'contacted' : before.state, firstContactAt: before.firstContactAt ?? step.at });
    case 'gesture':
      return before.firstContactAt === null ? refused('Speak with the customer before you offer something.') : done({});
    case 'askedAgain':
      return before.firstContactAt === null ? refused('Speak with the customer before you ask again.') : done({ state: 'askedAgain' });
    case 'recovered':
      return before.firstContactAt === null ? refused('Nobody has spoken with the customer yet.') : done({ state: 'recovered', endedAt: step.at });
  }
}

/** The case after its steps in order; a step that was not possible is left out. */
export const foldCase = (openedAt: Instant, steps: readonly CaseStep[]): RecoveryCase =>
  steps.reduce((soFar, step) => {
    const next = advanceCase(soFar, step);
    return next.kind === 'done' ? next.case : soFar;
  }, openCase(openedAt));

export interface CaseClock {
  /** What is due next; null: nothing, the case is over. */
  readonly next: 'firstContact' | 'end' | null;
  readonly dueAt: Instant | null;
  readonly late: boolean;
}

/** What the clock of the case says at `asOf`. */
export function caseClock(one: RecoveryCase, limits: Pick<SurveySettings['recovery'], 'firstContactMs' | 'endMs'>, asOf: Instant): CaseClock {
  if (isOver(one.state)) return { next: null, dueAt: null, late: false };
  const next = one.firstContactAt === null ? 'firstContact' : 'end';
  const dueAt = one.openedAt + (next === 'firstContact' ? limits.firstContactMs : limits.endMs);
  return { next, dueAt, late: asOf > dueAt };
}

/** Of the cases that are over: how many were won. A case still open is in neither number. */
export function recoveryRate(cases: readonly Pick<RecoveryCase, 'state'>[]): { readonly recovered: number; readonly of: number } {
  return { recovered: cases.filter(({ state }) => state === 'recovered').length, of: cases.filter(({ state }) => isOver(state)).length };
}

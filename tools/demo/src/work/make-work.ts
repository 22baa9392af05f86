import type { Instant } from '@throughline/contracts';
import type { PlantedFacts } from '../truth';
import { answerSurveys } from './answers';
import { workCases } from './cases';
import { makePlans } from './coaching';
import { sayMaturity } from './maturity';
import { makeReviews } from './reviews';
import { makeSegments } from './segments';
import { Visitor, type Login } from './visitor';

/** Where the app is, who works there, and what was planted in the world that it holds. */
export interface StaffedCentre {
  readonly app: string;
  readonly logins: readonly Login[];
  readonly planted: Pick<PlantedFacts, 'loop'>;
}
export interface WorkDone {
  readonly segments: number;
  readonly plans: number;
  readonly answers: number;
  readonly cases: number;
  readonly reviews: number;
}

/**
 * Does what people would have done by now, each with their own login and through the public API alone: nothing that the rules refuse to a person. Ids are the same each time, so what
 * was cut short goes on where it stopped.
 */
export async function makeWork({ app, logins, planted }: StaffedCentre, now: Instant): Promise<WorkDone> {
  const as = async <Done>(role: string, work: (visitor: Visitor, name: string) => Promise<Done>): Promise<Done> => {
    const login = logins.find((one) => one.role === role);
    if (!login) throw new Error(`Nobody has the role ${role}.`);
    const visitor = await Visitor.signIn(app, login);
    try {
      return await work(visitor, login.name);
    } finally {
      await visitor.signOut();
    }
  };
  const segments = await as('analyst', makeSegments);
  const plans = await as('supervisor', (supervisor) => makePlans(supervisor, planted.loop.coaching, now));
  const reviews = await as('qa', makeReviews);
  return as('manager', async (manager, name) => {
    const answers = await answerSurveys(manager, now);
    const cases = await workCases(manager, name);
    await sayMaturity(manager);
    return { segments, plans, answers, cases, reviews };
  });
}

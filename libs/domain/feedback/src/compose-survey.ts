import type { SurveySettings } from '@throughline/contracts';
import type { ClosedEngagement, SurveyForm, WholeQuestion } from './feedback';
import { touchPointsOf } from './touch-points';

const order: readonly WholeQuestion[] = ['solved', 'csat', 'effort', 'nps'];

/** The form for one engagement: what was solved and how it was as a whole, and each person and system of this very engagement. null: the customer took part in nothing. */
export function composeSurvey(engagement: Pick<ClosedEngagement, 'steps'>, settings: SurveySettings): SurveyForm | null {
  const live = engagement.steps.filter((step) => step.live);
  const last = live.reduce<(typeof live)[number] | undefined>((latest, step) => (latest && latest.endAt > step.endAt ? latest : step), undefined);
  if (!last) return null;
  return {
    touchPoints: touchPointsOf(engagement.steps, settings),
    ask: order.filter((question) => settings.ask[question]),
    aboutEventId: last.eventId,
    startedAt: Math.min(...live.map(({ startAt }) => startAt)),
    endedAt: last.endAt,
  };
}

import type { SurveyAnswer } from '@throughline/contracts';
import type { Life } from '../life';
import { empathyOf } from '../planted-fact';

const within = (value: number, least: number, greatest: number): number => Math.min(greatest, Math.max(least, Math.round(value)));

/** A satisfaction of 1 to 5: how the person rates by nature, less what they went through. */
export const rated = (life: Life, byNature: number): number => within((byNature + 5) / 2 + 0.6 - 0.7 * life.hardship, 1, 5);

/** What the customer says of the empathy of one who served, 1 to 5. */
export const empathyAnswer = (life: Life, agent: string): SurveyAnswer => ({
  question: 'empathy',
  value: within(empathyOf(agent) + 0.8 * life.side.normal(), 1, 5),
  touch: { kind: 'agent', name: agent },
});

const causes = ['process', 'technology', 'people'] as const;

/** The answers of one survey, true to what the person went through. `byNature`: how they rate, 1 to 5; `solved`: whether the matter is settled. */
export function answersOf(life: Life, byNature: number, solved: boolean): SurveyAnswer[] {
  const { side, met, hardship } = life;
  const csat = rated(life, byNature) - (solved ? 0 : 1);
  const low = csat <= 2 ? { cause: causes[side.weighted([0.5, 0.3, 0.2])] as (typeof causes)[number] } : {};
  const answers: SurveyAnswer[] = [
    { question: 'csat', value: within(csat, 1, 5), ...low },
    { question: 'nps', value: within(2 * csat + 0.5 + 0.9 * side.normal(), 0, 10) },
    { question: 'effort', value: within(6.6 - 1.1 * hardship + 0.7 * side.normal(), 1, 7) },
    { question: 'solved', value: solved ? 1 : 0 },
  ];
  // Of everybody who served, the last two are remembered.
  for (const agent of [...new Set(met)].slice(-2)) answers.push(empathyAnswer(life, agent));
  return answers;
}

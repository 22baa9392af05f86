import { questions, type CanonicalEvent, type Question, type SurveyAnswer } from '@throughline/contracts';

/** Least and greatest value of each scale. */
const scales: Readonly<Record<Question, readonly [least: number, greatest: number]>> = {
  csat: [1, 5],
  nps: [0, 10],
  effort: [1, 7],
  empathy: [1, 5],
  solved: [0, 1],
};
const causes = ['people', 'process', 'technology'] as const;
const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The answers in a `survey` / `answered` event that stand on their scales; what does not is not an answer. At most 100 of one event. */
export function readAnswers({ attributes }: CanonicalEvent): SurveyAnswer[] {
  const given = attributes['answers'];
  return Array.isArray(given) ? given.slice(0, 100).flatMap((answer: unknown) => readAnswer(answer) ?? []) : [];
}

function readAnswer(answer: unknown): SurveyAnswer | undefined {
  if (!isRecord(answer)) return undefined;
  const { question, value, touch, cause } = answer;
  const named = questions.find((one) => one === question);
  if (!named || typeof value !== 'number' || !Number.isInteger(value) || value < scales[named][0] || value > scales[named][1]) return undefined;
  const about = isRecord(touch) && (touch['kind'] === 'agent' || touch['kind'] === 'system') && typeof touch['name'] === 'string' ? touch : undefined;
  const why = causes.find((one) => one === cause);
  return {
    question: named,
    value,
    ...(about && { touch: { kind: about['kind'] as 'agent' | 'system', name: about['name'] as string } }),
    ...(why && { cause: why }),
  };
}

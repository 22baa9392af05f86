import { z } from 'zod';
import { longItems, scoreEmpathyScale } from './empathy-scale';
import { failuresOf } from './failures';
import type { SurveyAnswers, SurveyForm, TouchAnswer, TouchPoint, WholeQuestion } from './feedback';

/** What is wrong with one field, by a word that the texts of each language explain. */
export interface AnswerProblem {
  readonly field: string;
  readonly problem: 'range' | 'tooLong' | 'unknown';
}

export type CheckedAnswers =
  | { readonly kind: 'answered'; readonly answers: SurveyAnswers }
  /** Nothing was answered: an empty form is no answer. */
  | { readonly kind: 'empty' }
  | { readonly kind: 'faulty'; readonly problems: readonly AnswerProblem[] };

/** A form as a browser sends it: each field once, or several times. */
export type PostedForm = Readonly<Record<string, string | readonly string[] | undefined>>;

export const commentLimit = 2_000;

/** An item that was left out, or `na` for "does not apply". */
const scale = (from: number, to: number): z.ZodType<number | null, unknown> =>
  z
    .union([z.literal(''), z.literal('na'), z.string().regex(/^\d{1,2}$/)])
    .optional()
    .transform((text) => (text === undefined || text === '' || text === 'na' ? null : Number(text)))
    .refine((value) => value === null || (value >= from && value <= to), { params: { problem: 'range' } });

const text = z
  .string()
  .optional()
  .transform((value) => value?.replaceAll('\r\n', '\n').replaceAll('\u0000', '').trim() || null)
  .refine((value) => value === null || value.length <= commentLimit, { params: { problem: 'tooLong' } });

const ticks = (allowed: readonly string[]): z.ZodType<string[], unknown> =>
  z
    .union([z.string(), z.array(z.string()).max(20)])
    .optional()
    .transform((value) => [...new Set(value === undefined ? [] : typeof value === 'string' ? [value] : value)])
    .refine((values) => values.every((value) => allowed.includes(value)), { params: { problem: 'unknown' } });

/** The names of the fields of a touch point. */
export const fieldsOf = ({ key, longForm }: Pick<TouchPoint, 'key' | 'longForm'>): { empathy: string[]; failures: string; comment: string } => ({
  empathy: longForm ? Array.from({ length: longItems }, (_, index) => `${key}.e${index + 1}`) : [`${key}.e`],
  failures: `${key}.f`,
  comment: `${key}.c`,
});

const wholeScales: Readonly<Record<WholeQuestion, readonly [from: number, to: number]>> = { csat: [1, 5], nps: [0, 10], effort: [1, 7], solved: [0, 1] };

/** The schema of what may be posted for this form; fields that the form does not have are refused. */
function schemaOf(form: SurveyForm): z.ZodType<Record<string, unknown>, unknown> {
  const shape: Record<string, z.ZodType<unknown, unknown>> = { comment: text, callback: z.literal('yes').optional() };
  for (const question of form.ask) shape[question] = scale(...wholeScales[question]);
  for (const touch of form.touchPoints) {
    const fields = fieldsOf(touch);
    for (const field of fields.empathy) shape[field] = scale(1, 5);
    shape[fields.failures] = ticks(failuresOf[touch.role]);
    shape[fields.comment] = text;
  }
  return z.strictObject(shape);
}

/** Checks what was posted for a form. Ten-item forms follow the missing-item rule of `scoreEmpathyScale`; a discarded one does not spoil the rest. */
export function checkAnswers(form: SurveyForm, posted: PostedForm): CheckedAnswers {
  const parsed = schemaOf(form).safeParse(posted);
  if (!parsed.success) return { kind: 'faulty', problems: parsed.error.issues.flatMap(problemsOf) };
  const given = parsed.data;
  const numberOf = (name: string): number | null => (given[name] as number | null | undefined) ?? null;
  const textOf = (name: string): string | null => (given[name] as string | null | undefined) ?? null;
  const answers: SurveyAnswers = {
    csat: numberOf('csat'),
    nps: numberOf('nps'),
    effort: numberOf('effort'),
    solved: numberOf('solved') as 0 | 1 | null,
    touches: form.touchPoints.map((touch) => touchAnswer(touch, numberOf, given)),
    comment: textOf('comment'),
    callBack: given['callback'] === 'yes',
  };
  return isEmpty(answers) ? { kind: 'empty' } : { kind: 'answered', answers };

  function touchAnswer(touch: TouchPoint, number: typeof numberOf, all: Record<string, unknown>): TouchAnswer {
    const fields = fieldsOf(touch);
    const items = fields.empathy.map(number);
    const score = touch.longForm ? scoreEmpathyScale(items) : null;
    return {
      key: touch.key,
      empathy: touch.longForm ? (score?.mean ?? null) : (items[0] ?? null),
      ...(touch.longForm && { answered: items.filter((item) => item !== null).length }),
      failures: all[fields.failures] as string[],
      comment: textOf(fields.comment),
    };
  }
}

function isEmpty({ csat, nps, effort, solved, touches, comment, callBack }: SurveyAnswers): boolean {
  return (
    [csat, nps, effort, solved, comment].every((value) => value === null) &&
    !callBack &&
    touches.every((touch) => touch.empathy === null && !touch.answered && touch.failures.length === 0 && touch.comment === null)
  );
}

function problemsOf(issue: z.core.$ZodIssue): AnswerProblem[] {
  if (issue.code === 'unrecognized_keys') return issue.keys.map((field) => ({ field, problem: 'unknown' }));
  const named = issue.code === 'custom' ? (issue.params?.['problem'] as AnswerProblem['problem'] | undefined) : undefined;
  return [{ field: issue.path.map(String).join('.'), problem: named ?? 'range' }];
}

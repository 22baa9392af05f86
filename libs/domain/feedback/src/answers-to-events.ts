import type { Instant, PostedEvent, SurveyAnswer } from '@throughline/contracts';
import { causeOf, failures, type Failure } from './failures';
import type { SurveyAnswers, SurveyForm, TouchAnswer, TouchPoint } from './feedback';

/** Whose answer it is, and which one. */
export interface AnsweredSurvey {
  /** Id of the invitation: also the session of its events, so that they are one transaction of the customer. */
  readonly invitationId: string;
  /** 0 for the first answer, one more with each change. */
  readonly revision: number;
  /** Of the first answer: a correction replaces what was said then. */
  readonly answeredAt: Instant;
  readonly channel: 'email' | 'web';
  readonly identifiers: NonNullable<PostedEvent['identifiers']>;
}

/**
 * The answers as `survey`/`answered` events: one about the whole, on the last step the customer took part in, and one for each person and system about which something was said,
 * on its own step. `attributes.answers` has the form of `SurveyAnswer`; `attributes.failures` says what failed there. A rating is a whole number there; of the ten-item form `attributes.scale` has the exact mean. A corrected answer gives the same events with a higher
 * revision: a step about which nothing is said any more keeps its event, without answers (`before`: what was said until now).
 */
export function answersToEvents(form: SurveyForm, answers: SurveyAnswers, survey: AnsweredSurvey, before?: SurveyAnswers): PostedEvent[] {
  const eventOf = (part: string, aboutEventId: string, attributes: Record<string, unknown>): PostedEvent => ({
    sourceEventId: `${survey.invitationId}/${part}`,
    revision: survey.revision,
    occurredAt: survey.answeredAt,
    system: 'survey',
    type: 'answered',
    channel: survey.channel,
    initiator: 'customer',
    presence: 'live',
    purpose: 'feedback',
    sessionKey: survey.invitationId,
    aboutEventId,
    identifiers: survey.identifiers,
    attributes: { survey: survey.invitationId, ...attributes },
  });
  const events = [eventOf('whole', form.aboutEventId, { answers: wholeAnswers(answers), ...(answers.comment && { comment: answers.comment }) })];
  for (const touch of form.touchPoints) {
    const answer = answers.touches.find(({ key }) => key === touch.key);
    const former = before?.touches.find(({ key }) => key === touch.key);
    if ((!answer || saysNothing(answer)) && (!former || saysNothing(former))) continue;
    events.push(eventOf(touch.key, touch.eventId, touchAttributes(touch, answer)));
  }
  return events;
}

const saysNothing = ({ empathy, failures: ticked, comment }: TouchAnswer): boolean => empathy === null && ticked.length === 0 && comment === null;

function wholeAnswers({ csat, nps, effort, solved, comment }: SurveyAnswers): SurveyAnswer[] {
  const given = Object.entries({ csat, nps, effort, solved }) as [SurveyAnswer['question'], number | null][];
  return given.flatMap(([question, value]) =>
    value === null ? [] : [{ question, value, ...(question === 'csat' && comment !== null && { comment }) } satisfies SurveyAnswer],
  );
}

function touchAttributes(touch: TouchPoint, answer: TouchAnswer | undefined): Record<string, unknown> {
  const about = { touch: { kind: touch.kind, name: touch.name } };
  if (!answer) return { ...about, answers: [] };
  const cause = causeOf(answer.failures);
  const rated: SurveyAnswer[] =
    answer.empathy === null
      ? []
      : [
          {
            question: 'empathy',
            value: Math.round(answer.empathy),
            ...about,
            ...(cause && { cause }),
            ...(answer.comment !== null && { comment: answer.comment }),
          },
        ];
  return {
    ...about,
    answers: rated,
    ...(answer.answered !== undefined && { scale: { mean: answer.empathy, answered: answer.answered } }),
    ...(answer.failures.length > 0 && { failures: answer.failures.map((failure) => ({ failure, cause: failures[failure as Failure] })) }),
    ...(answer.comment !== null && { comment: answer.comment }),
  };
}

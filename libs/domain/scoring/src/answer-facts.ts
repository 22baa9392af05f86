import type { AnswerFact, Dimensions } from '@throughline/contracts';
import type { EngagementShare } from './engagement-share';
import type { AnswersReading } from './readings';

const nothing: Dimensions = { channel: null, queue: null, agent: null, site: null, intent: 'unknown', family: 'unknown' };

/**
 * The answers of one event, each with the dimensions of what it is about: for a person, the last contact before in which that person served; else the last contact before.
 * `shares` are those of its engagement, in order. An answer about a person or a system names it, whatever the contact says.
 */
export function answerFacts(customerId: string, reading: AnswersReading, shares: readonly EngagementShare[]): AnswerFact[] {
  const before = shares.filter(({ at }) => at <= reading.at);
  return reading.answers.map(({ question, value, touch, cause }, index) => {
    const person = touch?.kind === 'agent' ? touch.name : null;
    const about = (person === null ? undefined : before.findLast(({ agents }) => agents.includes(person))) ?? before.at(-1);
    return {
      customerId,
      anchor: reading.anchor,
      place: index + 1,
      at: reading.at,
      ...(about ? dimensionsOf(about) : nothing),
      ...(touch && { agent: person }),
      system: touch?.kind === 'system' ? touch.name : null,
      question,
      value,
      about: reading.about,
      engagement: reading.engagement,
      cause: cause ?? null,
    };
  });
}

const dimensionsOf = ({ channel, queue, agent, site, intent, family }: EngagementShare): Dimensions => ({ channel, queue, agent, site, intent, family });

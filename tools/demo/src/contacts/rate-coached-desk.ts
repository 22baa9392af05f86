import type { ContactLink, Instant, SurveyAnswer } from '@throughline/contracts';
import { coachedQueue } from '../coached-desk';
import type { Life } from '../life';
import { second } from '../local-time';

interface HeardCall {
  readonly queue: string;
  readonly agent: string;
  readonly end: Instant;
  readonly callId: string;
  readonly agentEvent: string;
  readonly links: readonly ContactLink[];
}

/** After a call to the coached desk nearly everybody says with a key how they were understood. */
export function rateCoachedDesk(life: Life, { queue, agent, end, callId, agentEvent, links }: HeardCall): void {
  if (queue !== coachedQueue || !life.desk) return;
  const chance = life.desk.chanceOf(life.person.index, end);
  if (!chance.chance(0.95)) return;
  const empathy: SurveyAnswer = { question: 'empathy', value: life.desk.mark(agent, end, chance), touch: { kind: 'agent', name: agent } };
  life.say('survey', 'survey', 'answered', 'voice', end + chance.between(5 * second, 40 * second), {
    purpose: 'feedback',
    sessionKey: `${callId}-heard`,
    contactLinks: links,
    about: { source: 'agent-desktop', sourceEventId: agentEvent },
    attributes: { answers: [empathy] },
  });
}

import type { SurveySettings } from '@throughline/contracts';
import type { Step, TouchPoint, TouchRole } from './feedback';

type Draft = Omit<TouchPoint, 'key' | 'longForm'>;

const isPerson = (role: TouchRole): boolean => role === 'phoneAgent' || role === 'chatAgent' || role === 'writtenAgent' || role === 'technician';

/**
 * The persons and systems that the customer met in this engagement, in the order of time: each person once (at the last meeting), each system once. When there are more than
 * may be asked about, persons and appointments that failed stay before systems, and later ones before earlier ones.
 */
export function touchPointsOf(steps: readonly Step[], settings: Pick<SurveySettings, 'touchPoints' | 'form'>): TouchPoint[] {
  const found = new Map<string, Draft>();
  for (const step of [...steps].sort((a, b) => a.startAt - b.startAt)) {
    const touch = touchOf(step);
    if (!touch) continue;
    const key = touch.role === 'appointment' ? `appointment/${step.eventId}` : `${touch.kind}/${touch.kind === 'agent' ? touch.name : touch.role}`;
    found.delete(key); // the last meeting counts, and stands at its own time
    found.set(key, touch);
  }
  const weight = ({ role }: Draft): number => (isPerson(role) || role === 'appointment' ? 1 : 0);
  const kept = [...found.values()].sort((a, b) => weight(b) - weight(a) || b.at - a.at).slice(0, settings.touchPoints);
  const lastPerson = kept.filter(({ role }) => isPerson(role)).sort((a, b) => b.at - a.at)[0];
  return kept
    .sort((a, b) => a.at - b.at)
    .map((touch, index) => ({ key: `t${index + 1}`, ...touch, longForm: settings.form === 'long' && touch === lastPerson }));
}

function touchOf(step: Step): Draft | null {
  const role = roleOf(step);
  if (role === null) return null;
  const person = isPerson(role) && step.agent !== null;
  return { kind: person ? 'agent' : 'system', role, name: person ? step.agent! : role, eventId: step.eventId, at: step.startAt };
}

/** null: the customer had no part in it. A visit that did not take place is one the customer waited for. */
function roleOf({ system, channel, agent, live, visit }: Step): TouchRole | null {
  if (system === 'field' && (visit === 'missed' || visit === 'moved')) return 'appointment';
  if (!live) return null;
  switch (system) {
    case 'ivr':
      return 'phoneMenu';
    case 'acd':
      return 'queue';
    case 'agent':
      if (channel === 'store') return 'shop';
      if (agent === null) return null;
      return channel === 'voice' ? 'phoneAgent' : channel === 'chat' || channel === 'messaging' ? 'chatAgent' : 'writtenAgent';
    case 'chat':
    case 'messaging':
      return agent === null ? 'chat' : 'chatAgent';
    case 'email':
    case 'social':
      return agent === null ? 'written' : 'writtenAgent';
    case 'field':
      return visit === 'done' ? 'technician' : null;
    case 'web':
      return 'website';
    case 'order':
      return 'ordering';
    default:
      return null;
  }
}

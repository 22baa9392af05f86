import { defaultSurveySettings, type SurveySettings } from '@throughline/contracts';
import type { ClosedEngagement, Step } from './feedback';

/** For tests: what survey stories are made of. */
export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;
/** Tuesday 3 March 2026, 12:00 in Berlin. */
export const noon = Date.UTC(2026, 2, 3, 11);

export const settings: SurveySettings = defaultSurveySettings;

let made = 0;
export const stepOf = (more: Partial<Step> & Pick<Step, 'system' | 'channel'>): Step => {
  const startAt = more.startAt ?? noon;
  return { eventId: `event-${(made += 1)}`, startAt, endAt: startAt + 5 * minute, agent: null, live: true, visit: null, ...more };
};

export const closed = (more: Partial<ClosedEngagement> = {}): ClosedEngagement => ({
  customerId: 'customer',
  anchor: 'anchor',
  endedAs: 'resolved',
  endedAt: noon,
  steps: [stepOf({ system: 'chat', channel: 'chat', agent: 'ana' })],
  ...more,
});

/**
 * The story of brief 004: a customer books a repair by the phone menu, nobody comes; the desk knows of no ticket and sends a technician of its own, who mends it; the next day
 * another one rings about the appointment of the menu.
 */
export const internetRepair = (): { engagement: ClosedEngagement; menu: Step; noShow: Step; desk: Step; mended: Step; second: Step } => {
  const menu = stepOf({ system: 'ivr', channel: 'voice', startAt: noon });
  const noShow = stepOf({ system: 'field', channel: 'field', startAt: noon + 2 * day, live: false, visit: 'missed' });
  const desk = stepOf({ system: 'agent', channel: 'voice', agent: 'agent-07', startAt: noon + 2 * day + 4 * hour });
  const mended = stepOf({ system: 'field', channel: 'field', agent: 'tech-31', startAt: noon + 3 * day, visit: 'done' });
  const second = stepOf({ system: 'field', channel: 'field', agent: 'tech-12', startAt: noon + 4 * day, visit: 'done' });
  const steps = [menu, noShow, desk, mended, second];
  return { engagement: closed({ steps, endedAt: noon + 5 * day }), menu, noShow, desk, mended, second };
};

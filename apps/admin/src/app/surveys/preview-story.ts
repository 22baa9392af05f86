import { composeSurvey, fieldsOf, surveyTexts, type Step, type SurveyForm } from '@throughline/domain-feedback';
import type { Settings } from './surveys-api';

const day = 86_400_000;
const noon = Date.UTC(2026, 2, 3, 11);
const step = (index: number, at: number, more: Partial<Step> & Pick<Step, 'system' | 'channel'>): Step => ({
  eventId: `step ${index}`,
  startAt: at,
  endAt: at + 600_000,
  agent: null,
  live: true,
  visit: null,
  ...more,
});
/** Booked by the phone menu, nobody came, a call, then a technician. */
const story: readonly Step[] = [
  step(1, noon, { system: 'ivr', channel: 'voice' }),
  step(2, noon + 2 * day, { system: 'field', channel: 'field', live: false, visit: 'missed' }),
  step(3, noon + 2 * day + 4 * 3_600_000, { system: 'agent', channel: 'voice', agent: 'agent' }),
  step(4, noon + 3 * day, { system: 'field', channel: 'field', agent: 'technician', visit: 'done' }),
];

export interface PreviewQuestion {
  readonly title: string;
  readonly items: readonly string[];
  readonly scale: string;
}

/** What a customer of that story would be asked with these settings, by the very rule that composes real forms. */
export function previewOf(settings: Settings, language: keyof typeof surveyTexts): readonly PreviewQuestion[] {
  const texts = surveyTexts[language];
  const form: SurveyForm = composeSurvey({ steps: story }, settings)!;
  const say = (at: number, options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(texts.locale, { ...options, timeZone: 'Europe/Berlin' }).format(at);
  const ends = { csat: '1–5', effort: '1–7', nps: '0–10', solved: `${texts.solved.yes} / ${texts.solved.no}` };
  return [
    ...form.ask.map((question) => ({ title: texts[question].ask, items: [], scale: ends[question] })),
    ...form.touchPoints.map((point) => ({
      title: texts.touch[point.role]
        .replace('{day}', say(point.at, { weekday: 'long', day: 'numeric', month: 'long' }))
        .replace('{time}', say(point.at, { hour: '2-digit', minute: '2-digit' })),
      items: fieldsOf(point).empathy.map((_, index) =>
        point.longForm ? texts.longItems[index]! : point.kind === 'agent' ? texts.personItem : texts.systemItem,
      ),
      scale: '1–5',
    })),
    { title: texts.comment, items: [], scale: '' },
  ];
}

import { defaultSurveySettings } from '@throughline/contracts';
import { composeSurvey, type Step, type SurveyForm } from '@throughline/domain-feedback';
import { formPage, surveyLanguages, thanksPage, wordsPage, type ShownForm } from './survey-page';

const noon = Date.UTC(2026, 2, 3, 11);
const step = (index: number, more: Partial<Step>): Step => ({
  eventId: `event-${index}`,
  startAt: noon + index * 3_600_000,
  endAt: noon + index * 3_600_000 + 60_000,
  system: 'agent',
  channel: 'voice',
  agent: `agent-${index}`,
  live: true,
  visit: null,
  ...more,
});
const longest: SurveyForm = composeSurvey(
  {
    steps: [
      step(1, { system: 'ivr', agent: null }),
      step(2, { system: 'web', channel: 'web', agent: null }),
      ...[3, 4, 5, 6, 7].map((index) => step(index, {})),
      step(8, { system: 'field', channel: 'field', agent: 'tech-1', visit: 'done' }),
    ],
  },
  { ...defaultSurveySettings, form: 'long', touchPoints: 8 },
)!;
const shown = (more: Partial<ShownForm> = {}): ShownForm => ({
  form: longest,
  language: 'en',
  clock: { zone: 'Europe/Berlin' },
  nonce: 'nonce',
  values: {},
  problems: [],
  ...more,
});

it('weighs less than 60 kB with the longest form there is, in every language', () => {
  for (const language of surveyLanguages) expect(Buffer.byteLength(formPage(shown({ language })))).toBeLessThan(60_000);
});

it('needs no script, no picture and no other site', () => {
  for (const text of [formPage(shown()), thanksPage('en', { callBack: false, nonce: 'n' }), wordsPage('de', 'closed')]) {
    expect(text).not.toMatch(/<script|<img|<link|javascript:|\son\w+=|https?:\/\//i);
  }
});

it('calls people by where and when they were met, never by name', () => {
  const text = formPage(shown());
  expect(text).toContain('The person you spoke to on Tuesday 3 March, 15:00');
  expect(text).not.toContain('agent-3');
  expect(formPage(shown({ language: 'de' }))).toContain('gesprochen haben');
});

it('keeps what was filled in, and says at the field what is wrong', () => {
  const text = formPage(shown({ values: { csat: '4', 't1.f': ['noFittingChoice'], comment: 'so far' }, problems: [{ field: 'nps', problem: 'range' }] }));
  expect(text).toContain('name="csat" value="4" checked');
  expect(text).toContain('value="noFittingChoice" checked');
  expect(text).toContain('>so far</textarea>');
  expect(text).toContain('id="nps-wrong"');
  expect(text).toContain('href="#nps"');
  expect(text.match(/ checked/g)).toHaveLength(2);
});

it('shows hostile text as text', () => {
  const hostile = `</textarea><script>alert(1)</script>"'&`;
  const text = formPage(shown({ values: { comment: hostile } }));
  expect(text).toContain('&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;');
  expect(text).not.toContain('<script>');
});

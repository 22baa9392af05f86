import { defaultSurveySettings } from '@throughline/contracts';
import { previewOf } from './preview-story';

it('asks about the menu, the missed appointment, the call and the technician, each by when it was', () => {
  const titles = previewOf(defaultSurveySettings, 'en').map(({ title }) => title);
  expect(titles).toEqual(
    expect.arrayContaining([
      'The phone menu, Tuesday 3 March',
      'The appointment of Thursday 5 March, 12:00',
      'The person you spoke to on Thursday 5 March, 16:00',
    ]),
  );
});

it('follows the settings: questions left out, the ten items, another language', () => {
  const shown = previewOf({ ...defaultSurveySettings, form: 'long', ask: { csat: false, effort: false, nps: false, solved: true } }, 'de');
  expect(shown[0]!.title).toBe('Ist Ihr Anliegen erledigt?');
  expect(shown.map(({ items }) => items.length)).toEqual([0, 1, 1, 1, 10, 0]);
});

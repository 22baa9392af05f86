import { answersToEvents } from './answers-to-events';
import { checkAnswers, fieldsOf, type PostedForm } from './check-answers';
import { composeSurvey } from './compose-survey';
import { failures, failuresOf } from './failures';
import { touchRoles, type SurveyAnswers, type SurveyForm } from './feedback';
import { day, internetRepair, minute, noon, settings, stepOf } from './test-engagements';
import { surveyTexts } from './texts/survey-texts';

const formOf = (more: Partial<typeof settings> = {}): SurveyForm => composeSurvey(internetRepair().engagement, { ...settings, ...more })!;
const answered = (form: SurveyForm, posted: PostedForm): SurveyAnswers => {
  const checked = checkAnswers(form, posted);
  if (checked.kind !== 'answered') throw new Error(JSON.stringify(checked));
  return checked.answers;
};
const survey = {
  invitationId: '0197a3c2-5a10-7cc4-8a50-3f6d1f2b9c12',
  revision: 0,
  answeredAt: noon + 6 * day,
  channel: 'email' as const,
  identifiers: [{ kind: 'email' as const, value: 'dana@example.com', verified: true }],
};

describe('a form', () => {
  it('asks about each person and each system of this very engagement, in the order of time', () => {
    const { engagement, menu, noShow, desk, mended, second } = internetRepair();
    const form = composeSurvey(engagement, settings)!;
    expect(form.touchPoints.map(({ key, kind, role, name, eventId }) => [key, kind, role, name, eventId])).toEqual([
      ['t1', 'system', 'phoneMenu', 'phoneMenu', menu.eventId],
      ['t2', 'system', 'appointment', 'appointment', noShow.eventId],
      ['t3', 'agent', 'phoneAgent', 'agent-07', desk.eventId],
      ['t4', 'agent', 'technician', 'tech-31', mended.eventId],
      ['t5', 'agent', 'technician', 'tech-12', second.eventId],
    ]);
    expect(form.aboutEventId).toBe(second.eventId);
  });

  it('asks once about a person met twice, at the last meeting, and leaves out what the customer had no part in', () => {
    const steps = [
      stepOf({ system: 'agent', channel: 'voice', agent: 'ana', startAt: noon }),
      stepOf({ system: 'crm', channel: 'voice', agent: 'bo', startAt: noon + minute, live: false }),
      stepOf({ system: 'agent', channel: 'voice', agent: 'ana', startAt: noon + day }),
    ];
    expect(composeSurvey({ steps }, settings)!.touchPoints.map(({ name, eventId }) => [name, eventId])).toEqual([['ana', steps[2]!.eventId]]);
  });

  it('keeps persons and failed appointments when there is more than may be asked', () => {
    expect(formOf({ touchPoints: 4 }).touchPoints.map(({ role }) => role)).toEqual(['appointment', 'phoneAgent', 'technician', 'technician']);
    expect(formOf({ touchPoints: 1 }).touchPoints.map(({ name }) => name)).toEqual(['tech-12']);
  });

  it('asks the ten items about the last person alone', () => {
    expect(formOf({ form: 'long' }).touchPoints.map(({ longForm }) => longForm)).toEqual([false, false, false, false, true]);
  });

  it('is none where the customer took part in nothing', () => {
    expect(composeSurvey({ steps: [stepOf({ system: 'crm', channel: 'voice', live: false })] }, settings)).toBeNull();
  });

  it('has words for everything it may ask, in every language', () => {
    for (const texts of Object.values(surveyTexts)) {
      expect(Object.keys(texts.touch).sort()).toEqual([...touchRoles].sort());
      expect(Object.keys(texts.failures).sort()).toEqual(Object.keys(failures).sort());
      expect(new Set(texts.longItems).size).toBe(10);
    }
    for (const role of touchRoles) expect(failuresOf[role].length).toBeGreaterThan(0);
  });
});

describe('answers', () => {
  it('are checked field by field, and what the form does not have is refused', () => {
    const form = formOf();
    expect(checkAnswers(form, { csat: '6', nps: '11', 't1.e': '0', 't9.e': '3', 't1.f': ['noShow'], comment: 'x'.repeat(2_001) })).toEqual({
      kind: 'faulty',
      problems: expect.arrayContaining([
        { field: 'csat', problem: 'range' },
        { field: 'nps', problem: 'range' },
        { field: 't1.e', problem: 'range' },
        { field: 't9.e', problem: 'unknown' },
        { field: 't1.f', problem: 'unknown' },
        { field: 'comment', problem: 'tooLong' },
      ]),
    });
  });

  it('may leave out any question, but not all of them', () => {
    const form = formOf();
    expect(checkAnswers(form, {})).toEqual({ kind: 'empty' });
    expect(checkAnswers(form, { csat: '', 't1.e': 'na', comment: '  \n' })).toEqual({ kind: 'empty' });
    expect(answered(form, { csat: '2' })).toMatchObject({ csat: 2, nps: null, callBack: false });
    expect(checkAnswers(form, { callback: 'yes' }).kind).toBe('answered');
  });

  it('of a question that the settings leave out are refused', () => {
    expect(checkAnswers(formOf({ ask: { ...settings.ask, nps: false } }), { nps: '9' })).toEqual({
      kind: 'faulty',
      problems: [{ field: 'nps', problem: 'unknown' }],
    });
  });

  describe('to the ten items', () => {
    const form = formOf({ form: 'long' });
    const fields = fieldsOf(form.touchPoints[4]!).empathy;
    const give = (items: readonly (number | null)[]): PostedForm =>
      Object.fromEntries(fields.flatMap((field, index) => (items[index] === null ? [] : [[field, String(items[index])]])));

    it('with two missing take the respondent’s mean for them', () => {
      const items = [5, 5, 4, 4, 3, 3, 2, 2, null, null];
      expect(answered(form, give(items)).touches[4]).toMatchObject({ empathy: 3.5, answered: 8 });
      expect(answered(form, give([5, 4, 3, 2, 1, 5, 4, 3, 2, 1])).touches[4]).toMatchObject({ empathy: 3, answered: 10 });
    });

    it('with three missing are discarded, and the rest of the answer stays', () => {
      const answers = answered(form, { ...give([5, 5, 5, 5, 5, 5, 5, null, null, null]), csat: '5', 't3.e': '4' });
      expect(answers).toMatchObject({ csat: 5 });
      expect(answers.touches[4]).toMatchObject({ empathy: null, answered: 7 });
      expect(answers.touches[2]).toMatchObject({ empathy: 4 });
    });
  });
});

describe('the events of an answer', () => {
  it('tell the whole story of the repair, each rating and each failure on its own step', () => {
    const { engagement, menu, noShow, desk, mended, second } = internetRepair();
    const form = composeSurvey(engagement, settings)!;
    const answers = answered(form, {
      solved: '1',
      csat: '2',
      effort: '1',
      't1.e': '2',
      't1.f': 'outOfStep',
      't2.f': ['noShow', 'notInformed'],
      't2.c': 'I took a day off.',
      't3.e': '4',
      't4.e': '5',
      't5.e': '3',
      't5.f': 'notInformed',
      comment: 'Your menu and your people did not know of each other.',
    });
    const events = answersToEvents(form, answers, survey);
    expect(events.map(({ sourceEventId, aboutEventId }) => [sourceEventId.split('/')[1], aboutEventId])).toEqual([
      ['whole', second.eventId],
      ['t1', menu.eventId],
      ['t2', noShow.eventId],
      ['t3', desk.eventId],
      ['t4', mended.eventId],
      ['t5', second.eventId],
    ]);
    expect(events.map(({ attributes }) => attributes!['answers'])).toEqual([
      [
        { question: 'csat', value: 2, comment: 'Your menu and your people did not know of each other.' },
        { question: 'effort', value: 1 },
        { question: 'solved', value: 1 },
      ],
      [{ question: 'empathy', value: 2, touch: { kind: 'system', name: 'phoneMenu' }, cause: 'technology' }],
      [],
      [{ question: 'empathy', value: 4, touch: { kind: 'agent', name: 'agent-07' } }],
      [{ question: 'empathy', value: 5, touch: { kind: 'agent', name: 'tech-31' } }],
      [{ question: 'empathy', value: 3, touch: { kind: 'agent', name: 'tech-12' }, cause: 'process' }],
    ]);
    expect(events[2]!.attributes).toMatchObject({
      comment: 'I took a day off.',
      failures: [
        { failure: 'noShow', cause: 'process' },
        { failure: 'notInformed', cause: 'process' },
      ],
    });
    for (const event of events) {
      expect(event).toMatchObject({
        system: 'survey',
        type: 'answered',
        purpose: 'feedback',
        sessionKey: survey.invitationId,
        identifiers: survey.identifiers,
      });
      expect(event.occurredAt).toBe(survey.answeredAt);
    }
  });

  it('have a whole number for a ten-item form, and its exact mean beside it', () => {
    const form = formOf({ form: 'long' });
    const items = Object.fromEntries(fieldsOf(form.touchPoints[4]!).empathy.map((name, index) => [name, index < 4 ? '4' : '5']));
    const told = answersToEvents(form, answered(form, items), survey).find(({ sourceEventId }) => sourceEventId.endsWith('/t5'))!;
    expect(told.attributes).toMatchObject({ answers: [{ question: 'empathy', value: 5 }], scale: { mean: 4.6, answered: 10 } });
  });

  it('of a changed answer are the same ones with a higher revision; what was taken back stands empty', () => {
    const form = formOf();
    const [before, after] = [answered(form, { csat: '1', 't3.e': '1' }), answered(form, { csat: '4' })];
    expect(answersToEvents(form, after, survey).map(({ sourceEventId }) => sourceEventId.split('/')[1])).toEqual(['whole']);
    const changed = answersToEvents(form, after, { ...survey, revision: 1 }, before);
    expect(changed.map(({ sourceEventId, revision, attributes }) => [sourceEventId.split('/')[1], revision, attributes!['answers']])).toEqual([
      ['whole', 1, [{ question: 'csat', value: 4 }]],
      ['t3', 1, []],
    ]);
  });
});

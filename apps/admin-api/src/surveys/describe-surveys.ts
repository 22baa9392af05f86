import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { casesAnswer, caseStepTaken, surveyComments, surveyLink, surveyResults, surveySettingsAnswer } from './survey-answers';
import { casesQuery, caseStepBody, linkBody, resultsQuery, setSurveyBody } from './survey-requests';

const faulty = { '400': problem('A field is wrong.') };
const notPossible = { ...faulty, '409': problem('It is not possible, and why; or somebody was faster.') };

export const describeSurveys = (): ApiPart => ({
  schemas: {
    SurveySettings: schemaOf(surveySettingsAnswer, 'output'),
    SurveyResults: schemaOf(surveyResults, 'output'),
    SurveyComments: schemaOf(surveyComments, 'output'),
    SurveyLink: schemaOf(surveyLink, 'output'),
    RecoveryCases: schemaOf(casesAnswer, 'output'),
    CaseStepTaken: schemaOf(caseStepTaken, 'output'),
  },
  paths: {
    '/v1/surveys/settings': {
      get: { summary: 'Who is asked, when, and what', responses: { '200': json(ref('SurveySettings'), 'What holds now.'), ...refusals } },
      put: {
        summary: 'Sets what holds from now on, as a new version',
        requestBody: body(schemaOf(setSurveyBody, 'input')),
        responses: { '200': json(ref('SurveySettings'), 'What holds now.'), ...notPossible, ...refusals },
      },
    },
    '/v1/surveys/results': {
      get: {
        summary: 'How many answered, how each person and system did, and what lay behind it',
        parameters: queryOf(resultsQuery),
        responses: { '200': json(ref('SurveyResults'), 'Of the agents in scope; too few answers are hidden.'), ...faulty, ...refusals },
      },
    },
    '/v1/surveys/comments': {
      get: {
        summary: 'What customers wrote',
        parameters: queryOf(resultsQuery),
        responses: { '200': json(ref('SurveyComments'), 'The newest first; none while too few have answered.'), ...faulty, ...refusals },
      },
    },
    '/v1/surveys/links': {
      post: {
        summary: 'Makes a link to the survey about the engagement that holds an event',
        requestBody: body(schemaOf(linkBody, 'input')),
        responses: {
          '200': json(ref('SurveyLink'), 'Said once.'),
          '404': problem('No engagement holds this event, or none of the caller’s teams.'),
          ...notPossible,
          ...refusals,
        },
      },
    },
    '/v1/cases': {
      get: {
        summary: 'Recovery cases, the most urgent first',
        parameters: queryOf(casesQuery),
        responses: { '200': json(ref('RecoveryCases'), 'Of the agents in scope.'), ...faulty, ...refusals },
      },
    },
    '/v1/cases/{anchor}/steps': {
      post: {
        summary: 'Takes a step in a recovery case',
        parameters: [path('anchor', 'Anchor event of the engagement it is about.')],
        requestBody: body(schemaOf(caseStepBody, 'input')),
        responses: {
          '200': json(ref('CaseStepTaken'), 'Taken.'),
          '404': problem('There is none, or none of the caller’s teams.'),
          ...notPossible,
          ...refusals,
        },
      },
    },
  },
});

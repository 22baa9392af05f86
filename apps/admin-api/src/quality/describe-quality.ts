import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { resultsQuery } from '../surveys/survey-requests';
import { gapAnswer, queueAnswer, reviewAnswer, reviewDone } from './quality-answers';
import { queueQuery, reviewBody } from './quality-requests';

const anchor = path('anchor', 'Anchor event of the engagement.');
const noSuch = { '404': problem('There is none, or no agent of the caller’s teams took part.') };
const faulty = { '400': problem('A field is wrong.') };

export const describeQuality = (): ApiPart => ({
  schemas: {
    ReviewQueue: schemaOf(queueAnswer, 'output'),
    Review: schemaOf(reviewAnswer, 'output'),
    ReviewDone: schemaOf(reviewDone, 'output'),
    EmpathyGaps: schemaOf(gapAnswer, 'output'),
  },
  paths: {
    '/v1/quality/queue': {
      get: {
        summary: 'Engagements that a person should read, with why',
        parameters: queryOf(queueQuery),
        responses: { '200': json(ref('ReviewQueue'), 'The lowest ratings first.'), ...faulty, ...refusals },
      },
    },
    '/v1/quality/reviews/{anchor}': {
      get: {
        summary: 'One engagement beside the customer’s own word',
        parameters: [anchor],
        responses: { '200': json(ref('Review'), 'The review.'), ...noSuch, ...refusals },
      },
      post: {
        summary: 'Takes, gives back, skips, finishes or reopens a review',
        parameters: [anchor],
        requestBody: body(schemaOf(reviewBody, 'input')),
        responses: {
          '200': json(ref('ReviewDone'), 'Done.'),
          '409': problem('It is not possible, and why; or somebody was faster.'),
          ...faulty,
          ...noSuch,
          ...refusals,
        },
      },
    },
    '/v1/quality/gap': {
      get: {
        summary: 'How far reviewers and customers are apart, and what reviews found',
        parameters: queryOf(resultsQuery),
        responses: { '200': json(ref('EmpathyGaps'), 'Of the agents in scope.'), ...faulty, ...refusals },
      },
    },
  },
});

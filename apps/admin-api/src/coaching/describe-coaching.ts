import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { drawAnswer, effectAnswer, evidenceAnswer, opportunitiesAnswer, planAnswer, plansAnswer, stepTaken } from './coaching-answers';
import { draftBody, drawBody, evidenceQuery, opportunitiesQuery, plansQuery, stepBody } from './coaching-requests';

const plan = path('id', 'A plan.');
const noSuch = { '404': problem('There is none, or none of the caller’s teams.') };
const notPossible = { '409': problem('It is not possible, and why; or somebody changed the plan meanwhile.'), '400': problem('A field is wrong.') };

export const describeCoaching = (): ApiPart => ({
  schemas: {
    CoachingOpportunities: schemaOf(opportunitiesAnswer, 'output'),
    CoachingEvidence: schemaOf(evidenceAnswer, 'output'),
    CoachingPlans: schemaOf(plansAnswer, 'output'),
    CoachingPlan: schemaOf(planAnswer, 'output'),
    CoachingEffect: schemaOf(effectAnswer, 'output'),
    CoachingStepTaken: schemaOf(stepTaken, 'output'),
    CoachingDraw: schemaOf(drawAnswer, 'output'),
  },
  paths: {
    '/v1/coaching/opportunities': {
      get: {
        summary: 'Where each agent stands against the others, partially pooled',
        parameters: queryOf(opportunitiesQuery),
        responses: { '200': json(ref('CoachingOpportunities'), 'The clearest gaps first.'), ...refusals },
      },
    },
    '/v1/coaching/agents/{agent}/contacts': {
      get: {
        summary: 'Contacts of an agent that show a gap best',
        parameters: [path('agent', 'An agent as events name them.'), ...queryOf(evidenceQuery)],
        responses: { '200': json(ref('CoachingEvidence'), 'The worst first.'), ...noSuch, ...refusals },
      },
    },
    '/v1/coaching/plans': {
      get: { summary: 'Plans in scope', parameters: queryOf(plansQuery), responses: { '200': json(ref('CoachingPlans'), 'The newest first.'), ...refusals } },
      post: {
        summary: 'Drafts a plan',
        requestBody: body(schemaOf(draftBody, 'input')),
        responses: { '200': json(ref('CoachingStepTaken'), 'Drafted.'), ...noSuch, ...notPossible, ...refusals },
      },
    },
    '/v1/coaching/plans/{id}': {
      get: {
        summary: 'One plan; the coached agent sees less of it',
        parameters: [plan],
        responses: { '200': json(ref('CoachingPlan'), 'The plan.'), ...noSuch, ...refusals },
      },
    },
    '/v1/coaching/plans/{id}/effect': {
      get: {
        summary: 'Before and after with a control, or from when on it can be told',
        parameters: [plan],
        responses: { '200': json(ref('CoachingEffect'), 'The effect as of now.'), ...noSuch, '409': problem('Practice has not started.'), ...refusals },
      },
    },
    '/v1/coaching/plans/{id}/steps': {
      post: {
        summary: 'Takes a step: agree, start, practise, note, postpone, close, withdraw, reopen, …',
        parameters: [plan],
        requestBody: body(schemaOf(stepBody, 'input')),
        responses: { '200': json(ref('CoachingStepTaken'), 'Taken.'), ...noSuch, ...notPossible, ...refusals },
      },
    },
    '/v1/coaching/draw': {
      post: {
        summary: 'Draws by lot who is coached now and who waits',
        requestBody: body(schemaOf(drawBody, 'input')),
        responses: { '200': json(ref('CoachingDraw'), 'The draw; it stands in the audit.'), ...noSuch, ...notPossible, ...refusals },
      },
    },
  },
});

import { segmentRuleSchema } from '@throughline/domain-segments';
import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import {
  factsAnswer,
  membersAnswer,
  previewAnswer,
  publishedAnswer,
  savedAnswer,
  segmentAnswer,
  segmentsAnswer,
  valuesAnswer,
  versionsAnswer,
  whyAnswer,
} from './segment-answers';
import { draftBody, listQuery, membersQuery, newSegmentBody, previewBody, publishBody, restoreBody, retireBody, valuesQuery } from './segment-requests';

const id = path('id', 'A segment.');
const match = {
  name: 'If-Match',
  in: 'header',
  required: false,
  description: 'The revision that was changed; `basedOn` in the body says the same.',
  schema: { type: 'string' },
};
const none = { '404': problem('There is no such segment, or no such customer within reach.') };
const conflict = {
  '409': problem('It is not possible, and why; of a conflict `errors[0].theirs` is the draft as it stands.'),
  '428': problem('No revision was named.'),
};
const owner = { '503': problem('Scoring is away: send the same again.') };

export const describeSegments = (): ApiPart => ({
  schemas: {
    SegmentRule: schemaOf(segmentRuleSchema, 'input'),
    Segments: schemaOf(segmentsAnswer, 'output'),
    Segment: schemaOf(segmentAnswer, 'output'),
    SegmentSaved: schemaOf(savedAnswer, 'output'),
    SegmentPublished: schemaOf(publishedAnswer, 'output'),
    SegmentPreview: schemaOf(previewAnswer, 'output'),
    SegmentVersions: schemaOf(versionsAnswer, 'output'),
    SegmentMembers: schemaOf(membersAnswer, 'output'),
    SegmentWhy: schemaOf(whyAnswer, 'output'),
    SegmentFacts: schemaOf(factsAnswer, 'output'),
    SegmentValues: schemaOf(valuesAnswer, 'output'),
  },
  paths: {
    '/v1/segments': {
      get: { summary: 'All segments', parameters: queryOf(listQuery), responses: { '200': json(ref('Segments'), 'By name.'), ...refusals } },
      post: {
        summary: 'A new segment with its first draft',
        requestBody: body(schemaOf(newSegmentBody, 'input')),
        responses: { '201': json(ref('SegmentSaved'), 'Its id and revision.'), ...conflict, ...owner, ...refusals },
      },
    },
    '/v1/segments/values': {
      get: {
        summary: 'Values that a field has in the data, for those who may see the rows of everybody',
        parameters: queryOf(valuesQuery),
        responses: { '200': json(ref('SegmentValues'), 'The most frequent first.'), ...refusals },
      },
    },
    '/v1/segments/preview': {
      post: {
        summary: 'Counts whom a rule would hold now: from a sample, or exactly; for those who may see the rows of everybody',
        requestBody: body(schemaOf(previewBody, 'input')),
        responses: {
          '200': json(ref('SegmentPreview'), 'A size with a 95 % interval, and of each rule how many of the sample it holds for.'),
          '409': problem('The rule cannot be run, and why.'),
          '429': problem('Thirty a minute for a user, four at once in all.'),
          ...owner,
          ...refusals,
        },
      },
    },
    '/v1/segments/facts/{customerId}': {
      get: {
        summary: 'What rules ask about one customer',
        parameters: [path('customerId', 'A customer.')],
        responses: { '200': json(ref('SegmentFacts'), 'The facts.'), ...none, ...refusals },
      },
    },
    '/v1/segments/{id}': {
      get: { summary: 'One segment with its draft', parameters: [id], responses: { '200': json(ref('Segment'), 'The segment.'), ...none, ...refusals } },
      put: {
        summary: 'Keeps the draft',
        parameters: [id, match],
        requestBody: body(schemaOf(draftBody, 'input')),
        responses: { '200': json(ref('SegmentSaved'), 'The new revision.'), ...none, ...conflict, ...owner, ...refusals },
      },
    },
    '/v1/segments/{id}/publish': {
      post: {
        summary: 'Puts the draft in force, or asks for a second person to agree',
        parameters: [id, match],
        requestBody: body(schemaOf(publishBody, 'input')),
        responses: { '200': json(ref('SegmentPublished'), 'Published, or waiting.'), ...none, ...conflict, ...owner, ...refusals },
      },
    },
    '/v1/segments/{id}/versions': {
      get: {
        summary: 'Every version and what it changed',
        parameters: [id],
        responses: { '200': json(ref('SegmentVersions'), 'The newest first.'), ...none, ...refusals },
      },
    },
    '/v1/segments/{id}/restore': {
      post: {
        summary: 'Makes the rule of a former version the draft',
        parameters: [id, match],
        requestBody: body(schemaOf(restoreBody, 'input')),
        responses: { '200': json(ref('SegmentSaved'), 'The new revision.'), ...none, ...conflict, ...owner, ...refusals },
      },
    },
    '/v1/segments/{id}/retire': {
      post: {
        summary: 'Takes a segment out of use, or back into it',
        parameters: [id],
        requestBody: body(schemaOf(retireBody, 'input')),
        responses: {
          '200': json({ type: 'object', required: ['retired'], properties: { retired: { type: 'boolean' } } }, 'Done.'),
          '409': problem('Another segment asks for it.'),
          ...none,
          ...owner,
          ...refusals,
        },
      },
    },
    '/v1/segments/{id}/members': {
      get: {
        summary: 'Who is in it',
        parameters: [id, ...queryOf(membersQuery)],
        responses: { '200': json(ref('SegmentMembers'), 'Those who came last first.'), ...none, ...refusals },
      },
    },
    '/v1/segments/{id}/members.csv': {
      get: {
        summary: 'Who is in it, as a file',
        parameters: [id],
        responses: { '200': { description: 'RFC 4180, streamed, never cut.', content: { 'text/csv': { schema: { type: 'string' } } } }, ...none, ...refusals },
      },
    },
    '/v1/segments/{id}/why/{customerId}': {
      get: {
        summary: 'Why a customer is in or out',
        parameters: [id, path('customerId', 'A customer.')],
        responses: { '200': json(ref('SegmentWhy'), 'Each node of the rule in force, with what was found.'), ...none, ...refusals },
      },
    },
  },
});

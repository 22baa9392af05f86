import { problem, queryOf, refusals, type ApiPart } from '../api-description';
import { streamQuery } from './stream-requests';

export const describeLive = (): ApiPart => ({
  schemas: {},
  paths: {
    '/v1/stream': {
      get: {
        summary: 'Server-sent events: `changed` with the topic whose data changed',
        parameters: queryOf(streamQuery),
        responses: {
          '200': {
            description: 'The stream; a `beat` every 15 seconds, until the session ends.',
            content: { 'text/event-stream': { schema: { type: 'string' } } },
          },
          '400': problem('A topic that does not exist.'),
          '404': problem('A customer who is not there, or out of reach.'),
          ...refusals,
        },
      },
    },
  },
});

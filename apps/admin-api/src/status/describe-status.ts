import { json, refusals, type ApiPart } from '../api-description';

export const describeStatus = (): ApiPart => ({
  schemas: {},
  paths: {
    '/v1/status': { get: { summary: 'What arrived and how far it is', responses: { '200': json({ type: 'object' }, 'Counts.'), ...refusals } } },
    '/v1/reviews': { get: { summary: 'What waits for a person', responses: { '200': json({ type: 'object' }, 'Items.'), ...refusals } } },
  },
});

import { customerTreeSchema } from '@throughline/contracts';
import { z } from 'zod';
import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { lookupBody, recentCustomer, recentQuery, treeQuery } from './customer-requests';

export const describeCustomers = (): ApiPart => ({
  schemas: { CustomerTree: schemaOf(customerTreeSchema, 'output') },
  paths: {
    '/v1/customers': {
      get: {
        summary: 'Who was in touch lately, within reach',
        parameters: queryOf(recentQuery),
        responses: { '200': json(schemaOf(z.object({ customers: z.array(recentCustomer) }), 'output'), 'The latest first.'), ...refusals },
      },
    },
    '/v1/customers/lookup': {
      post: {
        summary: 'The trees of the customers who have an identifier',
        requestBody: body(schemaOf(lookupBody, 'input')),
        responses: {
          '200': json(
            {
              type: 'object',
              required: ['customers', 'others'],
              properties: { customers: { type: 'array', items: ref('CustomerTree') }, others: { type: 'array', items: { type: 'string', format: 'uuid' } } },
            },
            'At most five trees; further customers by their ids.',
          ),
          '404': problem('Nobody has this identifier.'),
          ...refusals,
        },
      },
    },
    '/v1/customers/{id}': {
      get: {
        summary: 'One customer’s tree',
        parameters: [path('id', 'A customer id, a former one, or the id of any node or event that was ever shown.'), ...queryOf(treeQuery)],
        responses: {
          '200': json(ref('CustomerTree'), 'The tree; `more.cursor` where older transactions are left out.'),
          '404': problem('No such id.'),
          ...refusals,
        },
      },
    },
  },
});

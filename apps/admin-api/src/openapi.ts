import {
  activateSettings,
  correctionSchema,
  customerTreeSchema,
  decisionSchema,
  hierarchySettingsSchema,
  recordReply,
  withdrawReply,
} from '@throughline/contracts';
import { z } from 'zod';
import { lookupBody, treeQuery } from './request-shapes';

const json = (schema: object, description: string): object => ({ description, content: { 'application/json': { schema } } });
const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const problem = (description: string): object => ({ description, content: { 'application/problem+json': { schema: ref('Problem') } } });
const refusals = { '401': problem('No token, or an unknown one.'), '403': problem('The token may not do that.') };
const path = (name: string, description: string): object => ({ name, in: 'path', required: true, description, schema: { type: 'string' } });
const body = (schema: object): object => ({ required: true, content: { 'application/json': { schema } } });
const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return rest;
};

/** The description of this API, from the schemas that check its requests. Instants are UTC milliseconds. */
export function describeApi(): object {
  const query = schemaOf(treeQuery, 'input') as { properties: Record<string, object> };
  const treeParameters = Object.entries(query.properties).map(([name, schema]) => ({ name, in: 'query', required: false, schema }));
  return {
    openapi: '3.1.0',
    info: {
      title: 'Throughline admin API',
      version: '1',
      description: 'Reads customers with their hierarchy and takes decisions, corrections and settings. Instants are UTC milliseconds.',
    },
    security: [{ bearer: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } },
      schemas: {
        CustomerTree: schemaOf(customerTreeSchema, 'output'),
        Decision: schemaOf(decisionSchema, 'input'),
        Correction: schemaOf(correctionSchema, 'input'),
        HierarchySettings: schemaOf(hierarchySettingsSchema, 'input'),
        Recorded: schemaOf(recordReply, 'output'),
        Withdrawn: schemaOf(withdrawReply, 'output'),
        Problem: {
          type: 'object',
          required: ['type', 'status', 'title'],
          properties: {
            type: { type: 'string' },
            status: { type: 'integer' },
            title: { type: 'string' },
            detail: { type: 'string' },
            traceId: { type: 'string' },
            errors: { type: 'array', items: { type: 'object', properties: { pointer: { type: 'string' }, detail: { type: 'string' } } } },
          },
        },
      },
    },
    paths: {
      '/v1/customers/lookup': {
        post: {
          summary: 'The trees of the customers who have an identifier',
          requestBody: body(schemaOf(lookupBody, 'input')),
          responses: {
            '200': json(
              {
                type: 'object',
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
          parameters: [path('id', 'A customer id, a former one, or the id of any node or event that was ever shown.'), ...treeParameters],
          responses: {
            '200': json(ref('CustomerTree'), 'The tree; `more.cursor` where older transactions are left out.'),
            '404': problem('No such id.'),
            ...refusals,
          },
        },
      },
      '/v1/decisions': recorded('Records a decision on identity', 'Decision'),
      '/v1/decisions/{id}': withdrawn('Withdraws a decision'),
      '/v1/corrections': recorded('Records a correction of the hierarchy', 'Correction'),
      '/v1/corrections/{id}': withdrawn('Withdraws a correction'),
      '/v1/settings/hierarchy': {
        get: {
          summary: 'The settings in force and how far the rebuild with them is',
          responses: {
            '200': json({ type: 'object', properties: { settings: ref('HierarchySettings'), rebuild: { type: 'object' } } }, 'Settings and progress.'),
            ...refusals,
          },
        },
        post: {
          summary: 'Puts new settings in force, whole or only what changes (admin token)',
          requestBody: body({ type: 'object', required: ['settings'], properties: { settings: ref('HierarchySettings'), by: { type: 'string' } } }),
          responses: {
            '200': json(schemaOf(activateSettings.reply, 'output'), 'Activated.'),
            '409': problem('The version is not greater than the one in force.'),
            ...refusals,
          },
        },
      },
      '/v1/status': { get: { summary: 'What arrived and how far it is', responses: { '200': json({ type: 'object' }, 'Counts.'), ...refusals } } },
      '/v1/reviews': { get: { summary: 'What waits for a person', responses: { '200': json({ type: 'object' }, 'Items.'), ...refusals } } },
    },
  };
}

function recorded(summary: string, schema: string): object {
  return {
    post: {
      summary: `${summary} (admin token). id, at and by may be left out`,
      requestBody: body(ref(schema)),
      responses: { '200': json(ref('Recorded'), 'Its effect can be read.'), '409': problem('It is not possible, and why.'), ...refusals },
    },
  };
}

function withdrawn(summary: string): object {
  return {
    delete: {
      summary: `${summary} (admin token)`,
      parameters: [path('id', 'The id that recording answered.')],
      responses: { '200': json(ref('Withdrawn'), 'As if it had never been.'), '404': problem('Nothing has this id.'), ...refusals },
    },
  };
}

import { activateSettings, correctionSchema, decisionSchema, hierarchySettingsSchema, recordReply, withdrawReply } from '@throughline/contracts';
import { body, json, path, problem, ref, refusals, schemaOf, type ApiPart } from '../api-description';

export const describeFacts = (): ApiPart => ({
  schemas: {
    Decision: schemaOf(decisionSchema, 'input'),
    Correction: schemaOf(correctionSchema, 'input'),
    HierarchySettings: schemaOf(hierarchySettingsSchema, 'input'),
    Recorded: schemaOf(recordReply, 'output'),
    Withdrawn: schemaOf(withdrawReply, 'output'),
  },
  paths: {
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
        summary: 'Puts new settings in force, whole or only what changes',
        requestBody: body({ type: 'object', required: ['settings'], properties: { settings: ref('HierarchySettings'), by: { type: 'string' } } }),
        responses: {
          '200': json(schemaOf(activateSettings.reply, 'output'), 'Activated.'),
          '409': problem('The version is not greater than the one in force.'),
          ...refusals,
        },
      },
    },
  },
});

function recorded(summary: string, schema: string): object {
  return {
    post: {
      summary: `${summary}. id, at and by may be left out`,
      requestBody: body(ref(schema)),
      responses: { '200': json(ref('Recorded'), 'Its effect can be read.'), '409': problem('It is not possible, and why.'), ...refusals },
    },
  };
}

function withdrawn(summary: string): object {
  return {
    delete: {
      summary,
      parameters: [path('id', 'The id that recording answered.')],
      responses: { '200': json(ref('Withdrawn'), 'As if it had never been.'), '404': problem('Nothing has this id.'), ...refusals },
    },
  };
}

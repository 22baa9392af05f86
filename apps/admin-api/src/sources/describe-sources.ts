import { body, json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { eventAnswer, eventsAnswer, keptGroups, keptItems, keptRecord, replayAnswer, sourcesAnswer } from './source-answers';
import { eventsQuery, keptQuery, replayBody } from './source-requests';

const wrong = { '400': problem('A field or the cursor is wrong.') };
const gone = { '404': problem('There is none with this id.') };

export const describeSources = (): ApiPart => ({
  schemas: {
    Sources: schemaOf(sourcesAnswer, 'output'),
    ArrivedEvents: schemaOf(eventsAnswer, 'output'),
    ArrivedEvent: schemaOf(eventAnswer, 'output'),
    QuarantineGroups: schemaOf(keptGroups, 'output'),
    QuarantineItems: schemaOf(keptItems, 'output'),
    QuarantineRecord: schemaOf(keptRecord, 'output'),
    ReplayResult: schemaOf(replayAnswer, 'output'),
  },
  paths: {
    '/v1/sources': {
      get: {
        summary: 'Each source with what is usual for it, and how far everything is',
        responses: { '200': json(ref('Sources'), 'By name.'), ...refusals },
      },
    },
    '/v1/sources/events': {
      get: {
        summary: 'Events in the order of arrival, all of them',
        parameters: queryOf(eventsQuery),
        responses: { '200': json(ref('ArrivedEvents'), 'The newest, what arrived since the cursor, or what arrived before an event.'), ...wrong, ...refusals },
      },
    },
    '/v1/sources/events/{id}': {
      get: {
        summary: 'One event: canonical, as it came, and what it became',
        parameters: [path('id', 'An event.')],
        responses: { '200': json(ref('ArrivedEvent'), 'The event.'), ...gone, ...refusals },
      },
    },
    '/v1/sources/quarantine': {
      get: { summary: 'What was kept aside, by cause', responses: { '200': json(ref('QuarantineGroups'), 'The most frequent first.'), ...refusals } },
    },
    '/v1/sources/quarantine/items': {
      get: {
        summary: 'Kept items, without their records',
        parameters: queryOf(keptQuery),
        responses: { '200': json(ref('QuarantineItems'), 'The oldest first.'), ...wrong, ...refusals },
      },
    },
    '/v1/sources/quarantine/items/{id}': {
      get: {
        summary: 'One kept item with its record, redacted',
        parameters: [path('id', 'A kept item.')],
        responses: { '200': json(ref('QuarantineRecord'), 'The item.'), ...gone, ...refusals },
      },
    },
    '/v1/sources/quarantine/replay': {
      post: {
        summary: 'Lets up to a hundred kept items in again, one of them mended if need be; `dryRun` only judges',
        requestBody: body(schemaOf(replayBody, 'input')),
        responses: { '200': json(ref('ReplayResult'), 'What became of each.'), ...wrong, ...refusals },
      },
    },
  },
});

import { postedEventSchema, replayRequestSchema } from '@throughline/contracts';
import { z } from 'zod';
import { isForPeople } from './forwarded-paths';

const jsonSchema = (schema: z.ZodType): object => {
  const { $schema: _version, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
};

const problem = (description: string): object => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});
const refusals = {
  400: problem('The body cannot be read, or every item was refused'),
  401: problem('The write key is missing or unknown'),
  408: problem('The body did not arrive within ten seconds'),
  413: problem('Too large: 256 KB an event, 4 MB and 500 events a batch'),
  429: problem('The source sends more than it may; see Retry-After'),
  503: problem('Nothing was stored; send the same request again after Retry-After'),
};
const keyed = [{ bearerKey: [] }, { basicKey: [] }, { headerKey: [] }];
const json = (schema: object): object => ({ 'application/json': { schema } });
const tracked = (summary: string): object => ({
  post: {
    summary,
    security: keyed,
    requestBody: { required: true, content: json({ type: 'object' }) },
    responses: { 200: { description: 'Kept' }, ...refusals },
  },
});

type Part = Record<string, Record<string, unknown> | undefined>;

/** One document with our paths, theirs that are forwarded, and the components of both; ours stand where both name the same. */
export function withPathsOf(ours: object, theirs: object): object {
  const [a, b] = [ours as Part, theirs as Part];
  const components = Object.fromEntries(
    [...new Set([...Object.keys(a['components'] ?? {}), ...Object.keys(b['components'] ?? {})])].map((kind) => [
      kind,
      { ...(b['components']?.[kind] as object | undefined), ...(a['components']?.[kind] as object | undefined) },
    ]),
  );
  const theirPaths = Object.fromEntries(Object.entries(b['paths'] ?? {}).filter(([path]) => !isForPeople(path)));
  return { ...a, paths: { ...theirPaths, ...a['paths'] }, components };
}

/** The routes of ingestion as OpenAPI 3.1, served at `/openapi.json`. */
export const openApi: object = {
  openapi: '3.1.0',
  info: { title: 'Throughline ingestion', version: '1', description: 'Ways in for events, and what was kept aside. A 2xx answer means: committed.' },
  paths: {
    '/v1/events': {
      post: {
        summary: 'Post one event, a batch of up to 500, or one event a line (NDJSON)',
        description:
          'Also takes CloudEvents, by their content type or headers. Each item is accepted, duplicate, quarantined (kept, with the reason) or rejected (not kept).',
        security: keyed,
        parameters: [{ name: 'dry_run', in: 'query', schema: { enum: ['1'] }, description: 'Judge only, and show the canonical form' }],
        requestBody: {
          required: true,
          content: {
            'application/json': {
              schema: {
                oneOf: [{ $ref: '#/components/schemas/PostedEvent' }, { type: 'array', maxItems: 500, items: { $ref: '#/components/schemas/PostedEvent' } }],
              },
            },
            'application/x-ndjson': { schema: { $ref: '#/components/schemas/PostedEvent' } },
            'application/cloudevents+json': { schema: { type: 'object' } },
            'application/cloudevents-batch+json': { schema: { type: 'array', items: { type: 'object' } } },
          },
        },
        responses: {
          200: { description: 'What became of each item, after the commit', content: json({ $ref: '#/components/schemas/AcceptResult' }) },
          ...refusals,
        },
      },
    },
    '/v1/cloudevents': tracked('CloudEvents 1.0: structured, batched or binary'),
    '/v1/batch': tracked('Segment HTTP Tracking API: a batch'),
    '/v1/track': tracked('Segment: track (also identify, page, screen, group, alias, and the short paths t, i, p, s, g, a)'),
    '/batch/': tracked('PostHog: a batch'),
    '/com.snowplowanalytics.snowplow/tp2': tracked("Snowplow: a tracker's payload"),
    '/v1/quarantine': {
      get: {
        summary: 'What was kept aside, newest first, with counts by reason',
        security: [{ adminToken: [] }],
        responses: { 200: { description: 'Counts and items' }, 401: problem('An admin token is needed') },
      },
    },
    '/v1/quarantine/{id}': {
      get: {
        summary: 'One kept item with its record, redacted',
        security: [{ adminToken: [] }],
        parameters: [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }],
        responses: { 200: { description: 'The item' }, 404: problem('There is no such item') },
      },
    },
    '/v1/quarantine/replay': {
      post: {
        summary: 'Try kept items again, edited or as they are',
        security: [{ adminToken: [] }],
        requestBody: { required: true, content: json({ $ref: '#/components/schemas/ReplayRequest' }) },
        responses: { 200: { description: 'What became of each' }, 400: problem('The request was refused') },
      },
    },
  },
  components: {
    schemas: {
      PostedEvent: jsonSchema(postedEventSchema),
      ReplayRequest: jsonSchema(replayRequestSchema),
      AcceptResult: {
        type: 'object',
        required: ['accepted', 'duplicate', 'quarantined', 'rejected', 'items'],
        properties: {
          accepted: { type: 'integer' },
          duplicate: { type: 'integer' },
          quarantined: { type: 'integer' },
          rejected: { type: 'integer' },
          items: {
            type: 'array',
            items: {
              type: 'object',
              required: ['index', 'status'],
              properties: {
                index: { type: 'integer' },
                status: { enum: ['accepted', 'duplicate', 'quarantined', 'rejected'] },
                sourceEventId: { type: 'string' },
                eventId: { type: 'string', format: 'uuid' },
                reason: { type: 'string' },
                pointer: { type: 'string', description: 'JSON pointer of the field at fault' },
                fix: { type: 'string', description: 'What to do about it' },
              },
            },
          },
        },
      },
      Problem: {
        type: 'object',
        properties: {
          type: { type: 'string' },
          status: { type: 'integer' },
          title: { type: 'string' },
          detail: { type: 'string' },
          traceId: { type: 'string' },
        },
      },
    },
    securitySchemes: {
      bearerKey: { type: 'http', scheme: 'bearer', description: 'A write key: it can send events and read nothing' },
      basicKey: { type: 'http', scheme: 'basic', description: 'The write key as user name, no password' },
      headerKey: { type: 'apiKey', in: 'header', name: 'x-write-key' },
      adminToken: { type: 'http', scheme: 'bearer', description: 'The admin token' },
    },
  },
};

import { z } from 'zod';
import { body, json, problem, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { maturityAnswer, snapshotsAnswer } from './maturity-answers';
import { aimBody, attestationBody } from './maturity-requests';

const wrong = { '400': problem('A field is wrong.') };
const done = (schema: z.ZodType, description: string): object => ({ '200': json(schemaOf(schema, 'output'), description), ...wrong, ...refusals });

export const describeMaturity = (): ApiPart => ({
  schemas: { Maturity: schemaOf(maturityAnswer, 'output'), MaturitySnapshots: schemaOf(snapshotsAnswer, 'output') },
  paths: {
    '/v1/maturity': {
      get: { summary: 'Where the organisation stands, what proves it, what next', responses: { '200': json(ref('Maturity'), 'The matrix.'), ...refusals } },
    },
    '/v1/maturity/snapshots': {
      get: { summary: 'How it stood before', responses: { '200': json(ref('MaturitySnapshots'), 'The oldest first.'), ...refusals } },
      post: {
        summary: 'Keeps how it stands now',
        responses: done(z.object({ kind: z.literal('kept'), id: z.uuid() }), 'Kept.'),
      },
    },
    '/v1/maturity/attestations': {
      post: {
        summary: 'A person’s word on what no system can know',
        requestBody: body(schemaOf(attestationBody, 'input')),
        responses: done(z.object({ kind: z.literal('attested'), expiresAt: z.int() }), 'Attested until then.'),
      },
    },
    '/v1/maturity/aims': {
      post: {
        summary: 'How people see themselves in a dimension, and where they want to be',
        requestBody: body(schemaOf(aimBody, 'input')),
        responses: done(z.object({ kind: z.literal('set') }), 'Set.'),
      },
    },
  },
});

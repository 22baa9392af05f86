import { describeAccess } from './access/describe-access';
import type { ApiPart } from './api-description';
import { describeCoaching } from './coaching/describe-coaching';
import { describeCustomers } from './customers/describe-customers';
import { describeFacts } from './facts/describe-facts';
import { describeLive } from './live/describe-live';
import { describeMaturity } from './maturity/describe-maturity';
import { describeMenus } from './menus/describe-menus';
import { describeMetrics } from './metrics/describe-metrics';
import { describeQuality } from './quality/describe-quality';
import { describeSegments } from './segments/describe-segments';
import { hoistDefinitions } from './hoist-definitions';
import { describeSources } from './sources/describe-sources';
import { describeStatus } from './status/describe-status';
import { describeSurveys } from './surveys/describe-surveys';

const parts: readonly (() => ApiPart)[] = [
  describeAccess,
  describeCoaching,
  describeCustomers,
  describeFacts,
  describeLive,
  describeMaturity,
  describeMenus,
  describeMetrics,
  describeQuality,
  describeSegments,
  describeSources,
  describeStatus,
  describeSurveys,
];

/** The description of this API, from the schemas that check its requests. Instants are UTC milliseconds. */
export function describeApi(): object {
  const described = parts.map((describe) => describe());
  return hoistDefinitions({
    openapi: '3.1.0',
    info: {
      title: 'Throughline admin API',
      version: '1',
      description:
        'Reads customers with their hierarchy, and takes what people decide, correct and set. Instants are UTC milliseconds. Scripts send a bearer token; a browser has a session cookie and sends the token of `GET /v1/session` as `x-throughline-csrf` with every change.',
    },
    security: [{ bearer: [] }, { session: [] }],
    components: {
      securitySchemes: { bearer: { type: 'http', scheme: 'bearer' }, session: { type: 'apiKey', in: 'cookie', name: 'throughline_session' } },
      schemas: { ...unlike(described.map(({ schemas }) => schemas)), Problem: problemSchema },
    },
    paths: unlike(described.map(({ paths }) => paths)),
  });
}

const problemSchema = {
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
};

/** All of them in one; throws when two features take the same name. */
function unlike(records: readonly Readonly<Record<string, object>>[]): Record<string, object> {
  const together: Record<string, object> = {};
  for (const record of records)
    for (const [name, value] of Object.entries(record)) {
      if (name in together) throw new Error(`Two features describe ${name}.`);
      together[name] = value;
    }
  return together;
}

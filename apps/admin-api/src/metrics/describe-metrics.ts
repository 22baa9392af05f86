import type { z } from 'zod';
import { json, path, problem, queryOf, ref, refusals, schemaOf, type ApiPart } from '../api-description';
import { breakdownAnswer, movedAnswer, overviewAnswer, registryAnswer, rowsAnswer, seriesAnswer } from './metric-answers';
import { breakdownQuery, csvQuery, movedQuery, overviewQuery, rowsQuery, seriesQuery } from './metric-requests';

const wrong = { '400': problem('A range, zone, filter or cursor that is none.') };
const noSuch = { '404': problem('There is no metric with this id.'), '422': problem('The rows of this metric do not know the dimension.') };
const id = path('id', 'A metric of the registry, such as fcr.true.');

const reads = (summary: string, query: z.ZodType, answer: string, description: string): object => ({
  get: { summary, parameters: [id, ...queryOf(query)], responses: { '200': json(ref(answer), description), ...wrong, ...noSuch, ...refusals } },
});

export const describeMetrics = (): ApiPart => ({
  schemas: {
    MetricRegistry: schemaOf(registryAnswer, 'output'),
    MetricOverview: schemaOf(overviewAnswer, 'output'),
    MetricSeries: schemaOf(seriesAnswer, 'output'),
    MetricBreakdown: schemaOf(breakdownAnswer, 'output'),
    MetricMoved: schemaOf(movedAnswer, 'output'),
    MetricRows: schemaOf(rowsAnswer, 'output'),
  },
  paths: {
    '/v1/metrics': { get: { summary: 'Every metric with its definition', responses: { '200': json(ref('MetricRegistry'), 'The registry.'), ...refusals } } },
    '/v1/metrics/overview': {
      get: {
        summary: 'All tiles of one question',
        parameters: queryOf(overviewQuery),
        responses: { '200': json(ref('MetricOverview'), 'Each with interval, change in words and a small line.'), ...wrong, ...refusals },
      },
    },
    '/v1/metrics/{id}/series': reads('One metric over time', seriesQuery, 'MetricSeries', 'Hours, days, weeks or months on the clocks of the zone.'),
    '/v1/metrics/{id}/breakdown': reads('One metric cut by a dimension', breakdownQuery, 'MetricBreakdown', 'The slices with most rows first.'),
    '/v1/metrics/{id}/moved': reads('What moved a metric', movedQuery, 'MetricMoved', 'Mix and rate of each slice; they sum to the change.'),
    '/v1/metrics/{id}/rows': reads('The rows that a metric counts', rowsQuery, 'MetricRows', 'A page, the newest first; `total` is n of the number.'),
    '/v1/metrics/{id}/rows.csv': {
      get: {
        summary: 'All rows that a metric counts, as a file',
        parameters: [id, ...queryOf(csvQuery)],
        responses: {
          '200': { description: 'RFC 4180, streamed, never cut.', content: { 'text/csv': { schema: { type: 'string' } } } },
          ...wrong,
          ...noSuch,
          ...refusals,
        },
      },
    },
  },
});

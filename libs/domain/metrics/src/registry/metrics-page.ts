import { smallN, type Metric, type RowKind } from './metric';
import { metrics } from './registry';

const rowWords: Readonly<Record<RowKind, string>> = {
  contact: 'a contact of a customer',
  engagement: 'an engagement, with the channel, queue and agent of its first contact',
  queueStay: 'a stay in a queue',
  answer: 'an answered question',
  customer: 'a customer',
};
const unitWords = { percent: 'percent', mean: 'mean', nps: 'points from −100 to 100' } as const;
const dateWords = { at: 'the day it began', closedAt: 'the day it closed', period: 'the period as a whole' } as const;

/** `docs/metrics.md`: every definition in words, made from the registry. */
export function metricsPage(): string {
  return `# Metrics

Generated from the registry (\`libs/domain/metrics\`); \`WRITE_DOCS=1 node tools/test/jest.mjs domain-metrics\` writes it anew. Every tile, chart, list, file and API answer comes from these definitions.

Intervals are of 95 %. They take into account that several rows may belong to one customer: rates have Wilson’s interval with the effective number of rows, means and NPS have Student’s with the cluster-robust variance; differences of rates have Newcombe’s, of means Welch’s. A change is called better or worse only when the interval of the difference leaves out zero. Fewer than ${smallN} rows are shown as a small n.

${metrics.map(section).join('\n\n')}
`;
}

function section(metric: Pick<Metric, Exclude<keyof Metric, 'contribute'>>): string {
  const exclusions = Object.values(metric.exclusions);
  const lines = [
    `- Known because: ${metric.ink}. ${metric.better === 'higher' ? 'Higher' : 'Lower'} is better. Unit: ${unitWords[metric.unit]}${metric.of ? ` (${metric.of})` : ''}.`,
    `- A row: ${rowWords[metric.row]}, dated by ${dateWords[metric.datedBy]}.`,
    `- Numerator: ${metric.numerator}.`,
    `- Denominator: ${metric.denominator}.`,
    ...(exclusions.length > 0 ? [`- Left out: ${exclusions.join(' ')}`] : []),
    ...(metric.minimumN > 1 ? [`- Cut or filtered, it is not shown for fewer than ${metric.minimumN} answers.`] : []),
    ...(metric.notBy.length > 0 ? [`- Its rows do not know: ${metric.notBy.join(', ')}.`] : []),
  ];
  return `## ${metric.title}\n\n\`${metric.id}\`, version ${metric.version}. ${metric.formula}\n\n${lines.join('\n')}`;
}

import type { AnyMetric } from '@throughline/domain-metrics';
import { countedRowOf } from './counted-rows';
import type { CountedRowData } from './row-statements';

const columns = ['metric', 'version', 'customer', 'node', 'at', 'value', 'queue', 'channel', 'intent', 'family', 'agent', 'site'] as const;

/** A cell that a spreadsheet would read as a formula gets an apostrophe, also where its sign is the twin of full width. */
const formula = /^[=+\-@\t\r＝＋－＠]/;
const needsQuotes = /[",\r\n]/;

function textCell(text: string | null): string {
  if (text === null) return '';
  const safe = formula.test(text) ? `'${text}` : text;
  return needsQuotes.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** The head of the file (RFC 4180: commas, CRLF). */
export const csvHead = `${columns.join(',')}\r\n`;

/** Rows as lines of the file. Instants are UTC. */
export function csvLines(metric: AnyMetric, rows: readonly CountedRowData[]): string {
  return rows
    .map((data) => {
      const row = countedRowOf(metric, data);
      const texts = [row.queue, row.channel, row.intent, row.family, row.agent, row.site].map(textCell);
      return `${[metric.id, metric.version, row.customerId, textCell(row.node), new Date(row.at).toISOString(), row.value, ...texts].join(',')}\r\n`;
    })
    .join('');
}

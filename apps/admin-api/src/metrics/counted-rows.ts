import type { AnyMetric } from '@throughline/domain-metrics';
import type { CountedRow } from './metric-answers';
import type { CountedRowData, RowPosition } from './row-statements';

const nodePrefix = { contact: 'int_', engagement: 'eng_', queueStay: 'tx_', answer: '' } as const;

/** A row as the API shows it: with the node to open, without anything personal. */
export function countedRowOf(metric: AnyMetric, data: CountedRowData): CountedRow {
  const { customer_id, anchor, at, value, queue, channel, intent, family, agent, site } = data;
  const node = metric.row === 'customer' ? null : `${nodePrefix[metric.row]}${anchor}`;
  return { customerId: customer_id, node, at, value, queue, channel, intent, family, agent, site };
}

const written = /^(\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}(?:\.\d{1,6})?[+-]\d{2}(?::\d{2}){0,2})_([0-9a-f-]{36})_(\d{1,9})$/;

export const cursorOf = ({ at, anchor, place }: RowPosition): string => Buffer.from(`${at}_${anchor}_${place}`).toString('base64url');

/** The position that a cursor names; nothing when it is not one of ours. */
export function readCursor(cursor: string): RowPosition | undefined {
  const [, at, anchor, place] = written.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  return at !== undefined && anchor !== undefined && place !== undefined ? { at, anchor, place: Number(place) } : undefined;
}

import type { Dimension, RowKind } from '@throughline/domain-metrics';

/** Where the rows of a kind stand, and under which names what all rows have. */
export interface FactSource {
  readonly view: string;
  /** The node or thing that one row is. */
  readonly anchor: string;
  /** The date by which rows are listed. */
  readonly at: string;
  /** Columns of the dimensions that the rows know themselves. */
  readonly columns: Readonly<Partial<Record<Dimension, string>>>;
}

/** Rows that can be chosen by the dimensions: those of the metrics, and the visits of menu nodes. */
export type FactKind = RowKind | 'menuVisit';

const dimensionColumns = { queue: 'queue', channel: 'channel', intent: 'intent', family: 'family', agent: 'agent', site: 'site' } as const;

export const factSources: Readonly<Record<FactKind, FactSource>> = {
  contact: { view: 'scoring.read_contact', anchor: 'anchor', at: 'at', columns: dimensionColumns },
  engagement: { view: 'scoring.read_engagement', anchor: 'anchor', at: 'at', columns: dimensionColumns },
  queueStay: { view: 'scoring.read_queue_stay', anchor: 'anchor', at: 'at', columns: dimensionColumns },
  menuVisit: { view: 'scoring.read_menu_visit', anchor: 'anchor', at: 'at', columns: dimensionColumns },
  answer: { view: 'scoring.read_answer', anchor: 'anchor', at: 'at', columns: dimensionColumns },
  customer: { view: 'scoring.read_customer', anchor: 'customer_id', at: 'last_at', columns: { channel: 'last_channel', intent: 'last_intent' } },
};

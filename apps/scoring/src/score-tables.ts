import type { RowTable } from '@throughline/database';

const dimensions = [
  ['channel', 'text'],
  ['queue', 'text'],
  ['agent', 'text'],
  ['site', 'text'],
  ['intent', 'text'],
  ['family', 'text'],
] as const;

export const readingTable: RowTable = {
  name: 'scoring.reading',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['kind', 'text'],
    ['anchor', 'uuid'],
    ['from_at', 'instant'],
    ['to_at', 'instant'],
    ['engagement', 'uuid'],
    ['about', 'uuid'],
    ['body', 'jsonText'],
  ],
};

export const shareTable: RowTable = {
  name: 'scoring.engagement_share',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['engagement', 'uuid'],
    ['contact', 'uuid'],
    ['at', 'instant'],
    ['ended_at', 'instant'],
    ['settled', 'boolean'],
    ['body', 'jsonText'],
  ],
};

export const extentTable: RowTable = {
  name: 'scoring.engagement_extent',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['first_at', 'instant'],
    ['last_at', 'instant'],
  ],
};

export const contactTable: RowTable = {
  name: 'scoring.contact',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['at', 'instant'],
    ['ended_at', 'instant'],
    ['engagement', 'uuid'],
    ['place', 'integer'],
    ...dimensions,
    ['intent_confidence', 'integer'],
    ['started_by', 'text'],
    ['agents', 'text'],
    ['transactions', 'integer'],
    ['events', 'integer'],
    ['live_ms', 'integer'],
    ['outcome', 'text'],
    ['failed', 'text'],
    ['looks_resolved', 'boolean'],
    ['repeat_at', 'instant'],
    ['channel_repeat_at', 'instant'],
    ['frustration', 'integer'],
    ['unjudged', 'text'],
  ],
};

export const ledgerTable: RowTable = {
  name: 'scoring.contact_ledger',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['ledger', 'json'],
  ],
};

export const engagementTable: RowTable = {
  name: 'scoring.engagement',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['at', 'instant'],
    ['first_contact_end_at', 'instant'],
    ['last_contact_end_at', 'instant'],
    ...dimensions,
    ['intent_confidence', 'integer'],
    ['closed_as', 'text'],
    ['closed_at', 'instant'],
    ['resolved_at', 'instant'],
    ['idle_at', 'instant'],
    ['contacts', 'integer'],
    ['transactions', 'integer'],
    ['steps', 'integer'],
    ['channels', 'text'],
    ['agents', 'text'],
    ['live_ms', 'integer'],
    ['next_same_intent_at', 'instant'],
    ['said_solved', 'boolean'],
    ['said_solved_at', 'instant'],
    ['false_success', 'boolean'],
    ['frustration', 'integer'],
  ],
};

export const stayTable: RowTable = {
  name: 'scoring.queue_stay',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['contact', 'uuid'],
    ['at', 'instant'],
    ['left_at', 'instant'],
    ...dimensions,
    ['wait_ms', 'integer'],
    ['abandoned', 'boolean'],
  ],
};

export const visitTable: RowTable = {
  name: 'scoring.menu_visit',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['place', 'integer'],
    ['contact', 'uuid'],
    ['at', 'instant'],
    ...dimensions,
    ['node', 'text'],
    ['dwell_ms', 'integer'],
    ['invalid_inputs', 'integer'],
    ['opt_out', 'json'],
  ],
};

export const answerTable: RowTable = {
  name: 'scoring.answer',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['place', 'integer'],
    ['at', 'instant'],
    ...dimensions,
    ['system', 'text'],
    ['question', 'text'],
    ['value', 'integer'],
    ['about', 'uuid'],
    ['engagement', 'uuid'],
    ['cause', 'text'],
  ],
};

export const customerTable: RowTable = {
  name: 'scoring.customer',
  key: 1,
  columns: [
    ['customer_id', 'uuid'],
    ['known', 'boolean'],
    ['first_at', 'instant'],
    ['last_at', 'instant'],
    ['engagements', 'integer'],
    ['open_engagements_hint', 'integer'],
    ['contacts', 'integer'],
    ['last_intent', 'text'],
    ['last_channel', 'text'],
    ['spent', 'integer'],
    ['orders', 'integer'],
    ['left_at', 'instant'],
    ['last_frustration', 'integer'],
  ],
};

/** The rows of facts, in the order in which every writer writes them. The second column of each is the name by which a change finds what it replaces. */
export const factTables = {
  contact: contactTable,
  ledger: ledgerTable,
  engagement: engagementTable,
  stay: stayTable,
  visit: visitTable,
  answer: answerTable,
} as const;
export type FactTable = keyof typeof factTables;
export const factNames = Object.keys(factTables) as FactTable[];

import type { RowTable } from './row-table';

const membership = [
  ['rule', 'text'],
  ['other_event', 'uuid'],
  ['value', 'text'],
  ['gap_ms', 'integer'],
  ['limit_ms', 'integer'],
  ['confidence', 'integer'],
] as const;

export const transactionTable: RowTable = {
  name: 'sessionization.transaction',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['anchor_sequence', 'integer'],
    ['start_at', 'instant'],
    ['end_at', 'instant'],
    ['live_start_at', 'instant'],
    ['live_end_at', 'instant'],
    ['kind', 'text'],
    ['source', 'text'],
    ['system', 'text'],
    ['channel', 'text'],
    ['session_key', 'text'],
    ['agent', 'text'],
    ['queue', 'text'],
    ['ended', 'boolean'],
    ['interaction', 'uuid'],
    ...membership,
    ['node', 'text'],
    ['later_nodes', 'json'],
  ],
};

export const eventTable: RowTable = {
  name: 'sessionization.event_transaction',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['transaction', 'uuid'],
    ['event_id', 'uuid'],
    ['occurred_at', 'instant'],
    ['source_sequence', 'integer'],
    ['rule', 'text'],
    ['gap_ms', 'integer'],
    ['limit_ms', 'integer'],
  ],
};

export const interactionTable: RowTable = {
  name: 'sessionization.interaction',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['anchor_sequence', 'integer'],
    ['start_at', 'instant'],
    ['end_at', 'instant'],
    ['live_start_at', 'instant'],
    ['live_end_at', 'instant'],
    ['kind', 'text'],
  ],
};

export const partTable: RowTable = {
  name: 'sessionization.part',
  key: 3,
  columns: [
    ['customer_id', 'uuid'],
    ['interaction', 'uuid'],
    ['first_event', 'uuid'],
    ['start_at', 'instant'],
    ['end_at', 'instant'],
    ['live_ms', 'integer'],
    ['share', 'integer'],
    ['family', 'text'],
    ['family_by', 'text'],
    ['intent_confidence', 'integer'],
    ['failed', 'text'],
    ['keys', 'json'],
  ],
};

export const membershipTable: RowTable = {
  name: 'sessionization.node_membership',
  key: 2,
  columns: [['customer_id', 'uuid'], ['node', 'text'], ['component', 'uuid'], ...membership],
};

export const engagementTable: RowTable = {
  name: 'sessionization.engagement',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['anchor', 'uuid'],
    ['anchor_at', 'instant'],
    ['anchor_sequence', 'integer'],
    ['families', 'json'],
    ['first_at', 'instant'],
    ['last_at', 'instant'],
    ['last_activity_at', 'instant'],
    ['window_ms', 'integer'],
    ['phases', 'json'],
    ['repeat_of', 'uuid'],
    ['follows', 'uuid'],
    ['due_at', 'instant'],
    ['due_day', 'integer'],
  ],
  // What was announced stays announced unless it is due at another time now.
  onChange: 'announced_due_at = case when stored.due_at = excluded.due_at then stored.announced_due_at end',
};

export const componentTable: RowTable = {
  name: 'sessionization.engagement_component',
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['component', 'uuid'],
    ['engagement', 'uuid'],
  ],
};

/** In the order in which every writer writes them. */
export const journeyTables = [transactionTable, eventTable, interactionTable, partTable, membershipTable, engagementTable, componentTable] as const;

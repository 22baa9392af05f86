import type { RowTable } from '@throughline/database';

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
  key: 2,
  columns: [
    ['customer_id', 'uuid'],
    ['event_id', 'uuid'],
    ['transaction', 'uuid'],
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
    ['parts', 'json'],
  ],
};

export const membershipTable: RowTable = {
  name: 'sessionization.node_membership',
  key: 2,
  columns: [['customer_id', 'uuid'], ['node', 'text'], ['component', 'uuid'], ...membership, ['takes_feedback', 'boolean']],
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
export const journeyTables = [transactionTable, eventTable, interactionTable, membershipTable, engagementTable, componentTable] as const;

/** What the rule keeps of the sealed past, by the names that later events use. */
export const sealedKeyTable = sealedTable('sealed_key', 'key', 'text');
export const sealedNodeTable = sealedTable('sealed_node', 'node', 'text');
export const sealedComponentTable = sealedTable('sealed_component', 'label', 'uuid');

function sealedTable(name: string, by: string, kind: 'text' | 'uuid'): RowTable {
  return {
    name: `sessionization.${name}`,
    key: 2,
    columns: [
      ['customer_id', 'uuid'],
      [by, kind],
      ['state', 'json'],
    ],
  };
}

export const stateTable: RowTable = {
  name: 'sessionization.journey_state',
  key: 1,
  columns: [
    ['customer_id', 'uuid'],
    ['state', 'jsonText'],
  ],
};

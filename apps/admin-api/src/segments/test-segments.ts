const dimensions = 'channel text, queue text, agent text, site text, intent text, family text';
const named = `customer_id uuid, anchor uuid, at timestamptz, ${dimensions}`;

/** For tests: what segments read of scoring, each view over a plain table of the same columns. */
export const segmentTables: Readonly<Record<string, string>> = {
  'scoring.customer': `customer_id uuid, known boolean, first_at timestamptz, last_at timestamptz, engagements integer, open_engagements_hint integer, contacts integer,
    last_intent text, last_channel text, spent bigint, orders integer, left_at timestamptz, last_frustration integer`,
  'scoring.contact': `${named}, ended_at timestamptz, engagement uuid, place integer, intent_confidence integer, started_by text, agents text[], transactions integer,
    events integer, live_ms bigint, outcome text, failed text, looks_resolved boolean, repeat_at timestamptz, channel_repeat_at timestamptz, frustration integer, ledger json,
    unjudged text[]`,
  'scoring.engagement': `${named}, first_contact_end_at timestamptz, last_contact_end_at timestamptz, intent_confidence integer, closed_as text, closed_at timestamptz,
    resolved_at timestamptz, idle_at timestamptz, contacts integer, transactions integer, steps integer, channels text[], agents text[], live_ms bigint,
    next_same_intent_at timestamptz, said_solved boolean, said_solved_at timestamptz, false_success boolean, frustration integer`,
  'scoring.queue_stay': `${named}, contact uuid, left_at timestamptz, wait_ms bigint, abandoned boolean`,
  'scoring.menu_visit': `${named}, contact uuid, place integer, node text, dwell_ms bigint, invalid_inputs integer, opt_out json`,
  'scoring.answer': `${named}, place integer, system text, question text, value integer, about uuid, engagement uuid, cause text`,
  'scoring.segment': `segment_id uuid, name text, description text, draft json, draft_revision integer, draft_by json, draft_at timestamptz, version integer, rule json,
    waiting json, retired_at timestamptz, size integer`,
  'scoring.segment_version': `segment_id uuid, version integer, rule json, note text, published_by json, approved_by json, published_at timestamptz, size_before integer,
    size_after integer`,
  'scoring.segment_member': 'customer_id uuid, segment_id uuid, since timestamptz, until timestamptz, version integer, reason json',
  'scoring.segment_run': `segment_id uuid, version integer, cause text, started_at timestamptz, done integer, total integer, finished_at timestamptz, failure text`,
};

/** For tests: the views that only the pages of sources read, each over a plain table of the same columns. */
export const sourceTables: Readonly<Record<string, string>> = {
  'ingestion.original_body': 'received_at timestamptz, event_id uuid, revision integer, adapter text, record text',
  'scoring.score_head': 'customer_id uuid, scored_revision bigint, due_since timestamptz',
};

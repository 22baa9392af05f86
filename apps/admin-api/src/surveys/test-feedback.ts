/** For tests: the views of feedback that surveys and quality read, each over a plain table of the same columns. */
export const feedbackTables: Readonly<Record<string, string>> = {
  'feedback.survey_settings': 'version integer, settings jsonb, activated_at timestamptz, activated_by text, active boolean',
  'feedback.recovery_case':
    'anchor uuid, customer_id uuid, opened_at timestamptz, reasons jsonb, agents text[], state text, owner text, first_contact_at timestamptz, ended_at timestamptz',
  'feedback.case_step': 'anchor uuid, id uuid, place integer, kind text, at timestamptz, by text, owner text, note text',
  'feedback.review': `anchor uuid, customer_id uuid, reasons jsonb, agents text[], queued_at timestamptz, due_at timestamptz, state text, assigned_to text, note text, skip_reason text,
     finished_at timestamptz, finished_by text, version integer`,
  'feedback.finding': 'anchor uuid, id uuid, cause text, agent text, event_id uuid, note text, at timestamptz, by text',
  'feedback.review_rating': 'anchor uuid, agent text, value integer, at timestamptz, by text',
};

/** For tests: the views that evidence of maturity is read from and nothing else in admin-api reads, each over a plain table of the same columns. */
export const maturityTables: Readonly<Record<string, string>> = {
  'feedback.review': 'anchor uuid, finished_at timestamptz',
  'feedback.recovery_case': 'anchor uuid, opened_at timestamptz, first_contact_at timestamptz',
  'feedback.survey_settings': 'version integer, settings jsonb, active boolean',
  'identity.decision': 'decision_id uuid, recorded_at timestamptz, withdrawn_at timestamptz',
};

import { defaultSurveySettings, surveySettingsSchema, type SurveySettings } from '@throughline/contracts';
import type { Database, Transaction } from '@throughline/database';

export interface ActiveSurvey {
  readonly version: number;
  readonly settings: SurveySettings;
}

/** Writes the first version where there is none. */
export async function ensureSurveySettings(database: Database): Promise<void> {
  await database.execute(
    `insert into feedback.survey_settings (version, settings, activated_at, activated_by) values (1, $1, now(), 'throughline') on conflict (version) do nothing`,
    [JSON.stringify(defaultSurveySettings)],
  );
}

/** What holds now. A setting that a newer release knows and the stored version does not has its default. */
export async function activeSurvey(reader: Pick<Database, 'query'> | Transaction): Promise<ActiveSurvey> {
  const [row] = await reader.query<{ version: number; settings: object }>(
    'select version, settings from feedback.survey_settings order by version desc limit 1',
  );
  if (!row) return { version: 0, settings: defaultSurveySettings };
  return { version: row.version, settings: surveySettingsSchema.parse({ ...defaultSurveySettings, ...row.settings }) };
}

import { defaultScoringSettings, type ScoringSettings } from '@throughline/contracts';
import type { Database, Transaction } from '@throughline/database';

/** The settings in force: the greatest version. Read in every transaction that scores, so that no customer is scored with two. */
export async function activeSettings(tx: Pick<Transaction, 'query'>): Promise<ScoringSettings> {
  const [row] = await tx.query<{ settings: ScoringSettings }>('select settings from scoring.settings_version order by version desc limit 1');
  if (!row) throw new Error('No version of the scoring settings is stored.');
  return row.settings;
}

/** Stores the defaults as version 1 of an installation that has none yet. */
export async function ensureSettings(database: Database): Promise<void> {
  await database.execute(
    `insert into scoring.settings_version (version, settings, activated_at, activated_by)
     select $1, $2, now(), 'installation' where not exists (select 1 from scoring.settings_version)
     on conflict (version) do nothing`,
    [defaultScoringSettings.version, JSON.stringify(defaultScoringSettings)],
  );
}

/** Makes new settings the ones in force, as the version after the present one; whoever was first with that version wins. Every customer is scored anew, in the background. */
export async function activate(database: Database, settings: ScoringSettings, by: string): Promise<void> {
  await database.execute(
    'insert into scoring.settings_version (version, settings, activated_at, activated_by) values ($1, $2, now(), $3) on conflict (version) do nothing',
    [settings.version, JSON.stringify(settings), by],
  );
}

import { defaultHierarchySettings, type HierarchySettings } from '@throughline/contracts';
import type { Database, Transaction } from '@throughline/database';

/** The settings in force: the greatest version. Read in every transaction that builds, so that no customer is built with two. */
export async function activeSettings(tx: Pick<Transaction, 'query'>): Promise<HierarchySettings> {
  const [row] = await tx.query<{ settings: HierarchySettings }>('select settings from sessionization.settings_version order by version desc limit 1');
  if (!row) throw new Error('No settings version is stored.');
  return row.settings;
}

/** Stores the defaults as version 1 of an installation that has none yet. */
export async function ensureSettings(database: Database): Promise<void> {
  await database.execute(
    `insert into sessionization.settings_version (version, settings, activated_at, activated_by)
     select $1, $2, now(), 'installation' where not exists (select 1 from sessionization.settings_version)
     on conflict (version) do nothing`,
    [defaultHierarchySettings.version, JSON.stringify(defaultHierarchySettings)],
  );
}

/** The settings of these versions. */
export async function settingsOf(database: Pick<Database, 'query'>, versions: readonly number[]): Promise<Map<number, HierarchySettings>> {
  const rows = await database.query<{ version: number; settings: HierarchySettings }>(
    'select version, settings from sessionization.settings_version where version = any($1::integer[])',
    [[...new Set(versions)]],
  );
  return new Map(rows.map(({ version, settings }) => [version, settings]));
}

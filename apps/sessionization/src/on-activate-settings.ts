import { Injectable } from '@nestjs/common';
import { activateSettings, type AuditNote, type HierarchySettings } from '@throughline/contracts';
import { changedFields, Database, recordChange } from '@throughline/database';
import type { CommandHandler } from '@throughline/service';
import type { z } from 'zod';

type Reply = z.infer<typeof activateSettings.reply>;

/** Puts a new settings version in force. Every customer is rebuilt by `rebuild-after-settings`; until then its rows name the version they were built with. */
@Injectable()
export class OnActivateSettings implements CommandHandler<{ settings: HierarchySettings; by: string }, Reply> {
  readonly command = activateSettings;

  constructor(private readonly database: Database) {}

  async answer({ settings, by }: { settings: HierarchySettings; by: string }, note?: AuditNote): Promise<Reply> {
    return this.database.inTransaction(async (tx): Promise<Reply> => {
      // One activation at a time: the greatest version is the one in force.
      await tx.execute('lock table sessionization.settings_version in share row exclusive mode');
      const [same] = await tx.query<{ same: boolean }>('select settings = $2::jsonb as same from sessionization.settings_version where version = $1', [
        settings.version,
        JSON.stringify(settings),
      ]);
      if (same?.same) return { kind: 'repeated', version: settings.version };
      const [latest] = await tx.query<{ version: number; settings: HierarchySettings }>(
        'select version, settings from sessionization.settings_version order by version desc limit 1',
      );
      if (latest && settings.version <= latest.version)
        return { kind: 'refused', reason: `Version ${latest.version} is in force. A new version needs a greater number.` };
      await tx.execute('insert into sessionization.settings_version (version, settings, activated_at, activated_by) values ($1, $2, now(), $3)', [
        settings.version,
        JSON.stringify(settings),
        by,
      ]);
      const [count] = await tx.query<{ customers: number }>('select count(*)::integer as customers from sessionization.journey_head');
      await recordChange(tx, note, 'activated', changedFields(latest?.settings ?? {}, settings));
      return { kind: 'activated', version: settings.version, customers: count?.customers ?? 0 };
    });
  }
}

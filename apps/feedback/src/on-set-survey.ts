import { Injectable } from '@nestjs/common';
import { setSurvey, type AuditNote, type SurveySettings } from '@throughline/contracts';
import { changedFields, Database, recordChange } from '@throughline/database';
import { afterQuietHours } from '@throughline/domain-feedback';
import type { CommandHandler } from '@throughline/service';
import { isDeepStrictEqual } from 'node:util';
import { activeSurvey } from './survey-settings-store';

interface NewSettings {
  readonly version: number;
  readonly settings: SurveySettings;
  readonly by: string;
}
type Reply = { kind: 'set' | 'repeated' | 'conflict'; version: number } | { kind: 'refused'; reason: string };

/** A new version of the settings holds from the next invitation on. */
@Injectable()
export class OnSetSurvey implements CommandHandler<NewSettings, Reply> {
  readonly command = setSurvey;

  constructor(private readonly database: Database) {}

  async answer({ version, settings, by }: NewSettings, note?: AuditNote): Promise<Reply> {
    try {
      afterQuietHours(0, settings.quiet);
    } catch {
      return { kind: 'refused', reason: `The time zone "${settings.quiet.zone}" is not known. Use a name such as Europe/Berlin.` };
    }
    return this.database.inTransaction(async (tx) => {
      await tx.execute('lock table feedback.survey_settings in exclusive mode');
      const active = await activeSurvey(tx);
      if (isDeepStrictEqual(active.settings, settings)) return { kind: 'repeated', version: active.version };
      if (active.version !== version) return { kind: 'conflict', version: active.version };
      await tx.execute('insert into feedback.survey_settings (version, settings, activated_at, activated_by) values ($1, $2, now(), $3)', [
        version + 1,
        JSON.stringify(settings),
        by,
      ]);
      const { before, after } = changedFields(active.settings, settings);
      await recordChange(tx, note, 'set', { before: { version, ...before }, after: { version: version + 1, ...after } });
      return { kind: 'set', version: version + 1 };
    });
  }
}

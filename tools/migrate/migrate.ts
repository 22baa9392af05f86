// Brings the database up to date and makes the role of each service: one process, before the services start. They check, they never migrate.
import { describeError, parseSettings } from '@throughline/service';
import { migrate } from '@throughline/database';
import { z } from 'zod';
import { migrations as adminApi } from '../../apps/admin-api/migrations';
import { migrations as feedback } from '../../apps/feedback/migrations';
import { migrations as identity } from '../../apps/identity/migrations';
import { migrations as ingestion } from '../../apps/ingestion/migrations';
import { migrations as scoring, rulesRole } from '../../apps/scoring/migrations';
import { migrations as sessionization } from '../../apps/sessionization/migrations';

const password = z.string().min(1);
const settings = parseSettings(
  z.object({
    /** As the owner of the database, who may create roles. */
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    TL_INGESTION_PASSWORD: password,
    TL_IDENTITY_PASSWORD: password,
    TL_SESSIONIZATION_PASSWORD: password,
    TL_SCORING_PASSWORD: password,
    TL_RULES_PASSWORD: password,
    TL_FEEDBACK_PASSWORD: password,
    TL_ADMIN_API_PASSWORD: password,
  }),
);

try {
  const ran = await migrate({
    url: settings.DATABASE_URL,
    migrations: [...ingestion, ...identity, ...sessionization, ...scoring, ...feedback, ...adminApi],
    roles: [
      { name: 'tl_ingestion', schema: 'ingestion', password: settings.TL_INGESTION_PASSWORD },
      { name: 'tl_identity', schema: 'identity', password: settings.TL_IDENTITY_PASSWORD },
      { name: 'tl_sessionization', schema: 'sessionization', password: settings.TL_SESSIONIZATION_PASSWORD },
      { name: 'tl_scoring', schema: 'scoring', password: settings.TL_SCORING_PASSWORD },
      rulesRole(settings.TL_RULES_PASSWORD),
      { name: 'tl_feedback', schema: 'feedback', password: settings.TL_FEEDBACK_PASSWORD },
      { name: 'tl_admin_api', schema: 'admin_api', readOnly: ['audit_entry', 'audit_head'], password: settings.TL_ADMIN_API_PASSWORD },
    ],
    log: (line) => process.stdout.write(`${line}\n`),
  });
  process.stdout.write(ran.length === 0 ? 'The database is up to date.\n' : `The database is up to date: ${ran.length} migrations ran.\n`);
} catch (error) {
  process.stderr.write(
    `The database could not be migrated: ${error instanceof Error ? error.message : String(error)}\n${JSON.stringify(describeError(error))}\n`,
  );
  process.exitCode = 1;
}

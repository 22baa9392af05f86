import type { CanonicalHierarchy, Instant } from '@throughline/contracts';
import type { Database } from '@throughline/database';
import { toCanonical, type Journey } from '@throughline/domain-hierarchy';
import { journeysFrom } from './journey-rows';
import { readJourneyRows } from './journey-store';
import { settingsOf } from './settings-versions';

/** The stored hierarchies of these customers, in the order asked: facts as the rule would have given them. A customer without rows has an empty one. */
export async function journeysFromDatabase(database: Database, customerIds: readonly string[]): Promise<Journey[]> {
  return database.inTransaction(async (tx) => {
    const heads = await tx.query<{ customer_id: string; settings_version: number }>(
      'select customer_id, settings_version from sessionization.journey_head where customer_id = any($1::uuid[])',
      [customerIds],
    );
    const versions = new Map(heads.map((row) => [row.customer_id, row.settings_version]));
    const rows = await readJourneyRows(tx, customerIds);
    return journeysFrom(new Map(customerIds.map((id) => [id, { settingsVersion: versions.get(id) ?? 0 }])), rows);
  });
}

/** The stored hierarchies in the form in which rule, database and oracles are compared. */
export async function canonicalFromDatabase(database: Database, customerIds: readonly string[], asOf: Instant): Promise<CanonicalHierarchy[]> {
  const journeys = await journeysFromDatabase(database, customerIds);
  const settings = await settingsOf(
    database,
    journeys.map(({ settingsVersion }) => settingsVersion),
  );
  return journeys.map((journey) => toCanonical(journey, settings.get(journey.settingsVersion)!, asOf));
}

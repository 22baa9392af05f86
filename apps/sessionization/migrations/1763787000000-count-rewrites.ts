import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How often a customer's rows were built for another reason than identity's changes (a correction, other settings, a mended failure). Who follows the hierarchy by the spans of
 * `identity.read_customer_change` must then look at everything. `read_journey_head` shows it as `rewritten`.
 */
export class CountRewrites1763787000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table sessionization.journey_head add column rewritten integer not null default 0');
    await runner.query(`
      create or replace view sessionization.read_journey_head as
        select customer_id, built_revision, settings_version, events, first_at, last_at, stale, due_since, rewritten from sessionization.journey_head`);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which transaction wrote a customer's facts last, so that who keeps facts beside the database can ask whose have changed since a snapshot of it: those whose `saved_in` is
 * not below that snapshot's xmin. Null: before this was noted. The index came later.
 *
 * `read_score_head(…, saved_in)`
 */
export class TellWhoChanged1763826000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table scoring.score_head add column saved_in xid8;
      create or replace view scoring.read_score_head as select customer_id, scored_revision, settings_version, stale, due_since, saved_in from scoring.score_head;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who keeps facts beside the database asks five times a second whose have changed: a look at every head cost more than one more entry for each scoring. */
export class IndexWhoChanged1763838000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create index score_head_saved_in on scoring.score_head (saved_in)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index scoring.score_head_saved_in');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Every change asks whether an answer that hung in no engagement hangs in one now. */
export class FindUnhungAnswers1763831000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`create index reading_unhung on scoring.reading (customer_id) where kind = 'answers' and engagement is null`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index scoring.reading_unhung');
  }
}

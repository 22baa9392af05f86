import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An event has one owner, and the key says so. The rows of a customer are found by the index on time: two indexes to write for each event instead of three. */
export class OneOwnerRow1763785000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table identity.customer_event drop constraint customer_event_pkey');
    await runner.query('drop index identity.customer_event_event_id');
    await runner.query('alter table identity.customer_event add primary key (event_id)');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

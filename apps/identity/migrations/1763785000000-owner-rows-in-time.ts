import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A customer's events are read by time: one key does what a key and an index did, two indexes to write for each event instead of three. */
export class OwnerRowsInTime1763785000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table identity.customer_event drop constraint customer_event_pkey');
    await runner.query('drop index identity.customer_event_occurred_at');
    await runner.query('alter table identity.customer_event add primary key (customer_id, occurred_at, event_id)');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

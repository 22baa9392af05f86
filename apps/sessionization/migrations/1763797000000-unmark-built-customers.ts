import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Marks of waiting that stayed on customers who were built meanwhile: ingestion took them for a backlog and refused new events. Who does wait is marked again by the next sweep. */
export class UnmarkBuiltCustomers1763797000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('update sessionization.journey_head set due_since = null where due_since is not null and not due');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

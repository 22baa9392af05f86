import type { MigrationInterface, QueryRunner } from 'typeorm';

/** `read_original_body(received_at, event_id, revision, adapter, record)`: the record as it came, redacted, for whoever looks at a single event. Asked with the event's `received_at`, or it reads every month. */
export class ShowOriginalBodies1763825000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create view ingestion.read_original_body as select received_at, event_id, revision, adapter, record from ingestion.original_body');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

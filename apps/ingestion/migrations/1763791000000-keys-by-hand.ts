import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Write keys that people make: who made them, for what, and when they were last used. A key's id is the first half of its hash as a UUID (version 8). `revoked_at` may lie ahead: until then the key works. */
export class KeysByHand1763791000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table ingestion.write_key
        add column label text not null default 'of the installation',
        add column made_by text not null default 'installation',
        add column last_used_at timestamptz`);
    await runner.query(`
      create view ingestion.read_write_key as
        select overlay(overlay(substr(sha256, 1, 32) placing '8' from 13) placing '8' from 17)::uuid as key_id,
          source, prefix, label, made_by, created_at, last_used_at, revoked_at from ingestion.write_key`);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What people say of the organisation's maturity, and how it stood when somebody kept it. Words and aims are only added: the newest counts. */
export class CreateMaturity1763820000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists admin_api');
    await runner.query(`
      create table admin_api.maturity_attestation (
        criterion text not null,
        attestation_id uuid not null,
        holds boolean not null,
        by_name text not null,
        at timestamptz not null,
        expires_at timestamptz not null,
        comment text not null,
        primary key (criterion, attestation_id)
      )`);
    await runner.query(`
      create table admin_api.maturity_aim (
        dimension text not null,
        aim_id uuid not null,
        claimed text,
        target text,
        by_name text not null,
        at timestamptz not null,
        primary key (dimension, aim_id)
      )`);
    await runner.query(`
      create table admin_api.maturity_snapshot (
        snapshot_id uuid primary key,
        at timestamptz not null,
        by_name text not null,
        overall text,
        reached json not null,
        met integer not null,
        criteria json not null
      )`);
    await runner.query('create index maturity_snapshot_at on admin_api.maturity_snapshot (at)');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

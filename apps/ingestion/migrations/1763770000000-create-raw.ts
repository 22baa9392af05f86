import { outboxTable } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

const firstMonth = { year: 2026, month: 1 };
const months = 60;

/**
 * The raw family, keyed by event. `event_key` decides what is a duplicate and has no time in it; `event` is the slim canonical form; `original_body` the record as it came, redacted, in a partition
 * for each month it was received, so that it can be dropped by month.
 */
export class CreateRaw1763770000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists ingestion');
    await runner.query(outboxTable('ingestion'));
    await runner.query(`
      create table ingestion.event_key (
        event_id uuid primary key,
        revision integer not null,
        fingerprint uuid not null,
        received_at timestamptz not null
      )`);
    await runner.query(`
      create table ingestion.event (
        event_id uuid primary key,
        revision integer not null,
        source text not null,
        occurred_at timestamptz not null,
        received_at timestamptz not null,
        body json not null
      )`);
    await runner.query('create index event_received_at on ingestion.event using brin (received_at)');
    await runner.query(`
      create table ingestion.original_body (
        received_at timestamptz not null,
        event_id uuid not null,
        revision integer not null,
        adapter text not null,
        record text not null
      ) partition by range (received_at)`);
    // Looked into rarely, and always by the time that the event names: a few bytes a block of rows are enough, and cost the accept path nothing.
    await runner.query(
      'create index original_body_received_at on ingestion.original_body using brin (received_at) with (pages_per_range = 16, autosummarize = on)',
    );
    await runner.query('create table ingestion.original_body_other partition of ingestion.original_body default');
    for (let index = 0; index < months; index += 1) {
      const from = monthAt(index);
      await runner.query(
        `create table ingestion.original_body_${from.replace('-', '_')} partition of ingestion.original_body for values from ('${from}-01Z') to ('${monthAt(index + 1)}-01Z')`,
      );
    }
    await runner.query(`
      create table ingestion.quarantine (
        event_id uuid not null,
        id uuid not null,
        source text not null,
        adapter text not null,
        stage text not null,
        reason text not null,
        pointer text,
        fix text,
        source_event_id text,
        received_at timestamptz not null,
        record text not null,
        sanitized integer not null,
        redacted integer not null,
        attempts integer not null default 1,
        state text not null default 'open' check (state in ('open', 'replayed')),
        edited_by text,
        replayed_at timestamptz,
        primary key (event_id, id)
      )`);
    await runner.query(`create index quarantine_open on ingestion.quarantine (reason, received_at) where state = 'open'`);
    await runner.query('create index quarantine_id on ingestion.quarantine (id)');
    await runner.query(`
      create table ingestion.digit_line (
        event_id uuid primary key,
        conversation uuid not null,
        at timestamptz not null
      )`);
    await runner.query('create index digit_line_conversation on ingestion.digit_line (conversation, at)');
    await runner.query(`
      create table ingestion.redaction (
        event_id uuid not null,
        id uuid not null,
        at timestamptz not null,
        kind text not null,
        primary key (event_id, id)
      )`);
    await runner.query(
      'create table ingestion.source (name text primary key, settings jsonb not null, created_at timestamptz not null, disabled_at timestamptz)',
    );
    await runner.query(`
      create table ingestion.write_key (
        sha256 text primary key,
        prefix text not null,
        source text not null references ingestion.source (name),
        created_at timestamptz not null,
        revoked_at timestamptz
      )`);
    await runner.query('create view ingestion.read_event as select event_id, revision, source, occurred_at, received_at, body from ingestion.event');
    await runner.query(`
      create view ingestion.read_quarantine as
        select id, event_id, source, adapter, stage, reason, pointer, fix, source_event_id, received_at, attempts, state, edited_by, replayed_at from ingestion.quarantine`);
    await runner.query('create view ingestion.read_source as select name, settings, created_at, disabled_at from ingestion.source');
    await runner.query('create view ingestion.read_redaction as select event_id, id, at, kind from ingestion.redaction');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

function monthAt(index: number): string {
  const month = firstMonth.month - 1 + index;
  return `${firstMonth.year + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}

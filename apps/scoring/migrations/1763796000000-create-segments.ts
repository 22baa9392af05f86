import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Segments, their versions, and who is in them. `segment`, `segment_version` and `segment_run` are few rows, keyed by segment; `segment_member` and `customer_sample` are
 * of the customer family. A stay in a segment is one row: `until` is set when it ends, and a later stay is a row of its own, so that the past can be asked.
 *
 * What others read:
 * - `read_segment(segment_id, name, description, draft, draft_revision, draft_by, draft_at, version, rule, waiting, size, retired_at)`: `rule` is the published one;
 *   `waiting` a publication that waits for a second person
 * - `read_segment_version(segment_id, version, rule, note, published_by, approved_by, published_at, size_before, size_after)`
 * - `read_segment_member(customer_id, segment_id, since, until, version, reason)`
 * - `read_segment_run(segment_id, version, cause, started_at, done, total, finished_at, failure)`: the latest working out for everybody
 * - `read_sample_draw(drawn_at, sample, total)`: how the present sample of customers was drawn
 */
export class CreateSegments1763796000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists scoring;

      create table scoring.segment (
        segment_id uuid primary key,
        name text not null,
        description text not null,
        draft json not null,
        draft_revision integer not null,
        draft_by json not null,
        draft_at timestamptz not null,
        version integer,
        waiting json,
        retired_at timestamptz,
        retired_by json
      );
      create unique index segment_name on scoring.segment (lower(name)) where retired_at is null;

      create table scoring.segment_version (
        segment_id uuid not null,
        version integer not null,
        rule json not null,
        note text not null,
        published_by json not null,
        approved_by json,
        published_at timestamptz not null,
        size_before integer not null,
        size_after integer not null,
        primary key (segment_id, version)
      );

      create table scoring.segment_member (
        customer_id uuid not null,
        segment_id uuid not null,
        since timestamptz not null,
        until timestamptz,
        version integer not null,
        reason json not null,
        primary key (customer_id, segment_id, since)
      );
      create index segment_member_now on scoring.segment_member (segment_id, customer_id) where until is null;
      create index segment_member_since on scoring.segment_member (segment_id, since);
      create index segment_member_until on scoring.segment_member (segment_id, until) where until is not null;

      create table scoring.segment_run (
        segment_id uuid primary key,
        version integer not null,
        cause text not null check (cause in ('published', 'time')),
        started_at timestamptz not null,
        done integer not null,
        total integer not null,
        finished_at timestamptz,
        failure text
      );

      create table scoring.customer_sample (customer_id uuid primary key);
      create table scoring.sample_draw (id integer primary key check (id = 1), drawn_at timestamptz not null, sample integer not null, total integer not null);

      create view scoring.read_segment as
        select s.segment_id, s.name, s.description, s.draft, s.draft_revision, s.draft_by, s.draft_at, s.version, v.rule, s.waiting, s.retired_at,
          (select count(*)::integer from scoring.segment_member m where m.segment_id = s.segment_id and m.until is null) as size
        from scoring.segment s left join scoring.segment_version v on v.segment_id = s.segment_id and v.version = s.version;
      create view scoring.read_segment_version as
        select segment_id, version, rule, note, published_by, approved_by, published_at, size_before, size_after from scoring.segment_version;
      create view scoring.read_segment_member as select customer_id, segment_id, since, until, version, reason from scoring.segment_member;
      create view scoring.read_segment_run as
        select segment_id, version, cause, started_at, done, total, finished_at, failure from scoring.segment_run;
      create view scoring.read_sample_draw as select drawn_at, sample, total from scoring.sample_draw;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

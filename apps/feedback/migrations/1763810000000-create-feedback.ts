import { leaseTable, outboxTable } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Surveys, their answers, recovery cases and reviews of quality. Raw family: everything is keyed by the anchor event of the engagement it is about, and stays with that event
 * whoever the customer turns out to be; `customer_id` is who it was at the time.
 *
 * What others may read:
 * - `read_survey_settings(version, settings, activated_at, activated_by, active)`
 * - `read_invitation(anchor, rule, id, customer_id, channel, delivery, state, language, created_at, send_at, sent_at, opened_at, answered_at, expires_at, touch_points)`: without its secrets
 * - `read_response(anchor, rule, id, customer_id, answered_at, revision, answers, form)`
 * - `read_recovery_case(anchor, customer_id, opened_at, reasons, state, owner, first_contact_at, ended_at)`, `read_case_step(anchor, id, place, kind, at, by, owner, note)`
 * - `read_review(anchor, customer_id, reasons, agents, queued_at, due_at, state, assigned_to, note, skip_reason, finished_at, finished_by, version)`,
 *   `read_finding(anchor, id, cause, agent, event_id, note, at, by)`, `read_review_rating(anchor, agent, value, at, by)`
 */
export class CreateFeedback1763810000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists feedback;

      create table feedback.survey_settings (
        version integer primary key,
        settings jsonb not null,
        activated_at timestamptz not null,
        activated_by text not null
      );

      -- One invitation for each engagement and rule. Its state: new, opened, answered, void.
      create table feedback.invitation (
        anchor uuid not null,
        rule text not null,
        id uuid not null,
        customer_id uuid not null,
        settings_version integer not null,
        language text not null,
        form json not null,
        state text not null default 'new',
        created_at timestamptz not null default now(),
        send_at timestamptz not null,
        expires_at timestamptz not null,
        -- By it the nonces of this invitation's pages are made.
        page_key bytea not null,
        opened_at timestamptz,
        answered_at timestamptz,
        -- How often the answer was changed.
        revision integer not null default 0,
        answers json,
        -- Of the fields that were sent: the same answer once more changes nothing.
        answer_sha256 bytea,
        draft json,
        void_reason text,
        primary key (anchor, rule)
      ) with (fillfactor = 80);
      create index invitation_customer on feedback.invitation (customer_id, send_at);

      -- What is sent outside the house, one row for each invitation and way, written before it is sent. Its state: waiting, sending, sent, refused, unknown
      -- (the process ended while it was being sent: it is not sent again).
      create table feedback.delivery (
        anchor uuid not null,
        rule text not null,
        channel text not null,
        state text not null,
        attempts integer not null default 0,
        next_at timestamptz not null,
        token_sha256 bytea,
        started_at timestamptz,
        sent_at timestamptz,
        problem text,
        primary key (anchor, rule, channel)
      ) with (fillfactor = 80);
      create index delivery_token on feedback.delivery (token_sha256) where token_sha256 is not null;
      create index delivery_waiting on feedback.delivery (next_at) where state = 'waiting';
      create index delivery_sending on feedback.delivery (started_at) where state = 'sending';

      create table feedback.opt_out (customer_id uuid primary key, anchor uuid not null, at timestamptz not null default now());

      -- Events on their way to ingestion: written with what they tell, removed once they are accepted.
      create table feedback.posted_event (
        anchor uuid not null,
        source_event_id text not null,
        revision integer not null,
        body json not null,
        created_at timestamptz not null default now(),
        next_at timestamptz not null default now(),
        attempts integer not null default 0,
        -- Why ingestion refused it for good.
        problem text,
        primary key (anchor, source_event_id, revision)
      );
      create index posted_event_waiting on feedback.posted_event (next_at) where problem is null;

      create table feedback.recovery_case (
        anchor uuid primary key,
        customer_id uuid not null,
        opened_at timestamptz not null,
        reasons jsonb not null,
        agents text[] not null default '{}',
        state text not null,
        owner text,
        first_contact_at timestamptz,
        ended_at timestamptz
      ) with (fillfactor = 80);
      create index recovery_case_open on feedback.recovery_case (opened_at) where ended_at is null;
      create table feedback.case_step (
        anchor uuid not null,
        id uuid not null,
        place integer not null,
        kind text not null,
        at timestamptz not null,
        by text not null,
        owner text,
        note text,
        primary key (anchor, id)
      );

      -- Engagements that a person should read. Its state: waiting, assigned, done, skipped.
      create table feedback.review (
        anchor uuid primary key,
        customer_id uuid not null,
        reasons jsonb not null,
        agents text[] not null,
        queued_at timestamptz not null,
        due_at timestamptz not null,
        state text not null default 'waiting',
        assigned_to text,
        note text,
        skip_reason text,
        finished_at timestamptz,
        finished_by text,
        version integer not null default 1
      ) with (fillfactor = 80);
      create index review_open on feedback.review (queued_at) where state in ('waiting', 'assigned');
      create table feedback.finding (
        anchor uuid not null,
        id uuid not null,
        cause text not null check (cause in ('people', 'process', 'technology')),
        agent text,
        event_id uuid,
        note text,
        at timestamptz not null,
        by text not null,
        primary key (anchor, id),
        -- A failure of the process or the technology is nobody's own.
        check (cause = 'people' or agent is null)
      );
      create table feedback.review_rating (
        anchor uuid not null,
        agent text not null,
        value integer not null check (value between 1 and 5),
        at timestamptz not null,
        by text not null,
        primary key (anchor, agent)
      );
    `);
    await runner.query(outboxTable('feedback'));
    await runner.query(leaseTable('feedback'));
    await runner.query(`
      create view feedback.read_survey_settings as
        select version, settings, activated_at, activated_by, version = (select max(version) from feedback.survey_settings) as active from feedback.survey_settings;

      create view feedback.read_invitation as
        select i.anchor, i.rule, i.id, i.customer_id, d.channel, d.state as delivery, i.state, i.language, i.created_at, i.send_at, d.sent_at, i.opened_at,
          i.answered_at, i.expires_at, json_array_length(i.form->'touchPoints') as touch_points
        from feedback.invitation i join feedback.delivery d on d.anchor = i.anchor and d.rule = i.rule;

      create view feedback.read_response as
        select anchor, rule, id, customer_id, answered_at, revision, answers, form from feedback.invitation where state = 'answered';

      create view feedback.read_recovery_case as
        select anchor, customer_id, opened_at, reasons, agents, state, owner, first_contact_at, ended_at from feedback.recovery_case;
      create view feedback.read_case_step as select anchor, id, place, kind, at, by, owner, note from feedback.case_step;

      create view feedback.read_review as
        select anchor, customer_id, reasons, agents, queued_at, due_at, state, assigned_to, note, skip_reason, finished_at, finished_by, version from feedback.review;
      create view feedback.read_finding as select anchor, id, cause, agent, event_id, note, at, by from feedback.finding;
      create view feedback.read_review_rating as select anchor, agent, value, at, by from feedback.review_rating;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

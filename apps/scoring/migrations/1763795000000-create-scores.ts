import { leaseTable, outboxTable } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The scores of every customer. Customer family: `customer_id` comes first in every primary key and is never updated. Lists of words are one text, cut by the views.
 * Rows that are summed are slim: ledgers have a table of their own, which a sum never reads.
 *
 * What others read, column by column the contract `libs/contracts/src/scoring/facts.ts`: `read_contact`, `read_engagement`, `read_queue_stay`, `read_menu_visit`, `read_answer`,
 * `read_customer`. Besides:
 * - `read_engagement_contact(customer_id, engagement, contact, at, ended_at)`: which contacts have a part in which engagement
 * - `read_score_head(customer_id, scored_revision, settings_version, stale, due_since)`: how far scoring is
 * - `read_scoring_settings(version, settings, activated_at, activated_by, active)`
 * - `read_failed_score(customer_id, revision, reason, attempts, failed_at)`
 */
export class CreateScores1763795000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    const dimensions = 'channel text, queue text, agent text, site text, intent text not null, family text not null';
    await runner.query(`
      create schema if not exists scoring;

      -- Norms are part of a version: scores stay a function of stored facts and one version.
      create table scoring.settings_version (
        version integer primary key,
        settings jsonb not null,
        activated_at timestamptz not null,
        activated_by text not null
      );

      -- One row a customer: what is locked, and how far its scores are. "rewritten": that of the hierarchy's head that was scored.
      create table scoring.score_head (
        customer_id uuid primary key,
        scored_revision bigint not null default 0,
        rewritten integer not null default -1,
        settings_version integer not null default 0,
        stale boolean not null default false,
        due boolean not null default false,
        due_since timestamptz
      ) with (fillfactor = 70);
      create index score_head_settings_version on scoring.score_head (settings_version);
      create index score_head_due on scoring.score_head (customer_id) where due;
      create index score_head_due_since on scoring.score_head (due_since) where due_since is not null;

      -- What a contact ('contact', by its anchor) or an item (by its kind and event) says by itself. A change reads the events of what it touches, and of the rest these.
      create table scoring.reading (
        customer_id uuid not null,
        kind text not null,
        anchor uuid not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        -- Of an item.
        engagement uuid,
        -- Of answers: the event they are about.
        about uuid,
        body text not null,
        primary key (customer_id, kind, anchor)
      ) with (fillfactor = 80);
      create index reading_to_at on scoring.reading (customer_id, to_at);
      create index reading_engagement on scoring.reading (customer_id, engagement) where engagement is not null;
      create index reading_about on scoring.reading (customer_id, about) where about is not null;

      -- What a contact brought to an engagement: an engagement is added up from these.
      create table scoring.engagement_share (
        customer_id uuid not null,
        engagement uuid not null,
        contact uuid not null,
        at timestamptz not null,
        ended_at timestamptz not null,
        settled boolean not null,
        body text not null,
        primary key (customer_id, engagement, contact)
      ) with (fillfactor = 80);

      -- First to last instant of each engagement as it was when it was scored.
      create table scoring.engagement_extent (
        customer_id uuid not null,
        anchor uuid not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);

      create table scoring.contact (
        customer_id uuid not null,
        anchor uuid not null,
        at timestamptz not null,
        ended_at timestamptz not null,
        engagement uuid,
        place integer not null,
        ${dimensions},
        intent_confidence integer not null,
        started_by text not null,
        agents text not null,
        transactions integer not null,
        events integer not null,
        live_ms bigint not null,
        outcome text,
        failed text,
        looks_resolved boolean not null,
        repeat_at timestamptz,
        channel_repeat_at timestamptz,
        frustration integer not null,
        unjudged text not null,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);
      create index contact_at on scoring.contact (at);
      create index contact_customer_at on scoring.contact (customer_id, at);

      create table scoring.contact_ledger (
        customer_id uuid not null,
        anchor uuid not null,
        ledger json not null,
        primary key (customer_id, anchor)
      );

      create table scoring.engagement (
        customer_id uuid not null,
        anchor uuid not null,
        at timestamptz not null,
        first_contact_end_at timestamptz not null,
        last_contact_end_at timestamptz not null,
        ${dimensions},
        intent_confidence integer not null,
        closed_as text,
        closed_at timestamptz,
        resolved_at timestamptz,
        idle_at timestamptz,
        contacts integer not null,
        transactions integer not null,
        steps integer not null,
        channels text not null,
        agents text not null,
        live_ms bigint not null,
        next_same_intent_at timestamptz,
        said_solved boolean,
        said_solved_at timestamptz,
        false_success boolean not null,
        frustration integer not null,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);
      create index engagement_at on scoring.engagement (at);
      create index engagement_departure on scoring.engagement (customer_id, at) where family = 'cancellation';
      create index engagement_sold on scoring.engagement (customer_id, at) where closed_as = 'sold';

      create table scoring.queue_stay (
        customer_id uuid not null,
        anchor uuid not null,
        contact uuid not null,
        at timestamptz not null,
        left_at timestamptz not null,
        ${dimensions},
        wait_ms bigint not null,
        abandoned boolean not null,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);
      create index queue_stay_at on scoring.queue_stay (at);

      create table scoring.menu_visit (
        customer_id uuid not null,
        anchor uuid not null,
        place integer not null,
        contact uuid not null,
        at timestamptz not null,
        ${dimensions},
        node text not null,
        dwell_ms bigint not null,
        invalid_inputs integer not null,
        opt_out json,
        primary key (customer_id, anchor, place)
      ) with (fillfactor = 80);
      create index menu_visit_at on scoring.menu_visit (at);

      create table scoring.answer (
        customer_id uuid not null,
        anchor uuid not null,
        place integer not null,
        at timestamptz not null,
        ${dimensions},
        system text,
        question text not null,
        value integer not null,
        about uuid,
        engagement uuid,
        cause text,
        primary key (customer_id, anchor, place)
      ) with (fillfactor = 80);
      create index answer_at on scoring.answer (at);
      create index answer_question_at on scoring.answer (question, at);

      create table scoring.customer (
        customer_id uuid primary key,
        known boolean not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        engagements integer not null,
        open_engagements_hint integer not null,
        contacts integer not null,
        last_intent text not null,
        last_channel text,
        spent bigint not null,
        orders integer not null,
        left_at timestamptz,
        last_frustration integer not null
      ) with (fillfactor = 80);
      create index customer_last_at on scoring.customer (last_at);

      create table scoring.failed_customer (
        customer_id uuid primary key,
        revision bigint not null,
        reason text not null,
        attempts integer not null,
        failed_at timestamptz not null
      );
    `);
    await runner.query(outboxTable('scoring'));
    await runner.query(leaseTable('scoring'));
    const dims = 'channel, queue, agent, site, intent, family';
    const list = (column: string): string => `coalesce(string_to_array(nullif(${column}, ''), E'\\x1f'), '{}') as ${column}`;
    const of = (alias: string, columns: string): string =>
      columns
        .split(', ')
        .map((column) => `${alias}.${column}`)
        .join(', ');
    await runner.query(`
      create view scoring.read_contact as
        select ${of('c', `customer_id, anchor, at, ended_at, engagement, place, ${dims}, intent_confidence, started_by`)}, ${list('agents')}, ${of('c', 'transactions, events, live_ms, outcome, failed, looks_resolved, repeat_at, channel_repeat_at, frustration')},
          coalesce(l.ledger, '[]'::json) as ledger, ${list('unjudged')}
        from scoring.contact c left join scoring.contact_ledger l on l.customer_id = c.customer_id and l.anchor = c.anchor;

      create view scoring.read_engagement as
        select customer_id, anchor, at, first_contact_end_at, last_contact_end_at, ${dims}, intent_confidence, closed_as, closed_at, resolved_at, idle_at, contacts, transactions, steps,
          ${list('channels')}, ${list('agents')}, live_ms, next_same_intent_at, said_solved, said_solved_at, false_success, frustration
        from scoring.engagement;

      create view scoring.read_queue_stay as select customer_id, anchor, contact, at, left_at, ${dims}, wait_ms, abandoned from scoring.queue_stay;
      create view scoring.read_menu_visit as select customer_id, anchor, contact, at, place, ${dims}, node, dwell_ms, invalid_inputs, opt_out from scoring.menu_visit;
      create view scoring.read_answer as select customer_id, anchor, place, at, ${dims}, system, question, value, about, engagement, cause from scoring.answer;
      create view scoring.read_customer as
        select customer_id, known, first_at, last_at, engagements, open_engagements_hint, contacts, last_intent, last_channel, spent, orders, left_at, last_frustration from scoring.customer;

      create view scoring.read_engagement_contact as select customer_id, engagement, contact, at, ended_at from scoring.engagement_share;
      create view scoring.read_score_head as select customer_id, scored_revision, settings_version, stale, due_since from scoring.score_head;
      create view scoring.read_scoring_settings as
        select version, settings, activated_at, activated_by, version = (select max(version) from scoring.settings_version) as active from scoring.settings_version;
      create view scoring.read_failed_score as select customer_id, revision, reason, attempts, failed_at from scoring.failed_customer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('Scores are computed from the hierarchy, not migrated back: restore a backup of the older version, or stay on this one.');
  }
}

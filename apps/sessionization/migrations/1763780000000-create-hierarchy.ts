import { leaseTable, outboxTable } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The hierarchy of every customer. Customer family: `customer_id` comes first in every primary key and is never updated. A node is named by its anchor, the
 * first event in the total order; what people see is `tx_`, `int_` or `eng_` + anchor, made by the views. A membership is always `rule, other_event, value,
 * gap_ms, limit_ms, confidence`. An engagement is named inside the family by a component, an event id: two engagements become one without a change at their members.
 *
 * What others read:
 * - `read_journey_head(customer_id, built_revision, settings_version, events, first_at, last_at, stale, due_since)`
 * - `read_transaction(customer_id, id, anchor, anchor_sequence, kind, source, system, channel, session_key, agent, queue, start_at, end_at, live_start_at,
 *   live_end_at, ended, parent_level 'interaction' | 'engagement' | 'journey', parent_id, parent_anchor, rule, other_event, value, gap_ms, limit_ms, confidence)`;
 *   `start_at` and `anchor_sequence` place the anchor in the total order
 * - `read_event_transaction(customer_id, event_id, transaction_id, transaction_anchor, occurred_at, source_sequence, rule, gap_ms, limit_ms)`
 * - `read_interaction(customer_id, id, anchor, anchor_sequence, kind, start_at, end_at, live_start_at, live_end_at)`
 * - `read_event_engagement(customer_id, event_id, engagement_id, occurred_at, source_sequence)`: only events that are in one
 * - `read_part(customer_id, interaction_id, interaction_anchor, place, node, start_at, end_at, live_ms, share, family, family_by, intent_confidence, failed, keys,
 *   engagement_id, engagement_anchor, rule, other_event, value, gap_ms, limit_ms, confidence)`: the parts of a contact interaction in order; of an attempt one row
 *   without a family. `engagement_id` null: it hangs on the journey
 * - `read_engagement(customer_id, id, anchor, anchor_at, anchor_sequence, families, first_at, last_at, last_activity_at, window_ms, phases, repeat_of, follows, due_at)`:
 *   facts; the state is derived from `phases`, `last_activity_at` and `window_ms` when it is read
 * - `read_correction(id, event_id, to_event_id, body, recorded_at, withdrawn_at, withdrawn_by)`
 * - `read_settings(version, settings, activated_at, activated_by, active, done, total)`
 * - `read_failed_customer(customer_id, revision, reason, attempts, failed_at)`
 */
export class CreateHierarchy1763780000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create schema if not exists sessionization;

      create table sessionization.settings_version (
        version integer primary key,
        settings jsonb not null,
        activated_at timestamptz not null,
        activated_by text not null
      );

      -- One row a customer: what is locked, and how far its rows were built. "due" asks for a rebuild for another reason than identity's revision.
      create table sessionization.journey_head (
        customer_id uuid primary key,
        built_revision bigint not null default 0,
        settings_version integer not null default 0,
        events integer not null default 0,
        first_at timestamptz,
        last_at timestamptz,
        stale boolean not null default false,
        due boolean not null default false,
        due_since timestamptz
      ) with (fillfactor = 70);
      create index journey_head_settings_version on sessionization.journey_head (settings_version);
      create index journey_head_due on sessionization.journey_head (customer_id) where due;
      create index journey_head_due_since on sessionization.journey_head (due_since) where due_since is not null;

      create table sessionization.transaction (
        customer_id uuid not null,
        anchor uuid not null,
        anchor_sequence bigint not null,
        start_at timestamptz not null,
        end_at timestamptz not null,
        live_start_at timestamptz,
        live_end_at timestamptz,
        kind text not null,
        source text not null,
        system text not null,
        channel text not null,
        session_key text,
        agent text,
        queue text,
        ended boolean not null,
        -- Its interaction and why; null of a loose one.
        interaction uuid,
        rule text,
        other_event uuid,
        value text,
        gap_ms bigint,
        limit_ms bigint,
        confidence integer,
        -- What of the level below the engagement holds its events: from its first event on, and from later events on ([{at, sequence, id, node}]).
        node text,
        later_nodes json,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);
      create index transaction_start_at on sessionization.transaction (customer_id, start_at);

      create table sessionization.event_transaction (
        customer_id uuid not null,
        event_id uuid not null,
        transaction uuid not null,
        occurred_at timestamptz not null,
        source_sequence bigint not null,
        rule text not null,
        gap_ms bigint,
        limit_ms bigint not null,
        primary key (customer_id, event_id)
      );

      create table sessionization.interaction (
        customer_id uuid not null,
        anchor uuid not null,
        anchor_sequence bigint not null,
        start_at timestamptz not null,
        end_at timestamptz not null,
        live_start_at timestamptz,
        live_end_at timestamptz,
        kind text not null,
        -- In order: [{node, startAt, endAt, liveMs, share, family, familyBy, intentConfidence, failed, keys}]; of an attempt none.
        parts json not null,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);

      -- Where a part (part_ + its first contact event), a loose transaction (tx_) or an attempt (int_) belongs. A component that no engagement has is none.
      create table sessionization.node_membership (
        customer_id uuid not null,
        node text collate "C" not null,
        component uuid not null,
        rule text not null,
        other_event uuid,
        value text,
        gap_ms bigint,
        limit_ms bigint,
        confidence integer not null,
        takes_feedback boolean not null,
        primary key (customer_id, node)
      ) with (fillfactor = 80);

      create table sessionization.engagement (
        customer_id uuid not null,
        anchor uuid not null,
        anchor_at timestamptz not null,
        anchor_sequence bigint not null,
        families json not null,
        first_at timestamptz not null,
        last_at timestamptz not null,
        last_activity_at timestamptz not null,
        window_ms bigint not null,
        phases json not null,
        repeat_of uuid,
        follows uuid,
        due_at timestamptz not null,
        -- The day of due_at since 1970: an index that an engagement's next event of the same day does not touch.
        due_day integer not null,
        announced_due_at timestamptz,
        primary key (customer_id, anchor)
      ) with (fillfactor = 80);
      create index engagement_due on sessionization.engagement (due_day) where announced_due_at is null;

      create table sessionization.engagement_component (
        customer_id uuid not null,
        component uuid not null,
        engagement uuid not null,
        primary key (customer_id, component)
      );

      -- What the next change starts from: the recent past and the state of the folds before it, as the rule keeps them. A customer without is built from all its events.
      create table sessionization.journey_state (customer_id uuid primary key, state json not null) with (fillfactor = 60);
      alter table sessionization.journey_state alter column state set storage external;
      create table sessionization.sealed_key (
        customer_id uuid not null,
        key text collate "C" not null,
        state json not null,
        primary key (customer_id, key)
      );
      create table sessionization.sealed_node (
        customer_id uuid not null,
        node text collate "C" not null,
        state json not null,
        primary key (customer_id, node)
      );
      create table sessionization.sealed_component (
        customer_id uuid not null,
        label uuid not null,
        state json not null,
        primary key (customer_id, label)
      );

      -- Facts; raw family, since they name events and not customers. Withdrawn, never changed.
      create table sessionization.correction (
        event_id uuid not null,
        id uuid not null,
        to_event_id uuid,
        body jsonb not null,
        recorded_at timestamptz not null,
        withdrawn_at timestamptz,
        withdrawn_by text,
        primary key (event_id, id)
      );
      create index correction_id on sessionization.correction (id);

      create table sessionization.failed_customer (
        customer_id uuid primary key,
        revision bigint not null,
        reason text not null,
        attempts integer not null,
        failed_at timestamptz not null
      );
    `);
    await runner.query(outboxTable('sessionization'));
    await runner.query(leaseTable('sessionization'));
    await runner.query(`
      create view sessionization.read_journey_head as
        select customer_id, built_revision, settings_version, events, first_at, last_at, stale, due_since from sessionization.journey_head;

      create view sessionization.read_transaction as
        select t.customer_id, 'tx_' || t.anchor as id, t.anchor, t.anchor_sequence, t.kind, t.source, t.system, t.channel, t.session_key, t.agent, t.queue,
          t.start_at, t.end_at, t.live_start_at, t.live_end_at, t.ended,
          case when t.interaction is not null then 'interaction' when c.engagement is not null then 'engagement' else 'journey' end as parent_level,
          coalesce('int_' || t.interaction, 'eng_' || c.engagement) as parent_id, coalesce(t.interaction, c.engagement) as parent_anchor,
          case when t.interaction is not null then t.rule when c.engagement is not null then m.rule else 'unengaged' end as rule,
          case when t.interaction is not null then t.other_event when c.engagement is not null then m.other_event end as other_event,
          case when t.interaction is not null then t.value when c.engagement is not null then m.value end as value,
          case when t.interaction is not null then t.gap_ms when c.engagement is not null then m.gap_ms end as gap_ms,
          case when t.interaction is not null then t.limit_ms when c.engagement is not null then m.limit_ms end as limit_ms,
          case when t.interaction is not null then t.confidence when c.engagement is not null then m.confidence else 1000 end as confidence
        from sessionization.transaction t
        left join sessionization.node_membership m on t.interaction is null and m.customer_id = t.customer_id and m.node = 'tx_' || t.anchor
        left join sessionization.engagement_component c on c.customer_id = m.customer_id and c.component = m.component;

      create view sessionization.read_event_transaction as
        select customer_id, event_id, 'tx_' || transaction as transaction_id, transaction as transaction_anchor, occurred_at, source_sequence, rule, gap_ms, limit_ms
        from sessionization.event_transaction;

      create view sessionization.read_interaction as
        select customer_id, 'int_' || anchor as id, anchor, anchor_sequence, kind, start_at, end_at, live_start_at, live_end_at from sessionization.interaction;

      create view sessionization.read_part as
        select i.customer_id, 'int_' || i.anchor as interaction_id, i.anchor as interaction_anchor, p.place, coalesce(p.part->>'node', 'int_' || i.anchor) as node,
          coalesce(to_timestamp((p.part->>'startAt')::double precision / 1000), i.start_at) as start_at,
          coalesce(to_timestamp((p.part->>'endAt')::double precision / 1000), i.end_at) as end_at,
          coalesce((p.part->>'liveMs')::bigint, 0) as live_ms, coalesce((p.part->>'share')::integer, 1000) as share, p.part->>'family' as family,
          p.part->>'familyBy' as family_by, (p.part->>'intentConfidence')::integer as intent_confidence, p.part->>'failed' as failed,
          coalesce(p.part->'keys', '[]'::json) as keys, 'eng_' || c.engagement as engagement_id, c.engagement as engagement_anchor,
          case when c.engagement is null then 'unengaged' else m.rule end as rule, case when c.engagement is not null then m.other_event end as other_event,
          case when c.engagement is not null then m.value end as value, case when c.engagement is not null then m.gap_ms end as gap_ms,
          case when c.engagement is not null then m.limit_ms end as limit_ms, case when c.engagement is null then 1000 else m.confidence end as confidence
        from sessionization.interaction i
        left join lateral json_array_elements(i.parts) with ordinality as p (part, place) on true
        left join sessionization.node_membership m on m.customer_id = i.customer_id and m.node = coalesce(p.part->>'node', 'int_' || i.anchor)
        left join sessionization.engagement_component c on c.customer_id = m.customer_id and c.component = m.component;

      create view sessionization.read_event_engagement as
        select e.customer_id, e.event_id, 'eng_' || c.engagement as engagement_id, e.occurred_at, e.source_sequence
        from sessionization.event_transaction e
        join sessionization.transaction t on t.customer_id = e.customer_id and t.anchor = e.transaction
        join sessionization.node_membership m on m.customer_id = t.customer_id and m.node = coalesce(
          (select n->>'node' from json_array_elements(t.later_nodes) n
           where ((n->>'at')::bigint, (n->>'sequence')::bigint, (n->>'id')::uuid)
             <= (round(date_part('epoch', e.occurred_at) * 1000)::bigint, e.source_sequence, e.event_id)
           order by (n->>'at')::bigint desc, (n->>'sequence')::bigint desc, (n->>'id')::uuid desc limit 1),
          t.node, 'tx_' || t.anchor)
        join sessionization.engagement_component c on c.customer_id = m.customer_id and c.component = m.component;

      create view sessionization.read_engagement as
        select e.customer_id, 'eng_' || e.anchor as id, e.anchor, e.anchor_at, e.anchor_sequence, e.families, e.first_at, e.last_at,
          e.last_activity_at, e.window_ms, e.phases, 'eng_' || r.engagement as repeat_of, 'eng_' || f.engagement as follows, e.due_at
        from sessionization.engagement e
        left join sessionization.engagement_component r on r.customer_id = e.customer_id and r.component = e.repeat_of
        left join sessionization.engagement_component f on f.customer_id = e.customer_id and f.component = e.follows;

      create view sessionization.read_correction as
        select id, event_id, to_event_id, body, recorded_at, withdrawn_at, withdrawn_by from sessionization.correction;

      create view sessionization.read_settings as
        select s.version, s.settings, s.activated_at, s.activated_by, s.version = (select max(version) from sessionization.settings_version) as active,
          (select count(*)::integer from sessionization.journey_head h where h.settings_version = s.version) as done,
          (select count(*)::integer from sessionization.journey_head) as total
        from sessionization.settings_version s;

      create view sessionization.read_failed_customer as
        select customer_id, revision, reason, attempts, failed_at from sessionization.failed_customer;
    `);
  }

  async down(): Promise<void> {
    throw new Error('The hierarchy is rebuilt from events, not migrated back: restore a backup of the older version, or stay on this one.');
  }
}

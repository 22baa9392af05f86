import { leaseTable, outboxTable } from '@throughline/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Two families: what is keyed by a value (`value_key`, `node`, `pair`: the graph, written by one worker) and what is keyed by customer.
 * `unindexed` names the events of batches whose sightings and carriers are still written together with later ones (`Tail`).
 * The graph's rows are compact JSON that only the rule reads; a value row holds what the rule must know of all its sightings, so that a hot value costs no more than a new one.
 */
export class CreateIdentity1763775000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema if not exists identity');
    await runner.query(outboxTable('identity'));
    await runner.query(leaseTable('identity'));
    await runner.query(`
      create table identity.naming_value (value_key text collate "C" primary key, uses json not null) with (fillfactor = 85)`);
    await runner.query(`
      create table identity.carrier (value_key text collate "C" primary key, pieces json not null) with (fillfactor = 85)`);
    await runner.query(`
      create table identity.link (node_a text collate "C" not null, node_b text collate "C" not null, link json not null, primary key (node_a, node_b))`);
    await runner.query('create index link_node_b on identity.link (node_b)');
    await runner.query(`
      create table identity.session_sighting (
        session_key text collate "C" not null,
        seen_key text collate "C" not null,
        value_key text collate "C" not null,
        seen json not null,
        primary key (session_key, seen_key, value_key)
      )`);
    await runner.query(`
      create table identity.sighting (
        value_key text collate "C" not null,
        from_at timestamptz not null,
        chunk uuid not null,
        to_at timestamptz not null,
        event_ids uuid[] not null,
        primary key (value_key, from_at, chunk)
      )`);
    await runner.query('create table identity.unindexed (batch uuid primary key, event_ids uuid[] not null)');
    await runner.query(`
      create table identity.founding (
        value_key text collate "C" not null,
        customer_id uuid not null,
        event_id uuid not null,
        at timestamptz not null,
        held_at timestamptz,
        primary key (value_key, customer_id)
      )`);
    await runner.query(`
      create table identity.review (review_id uuid primary key, kind text not null, detail text not null, offers text[] not null, node_a text not null, node_b text)`);
    await runner.query(`
      create table identity.review_node (node text collate "C" not null, review_id uuid not null, primary key (node, review_id))`);
    await runner.query('create index review_node_review_id on identity.review_node (review_id)');
    await runner.query(`
      create table identity.decision (
        decision_id uuid primary key,
        body json not null,
        recorded_at timestamptz not null default now(),
        withdrawn_at timestamptz,
        withdrawn_by text
      )`);
    await runner.query(`
      create table identity.failed_event (event_id uuid primary key, reason text not null, attempts integer not null, failed_at timestamptz not null)`);
    await runner.query(`
      create table identity.customer_event (
        customer_id uuid not null,
        event_id uuid not null,
        revision integer not null,
        occurred_at timestamptz not null,
        source_sequence bigint not null,
        owner_rule text not null,
        decided_by text,
        owner_confidence smallint not null,
        facts text not null,
        primary key (customer_id, event_id)
      )`);
    await runner.query('create index customer_event_event_id on identity.customer_event (event_id)');
    // A change names a span of time: sessionization reads the customer's events in it, and no others.
    await runner.query('create index customer_event_occurred_at on identity.customer_event (customer_id, occurred_at)');
    await runner.query(`
      create table identity.customer (
        customer_id uuid primary key,
        kind text not null check (kind in ('customer', 'placeholder', 'internal')),
        founded_at timestamptz not null,
        resolves_to uuid,
        revision bigint not null
      ) with (fillfactor = 80)`);
    await runner.query('create index customer_resolves_to on identity.customer (resolves_to) where resolves_to is not null');
    await runner.query(`
      create table identity.customer_change (
        customer_id uuid not null,
        revision bigint not null,
        from_at timestamptz not null,
        to_at timestamptz not null,
        primary key (customer_id, revision)
      )`);
    await runner.query(`
      create table identity.identifier (
        customer_id uuid not null,
        node text collate "C" not null,
        kind text not null,
        namespace text not null,
        value text not null,
        rule text not null,
        event_id uuid,
        confidence smallint not null,
        primary key (customer_id, node)
      )`);
    await runner.query('create index identifier_value on identity.identifier (value, kind)');
    await runner.query('create index identifier_node on identity.identifier (node)');
    await runner.query('create table identity.household (customer_id uuid primary key, household_id uuid not null)');
    await runner.query(`
      create view identity.read_customer_event as
        select customer_id, event_id, revision, occurred_at, source_sequence, owner_rule, decided_by, owner_confidence from identity.customer_event`);
    await runner.query('create view identity.read_customer_revision as select customer_id, revision from identity.customer where revision > 0');
    await runner.query('create view identity.read_customer_change as select customer_id, revision, from_at, to_at from identity.customer_change');
    await runner.query(`
      create view identity.read_customer as
        select c.customer_id, c.kind, c.founded_at, coalesce(t.resolves_to, c.resolves_to) as resolves_to
        from identity.customer c left join identity.customer t on t.customer_id = c.resolves_to`);
    // Both sides by the index on resolves_to: a predicate on what read_customer shows would read every customer.
    await runner.query(`
      create view identity.read_former_customer as
        select c.resolves_to as customer_id, c.customer_id as former_id from identity.customer c where c.resolves_to is not null
        union all
        select t.resolves_to, c.customer_id from identity.customer t join identity.customer c on c.resolves_to = t.customer_id where t.resolves_to is not null`);
    await runner.query(`
      create view identity.read_identifier as
        select customer_id, kind, namespace, value, node, rule, event_id, confidence from identity.identifier`);
    await runner.query(`
      create view identity.read_review as
        select distinct r.review_id as id, r.kind, r.detail, r.offers, r.node_a, r.node_b, i.customer_id
        from identity.review r join identity.review_node n on n.review_id = r.review_id left join identity.identifier i on i.node = n.node`);
    await runner.query('create view identity.read_failed_event as select event_id, reason, attempts, failed_at from identity.failed_event');
    await runner.query('create view identity.read_household as select customer_id, household_id from identity.household');
    await runner.query('create view identity.read_decision as select decision_id, body, recorded_at, withdrawn_at, withdrawn_by from identity.decision');
    await runner.query('create view identity.read_founding as select customer_id, value_key, event_id, at from identity.founding');
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

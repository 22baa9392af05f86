import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * `read_part` looks each membership up by its name. As a plain join the planner, which expects a hundred parts of an interaction and few memberships of a customer, read all
 * memberships of the customer for every single interaction.
 */
export class FindMembershipsByName1763829000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create or replace view sessionization.read_part as
        select i.customer_id, 'int_' || i.anchor as interaction_id, i.anchor as interaction_anchor, p.place, coalesce(p.part->>'node', 'int_' || i.anchor) as node,
          coalesce(to_timestamp((p.part->>'startAt')::double precision / 1000), i.start_at) as start_at,
          coalesce(to_timestamp((p.part->>'endAt')::double precision / 1000), i.end_at) as end_at,
          coalesce((p.part->>'liveMs')::bigint, 0) as live_ms, coalesce((p.part->>'share')::integer, 1000) as share, p.part->>'family' as family,
          p.part->>'familyBy' as family_by, (p.part->>'intentConfidence')::integer as intent_confidence, p.part->>'failed' as failed,
          coalesce(p.part->'keys', '[]'::json) as keys, 'eng_' || m.engagement as engagement_id, m.engagement as engagement_anchor,
          case when m.engagement is null then 'unengaged' else m.rule end as rule, case when m.engagement is not null then m.other_event end as other_event,
          case when m.engagement is not null then m.value end as value, case when m.engagement is not null then m.gap_ms end as gap_ms,
          case when m.engagement is not null then m.limit_ms end as limit_ms, case when m.engagement is null then 1000 else m.confidence end as confidence
        from sessionization.interaction i
        left join lateral json_array_elements(i.parts) with ordinality as p (part, place) on true
        left join lateral (
          select n.rule, n.other_event, n.value, n.gap_ms, n.limit_ms, n.confidence, c.engagement
          from sessionization.node_membership n
          left join sessionization.engagement_component c on c.customer_id = n.customer_id and c.component = n.component
          where n.customer_id = i.customer_id and n.node = coalesce(p.part->>'node', 'int_' || i.anchor) offset 0) m on true`);
  }

  async down(): Promise<void> {
    throw new Error('Restore a backup instead.');
  }
}

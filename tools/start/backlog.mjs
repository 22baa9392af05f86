// How far the derived world is behind what was accepted, read from the services' read views as the owner of the database.

/** `accepted` events; `unowned` ones that identity has neither given to a customer nor set aside; `unbuilt` customers that the hierarchy is behind on, `unscored` ones that the scores are behind on; `failed` events and customers set aside. */
export async function readBacklog(client) {
  const { rows } = await client.query(
    `select (select count(*)::int from ingestion.read_event) as accepted,
            (select count(*)::int from ingestion.read_event e
             where not exists (select from identity.read_customer_event c where c.event_id = e.event_id and c.revision >= e.revision)
               and not exists (select from identity.read_failed_event f where f.event_id = e.event_id)) as unowned,
            (select count(*)::int from identity.read_failed_event) + (select count(*)::int from sessionization.read_failed_customer) as failed,
            (select count(*)::int from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id)
             where (h.customer_id is null or h.built_revision < r.revision)
               and not exists (select from sessionization.read_failed_customer f where f.customer_id = r.customer_id)) as unbuilt,
            (select count(*)::int from sessionization.read_journey_head h left join scoring.read_score_head s using (customer_id)
             where h.built_revision > 0 and (s.customer_id is null or s.scored_revision < h.built_revision)
               and not exists (select from scoring.read_failed_score f where f.customer_id = h.customer_id)) as unscored`,
  );
  return rows[0];
}

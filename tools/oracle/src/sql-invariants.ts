/** A statement about the derived rows that must hold in every database at rest; `query` gives what breaks it. */
export interface Invariant {
  readonly name: string;
  readonly query: string;
}

/** Conservation and nesting over the views of identity and sessionization, in SQL that knows none of the rules. */
export const invariants: readonly Invariant[] = [
  {
    name: 'every accepted event has one owner, or is a failed item',
    query: `select e.event_id::text as id from ingestion.read_event e
      where (select count(*) from identity.read_customer_event o where o.event_id = e.event_id) + (select count(*) from identity.read_failed_event f where f.event_id = e.event_id) <> 1`,
  },
  {
    name: 'every event of a customer is in one transaction of that customer',
    query: `select o.event_id::text as id from identity.read_customer_event o
      left join sessionization.read_event_transaction t on t.customer_id = o.customer_id and t.event_id = o.event_id group by o.customer_id, o.event_id having count(t.event_id) <> 1`,
  },
  {
    name: 'no transaction holds an event that is not its customer’s',
    query: `select t.event_id::text as id from sessionization.read_event_transaction t
      where not exists (select from identity.read_customer_event o where o.customer_id = t.customer_id and o.event_id = t.event_id)`,
  },
  {
    name: 'every transaction hangs on a node that is there',
    query: `select t.id from sessionization.read_transaction t
      where (t.parent_level = 'interaction' and not exists (select from sessionization.read_interaction i where i.customer_id = t.customer_id and i.anchor = t.parent_anchor))
        or (t.parent_level = 'engagement' and not exists (select from sessionization.read_engagement g where g.customer_id = t.customer_id and g.anchor = t.parent_anchor))
        or (t.parent_level <> 'journey' and t.parent_anchor is null)`,
  },
  {
    name: 'an interaction’s span covers its transactions',
    query: `select t.id from sessionization.read_transaction t join sessionization.read_interaction i on i.customer_id = t.customer_id and i.anchor = t.parent_anchor
      where t.parent_level = 'interaction' and (t.start_at < i.start_at or t.end_at > i.end_at)`,
  },
  {
    name: 'the parts of a contact interaction share all of it, and each hangs on an engagement that is there',
    query: `select i.id from sessionization.read_interaction i left join sessionization.read_part p on p.customer_id = i.customer_id and p.interaction_anchor = i.anchor
      left join sessionization.read_engagement g on g.customer_id = p.customer_id and g.anchor = p.engagement_anchor
      where i.kind = 'contact' group by i.customer_id, i.id having sum(p.share) is distinct from 1000 or count(*) <> count(g.id)`,
  },
  {
    name: 'an anchor is the first event of its transaction',
    query: `select t.transaction_id as id from sessionization.read_event_transaction t group by t.customer_id, t.transaction_id, t.transaction_anchor
      having (array_agg(t.event_id order by t.occurred_at, t.source_sequence, t.event_id))[1] <> t.transaction_anchor`,
  },
];

/** What breaks each invariant, at most ten ids each; empty when all hold. */
export async function brokenInvariants(
  query: (text: string) => Promise<readonly { readonly id: string }[]>,
): Promise<{ readonly name: string; readonly ids: readonly string[] }[]> {
  const broken = [];
  for (const { name, query: text } of invariants) {
    const ids = (await query(`${text} limit 10`)).map(({ id }) => id);
    if (ids.length > 0) broken.push({ name, ids });
  }
  return broken;
}

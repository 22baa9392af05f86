import type { Transaction } from '@throughline/database';
import type { Lookups, SealedComponent, SealedKey, SealedNode } from '@throughline/domain-hierarchy';

/** What one customer's new events name: issue keys, and events that feedback is about. */
export interface Wanted {
  readonly customerId: string;
  readonly keys: readonly string[];
  readonly subjects: readonly string[];
}

interface Found {
  readonly keys: SealedKey[];
  readonly subjects: (readonly [eventId: string, component: string | null])[];
  readonly components: SealedComponent[];
  readonly nodes: SealedNode[];
}

type Pair = readonly [customerId: string, name: string];

/** What the sealed past of these customers says about the names: each look-up is by primary key, whatever the length of the history. */
export async function readLookups(tx: Transaction, wanted: readonly Wanted[]): Promise<{ found: Map<string, Lookups>; rows: number }> {
  const found = new Map<string, Found>();
  const of = (customerId: string): Found => {
    let own = found.get(customerId);
    if (!own) found.set(customerId, (own = { keys: [], subjects: [], components: [], nodes: [] }));
    return own;
  };
  let rows = 0;
  const labels: Pair[] = [];
  const nodes: Pair[] = [];
  for (const { customer_id, state } of await sealedBy<SealedKey>(tx, 'sealed_key', 'key', 'text', pairsOf(wanted, 'keys'))) {
    of(customer_id).keys.push(state);
    labels.push([customer_id, state.episode.component]);
    nodes.push([customer_id, state.episode.lastMember]);
    rows += 1;
  }
  for (const { customer_id, event_id, component } of await readSubjects(tx, pairsOf(wanted, 'subjects'))) {
    of(customer_id).subjects.push([event_id, component]);
    if (component !== null) labels.push([customer_id, component]);
    rows += 1;
  }
  for (const { customer_id, state } of await sealedBy<SealedNode>(tx, 'sealed_node', 'node', 'text', nodes)) {
    of(customer_id).nodes.push(state);
    labels.push([customer_id, state.component]);
    rows += 1;
  }
  const seen = new Set<string>();
  for (const { customer_id, state } of await sealedBy<SealedComponent>(tx, 'sealed_component', 'label', 'uuid', labels)) {
    const name = `${customer_id}|${state.labels[0]}`;
    if (!seen.has(name)) of(customer_id).components.push(state);
    seen.add(name);
    rows += 1;
  }
  return { found, rows };
}

function pairsOf(wanted: readonly Wanted[], list: 'keys' | 'subjects'): Pair[] {
  return wanted.flatMap((one) => one[list].map((name): Pair => [one.customerId, name]));
}

async function sealedBy<State>(
  tx: Transaction,
  table: 'sealed_key' | 'sealed_node' | 'sealed_component',
  column: 'key' | 'node' | 'label',
  type: 'text' | 'uuid',
  pairs: readonly Pair[],
): Promise<{ customer_id: string; state: State }[]> {
  if (pairs.length === 0) return [];
  return tx.query<{ customer_id: string; state: State }>(
    `select s.customer_id, s.state from (select distinct * from unnest($1::uuid[], $2::${type}[]) as u (id, name)) w
     cross join lateral (select customer_id, state from sessionization.${table} where customer_id = w.id and ${column} = w.name offset 0) s`,
    [pairs.map(([customerId]) => customerId), pairs.map(([, name]) => name)],
  );
}

/** Of each event that the customer has: the component of its node where that takes feedback. */
async function readSubjects(tx: Transaction, pairs: readonly Pair[]): Promise<{ customer_id: string; event_id: string; component: string | null }[]> {
  if (pairs.length === 0) return [];
  return tx.query(
    `select e.customer_id, e.event_id, case when m.takes_feedback then m.component end as component
     from (select distinct * from unnest($1::uuid[], $2::uuid[]) as u (id, event)) w
     cross join lateral (select * from sessionization.event_transaction where customer_id = w.id and event_id = w.event offset 0) e
     join sessionization.transaction t on t.customer_id = e.customer_id and t.anchor = e.transaction
     left join sessionization.node_membership m on m.customer_id = t.customer_id and m.node = coalesce(
       (select n->>'node' from json_array_elements(t.later_nodes) n
        where ((n->>'at')::bigint, (n->>'sequence')::bigint, (n->>'id')::uuid)
          <= (round(date_part('epoch', e.occurred_at) * 1000)::bigint, e.source_sequence, e.event_id)
        order by (n->>'at')::bigint desc, (n->>'sequence')::bigint desc, (n->>'id')::uuid desc limit 1), t.node)`,
    [pairs.map(([customerId]) => customerId), pairs.map(([, event]) => event)],
  );
}

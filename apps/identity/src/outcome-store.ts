import { instantText, type Transaction } from '@throughline/database';
import { kindAndNamespaceOf, sameOwner, valueOfNode, type Outcome, type OwnerChange, type ReviewItem, type World } from '@throughline/domain-identity';
import { packFacts } from './facts-text';
import { packUses } from './state-text';
import type { Tail } from './tail';
import { saveStates } from './state-store';
import { sessionOfSeen } from './world-loader';

/** Writes what a change alters, a statement for each table, rows in the order of their keys. Gives the customers whose events or corrections it touched. */
export async function saveOutcome(tx: Transaction, world: World, tail: Tail, outcome: Outcome): Promise<string[]> {
  await saveValues(tx, world, outcome);
  await saveLinks(tx, outcome);
  await saveSeen(tx, world, outcome);
  await tail.take(tx, world, outcome);
  const changed = await saveOwners(tx, outcome);
  await saveFoundings(tx, outcome);
  await saveIdentifiers(tx, outcome);
  await saveReviews(tx, outcome);
  return changed;
}

async function saveValues(tx: Transaction, world: World, outcome: Outcome): Promise<void> {
  const kept: [string, string][] = [];
  const gone: string[] = [];
  for (const key of outcome.values) {
    const uses = world.values.get(key)!;
    if (uses.length === 0) gone.push(key);
    else kept.push([key, packUses(uses)]);
  }
  await saveStates(tx, 'naming_value', kept);
  if (gone.length > 0) await tx.execute('delete from identity.naming_value where value_key = any($1::text[])', [gone]);
}

async function saveLinks(tx: Transaction, outcome: Outcome): Promise<void> {
  const kept = [...outcome.links.values()].filter((link) => link !== null).sort((x, y) => (x.a < y.a || (x.a === y.a && x.b < y.b) ? -1 : 1));
  const gone = [...outcome.links].filter(([, link]) => link === null).map(([pair]) => pair.split('\u001f') as [string, string]);
  if (gone.length > 0)
    await tx.execute('delete from identity.link l using unnest($1::text[], $2::text[]) as g (a, b) where l.node_a = g.a and l.node_b = g.b', [
      gone.map(([a]) => a),
      gone.map(([, b]) => b),
    ]);
  await tx.insertMany(
    'identity.link',
    {
      node_a: { type: 'text', values: kept.map((link) => link.a) },
      node_b: { type: 'text', values: kept.map((link) => link.b) },
      link: { type: 'json', values: kept.map((link) => JSON.stringify(link)) },
    },
    'on conflict (node_a, node_b) do update set link = excluded.link',
  );
}

async function saveSeen(tx: Transaction, world: World, outcome: Outcome): Promise<void> {
  if (outcome.forgottenSeen.length > 0)
    await tx.execute(
      'delete from identity.session_sighting s using unnest($1::text[], $2::text[]) as g (session, key) where s.session_key = g.session and s.seen_key = g.key',
      [outcome.forgottenSeen.map(sessionOfSeen), outcome.forgottenSeen],
    );
  const rows = [...outcome.seen].flatMap(([key, values]) =>
    [...values].map((value) => ({ session: sessionOfSeen(key), key, value, seen: world.seen.get(key)!.get(value)! })),
  );
  await tx.insertMany(
    'identity.session_sighting',
    {
      session_key: { type: 'text', values: rows.map((row) => row.session) },
      seen_key: { type: 'text', values: rows.map((row) => row.key) },
      value_key: { type: 'text', values: rows.map((row) => row.value) },
      seen: { type: 'json', values: rows.map((row) => JSON.stringify(row.seen)) },
    },
    'on conflict (session_key, seen_key, value_key) do update set seen = excluded.seen',
  );
}

async function saveOwners(tx: Transaction, outcome: Outcome): Promise<string[]> {
  if (outcome.owners.length === 0) return [];
  const fresh: OwnerChange[] = [];
  const again: OwnerChange[] = [];
  const moved: OwnerChange[] = [];
  const touched = new Map<string, { kind: string; from: number; to: number }>();
  const touch = (customerId: string, rule: string, at: number): void => {
    const known = touched.get(customerId);
    if (!known) touched.set(customerId, { kind: rule === 'placeholder' || rule === 'internal' ? rule : 'customer', from: at, to: at });
    else {
      if (at < known.from) known.from = at;
      if (at > known.to) known.to = at;
    }
  };
  for (const change of outcome.owners) {
    const { owner, before, facts, wasAt } = change;
    if (before === null) fresh.push(change);
    else {
      if (!change.arrived && sameOwner(before, owner)) continue;
      again.push(change);
      if (before.customerId !== owner.customerId) moved.push(change);
      // A corrected record may have stood elsewhere in time: its old place changes too, and with its former owner it may already stand at the new one.
      touch(before.customerId, before.rule, wasAt ?? facts.at);
      touch(before.customerId, before.rule, facts.at);
    }
    touch(owner.customerId, owner.rule, facts.at);
  }
  // An event moves to another customer, or in time, by delete and insert: the key of a row is never updated.
  if (again.length > 0) {
    const gone = await tx.execute(
      `delete from identity.customer_event c using unnest($1::uuid[], $2::timestamptz[], $3::uuid[]) as g (customer, at, event)
       where c.customer_id = g.customer and c.occurred_at = g.at and c.event_id = g.event`,
      [
        again.map(({ before }) => before!.customerId),
        again.map(({ wasAt, facts }) => instantText(wasAt ?? facts.at)),
        `{${again.map(({ facts }) => facts.id).join(',')}}`,
      ],
    );
    if (gone !== again.length) throw new Error(`${again.length - gone} events do not stand where they were remembered`);
  }
  const written = [...fresh, ...again];
  if (written.length > 0) await tx.copyInto('identity.customer_event', ownerColumns, written.map(ownerRow));
  await raiseRevisions(tx, touched);
  await followPlaceholders(tx, moved);
  return [...touched.keys()].sort();
}

const ownerColumns = [
  'customer_id',
  'event_id',
  'revision',
  'occurred_at',
  'source_sequence',
  'owner_rule',
  'decided_by',
  'owner_confidence',
  'facts',
] as const;

function ownerRow({ facts, owner }: OwnerChange): (string | number | null)[] {
  return [owner.customerId, facts.id, facts.revision, instantText(facts.at), facts.sequence, owner.rule, owner.decidedBy, owner.confidence, packFacts(facts)];
}

/** One revision more for each touched customer, and the span of what was touched. */
async function raiseRevisions(tx: Transaction, touched: ReadonlyMap<string, { kind: string; from: number; to: number }>): Promise<void> {
  const rows = [...touched].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.execute(
    `with told (customer_id, kind, from_at, to_at) as (select * from unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[])),
     raised as (
       insert into identity.customer as c (customer_id, kind, founded_at, revision) select customer_id, kind, from_at, 1 from told
       on conflict (customer_id) do update set revision = c.revision + 1 returning customer_id, revision)
     insert into identity.customer_change (customer_id, revision, from_at, to_at)
     select r.customer_id, r.revision, t.from_at, t.to_at from raised r join told t using (customer_id)`,
    [rows.map(([id]) => id), rows.map(([, each]) => each.kind), rows.map(([, each]) => instantText(each.from)), rows.map(([, each]) => instantText(each.to))],
  );
}

/** A placeholder that lost all its events resolves to the customer that got them; one that has events again stands for itself. */
async function followPlaceholders(tx: Transaction, moved: readonly OwnerChange[]): Promise<void> {
  const heirs = new Map<string, string>();
  for (const { before, owner } of moved) {
    if (before!.rule === 'placeholder') heirs.set(before!.customerId, owner.customerId);
    if (owner.rule === 'placeholder' && !heirs.has(owner.customerId)) heirs.set(owner.customerId, owner.customerId);
  }
  if (heirs.size === 0) return;
  const rows = [...heirs].sort(([a], [b]) => (a < b ? -1 : 1));
  await tx.execute(
    `update identity.customer c set resolves_to = case when exists (select from identity.customer_event e where e.customer_id = c.customer_id) then null else h.heir end
     from unnest($1::uuid[], $2::uuid[]) as h (placeholder, heir) where c.customer_id = h.placeholder`,
    [rows.map(([id]) => id), rows.map(([, heir]) => heir)],
  );
}

async function saveFoundings(tx: Transaction, outcome: Outcome): Promise<void> {
  const { newFoundings, changedFoundings, resolvesTo } = outcome;
  if (newFoundings.length > 0) {
    await tx.copyInto(
      'identity.founding',
      ['value_key', 'customer_id', 'event_id', 'at', 'held_at'],
      newFoundings.map((founding) => [founding.value, founding.customerId, founding.eventId, instantText(founding.at), instantText(founding.at)]),
    );
    const rows = [...newFoundings].sort((a, b) => (a.customerId < b.customerId ? -1 : 1));
    await tx.insertMany(
      'identity.customer',
      {
        customer_id: { type: 'uuid', values: rows.map((founding) => founding.customerId) },
        kind: { type: 'text', values: rows.map(() => 'customer') },
        founded_at: { type: 'timestamptz', values: rows.map((founding) => instantText(founding.at)) },
        resolves_to: { type: 'uuid', values: rows.map((founding) => founding.customerId) },
        revision: { type: 'bigint', values: rows.map(() => 0) },
      },
      'on conflict (customer_id) do update set founded_at = excluded.founded_at, resolves_to = excluded.resolves_to',
    );
  }
  for (const founding of changedFoundings)
    await tx.execute('update identity.founding set held_at = $3 where value_key = $1 and customer_id = $2', [
      founding.value,
      founding.customerId,
      founding.heldAt === null ? null : instantText(founding.heldAt),
    ]);
  const fresh = new Set(newFoundings.map((founding) => founding.customerId));
  const known = [...resolvesTo].filter(([former, now]) => !(fresh.has(former) && now === former)).sort(([a], [b]) => (a < b ? -1 : 1));
  if (known.length > 0)
    await tx.execute(
      `update identity.customer c set resolves_to = r.now from unnest($1::uuid[], $2::uuid[]) as r (former, now)
       where c.customer_id = r.former and c.resolves_to is distinct from r.now`,
      [known.map(([former]) => former), known.map(([, now]) => now)],
    );
}

async function saveIdentifiers(tx: Transaction, outcome: Outcome): Promise<void> {
  const gone = outcome.nodes.filter(({ before, customerId }) => before !== null && before !== customerId);
  if (gone.length > 0)
    await tx.execute(
      'delete from identity.identifier i using unnest($1::uuid[], $2::text[]) as g (customer, node) where i.customer_id = g.customer and i.node = g.node',
      [gone.map(({ before }) => before), gone.map(({ node }) => node)],
    );
  const held = outcome.nodes.filter(({ customerId }) => customerId !== null).sort((a, b) => (`${a.customerId}${a.node}` < `${b.customerId}${b.node}` ? -1 : 1));
  await tx.insertMany(
    'identity.identifier',
    {
      customer_id: { type: 'uuid', values: held.map(({ customerId }) => customerId) },
      node: { type: 'text', values: held.map(({ node }) => node) },
      kind: { type: 'text', values: held.map(({ node }) => partsOf(node).kind) },
      namespace: { type: 'text', values: held.map(({ node }) => partsOf(node).namespace) },
      value: { type: 'text', values: held.map(({ node }) => partsOf(node).value) },
      rule: { type: 'text', values: held.map(({ link }) => link.rule) },
      event_id: { type: 'uuid', values: held.map(({ link }) => (link.rule === 'person' ? null : link.evidence)) },
      confidence: { type: 'smallint', values: held.map(({ link }) => link.confidence) },
    },
    'on conflict (customer_id, node) do update set rule = excluded.rule, event_id = excluded.event_id, confidence = excluded.confidence',
  );
}

function partsOf(node: string): { kind: string; namespace: string; value: string } {
  const key = valueOfNode(node);
  const named = kindAndNamespaceOf(key);
  const colon = named.indexOf(':');
  return {
    kind: named.slice(0, colon),
    namespace: named
      .slice(colon + 1)
      .replaceAll('%3A', ':')
      .replaceAll('%25', '%'),
    value: key.slice(named.length + 1),
  };
}

/** Replaces the items whose own nodes were reviewed. That a shared value was seen with a customer number does not make its item one of that number's component. */
async function saveReviews(tx: Transaction, outcome: Outcome): Promise<void> {
  if (outcome.reviewed.size > 0)
    await tx.execute(
      `with gone as (
         select r.review_id from identity.review_node n join identity.review r using (review_id)
         where n.node = any($1::text[]) and n.node in (r.node_a collate "C", r.node_b collate "C")),
       concerned as (delete from identity.review_node where review_id in (select review_id from gone))
       delete from identity.review where review_id in (select review_id from gone)`,
      [[...outcome.reviewed]],
    );
  const items = new Map(outcome.reviews.map((item) => [item.id, item]));
  if (items.size === 0) return;
  const rows = [...items.values()].sort((a, b) => (a.id < b.id ? -1 : 1)).map((item) => ({ item, nodes: nodesOf(item) }));
  await tx.copyInto(
    'identity.review',
    ['review_id', 'kind', 'detail', 'offers', 'node_a', 'node_b'],
    rows.map(({ item, nodes }) => [
      item.id,
      item.kind,
      detailOf(item),
      item.kind === 'shared' ? `{${item.offers.join(',')}}` : '{}',
      nodes[0]!,
      item.kind === 'refused' ? nodes[1]! : null,
    ]),
  );
  await tx.copyInto(
    'identity.review_node',
    ['node', 'review_id'],
    rows.flatMap(({ item, nodes }) => nodes.map((node) => [node, item.id])),
  );
}

/** Nodes whose customers an item concerns, its own first. */
function nodesOf(item: ReviewItem): string[] {
  if (item.kind === 'refused') return [item.refused.link.a, item.refused.link.b];
  if (item.kind === 'shared') return [item.node, ...item.numbers.map((number) => `${number}#0`)];
  return [item.node];
}

/** In a person's words; values are named by their keys in `node_a` and `node_b` only. */
function detailOf(item: ReviewItem): string {
  if (item.kind === 'refused')
    return item.refused.broken === 'different'
      ? 'A person said that the two are different.'
      : `Together they would have too many of ${item.refused.broken.slice('limit:'.length)}.`;
  if (item.kind === 'shared')
    return `Seen with ${item.numbers.length} customer numbers: it identifies nobody. A household, moved to another person, or the same person?`;
  return `${item.nodes} identifiers hang together: only strong links and people's decisions are used among them.`;
}

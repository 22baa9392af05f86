import type { CanonicalEvent } from '@throughline/contracts';
import { instantText, type Transaction } from '@throughline/database';
import {
  decidedKey,
  sightingsKey,
  type HeldFounding,
  type Link,
  type Need,
  type OwnerRule,
  type SeenInSession,
  type World,
} from '@throughline/domain-identity';
import { unpackFacts } from './facts-text';
import { unpackPieces, unpackUses } from './state-text';
import type { Tail } from './tail';

interface EventRow {
  event_id: string;
  customer_id: string;
  owner_rule: OwnerRule;
  decided_by: string | null;
  owner_confidence: number;
  facts: string;
}

const eventColumns = 'event_id, customer_id, owner_rule, decided_by, owner_confidence, facts';
const pairSeparator = '\u001f';
const dayMs = 86_400_000;
/** Postgres knows no later instant that JavaScript knows. */
const lastInstant = 253_402_300_799_999;

/** Loads what the rule asks for, one statement for each kind of thing. */
export async function loadNeed(tx: Transaction, world: World, tail: Tail, need: Need): Promise<void> {
  if (need.values) await loadValues(tx, world, need.values);
  if (need.carriers) await loadCarriers(tx, world, need.carriers);
  if (need.pairs) await loadPairs(tx, world, need.pairs);
  if (need.linksAt) await loadLinksAt(tx, world, need.linksAt);
  if (need.foundings) await loadFoundings(tx, world, need.foundings);
  if (need.events) await loadEvents(tx, world, need.events);
  if (need.sightings) await loadSightings(tx, world, tail, need.sightings);
  if (need.decided) await loadDecided(tx, world, need.decided);
  if (need.seen) await loadSeen(tx, world, need.seen);
  if (need.seenOfSessions) await loadSeenOfSessions(tx, world, need.seenOfSessions);
}

/** Those of the events that have no owner yet, or one of a lower revision, which is loaded too. */
export async function loadUnresolved(tx: Transaction, world: World, ids: readonly string[]): Promise<CanonicalEvent[]> {
  const rows = await tx.query<{ body: CanonicalEvent } & { [column in keyof EventRow]: EventRow[column] | null }>(
    `select e.body, c.event_id, c.customer_id, c.owner_rule, c.decided_by, c.owner_confidence, c.facts
     from ingestion.read_event e left join lateral (select ${eventColumns}, revision from identity.customer_event where event_id = e.event_id offset 0) c on true
     where e.event_id = any($1::uuid[]) and (c.event_id is null or c.revision < e.revision)`,
    [`{${ids.join(',')}}`],
  );
  const stored: EventRow[] = [];
  for (const row of rows) {
    world.events.set(row.body.id, null);
    if (row.event_id !== null) stored.push(row as EventRow);
  }
  keepEvents(world, stored);
  return rows.map(({ body }) => body);
}

async function loadValues(tx: Transaction, world: World, keys: readonly string[]): Promise<void> {
  for (const key of keys) world.values.set(key, []);
  const rows = await tx.query<{ value_key: string; uses: unknown }>('select value_key, uses from identity.naming_value where value_key = any($1::text[])', [
    keys,
  ]);
  for (const row of rows) world.values.set(row.value_key, unpackUses(row.uses));
}

async function loadCarriers(tx: Transaction, world: World, keys: readonly string[]): Promise<void> {
  for (const key of keys) world.carriers.set(key, []);
  const rows = await tx.query<{ value_key: string; pieces: unknown }>('select value_key, pieces from identity.carrier where value_key = any($1::text[])', [
    keys,
  ]);
  for (const row of rows) world.carriers.set(row.value_key, unpackPieces(row.pieces));
}

async function loadPairs(tx: Transaction, world: World, pairs: readonly string[]): Promise<void> {
  for (const pair of pairs) world.pairs.set(pair, null);
  const ends = pairs.map((pair) => pair.split(pairSeparator) as [string, string]);
  const rows = await tx.query<{ link: Link }>(
    'select link from identity.link l join unnest($1::text[], $2::text[]) as p (a, b) on l.node_a = p.a and l.node_b = p.b',
    [ends.map(([a]) => a), ends.map(([, b]) => b)],
  );
  for (const { link } of rows) world.pairs.set(`${link.a}${pairSeparator}${link.b}`, link);
}

async function loadLinksAt(tx: Transaction, world: World, nodes: readonly string[]): Promise<void> {
  const links = new Map<string, Link[]>(nodes.map((node) => [node, []]));
  const rows = await tx.query<{ node: string; link: Link }>(
    `select node_a as node, link from identity.link where node_a = any($1::text[]) union all select node_b, link from identity.link where node_b = any($1::text[])`,
    [nodes],
  );
  for (const { node, link } of rows) links.get(node)!.push(link);
  for (const [node, at] of links) world.linksAt.set(node, at);
}

async function loadFoundings(tx: Transaction, world: World, keys: readonly string[]): Promise<void> {
  for (const key of keys) world.foundings.set(key, []);
  const rows = await tx.query<{ value_key: string; customer_id: string; event_id: string; at: Date; held_at: Date | null }>(
    'select value_key, customer_id, event_id, at, held_at from identity.founding where value_key = any($1::text[])',
    [keys],
  );
  for (const row of rows) {
    const founding: HeldFounding = {
      customerId: row.customer_id,
      value: row.value_key,
      eventId: row.event_id,
      at: row.at.getTime(),
      heldAt: row.held_at?.getTime() ?? null,
    };
    world.foundings.get(row.value_key)!.push(founding);
  }
}

/** Row by row (`lateral … offset 0`): a planner that has no statistics yet takes an id for one of two hundred, and reads the whole table. */
export async function loadEvents(tx: Transaction, world: World, ids: readonly string[]): Promise<void> {
  const missing = ids.filter((id) => !world.events.has(id));
  if (missing.length === 0) return;
  for (const id of missing) world.events.set(id, null);
  keepEvents(
    world,
    await tx.query<EventRow>(
      `select e.* from unnest($1::uuid[]) as w (id) cross join lateral (select ${eventColumns} from identity.customer_event where event_id = w.id offset 0) e`,
      [`{${missing.join(',')}}`],
    ),
  );
}

function keepEvents(world: World, rows: readonly EventRow[]): void {
  for (const row of rows)
    world.events.set(row.event_id, {
      facts: unpackFacts(row.event_id, row.facts),
      owner: { customerId: row.customer_id, rule: row.owner_rule, decidedBy: row.decided_by, confidence: row.owner_confidence },
    });
}

async function loadSightings(tx: Transaction, world: World, tail: Tail, wanted: NonNullable<Need['sightings']>): Promise<void> {
  // A chunk spans a day at most, so the range of its beginning bounds what is read.
  const rows = await tx.query<{ place: number; event_ids: string[] }>(
    `select w.place::int as place, s.event_ids::text[] as event_ids
     from unnest($1::text[], $2::timestamptz[], $3::timestamptz[]) with ordinality as w (key, since, until, place)
     join identity.sighting s on s.value_key = w.key and s.from_at between w.since and w.until and s.to_at >= w.since + interval '1 day'`,
    [
      wanted.map((window) => window.key),
      wanted.map((window) => instantText(Math.max(0, window.from) - dayMs)),
      wanted.map((window) => instantText(Math.min(lastInstant, window.to))),
    ],
  );
  const found = wanted.map((window) => tail.sightingsOf(window.key));
  for (const row of rows) found[row.place - 1]!.push(...row.event_ids);
  await loadEvents(tx, world, [...new Set(found.flat())]);
  wanted.forEach((window, index) => {
    const inside = [...new Set(found[index])].filter((id) => {
      const stored = world.events.get(id);
      return stored !== null && stored !== undefined && window.from <= stored.facts.at && stored.facts.at <= window.to;
    });
    world.sightings.set(sightingsKey(window), inside);
  });
}

async function loadDecided(tx: Transaction, world: World, wanted: NonNullable<Need['decided']>): Promise<void> {
  for (const { customerId, value } of wanted) world.decided.set(decidedKey(customerId, value), []);
  const rows = await tx.query<EventRow>(
    `select ${eventColumns.replaceAll(/\b(\w+)/gu, 'e.$1')} from unnest($1::uuid[], $2::text[]) as w (customer, value)
     join identity.customer_event e on e.customer_id = w.customer and e.decided_by = w.value and e.owner_rule = 'identifier'`,
    [wanted.map(({ customerId }) => customerId), wanted.map(({ value }) => value)],
  );
  keepEvents(world, rows);
  const ids = new Map<string, string[]>();
  for (const row of rows) {
    const key = decidedKey(row.customer_id, row.decided_by!);
    ids.set(key, [...(ids.get(key) ?? []), row.event_id]);
  }
  for (const [key, found] of ids) world.decided.set(key, found);
}

async function loadSeen(tx: Transaction, world: World, keys: readonly string[]): Promise<void> {
  for (const key of keys) world.seen.set(key, new Map());
  keepSeen(
    world,
    await tx.query<{ seen_key: string; seen: SeenInSession }>(
      `select s.seen_key, s.seen from unnest($1::text[], $2::text[]) as w (session, key) join identity.session_sighting s on s.session_key = w.session and s.seen_key = w.key`,
      [keys.map(sessionOfSeen), keys],
    ),
  );
}

/** The session of a `session#piece␟client`. */
export function sessionOfSeen(key: string): string {
  const piece = key.lastIndexOf('#', key.lastIndexOf(pairSeparator));
  return key.slice(0, piece);
}

async function loadSeenOfSessions(tx: Transaction, world: World, sessions: readonly string[]): Promise<void> {
  const rows = await tx.query<{ session_key: string; seen_key: string; seen: SeenInSession }>(
    'select session_key, seen_key, seen from identity.session_sighting where session_key = any($1::text[])',
    [sessions],
  );
  for (const row of rows) world.seen.set(row.seen_key, new Map());
  keepSeen(world, rows);
  for (const session of sessions) world.seenOfSessions.set(session, [...new Set(rows.filter((row) => row.session_key === session).map((row) => row.seen_key))]);
}

function keepSeen(world: World, rows: readonly { seen_key: string; seen: SeenInSession }[]): void {
  for (const row of rows) world.seen.get(row.seen_key)!.set(row.seen.key, row.seen);
}

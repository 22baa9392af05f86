import type { CanonicalEvent, CanonicalHierarchy, HierarchySettings } from '@throughline/contracts';
import type { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { once } from 'node:events';

/** One event as identity left it: whose it is, and the value key that decided so. */
export interface OwnedFact {
  readonly customerId: string;
  readonly decidedBy: string | null;
  readonly event: CanonicalEvent;
}

/** What SQL makes of a customer's events, down to what it judges: which events are one transaction, and which transactions one interaction. */
export interface SqlTransaction {
  readonly customerId: string;
  readonly anchor: string;
  readonly kind: 'contact' | 'item' | 'side';
  readonly events: readonly string[];
  /** Anchor event of the interaction; null of a loose one. */
  readonly interaction: string | null;
  readonly attempt: boolean;
}

/**
 * Oracle B: sessions, hard links, time blocks and the attachment of items by gaps and islands in SQL, on its own temporary tables of the connection it is given.
 * It knows no corrections and judges no evidence and no engagement; the naive oracle does.
 */
export async function buildWithSql(
  client: Client,
  facts: Iterable<OwnedFact> | AsyncIterable<OwnedFact>,
  settings: HierarchySettings,
): Promise<SqlTransaction[]> {
  await createTables(client);
  await load(client, facts);
  await client.query(
    `INSERT INTO oracle_limit VALUES ${Object.entries(settings.transactionGapMs)
      .map(([system, gap]) => `('${system}', ${gap})`)
      .join(', ')}`,
  );
  const { interactionGapMs: gaps } = settings;
  const values = {
    keyReuse: settings.keyReuseMs,
    standard: gaps.standard,
    asynchronous: gaps.withAsynchronous,
    messaging: gaps.betweenMessaging,
    largest: Math.max(gaps.standard, gaps.withAsynchronous, gaps.betweenMessaging),
  };
  await client.query('INSERT INTO oracle_asynchronous SELECT unnest($1::text[])', [gaps.asynchronous]);
  for (const statement of statements(values)) await client.query(statement);
  await spreadLeastLabel(client, 'oracle_label', 'oracle_edge');
  await client.query(attachByLink);
  await client.query(attemptLabels);
  await spreadLeastLabel(client, 'oracle_attempt_label', 'oracle_attempt_edge');
  await client.query(attachToAttempts);
  await client.query(attachByAgent(settings.agentItemMs));
  const { rows } = await client.query<{
    customer: string;
    anchor: string;
    kind: SqlTransaction['kind'];
    events: string[];
    interaction: string | null;
    attempt: boolean;
  }>(result);
  return rows.map((row) => ({
    customerId: row.customer,
    anchor: row.anchor,
    kind: row.kind,
    events: row.events,
    interaction: row.interaction,
    attempt: row.attempt,
  }));
}

/** The same cut of a canonical hierarchy, to be compared with what SQL says. */
export function transactionsOf(hierarchy: CanonicalHierarchy): SqlTransaction[] {
  const interactions = new Map(hierarchy.nodes.filter((node) => node.level === 'interaction').map((node) => [node.id, node]));
  return hierarchy.nodes
    .filter((node) => node.level === 'transaction')
    .map((node) => {
      const interaction = interactions.get(node.parents[0]?.id ?? '');
      return {
        customerId: hierarchy.customerId,
        anchor: node.anchor ?? '',
        kind: node.kind as SqlTransaction['kind'],
        events: node.events,
        interaction: interaction?.anchor ?? null,
        attempt: interaction?.kind === 'attempt',
      };
    });
}

/** Where two views differ, one sentence each; empty when they are equal. */
export function compareTransactions(said: readonly SqlTransaction[], expected: readonly SqlTransaction[]): string[] {
  const key = (transaction: SqlTransaction): string => `${transaction.customerId} ${transaction.anchor}`;
  const left = new Map(said.map((transaction) => [key(transaction), JSON.stringify(inOrder(transaction))]));
  const right = new Map(expected.map((transaction) => [key(transaction), JSON.stringify(inOrder(transaction))]));
  const differences: string[] = [];
  for (const [id, value] of right) if (left.get(id) !== value) differences.push(`${id}: expected ${value}, found ${left.get(id) ?? 'nothing'}`);
  for (const id of left.keys()) if (!right.has(id)) differences.push(`${id}: found ${left.get(id)}, expected nothing`);
  return differences;
}

const inOrder = ({ customerId, anchor, kind, events, interaction, attempt }: SqlTransaction): SqlTransaction => ({
  customerId,
  anchor,
  kind,
  events,
  interaction,
  attempt,
});

async function createTables(client: Client): Promise<void> {
  await client.query(`
    DROP TABLE IF EXISTS oracle_event, oracle_use, oracle_limit, oracle_asynchronous, oracle_member, oracle_transaction, oracle_piece,
      oracle_edge, oracle_label, oracle_parent, oracle_attempt_edge, oracle_attempt_label;
    CREATE TEMP TABLE oracle_event (customer text COLLATE "C", id text COLLATE "C", at bigint, ends bigint, seq bigint, source text, system text, type text, channel text,
      initiator text, live boolean, side boolean, session_key text, stream text, agent text, queue text, ending text);
    CREATE TEMP TABLE oracle_use (customer text COLLATE "C", id text COLLATE "C", link text COLLATE "C");
    CREATE TEMP TABLE oracle_limit (system text, gap bigint);
    CREATE TEMP TABLE oracle_asynchronous (channel text);`);
}

async function load(client: Client, facts: Iterable<OwnedFact> | AsyncIterable<OwnedFact>): Promise<void> {
  const uses: string[] = [];
  const events = client.query(copyFrom('COPY oracle_event FROM STDIN'));
  const finished = once(events, 'finish');
  for await (const { customerId, decidedBy, event } of facts) {
    const live = event.presence === 'live' && event.purpose === 'service';
    const ending = event.ending ?? (event.system === 'acd' && event.type === 'abandoned' ? 'abandoned' : null);
    const line = row([
      customerId, event.id, event.occurredAt, event.endedAt ?? event.occurredAt, event.sourceSequence, event.source, event.system, event.type, event.channel,
      event.initiator, live, event.presence === 'observer' || event.purpose === 'feedback', event.sessionKey ?? null, event.clientKey ?? decidedBy ?? '',
      event.system === 'agent' ? (event.agent ?? '') : (event.agent ?? null), event.queue ?? null, ending,
    ]); // prettier-ignore
    if (!events.write(line)) await once(events, 'drain');
    for (const link of event.contactLinks)
      uses.push(row([customerId, event.id, `${link.kind}:${link.namespace}:${link.value}${event.startedBy === 'callback' ? '/callback' : ''}`]));
  }
  events.end();
  await finished;
  const links = client.query(copyFrom('COPY oracle_use FROM STDIN'));
  const done = once(links, 'finish');
  for (const line of uses) if (!links.write(line)) await once(links, 'drain');
  links.end();
  await done;
  await client.query('ANALYZE oracle_event; ANALYZE oracle_use');
}

function row(values: readonly (string | number | boolean | null)[]): string {
  return `${values.map((value) => (value === null ? '\\N' : String(value).replace(/[\\\t\n\r]/g, (c) => ({ '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' })[c] ?? c))).join('\t')}\n`;
}

interface Limits {
  readonly keyReuse: number;
  readonly standard: number;
  readonly asynchronous: number;
  readonly messaging: number;
  readonly largest: number;
}

/** Gaps and islands for transactions and link pieces, then the edges between contact transactions. All numbers come from the settings, none from data. */
const statements = (limits: Limits): string[] => [
  `CREATE TEMP TABLE oracle_member AS
    WITH placed AS (
      SELECT *, row_number() OVER (ORDER BY at, seq, id) AS n,
        concat_ws(chr(31), CASE WHEN session_key IS NULL THEN 'stream' ELSE 'session' END, source, system,
          CASE WHEN session_key IS NULL THEN channel || chr(31) || stream ELSE session_key END,
          CASE WHEN system = 'agent' THEN coalesce(agent, '') WHEN system = 'acd' THEN coalesce(queue, '') END) AS grp,
        CASE WHEN session_key IS NULL THEN (SELECT gap FROM oracle_limit l WHERE l.system = e.system) ELSE ${limits.keyReuse} END AS silence
      FROM oracle_event e),
    looked AS (SELECT *, max(ends) OVER (PARTITION BY customer, grp ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before FROM placed),
    cut AS (SELECT *, sum(CASE WHEN before IS NULL OR at - before > silence THEN 1 ELSE 0 END) OVER (PARTITION BY customer, grp ORDER BY n) AS island FROM looked)
    SELECT *, min(n) OVER (PARTITION BY customer, grp, island) AS tx FROM cut`,
  `CREATE TEMP TABLE oracle_transaction AS
    SELECT customer, tx, min(at) AS starts, max(ends) AS ends, min(at) FILTER (WHERE live) AS live_start, max(ends) FILTER (WHERE live) AS live_end,
      (array_agg(channel ORDER BY n) FILTER (WHERE live))[1] AS channel, array_agg(DISTINCT agent) FILTER (WHERE agent <> '') AS agents, (array_agg(initiator ORDER BY n))[1] AS initiator,
      CASE WHEN bool_or(live) THEN 'contact' WHEN bool_or(side) THEN 'side' ELSE 'item' END AS kind,
      NOT bool_or(live) AND bool_or(type = 'attempted' OR ending = 'noAnswer') IS TRUE AS attempt,
      array_agg(id ORDER BY n) AS events
    FROM oracle_member GROUP BY customer, tx`,
  `CREATE TEMP TABLE oracle_piece AS
    WITH looked AS (
      SELECT DISTINCT u.customer, u.link, m.n, m.at, m.ends, m.tx,
        max(m.ends) OVER (PARTITION BY u.customer, u.link ORDER BY m.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
      FROM (SELECT DISTINCT * FROM oracle_use) u JOIN oracle_member m USING (customer, id)),
    cut AS (SELECT *, sum(CASE WHEN before IS NULL OR at - before > ${limits.keyReuse} THEN 1 ELSE 0 END) OVER (PARTITION BY customer, link ORDER BY n) AS piece FROM looked)
    SELECT DISTINCT customer, link, piece, tx FROM cut`,
  `CREATE TEMP TABLE oracle_edge AS
    SELECT p.customer, least_tx AS a, p.tx AS b
    FROM (SELECT p.*, min(p.tx) OVER (PARTITION BY p.customer, link, piece) AS least_tx
          FROM oracle_piece p JOIN oracle_transaction t ON t.customer = p.customer AND t.tx = p.tx AND t.kind = 'contact') p
    WHERE least_tx <> p.tx
    UNION
    SELECT a.customer, a.tx, b.tx
    FROM (SELECT *, sum(CASE WHEN before IS NULL OR live_start - before > ${limits.largest} THEN 1 ELSE 0 END) OVER (PARTITION BY customer ORDER BY live_start, tx) AS island
          FROM (SELECT *, max(live_end) OVER (PARTITION BY customer ORDER BY live_start, tx ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM oracle_transaction WHERE kind = 'contact') s) a
    JOIN (SELECT *, sum(CASE WHEN before IS NULL OR live_start - before > ${limits.largest} THEN 1 ELSE 0 END) OVER (PARTITION BY customer ORDER BY live_start, tx) AS island
          FROM (SELECT *, max(live_end) OVER (PARTITION BY customer ORDER BY live_start, tx ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before
                FROM oracle_transaction WHERE kind = 'contact') s) b
      ON a.customer = b.customer AND a.island = b.island AND (a.live_start, a.tx) < (b.live_start, b.tx)
    WHERE b.live_start - a.live_end <= CASE
      WHEN a.channel IN (SELECT channel FROM oracle_asynchronous) OR b.channel IN (SELECT channel FROM oracle_asynchronous) THEN ${limits.asynchronous}
      WHEN a.channel = 'messaging' AND b.channel = 'messaging' THEN ${limits.messaging}
      ELSE ${limits.standard} END`,
  `CREATE TEMP TABLE oracle_label AS SELECT customer, tx, tx AS label FROM oracle_transaction WHERE kind = 'contact'`,
  `CREATE INDEX ON oracle_label (customer, tx)`,
];

/** Connected components: every node takes the least label among itself and its neighbours, until nothing changes. */
async function spreadLeastLabel(client: Client, labels: string, edges: string): Promise<void> {
  for (;;) {
    const { rowCount } = await client.query(`
      UPDATE ${labels} l SET label = n.label FROM (
        SELECT customer, tx, min(label) AS label FROM (
          SELECT e.customer, e.a AS tx, l.label FROM ${edges} e JOIN ${labels} l ON l.customer = e.customer AND l.tx = e.b
          UNION ALL SELECT e.customer, e.b, l.label FROM ${edges} e JOIN ${labels} l ON l.customer = e.customer AND l.tx = e.a) x
        GROUP BY customer, tx) n
      WHERE n.customer = l.customer AND n.tx = l.tx AND n.label < l.label`);
    if (!rowCount) return;
  }
}

const interactions = `
  SELECT t.customer, l.label, min(live_start) AS live_start, max(live_end) AS live_end, min(t.tx) AS first_tx, array_agg(DISTINCT a.agent) FILTER (WHERE a.agent IS NOT NULL) AS agents
  FROM oracle_transaction t JOIN oracle_label l USING (customer, tx) LEFT JOIN LATERAL unnest(t.agents) a (agent) ON true GROUP BY t.customer, l.label`;

/** Items and side transactions, attempts among them, that share a link's piece with a contact: the nearest interaction. */
const attachByLink = `
  CREATE TEMP TABLE oracle_parent AS
  SELECT customer, tx, label, false AS attempt FROM oracle_label
  UNION ALL
  (SELECT DISTINCT ON (i.customer, i.tx) i.customer, i.tx, c.label, false
   FROM oracle_transaction i
   JOIN oracle_piece p ON p.customer = i.customer AND p.tx = i.tx
   JOIN oracle_piece q ON q.customer = p.customer AND q.link = p.link AND q.piece = p.piece
   JOIN oracle_label l ON l.customer = q.customer AND l.tx = q.tx
   JOIN (${interactions}) c ON c.customer = l.customer AND c.label = l.label
   WHERE i.kind <> 'contact'
   ORDER BY i.customer, i.tx, greatest(0, c.live_start - i.ends, i.starts - c.live_end), c.live_start, c.first_tx)`;

/** What an agent wrote during an interaction or soon after it, and nothing links otherwise. */
const attachByAgent = (agentItem: number): string => `
  INSERT INTO oracle_parent
  SELECT DISTINCT ON (i.customer, i.tx) i.customer, i.tx, c.label, false
  FROM oracle_transaction i JOIN (${interactions}) c ON c.customer = i.customer
    AND i.starts BETWEEN c.live_start AND c.live_end + ${agentItem}
    AND (i.agents IS NULL OR c.agents IS NULL OR i.agents && c.agents)
  WHERE i.kind = 'item' AND i.initiator = 'agent' AND NOT EXISTS (SELECT FROM oracle_parent b WHERE b.customer = i.customer AND b.tx = i.tx)
  ORDER BY i.customer, i.tx, c.live_start DESC, c.first_tx DESC`;

const attemptLabels = `
  CREATE TEMP TABLE oracle_attempt_label AS
    SELECT t.customer, t.tx, t.tx AS label FROM oracle_transaction t
    WHERE t.attempt AND NOT EXISTS (SELECT FROM oracle_parent p WHERE p.customer = t.customer AND p.tx = t.tx);
  CREATE TEMP TABLE oracle_attempt_edge AS
    SELECT DISTINCT p.customer, p.tx AS a, q.tx AS b FROM oracle_piece p JOIN oracle_piece q USING (customer, link, piece)
    JOIN oracle_attempt_label l ON l.customer = p.customer AND l.tx = p.tx JOIN oracle_attempt_label m ON m.customer = q.customer AND m.tx = q.tx
    WHERE p.tx < q.tx`;

const attachToAttempts = `
  INSERT INTO oracle_parent SELECT customer, tx, label, true FROM oracle_attempt_label;
  INSERT INTO oracle_parent
    SELECT DISTINCT ON (i.customer, i.tx) i.customer, i.tx, l.label, true
    FROM oracle_transaction i
    JOIN oracle_piece p ON p.customer = i.customer AND p.tx = i.tx
    JOIN oracle_piece q ON q.customer = p.customer AND q.link = p.link AND q.piece = p.piece
    JOIN oracle_attempt_label l ON l.customer = q.customer AND l.tx = q.tx
    JOIN (SELECT a.customer, a.label, min(t.starts) AS starts, max(t.ends) AS ends, min(t.tx) AS first_tx
          FROM oracle_attempt_label a JOIN oracle_transaction t USING (customer, tx) GROUP BY a.customer, a.label) c ON c.customer = l.customer AND c.label = l.label
    WHERE NOT EXISTS (SELECT FROM oracle_parent x WHERE x.customer = i.customer AND x.tx = i.tx)
    ORDER BY i.customer, i.tx, greatest(0, c.starts - i.ends, i.starts - c.ends), c.starts, c.first_tx`;

const result = `
  WITH anchors AS (SELECT customer, label, min(tx) AS first_tx FROM oracle_parent GROUP BY customer, label)
  SELECT t.customer, t.events[1] AS anchor, t.kind, t.events, f.events[1] AS interaction, coalesce(p.attempt, false) AS attempt
  FROM oracle_transaction t
  LEFT JOIN oracle_parent p ON p.customer = t.customer AND p.tx = t.tx
  LEFT JOIN anchors a ON a.customer = p.customer AND a.label = p.label
  LEFT JOIN oracle_transaction f ON f.customer = a.customer AND f.tx = a.first_tx
  ORDER BY t.customer, t.events[1]`;

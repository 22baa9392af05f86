// Facts of many customers, straight into scoring's tables by COPY: what segments are counted over. Deterministic; no person stands behind them.
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';

const day = 86_400_000;
const families = ['billing', 'fault', 'information', 'purchase', 'delivery', 'complaint'];
const channels = ['voice', 'chat', 'email', 'web'];

/** Numbers in [0, 1) from a seed (mulberry32). */
function dice(seed) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const hex = (number, digits) => number.toString(16).padStart(digits, '0');
/** Ids in the order of time, as founded customers have them. */
const idOf = (kind, number) => `0197${hex(kind, 4)}-${hex(number % 65_536, 4)}-7cc4-8a50-${hex(number, 12)}`;
const text = (value) => (value === null ? '\\N' : String(value));
const instant = (at) => (at === null ? '\\N' : new Date(at).toISOString());

const columns = {
  customer:
    'customer_id, known, first_at, last_at, engagements, open_engagements_hint, contacts, last_intent, last_channel, spent, orders, left_at, last_frustration',
  contact:
    'customer_id, anchor, at, ended_at, engagement, place, channel, queue, agent, site, intent, family, intent_confidence, started_by, agents, transactions, events, live_ms, outcome, failed, looks_resolved, repeat_at, channel_repeat_at, frustration, unjudged',
  engagement:
    'customer_id, anchor, at, first_contact_end_at, last_contact_end_at, channel, queue, agent, site, intent, family, intent_confidence, closed_as, closed_at, resolved_at, idle_at, contacts, transactions, steps, channels, agents, live_ms, next_same_intent_at, said_solved, said_solved_at, false_success, frustration',
  answer: 'customer_id, anchor, place, at, channel, queue, agent, site, intent, family, system, question, value, about, engagement, cause',
};

/** The rows of one customer as lines of COPY, by table. */
function rowsOf(number, roll, now, counted) {
  const id = idOf(1, number);
  const lines = { customer: [], contact: [], engagement: [], answer: [] };
  const firstAt = now - Math.floor(roll() * 700 + 1) * day;
  const contacts = Math.floor(roll() * roll() * 16);
  for (let n = 0; n < contacts; n += 1) {
    const at = now - Math.floor(roll() * Math.min(90, (now - firstAt) / day) * day) - 3_600_000;
    const [family, channel] = [families[Math.floor(roll() * roll() * 6)], channels[Math.floor(roll() * 4)]];
    const outcome = roll() < 0.55 ? 'resolved' : null;
    const dimensions = [channel, `${family} desk`, `ag-${Math.floor(roll() * 200)}`, null, family, family].map(text);
    counted.contact += 1;
    const anchor = idOf(2, counted.contact);
    const frustration = Math.floor(roll() * roll() * 100);
    lines.contact.push(
      [
        id,
        anchor,
        instant(at),
        instant(at + 400_000),
        '\\N',
        1,
        ...dimensions,
        900,
        'customer',
        dimensions[2],
        2,
        9,
        400_000,
        text(outcome),
        '\\N',
        roll() < 0.7,
        '\\N',
        '\\N',
        frustration,
        '',
      ].join('\t'),
    );
    if (n % 2 === 0) {
      counted.engagement += 1;
      const closedAt = outcome ? at + 500_000 : null;
      lines.engagement.push(
        [
          id,
          idOf(3, counted.engagement),
          instant(at),
          instant(at + 400_000),
          instant(at + 400_000),
          ...dimensions,
          900,
          text(outcome),
          instant(closedAt),
          instant(closedAt),
          instant(at + 14 * day),
          1,
          2,
          5,
          channel,
          dimensions[2],
          400_000,
          roll() < 0.3 ? instant(at + 2 * day) : '\\N',
          '\\N',
          '\\N',
          false,
          frustration,
        ].join('\t'),
      );
    }
    if (roll() < 0.1) {
      counted.answer += 1;
      lines.answer.push(
        [id, idOf(4, counted.answer), 1, instant(at + day / 2), ...dimensions, '\\N', 'empathy', 1 + Math.floor(roll() * 5), '\\N', '\\N', '\\N'].join('\t'),
      );
    }
  }
  const orders = Math.floor(roll() * roll() * 8);
  lines.customer.push(
    [
      id,
      true,
      instant(firstAt),
      instant(now - Math.floor(roll() * 60) * day),
      Math.ceil(contacts / 2),
      1,
      contacts,
      families[0],
      'voice',
      orders * 4_900,
      orders,
      roll() < 0.03 ? instant(now - 5 * day) : '\\N',
      Math.floor(roll() * 100),
    ].join('\t'),
  );
  counted.customer += 1;
  return lines;
}

/** Gives how many rows each table has. */
export async function seedFacts(databaseUrl, customers, seed = 7, now = Date.now()) {
  const roll = dice(seed);
  const counted = { customer: 0, contact: 0, engagement: 0, answer: 0 };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    for (let first = 0; first < customers; first += 20_000) {
      const block = { customer: [], contact: [], engagement: [], answer: [] };
      for (let number = first; number < Math.min(customers, first + 20_000); number += 1) {
        const lines = rowsOf(number, roll, now, counted);
        for (const [table, list] of Object.entries(lines)) block[table].push(...list);
      }
      for (const [table, list] of Object.entries(block)) await copy(client, `scoring.${table} (${columns[table]})`, list);
      const identifiers = Array.from(
        { length: Math.min(20_000, customers - first) },
        (_, n) => `${idOf(1, first + n)}\temail::${first + n}\temail\t\tc${first + n}@example.com\tnamed\t1000`,
      );
      await copy(client, 'identity.identifier (customer_id, node, kind, namespace, value, rule, confidence)', identifiers);
    }
    // As autovacuum will have done in a house that stands.
    for (const table of ['scoring.customer', 'scoring.contact', 'scoring.engagement', 'scoring.answer', 'identity.identifier'])
      await client.query(`vacuum analyze ${table}`);
    return counted;
  } finally {
    await client.end();
  }
}

async function copy(client, target, lines) {
  const stream = client.query(copyFrom(`copy ${target} from stdin`));
  stream.end(Buffer.from(lines.map((line) => `${line}\n`).join('')));
  await once(stream, 'finish');
}

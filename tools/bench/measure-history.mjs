import { sleep } from '../start/processes.mjs';
import { Poster } from './poster.mjs';
import { untilVisible, visibleEvents } from './visible.mjs';
import { bar, tell } from './workload.mjs';

const minute = 60_000;
const hour = 60 * minute;
const eventsPerCall = 5;
const eventsPerTurn = 120;

/** A dense past: a call of five events every four hours, all about one long open complaint, so that one engagement holds everything. */
function callOf(customer, call, at) {
  const id = `${customer}-call-${call}`;
  const common = { sessionKey: id, contactLinks: [{ kind: 'call', namespace: 'pbx', value: id }] };
  const complaint = { issueKeys: [{ kind: 'case', value: `${customer}-case`, ...(call === 0 ? { state: 'opened' } : {}) }] };
  const event = (n, offset, fields) => ({ sourceEventId: `${id}-${n}`, occurredAt: at + offset, ...common, ...fields });
  return [
    event(0, 0, { system: 'ivr', type: 'entered', identifiers: [{ kind: 'customerNumber', value: customer }] }),
    event(1, 20_000, { system: 'ivr', type: 'left', ending: 'transferred' }),
    event(2, 21_000, { system: 'acd', type: 'enqueued', queue: 'complaints' }),
    event(3, 80_000, {
      system: 'agent',
      type: 'connected',
      agent: 'agent-1',
      ...complaint,
      intents: [{ intent: 'complaint', family: 'complaint', confidence: 900, by: 'disposition' }],
    }),
    event(4, 400_000, { system: 'agent', type: 'ended', agent: 'agent-1', ending: 'completed' }),
  ];
}

/** One new event for a customer with 10 and with 10,000 past events: seconds of handler time and rows read on the way to the hierarchy, each event alone. */
export async function measureHistory({ rig, say }) {
  const writeKey = rig.secrets.writeKey;
  const poster = new Poster(rig.api, 2);
  const post = async (events) => {
    for (let from = 0; from < events.length; from += 500) {
      const slice = events.slice(from, from + 500);
      await poster.drive(once({ body: Buffer.from(JSON.stringify(slice)), events: slice.length, writeKey }));
    }
  };
  const now = Date.UTC(2026, 5, 1);
  const groups = { 10: { customers: 30, calls: 2 }, 10_000: { customers: 3, calls: 2_000 } };
  let total = 0;
  for (const [past, { customers, calls }] of Object.entries(groups))
    for (let n = 0; n < customers; n += 1) {
      const history = Array.from({ length: calls }, (_, call) => callOf(`h${past}n${n}`, call, now - (calls - call) * 4 * hour)).flat();
      await post(history);
      total += history.length;
    }
  await untilVisible(rig, total);
  await sleep(3_000);
  // Rows are counted by table, whoever reads them: those that scoring and feedback read of the hierarchy are not part of this.
  for (const service of ['scoring', 'feedback']) rig.kill(service, { hold: true, signal: 'SIGTERM' });
  const measured = {};
  const resume = await holdSweeps(rig);
  // Twice each, in turns, so that a drift of the machine meets both; the first turn warms.
  for (let turn = 0; turn < 2; turn += 1)
    for (const [past, { customers, calls }] of Object.entries(groups)) {
      const before = await reading(rig);
      for (let step = 0; step < eventsPerTurn; step += 1) {
        const customer = `h${past}n${step % customers}`;
        const nth = turn * (eventsPerTurn / customers) + Math.floor(step / customers);
        const call = calls + Math.floor(nth / eventsPerCall);
        await post([callOf(customer, call, now + (call - calls) * 4 * hour)[nth % eventsPerCall]]);
        total += 1;
        while ((await visibleEvents(rig)) < total) await sleep(5);
      }
      const after = await reading(rig);
      measured[past] = { seconds: (after.seconds - before.seconds) / eventsPerTurn, rows: (after.rows - before.rows) / eventsPerTurn, events: eventsPerTurn };
    }
  await resume();
  poster.close();
  const [few, many] = [measured[10], measured[10_000]];
  const bars = [
    bar(
      'handler time, 10,000 ÷ 10 past events',
      many.seconds / few.seconds,
      1.5,
      'less',
      `${(many.seconds * 1000).toFixed(2)} ms ÷ ${(few.seconds * 1000).toFixed(2)} ms = ${(many.seconds / few.seconds).toFixed(2)}, n ${many.events} and ${few.events}`,
    ),
    bar(
      'rows read, 10,000 ÷ 10 past events',
      many.rows / few.rows,
      1.5,
      'less',
      `${many.rows.toFixed(1)} ÷ ${few.rows.toFixed(1)} = ${(many.rows / few.rows).toFixed(2)}`,
    ),
  ];
  for (const one of bars) say(tell(one));
  return { measured, bars };
}

function once(batch) {
  let given = false;
  return () => (given ? undefined : ((given = true), batch));
}

const sweeps = {
  identity: ['ring-unresolved-events'],
  sessionization: ['ring-unbuilt-customers', 'announce-due-engagements', 'retry-failed-customers', 'rebuild-after-settings'],
};

/** What the sweepers read is no part of an event: holds their locks, as another replica would. Gives the way to let go. */
async function holdSweeps(rig) {
  const client = await rig.pool.connect();
  for (const [schema, names] of Object.entries(sweeps))
    for (const name of names) await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [`${schema}.${name}`]);
  return async () => {
    await client.query('select pg_advisory_unlock_all()');
    client.release();
  };
}

/** An idle backend tells its counts after ten seconds at the latest. */
const statisticsMs = 11_000;

/** Handler seconds of identity and sessionization by their own clocks; rows read by Postgres' count of what scans returned in their tables. */
async function reading(rig) {
  await sleep(statisticsMs);
  const seconds = (await rig.metric('identity', 'tl_handler_seconds_sum')) + (await rig.metric('sessionization', 'tl_handler_seconds_sum'));
  const [{ rows }] = await rig.query(
    `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0)) as rows from pg_stat_user_tables where schemaname in ('identity', 'sessionization', 'ingestion') and relname not in ('journey_head')`,
  );
  return { seconds, rows: Number(rows) };
}

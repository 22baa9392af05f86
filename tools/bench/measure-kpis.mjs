import { Agent, request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { percentile } from './poster.mjs';
import { bar, tell } from './workload.mjs';

const customers = 50_000;
/** The demo's size M: 50,000 customers for a year, about 9 million events. A contact has twelve events there, counted at size S: 94,432 events in 8,011 contacts. */
const usualContacts = 765_000;
const days = 365;
const readers = 2;
const pagesOpened = 200;
/** As long as a reader looks at a page before the next one. */
const lookMs = 1_000;
/** As the rows say; the events themselves are not there, since no number reads them. */
const eventsOfContact = 12;

/**
 * Facts as scoring would have stored them, made by the server itself: rows lie by customer, as they are written, and not by time, as they are read.
 * For each contact there are 0.61 engagements, 0.60 queue stays and 0.34 answers, as at size S (4,887, 4,824 and 2,723).
 */
export async function seedFacts(query, contacts = usualContacts) {
  const cut = (i) => `
    (array['voice','voice','voice','chat','email','web'])[1 + ${i} % 6], 'queue ' || ${i} % 12, 'agent ' || ${i} % 300, (array['north','south'])[1 + ${i} % 2],
    'intent ' || ${i} % 20, (array['fault','billing','purchase','delivery','cancellation'])[1 + ${i} % 5]`;
  const of = `
    from (select i, md5('c' || i * 7919 % ${customers})::uuid as customer_id, now() - ${days} * interval '1 day' * ((i * 104729) % 1000003) / 1000003 as at from generate_series(1, $1::bigint) i) s
    order by customer_id, at`;
  const dims = 'channel, queue, agent, site, intent, family';
  await query(
    `insert into scoring.contact (customer_id, anchor, at, ended_at, engagement, place, ${dims}, intent_confidence, started_by, agents, transactions, events, live_ms, outcome, failed,
       looks_resolved, repeat_at, channel_repeat_at, frustration, unjudged)
     select customer_id, md5('k' || i)::uuid, at, at + interval '6 minutes', md5('e' || i / 2)::uuid, 1, ${cut('i')}, 1000, 'customer', '', 1 + i % 3, ${eventsOfContact}, 360000, null, null,
       i % 10 < 7, case when i % 4 = 0 then at + i % 12 * interval '1 day' end, case when i % 6 = 0 then at + i % 14 * interval '1 day' end, i % 90, '' ${of}`,
    [contacts],
  );
  await query(
    `insert into scoring.engagement (customer_id, anchor, at, first_contact_end_at, last_contact_end_at, ${dims}, intent_confidence, closed_as, closed_at, resolved_at, idle_at, contacts,
       transactions, steps, channels, agents, live_ms, next_same_intent_at, said_solved, said_solved_at, false_success, frustration)
     select customer_id, md5('e' || i)::uuid, at, at + interval '6 minutes', at + interval '6 minutes', ${cut('i')}, 1000, case when i % 8 > 0 then 'resolved' end, at + i % 5 * interval '1 day',
       case when i % 8 > 0 then at + i % 5 * interval '1 day' end, at + interval '14 days', 1 + i % 3, 2, 1 + i % 7, '', '', 360000, case when i % 3 = 0 then at + i % 12 * interval '1 day' end,
       null, null, i % 9 = 0, i % 90 ${of}`,
    [Math.round(contacts * 0.61)],
  );
  await query(
    `insert into scoring.queue_stay (customer_id, anchor, contact, at, left_at, ${dims}, wait_ms, abandoned)
     select customer_id, md5('q' || i)::uuid, md5('k' || i)::uuid, at, at, ${cut('i')}, 90000, i % 17 = 0 ${of}`,
    [Math.round(contacts * 0.6)],
  );
  await query(
    `insert into scoring.answer (customer_id, anchor, place, at, ${dims}, system, question, value, about, engagement, cause)
     select customer_id, md5('a' || i / 3)::uuid, i, at, ${cut('i')}, null, (array['csat','nps','empathy'])[1 + i % 3], 1 + i % 5, null, null, null ${of}`,
    [Math.round(contacts * 0.34)],
  );
  await query(
    `insert into scoring.customer (customer_id, known, first_at, last_at, engagements, open_engagements_hint, contacts, last_intent, last_channel, spent, orders, left_at, last_frustration)
     select md5('c' || i)::uuid, true, now() - ${days} * interval '1 day', now() - i % 60 * interval '1 day', 12, 1, 30, 'intent 1', 'voice', 0, 0,
       case when i % 20 = 0 then now() - i % 300 * interval '1 day' end, 20 from generate_series(0, ${customers - 1}) i`,
  );
  await query(
    `insert into scoring.score_head (customer_id, scored_revision, rewritten, settings_version, saved_in)
     select customer_id, 1, 0, 1, pg_current_xact_id() from scoring.customer order by customer_id`,
  );
  await query('vacuum analyze scoring.score_head, scoring.contact, scoring.engagement, scoring.queue_stay, scoring.answer, scoring.customer');
}

/** What the page asks at once when somebody opens it, under the names of its parts; never the same question twice, so that nothing is answered from what was answered before. */
function* pages() {
  const zones = ['Europe/Berlin', 'UTC', 'Asia/Kolkata', 'America/New_York'];
  const shown = ['fcr.true', 'contact.repeat', 'queue.abandonment', 'empathy.topBox'];
  for (let n = 0; ; n += 1) {
    const until = new Date(Date.now() - (n % 60) * 86_400_000).toISOString().slice(0, 10);
    const filter = n % 4 === 3 ? `&f.queue=queue%20${n % 12}` : '';
    const question = `range=${22 + (n % 13)}d&until=${until}&zone=${zones[n % 4]}${filter}`;
    const metric = shown[(n >> 2) % shown.length];
    yield {
      tiles: `/v1/metrics/overview?${question}`,
      line: `/v1/metrics/${metric}/series?${question}`,
      'what moved it': `/v1/metrics/${metric}/moved?by=intent&${question}`,
      'where it differs': `/v1/metrics/${metric}/breakdown?by=queue&with=${metric === 'fcr.true' ? 'fcr.channel,' : ''}${metric === 'empathy.topBox' ? '' : 'empathy.topBox,'}frustration&${question}`,
    };
  }
}

/** What scoring does to facts while people look: `customers` a turn are scored anew, five turns a second. Gives how many were, when it is stopped. */
function changeFacts(rig, customers = 20) {
  let [turn, stopped] = [0, false];
  const work = (async () => {
    for (; !stopped; turn += 1) {
      const ids = Array.from({ length: customers }, (_, n) => `c${(turn * customers + n) % 50_000}`);
      await rig.query(
        `with c as (select md5(i)::uuid as id from unnest($1::text[]) i), contact as (
           update scoring.contact f set frustration = (f.frustration + 1) % 90 from c where f.customer_id = c.id and f.at > now() - interval '30 days')
         update scoring.score_head h set scored_revision = scored_revision + 1, saved_in = pg_current_xact_id() from c where h.customer_id = c.id`,
        [ids],
      );
      await sleep(200);
    }
  })();
  return async () => {
    stopped = true;
    await work;
    return turn * customers;
  };
}

/** Until the service keeps the facts in memory, which it begins to read when somebody looks. */
async function untilKept(rig, patienceMs = 300_000) {
  const startedAt = performance.now();
  while ((await rig.metric('admin-api', 'tl_kept_fact_rows')) === 0) {
    if (performance.now() - startedAt > patienceMs) throw new Error('the facts were not kept');
    await sleep(250);
  }
  return performance.now() - startedAt;
}

const inMiB = async (rig) => (await rig.metric('admin-api', 'process_resident_memory_bytes')) / 2 ** 20;

/** The page of KPIs over HTTP at the demo's size M, or as many events as are asked for; two readers who look at each page for a second, while customers are scored. */
export async function measureKpis({ rig, say, events }) {
  const contacts = events ? Math.round(events / eventsOfContact) : usualContacts;
  await seedFacts((text, values) => rig.query(text, values), contacts);
  const agent = new Agent({ keepAlive: true });
  const url = new URL(rig.adminApi);
  const read = (path) =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      request({ host: url.hostname, port: url.port, path, agent, headers: { authorization: `Bearer ${rig.secrets.readToken}` } }, (response) => {
        response.resume();
        response.on('end', () => (response.statusCode === 200 ? resolve(performance.now() - startedAt) : reject(new Error(`${path}: ${response.statusCode}`))));
      })
        .on('error', reject)
        .end();
    });
  const asked = pages();
  const before = await inMiB(rig);
  const first = await read(asked.next().value.tiles);
  const keptMs = await untilKept(rig);
  say(
    `  the first page, summed by the database: ${first.toFixed(0)} ms; facts kept after ${(keptMs / 1000).toFixed(1)} s more, admin-api ${before.toFixed(0)} -> ${(await inMiB(rig)).toFixed(0)} MiB`,
  );
  const times = new Map();
  const whole = [];
  const open = async (page) => {
    const startedAt = performance.now();
    const parts = await Promise.all(Object.entries(page).map(async ([part, path]) => [part, await read(path)]));
    return { parts, ms: performance.now() - startedAt };
  };
  for (let n = 0; n < 10; n += 1) await open(asked.next().value);
  const stop = changeFacts(rig);
  const reader = async () => {
    while (whole.length < pagesOpened) {
      const { parts, ms } = await open(asked.next().value);
      whole.push(ms);
      for (const [part, took] of parts) times.set(part, [...(times.get(part) ?? []), took]);
      await sleep(lookMs);
    }
  };
  await Promise.all(Array.from({ length: readers }, reader));
  const changed = await stop();
  agent.destroy();
  for (const [part, took] of times) say(`  ${part}: ${spread(took)}`);
  const p95 = percentile(whole, 0.95);
  const bars = [
    bar(
      'KPI page p95 ms',
      p95,
      300,
      'less',
      `all four parts asked at once and answered: ${spread(whole)}; ${readers} readers who look at each for ${lookMs / 1000} s, ${contacts} contacts of ${customers} customers with ${contacts * eventsOfContact} events, ${changed} customers changed meanwhile`,
    ),
  ];
  for (const one of bars) say(tell(one));
  return { p95, n: whole.length, first, keptMs, changed, bars };
}

const spread = (times) => `p50 ${percentile(times, 0.5).toFixed(0)} ms, p95 ${percentile(times, 0.95).toFixed(0)} ms, n ${times.length}`;

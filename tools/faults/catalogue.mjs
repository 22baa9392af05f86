// The faults. Each gets a fresh rig and a loaded context, does its harm while the workload is delivered, and may add checks of its own; THE CHECK follows in faults.mjs.
import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import path from 'node:path';
import { jetstreamManager } from '@nats-io/jetstream';
import { connect } from '@nats-io/transport-node';
import pg from 'pg';
import { sleep } from '../start/processes.mjs';
import { services } from '../start/services.mjs';
import { post } from './driver.mjs';
import { batchesOf, workload } from './workload.mjs';

const passed = (words) => ({ name: 'own', ok: true, words });
const failed = (words) => ({ name: 'own', ok: false, words });
const judge = (ok, words) => (ok ? passed(words) : failed(words));

/** Kills a service two to four times at moments of the workload that the seed chooses. */
const killService = (service) => async (context) => {
  const sending = context.send();
  const kills = 2 + (context.seed % 3);
  for (let kill = 0; kill < kills; kill += 1) {
    await sleep(context.moment(150, 1_500));
    context.rig.kill(service);
    await context.rig.untilReady([service]);
  }
  await sending;
  return [passed(`${kills} kills; the client saw ${context.ledger.unanswered} unanswered requests and ${JSON.stringify(context.ledger.statuses)}`)];
};

async function withBroker(rig, work) {
  const connection = await connect({ servers: rig.nats.url, reconnect: false });
  try {
    return await work(await jetstreamManager(connection));
  } finally {
    await connection.close();
  }
}

/** A mark on every derived row that changes when the row is written; of an engagement its content, since the sweep of what became due writes there at its own time. */
const rowMarks = async (rig) => {
  const marks = await rig.query(`
    select string_agg(mark, ',' order by mark) as marks, count(*)::int as rows from (
      select md5(xmin::text || ctid::text) as mark from sessionization.transaction union all select md5(xmin::text || ctid::text) from sessionization.interaction
      union all select md5((to_jsonb(e) - 'announced_due_at')::text) from sessionization.engagement e union all select md5(xmin::text || ctid::text) from identity.customer_event) m`);
  return marks[0];
};

async function unchangedBy(context, harm) {
  await context.rest();
  const before = await rowMarks(context.rig);
  await harm();
  await sleep(1_500);
  await context.rest();
  const after = await rowMarks(context.rig);
  if (before.rows === 0) throw new Error('there were no derived rows to compare');
  return judge(before.marks === after.marks, `${after.rows} derived rows ${before.marks === after.marks ? 'untouched' : 'were written again'}`);
}

const seen = (context) => context.ledger.statuses;

/** The ids of the world in a form that does not depend on made-up customer ids: owner renamed by the customer's first event. */
async function worldHash(rig) {
  const [{ hash }] = await rig.query(`
    with named as (select customer_id, (array_agg(event_id order by occurred_at, source_sequence, event_id))[1] as name from identity.read_customer_event group by customer_id)
    select md5(string_agg(t.event_id::text || ' ' || n.name::text || ' ' || t.transaction_anchor::text, ',' order by t.event_id)) as hash
    from sessionization.read_event_transaction t join named n using (customer_id)`);
  return hash;
}

const resolve = async (rig, id) => {
  const response = await fetch(`${rig.adminApi}/v1/customers/${id}`, { headers: { authorization: `Bearer ${rig.secrets.readToken}` } });
  return { status: response.status, body: response.ok ? await response.json() : undefined };
};

const decide = (rig, decision) => post(`${rig.adminApi}/v1/decisions`, rig.secrets.adminToken, JSON.stringify(decision));

/** A link to the survey about one of the engagements of the world. */
async function surveyLink(rig) {
  for (const { anchor } of await rig.query('select anchor from sessionization.read_engagement order by anchor limit 50')) {
    const response = await post(`${rig.adminApi}/v1/surveys/links`, rig.secrets.adminToken, JSON.stringify({ eventId: anchor }));
    if (response.status === 200) return response.body.url;
  }
  throw new Error('no engagement can be asked about');
}

export const faults = [
  { id: 'F01', title: 'kill -9 ingestion', short: true, limitMs: 60_000, run: killService('ingestion') },
  { id: 'F02', title: 'kill -9 identity', short: true, limitMs: 60_000, run: killService('identity') },
  { id: 'F03', title: 'kill -9 sessionization', short: true, limitMs: 60_000, run: killService('sessionization') },
  {
    id: 'F07',
    title: 'kill -9 all services together',
    short: true,
    limitMs: 90_000,
    async run(context) {
      const sending = context.send();
      await sleep(context.moment(300, 1_500));
      for (const service of services) context.rig.kill(service);
      await context.rig.untilReady();
      await sending;
      return [passed('all four killed at once and started again')];
    },
  },
  {
    id: 'F08',
    title: 'every named crash point',
    short: true,
    limitMs: 60_000,
    variants: (points) => points,
    async run(context) {
      const { service, name, hit } = context.variant;
      const startsBefore = context.rig.starts[service];
      await context.rig.restartWith(service, { FAILPOINT: `${name}:${hit}` });
      // What is derived gives way to a flood and then takes it at a few strokes: it comes by the point often only where events drip.
      await context.send(service === 'scoring' ? { pauseMs: 200 } : {});
      await context.rest();
      if (context.rig.starts[service] < startsBefore + 2) throw new Error(`${service} never came by ${name} ${hit} times`);
      const checks = [passed(`${service} killed itself at ${name}, hit ${hit}`)];
      if (name === 'after-commit-before-2xx')
        checks.push(
          judge(
            [...context.ledger.answered.values()].some(({ status }) => status === 'duplicate'),
            'the retry was answered `duplicate`',
          ),
        );
      return checks;
    },
  },
  {
    id: 'F60',
    title: 'kill -9 feedback between the answer of a customer and its event',
    limitMs: 60_000,
    variants: () => ['mid-transaction', 'after-accept-before-mark'],
    async run(context) {
      const { rig, variant } = context;
      await context.send();
      await context.rest();
      const link = await surveyLink(rig);
      const startsBefore = rig.starts.feedback;
      await rig.restartWith('feedback', { FAILPOINT: `${variant}:1` });
      const page = await (await fetch(link)).text();
      const form = new globalThis.URLSearchParams({ nonce: /name="nonce" value="([^"]+)"/.exec(page)[1], do: 'send', csat: '1', comment: 'said once' });
      // A browser whose page did not come tries again, with the same form.
      const answer = async () => (await fetch(link, { method: 'POST', body: form, redirect: 'manual' }).catch(() => undefined))?.status;
      const deadline = Date.now() + 45_000;
      while ((await answer()) !== 303 && Date.now() < deadline) await sleep(300);
      while (rig.starts.feedback < startsBefore + 2 && Date.now() < deadline) await sleep(200);
      if (rig.starts.feedback < startsBefore + 2) throw new Error(`feedback never came by ${variant}`);
      await rig.untilReady(['feedback']);
      await answer();
      const waiting = async () => (await rig.query('select count(*)::int as n from feedback.posted_event'))[0].n;
      while ((await waiting()) > 0 && Date.now() < deadline) await sleep(200);
      const told = await rig.query(
        `select body->>'sourceEventId' as id from ingestion.read_event where source = 'throughline-survey' and body->>'type' = 'answered'`,
      );
      for (const { id } of told) context.ledger.sent.add(id); // feedback sent it, as a source of its own
      const [kept] = await rig.query('select state, revision, (select count(*)::int from feedback.recovery_case) as cases from feedback.invitation');
      return [
        judge(told.length === 1 && (await waiting()) === 0, `the answer is ${told.length} event in the timeline, and none waits`),
        judge(
          kept.state === 'answered' && kept.revision === 0 && kept.cases === 1,
          `one answer (${kept.state}, revision ${kept.revision}) and ${kept.cases} recovery case`,
        ),
      ];
    },
  },
  {
    id: 'F12',
    title: 'frozen process (SIGSTOP longer than ack_wait, then SIGCONT)',
    limitMs: 120_000,
    variants: () => ['identity', 'sessionization'],
    async run(context) {
      const service = context.variant;
      const sending = context.send();
      await sleep(context.moment(200, 800));
      process.kill(context.rig.pid(service), 'SIGSTOP');
      await sleep(90_000);
      process.kill(context.rig.pid(service), 'SIGCONT');
      await sending;
      return [passed(`${service} frozen for 90 s`)];
    },
  },
  {
    id: 'F14',
    title: 'kill -9 NATS under load',
    short: true,
    limitMs: 60_000,
    variants: ({ short }) => (short ? [1] : [1, 10, 60]),
    async run(context) {
      const before = context.ledger.answered.size;
      const sending = context.send({ pauseMs: 20 });
      await sleep(context.moment(200, 800));
      await context.rig.killNats();
      await context.watch.expect(context.rig, 'ingestion', 'live', 200, 'alive without the broker');
      await sleep(context.variant * 1_000);
      await context.rig.startNats();
      await sending;
      const refused = Object.keys(seen(context)).filter((status) => status !== '200' && status !== '202');
      return [
        judge(refused.length === 0 && context.ledger.answered.size > before, `broker gone for ${context.variant} s; answers ${JSON.stringify(seen(context))}`),
      ];
    },
  },
  {
    id: 'F15',
    title: 'kill -9 NATS directly after acknowledgements: the whole stream may come again',
    limitMs: 120_000,
    async run(context) {
      await context.send();
      return [
        await unchangedBy(context, async () => {
          await context.rig.killNats();
          await context.rig.startNats();
          await context.rig.untilReady();
        }),
      ];
    },
  },
  {
    id: 'F16',
    title: 'NATS store deleted while it is down',
    short: true,
    limitMs: 180_000,
    async run(context) {
      const sending = context.send({ pauseMs: 10 });
      await sleep(context.moment(200, 600));
      await context.rig.killNats();
      rmSync(path.join(context.rig.folder, 'nats'), { recursive: true, force: true });
      await sleep(500);
      await context.rig.startNats();
      await sending;
      const streams = await eventually(
        () => withBroker(context.rig, async (manager) => (await manager.streams.list().next()).map(({ config }) => config.name)),
        (names) => names.length > 0,
      );
      return [judge(streams.length > 0, `streams made again: ${streams.join(', ')}`)];
    },
  },
  {
    id: 'F20',
    title: 'redelivery storm: every consumer starts again at the first message',
    short: true,
    limitMs: 300_000,
    async run(context) {
      await context.send();
      return [
        await unchangedBy(context, () =>
          withBroker(context.rig, async (manager) => {
            // The services make a lost consumer again, from the first message on.
            const names = [];
            for (const { config } of await manager.streams.list().next())
              for (const consumer of await manager.consumers.list(config.name).next()) names.push([config.name, consumer.name]);
            for (const [stream, consumer] of names) await manager.consumers.delete(stream, consumer);
            const back = await eventually(
              () => Promise.all(names.map(([stream, consumer]) => manager.consumers.info(stream, consumer))),
              (infos) =>
                infos.length === names.length && infos.every(({ num_pending: pending, num_ack_pending: unacknowledged }) => pending + unacknowledged === 0),
              60_000,
            );
            if (names.length === 0 || back.length !== names.length) throw new Error('the consumers were not made again');
          }),
        ),
      ];
    },
  },
  {
    id: 'F22',
    title: 'poison: the rule throws for one event',
    limitMs: 60_000,
    variants: () => ['identity', 'sessionization'],
    async run(context) {
      const service = context.variant;
      const poison = context.batches[0].find(({ malformed }) => !malformed).body.sourceEventId;
      const [first, ...others] = context.batches;
      await context.rig.restartWith(service, { POISON_SOURCE_EVENT: poison });
      await context.send({ batches: [first] });
      const failures = service === 'identity' ? 'identity.read_failed_event' : 'sessionization.read_failed_customer';
      const kept = await eventually(
        () => context.rig.query(`select * from ${failures}`),
        (rows) => rows.length > 0,
      );
      const built = service === 'identity' ? 'identity.read_customer_event' : 'sessionization.read_event_transaction';
      const count = async () => (await context.rig.query(`select count(*)::int as rows from ${built}`))[0].rows;
      const before = await count();
      await context.send({ batches: others.slice(0, 1) });
      const after = await eventually(count, (rows) => rows > before, 5_000);
      await context.send({ batches: others.slice(1) });
      const reason = JSON.stringify(kept[0] ?? {});
      await context.rig.restartWith(service, {});
      const left = await eventually(
        () => context.rig.query(`select * from ${failures}`),
        (rows) => rows.length === 0,
        30_000,
      );
      return [
        judge(kept.length === 1 && !/\bat .*:\d+:\d+/.test(reason), `one failed item with the reason ${reason.slice(0, 160)}`),
        judge(after > before, `the events after it went on within 5 s: ${before} → ${after} rows`),
        judge(left.length === 0, `${left.length} failed items 30 s after the repair`),
      ];
    },
  },
  {
    id: 'F24',
    title: 'kill -9 Postgres with all its children',
    short: true,
    limitMs: 90_000,
    variants: ({ short }) => (short ? [1] : [1, 30]),
    async run(context) {
      const sending = context.send({ pauseMs: 20 });
      await sleep(context.moment(200, 800));
      await context.rig.killPostgres();
      await context.watch.expect(context.rig, 'ingestion', 'live', 200, 'alive without the database');
      await context.watch.expect(context.rig, 'ingestion', 'ready', 503, 'not ready without the database');
      const during = await post(`${context.rig.api}/v1/events`, context.rig.secrets.writeKey, JSON.stringify([context.batches[0][0].body]));
      await sleep(context.variant * 1_000);
      await context.rig.startPostgres();
      await sending;
      const quarantined = [...context.ledger.answered].filter(([id, { status }]) => status === 'quarantined' && !context.ledger.malformed.has(id));
      return [
        judge(during.status === 503 && Number(during.retryAfter) > 0, `while it was down: ${during.status}, Retry-After ${during.retryAfter}`),
        judge(quarantined.length === 0, `${quarantined.length} good events quarantined for a passing fault`),
      ];
    },
  },
  {
    id: 'F25',
    title: 'all connections terminated again and again',
    short: true,
    limitMs: 60_000,
    async run(context) {
      const pids = Object.fromEntries(services.map((service) => [service, context.rig.pid(service)]));
      const sending = context.send({ pauseMs: 20 });
      for (const until = Date.now() + (context.short ? 4_000 : 20_000); Date.now() < until; await sleep(200))
        await context.rig.query(`select pg_terminate_backend(pid) from pg_stat_activity where usename like 'tl\\_%'`);
      await sending;
      const restarted = services.filter((service) => context.rig.pid(service) !== pids[service]);
      return [judge(restarted.length === 0, restarted.length === 0 ? 'every pool recovered, no process ended' : `ended: ${restarted.join(', ')}`)];
    },
  },
  {
    id: 'F27',
    title: 'a lock held on one customer',
    limitMs: 90_000,
    async run(context) {
      const half = Math.floor(context.batches.length / 2);
      await context.send({ batches: context.batches.slice(0, half) });
      await context.rest();
      const [{ customer_id: customer }] = await context.rig.query(
        'select customer_id from identity.read_customer_event group by customer_id order by count(*) desc limit 1',
      );
      const holder = new pg.Client({ connectionString: context.rig.databaseUrl });
      await holder.connect();
      await holder.query('begin');
      await holder.query('select 1 from sessionization.journey_head where customer_id = $1 for update', [customer]);
      await context.send({ batches: context.batches.slice(half) });
      const behind = await eventually(
        () =>
          context.rig.query(
            'select r.customer_id from identity.read_customer_revision r left join sessionization.read_journey_head h using (customer_id) where h.built_revision is distinct from r.revision',
          ),
        (rows) => rows.length <= 1,
        context.short ? 15_000 : 60_000,
      );
      await holder.query('rollback');
      await holder.end();
      return [judge(behind.length <= 1 && behind.every((row) => row.customer_id === customer), `${behind.length} customer behind while the lock was held`)];
    },
  },
  {
    id: 'F28',
    title: 'deadlocks: crossed locks against the workers',
    limitMs: 60_000,
    async run(context) {
      await context.send({ batches: context.batches.slice(0, 2) });
      await context.rest();
      const customers = (await context.rig.query('select customer_id from sessionization.read_journey_head order by customer_id limit 40')).map(
        (row) => row.customer_id,
      );
      let deadlocks = 0;
      let over = false;
      const cross = async (ids) => {
        const client = new pg.Client({ connectionString: context.rig.databaseUrl });
        client.on('error', () => {});
        await client.connect();
        await client.query(`set deadlock_timeout = '20ms'`);
        while (!over && deadlocks < 200) {
          try {
            await client.query('begin');
            for (const id of ids) await client.query('select 1 from sessionization.journey_head where customer_id = $1 for update', [id]);
            await client.query('commit');
          } catch (error) {
            if (error.code === '40P01') deadlocks += 1;
            await client.query('rollback');
          }
        }
        await client.end();
      };
      const crossing = [cross(customers), cross([...customers].reverse()), cross([...customers].reverse())];
      await context.send({ batches: context.batches.slice(2) });
      over = true;
      await Promise.all(crossing);
      if (deadlocks === 0) throw new Error('no deadlock could be forced');
      return [passed(`${deadlocks} deadlocks among the crossing transactions while the workers went on`)];
    },
  },
  {
    id: 'F34',
    title: 'everything three times, shuffled, and the same batch from eight clients at once',
    short: true,
    limitMs: 60_000,
    async run(context) {
      const clean = await context.cleanHash();
      const items = context.batches.flat();
      const shuffled = [...items, ...items, ...items]
        .map((item, i) => ({ item, key: (i * 7_919 + context.seed * 104_729) % 1_000_003 }))
        .sort((a, b) => a.key - b.key)
        .map(({ item }) => item);
      await context.send({ batches: batchesOf(shuffled, 200), lanes: 4 });
      await context.send({ batches: Array.from({ length: 8 }, () => context.batches[0]), lanes: 8 });
      await context.rest();
      const hash = await worldHash(context.rig);
      return [judge(hash === clean && hash !== null, `hash ${hash} ${hash === clean ? 'equals' : 'differs from'} the clean run's`)];
    },
  },
  {
    id: 'F35',
    title: 'late events: an hour, three days, 400 days, before everything',
    short: true,
    limitMs: 60_000,
    async run(context) {
      await context.send();
      await context.rest();
      const [before] = await context.rig.query(`
        select t.customer_id, t.transaction_anchor, e.occurred_at from sessionization.read_event_transaction t
        join identity.read_customer_event e using (customer_id, event_id) join identity.read_identifier i using (customer_id) where i.kind = 'email' order by e.occurred_at limit 1`);
      const [email] = await context.rig.query(`select value from identity.read_identifier where customer_id = $1 and kind = 'email' limit 1`, [
        before.customer_id,
      ]);
      const late = [3_600_000, 3 * 86_400_000, 400 * 86_400_000].map((ago, n) => ({
        malformed: false,
        body: {
          sourceEventId: `late-${context.seed}-${n}`,
          occurredAt: new Date(before.occurred_at).getTime() - ago,
          system: 'web',
          type: 'pageViewed',
          identifiers: [{ kind: 'email', value: email.value }],
        },
      }));
      await context.send({ batches: [late] });
      await context.rest();
      const old = await resolve(context.rig, `tx_${before.transaction_anchor}`);
      return [judge(old.status === 200 && old.body.customer.id === before.customer_id, `an id shown before the late events still resolves: ${old.status}`)];
    },
  },
  {
    id: 'F36',
    title: 'clocks of sources: 26 hours off, ten years ahead, epoch, no zone',
    limitMs: 60_000,
    async run(context) {
      const now = Date.now();
      const one = (name, occurredAt) => ({
        body: {
          sourceEventId: `clock-${context.seed}-${name}`,
          occurredAt,
          system: 'web',
          type: 'pageViewed',
          identifiers: [{ kind: 'email', value: `clock-${name}@example.com` }],
        },
        malformed: true,
      });
      const odd = [
        one('behind', now - 26 * 3_600_000),
        one('ahead', now + 26 * 3_600_000),
        one('decade', now + 3_653 * 86_400_000),
        one('epoch', 0),
        one('zoneless', '2026-03-02T10:00:00'),
      ];
      await context.send({ batches: [[...context.batches[0], ...odd], ...context.batches.slice(1)] });
      const status = (name) => context.ledger.answered.get(`clock-${context.seed}-${name}`)?.status;
      const neighbours = context.batches[0]
        .filter(({ malformed }) => !malformed)
        .every(({ body }) => ['accepted', 'duplicate'].includes(context.ledger.answered.get(body.sourceEventId)?.status));
      return [
        judge(status('behind') === 'accepted', `26 h behind: ${status('behind')}`),
        judge(
          ['ahead', 'decade', 'epoch', 'zoneless'].every((name) => status(name) === 'quarantined'),
          `ahead ${status('ahead')}, decade ${status('decade')}, epoch ${status('epoch')}, no zone ${status('zoneless')}: kept and listed`,
        ),
        judge(neighbours, 'good neighbours in the same batch accepted'),
      ];
    },
  },
  {
    id: 'F39',
    title: 'identity: merge storm, ping-pong of link and unlink, merges while events arrive and services die',
    short: true,
    limitMs: 180_000,
    async run(context) {
      const { rig } = context;
      const people = Array.from({ length: context.short ? 40 : 500 }, (_, n) => `storm-${context.seed}-${n}@example.com`);
      const visits = people.map((value, n) => ({
        malformed: false,
        body: {
          sourceEventId: `storm-${context.seed}-${n}`,
          occurredAt: Date.UTC(2026, 2, 3) + n * 60_000,
          system: 'web',
          type: 'pageViewed',
          identifiers: [{ kind: 'email', value }],
        },
      }));
      await context.send({ batches: batchesOf(visits, 200) });
      await context.rest();
      const alone = await worldHash(rig);
      const at = Date.now();
      const email = (value) => ({ kind: 'email', namespace: '', value });
      const links = people.slice(1).map((value) => ({ id: randomUUID(), kind: 'same', a: email(people[0]), b: email(value), at, by: 'fault harness' }));
      for (const link of links) if ((await decide(rig, link)).status >= 300) throw new Error('a decision was refused');
      await context.rest();
      const [{ n: merged }] = await rig.query(`select count(distinct customer_id)::int as n from identity.read_identifier where value like $1`, [
        `storm-${context.seed}-%`,
      ]);
      const withdraw = (id) =>
        fetch(`${rig.adminApi}/v1/decisions/${id}`, { method: 'DELETE', headers: { authorization: `Bearer ${rig.secrets.adminToken}` } });
      for (const link of links) await withdraw(link.id);
      await context.rest();
      const apart = await worldHash(rig);
      const sending = context.send();
      for (let round = 0; round < 10; round += 1) {
        const id = randomUUID();
        await decide(rig, { id, kind: 'same', a: email(people[0]), b: email(people[1]), at: Date.now(), by: 'fault harness' });
        if (round === 3) rig.kill('identity');
        if (round === 6) rig.kill('sessionization');
        await withdrawUntilDone(withdraw, id);
      }
      await sending;
      return [
        judge(merged === 1, `${people.length} values merged into ${merged} customer`),
        judge(alone === apart && alone !== null, 'after the last un-merge the world is as it was'),
      ];
    },
  },
];

async function withdrawUntilDone(withdraw, id) {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    const response = await withdraw(id).catch(() => ({ status: 0 }));
    if (response.status < 300 && response.status > 0) return;
    if (response.status === 404) return; // the decision itself did not get through
    await sleep(250);
  }
  throw new Error('a decision could not be withdrawn');
}

async function eventually(look, enough, patienceMs = 20_000) {
  let found = [];
  for (const deadline = Date.now() + patienceMs; Date.now() < deadline; await sleep(200)) {
    found = await look().catch(() => []);
    if (enough(found)) break;
  }
  return found;
}

export { workload, worldHash };

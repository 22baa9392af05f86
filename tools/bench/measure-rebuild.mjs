import { createWriteStream, readFileSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import path from 'node:path';
import { sleep } from '../start/processes.mjs';
import { cpuOfParts, cpuPerEvent, tellCpu } from './cpu-of-parts.mjs';
import { duckdbSessions } from './duckdb-limit.mjs';
import { Poster } from './poster.mjs';
import { acceptedEvents, untilVisible } from './visible.mjs';
import { bar, demoBatches, tell, untilOver } from './workload.mjs';

/** Rebuild of everything by a new settings version at a fifth of the events and at all of them: time per event, and the greatest memory of the service meanwhile; beside it DuckDB cutting the same rows into sessions. */
export async function measureRebuild({ rig, demoMix, postedForm, say, events = 1_000_000 }) {
  const batches = demoBatches({ demoMix, postedForm, writeKey: rig.secrets.writeKey, count: events, size: 500 });
  const first = batches.splice(0, Math.round(batches.length / 5));
  const load = async (list) => {
    const poster = new Poster(rig.api, 2);
    await poster.drive(untilOver(list));
    poster.close();
    await untilVisible(rig, await acceptedEvents(rig), 1_800_000);
  };
  const measured = [];
  for (const list of [first, batches]) {
    await load(list);
    const count = await acceptedEvents(rig);
    // What loading has left to the autovacuum is done first, lest it runs beside one of the two.
    await rig.query('vacuum (analyze)');
    const cpuBefore = cpuOfParts(rig);
    const { seconds, peakMb } = await rebuildAll(rig);
    const cpu = cpuPerEvent(cpuBefore, cpuOfParts(rig), count);
    measured.push({ events: count, seconds, microsPerEvent: (seconds * 1e6) / count, peakMb, cpu: Object.fromEntries(cpu) });
    say(
      `  ${count} events rebuilt in ${seconds.toFixed(1)} s: ${((seconds * 1e6) / count).toFixed(1)} µs an event, sessionization at most ${peakMb.toFixed(0)} MB`,
    );
    for (const line of tellCpu(cpu)) say(line);
  }
  const [small, large] = measured;
  const duck = await sessionsInDuckDb(rig);
  say(
    `  DuckDB cuts ${duck.events} rows into ${duck.sessions} sessions at ${Math.round(duck.eventsPerSecond)} events/s; the rebuild of all five levels does ${Math.round(large.events / large.seconds)}`,
  );
  const ratio = large.microsPerEvent / small.microsPerEvent;
  const bars = [
    bar(
      `rebuild, time per event at ${large.events} ÷ ${small.events} events`,
      ratio,
      1.2,
      'less',
      `${ratio.toFixed(2)}; peak memory ${small.peakMb.toFixed(0)} → ${large.peakMb.toFixed(0)} MB`,
    ),
  ];
  for (const one of bars) say(tell(one));
  return { measured, duck, bars };
}

async function rebuildAll(rig) {
  const headers = { authorization: `Bearer ${rig.secrets.adminToken}`, 'content-type': 'application/json' };
  const current = await (await fetch(`${rig.adminApi}/v1/settings/hierarchy`, { headers: { authorization: `Bearer ${rig.secrets.readToken}` } })).json();
  const startedAt = performance.now();
  const settings = { agentItemMs: current.settings.agentItemMs + 1 };
  const answer = await fetch(`${rig.adminApi}/v1/settings/hierarchy`, { method: 'POST', headers, body: JSON.stringify({ settings, by: 'bench' }) });
  if (!answer.ok) throw new Error(`the settings were not taken: ${answer.status} ${await answer.text()}`);
  let peakMb = 0;
  for (;;) {
    peakMb = Math.max(peakMb, residentMb(rig.pid('sessionization')));
    const [progress] = await rig.query('select done, total from sessionization.read_settings where active');
    if (progress.done === progress.total) return { seconds: (performance.now() - startedAt) / 1000, peakMb };
    await sleep(1_000);
  }
}

const residentMb = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

async function sessionsInDuckDb(rig) {
  const file = path.join(rig.folder, 'events.csv');
  const out = createWriteStream(file);
  out.write('customer,stream,starts,ends\n');
  const client = await rig.pool.connect();
  try {
    await client.query('begin');
    await client.query(`declare rows cursor for select o.customer_id || ',' || (e.body ->> 'system') || coalesce('/' || replace(e.body ->> 'sessionKey', ',', ''), '') || ',' || (e.body ->> 'occurredAt') || ',' || coalesce(e.body ->> 'endedAt', e.body ->> 'occurredAt') as line
      from ingestion.event e join identity.read_customer_event o using (event_id)`);
    for (;;) {
      const { rows } = await client.query('fetch 20000 from rows');
      if (rows.length === 0) break;
      if (!out.write(`${rows.map(({ line }) => line).join('\n')}\n`)) await once(out, 'drain');
    }
    await client.query('commit');
  } finally {
    client.release();
  }
  out.end();
  await once(out, 'finish');
  const result = await duckdbSessions(file);
  rmSync(file);
  return result;
}

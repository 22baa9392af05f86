import { sleep } from '../start/processes.mjs';
import { percentile, Poster } from './poster.mjs';
import { untilVisible } from './visible.mjs';
import { bar, demoBatches, tell } from './workload.mjs';

/** The time from sending one event until it stands in the hierarchy, while 500 events/s of the demo mix flow. Ten probes a second, each asked for every 10 ms. */
export async function measureDelay({ rig, demoMix, postedForm, say, seconds = 60 }) {
  const perBatch = 50;
  const writeKey = rig.secrets.writeKey;
  const batches = demoBatches({ demoMix, postedForm, writeKey, count: 500 * (seconds + 10), size: perBatch });
  const poster = new Poster(rig.api, 4);
  const probes = Array.from({ length: 20 }, (_, n) => `probe-${n}`);
  const probe = (name, id, at) => ({
    body: Buffer.from(
      JSON.stringify([
        {
          sourceEventId: id,
          occurredAt: at,
          system: 'web',
          type: 'pageViewed',
          sessionKey: `${name}-${Math.floor(at / 600_000)}`,
          identifiers: [{ kind: 'customerNumber', value: name }],
        },
      ]),
    ),
    events: 1,
    writeKey,
  });
  const start = Date.UTC(2026, 1, 1);
  for (const [n, name] of probes.entries()) await poster.post(probe(name, `${name}-first`, start + n));
  await untilVisible(rig, probes.length);
  const known = await rig.query(`select value, customer_id from identity.read_identifier where kind = 'customerNumber' and value ilike 'probe%'`);
  const customers = new Map(known.map((row) => [String(row.value).toLowerCase().replace(/-/g, ''), row.customer_id]));
  const delays = [];
  const asking = [];
  const startedAt = performance.now();
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    const wait = startedAt + tick * 100 - performance.now();
    if (wait > 0) await sleep(wait);
    void poster.post(batches[tick % batches.length]);
    const name = probes[tick % probes.length];
    const sentAt = performance.now();
    const before = Math.floor(tick / probes.length) + 2;
    asking.push(
      poster.post(probe(name, `${name}-${tick}`, start + (tick + 1) * 60_000)).then(async () => {
        const customer = customers.get(name.replace(/-/g, ''));
        for (; ; await sleep(10)) {
          const [row] = await rig.query('select events from sessionization.read_journey_head where customer_id = $1', [customer]);
          if (row.events >= before) break;
          if (performance.now() - sentAt > 60_000) throw new Error(`a probe was not visible after a minute`);
        }
        delays.push(performance.now() - sentAt);
      }),
    );
  }
  await Promise.all(asking);
  poster.close();
  const p95 = percentile(delays, 0.95);
  const bars = [
    bar(
      'delay at 500 events/s, p95 ms',
      p95,
      1_000,
      'less',
      `p50 ${percentile(delays, 0.5).toFixed(0)} ms, p95 ${p95.toFixed(0)} ms, p99 ${percentile(delays, 0.99).toFixed(0)} ms, n ${delays.length}`,
    ),
  ];
  for (const one of bars) say(tell(one));
  return { p95, n: delays.length, bars };
}

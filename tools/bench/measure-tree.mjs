import { Agent, request } from 'node:http';
import { percentile, Poster } from './poster.mjs';
import { acceptedEvents, untilVisible } from './visible.mjs';
import { bar, demoBatches, tell, untilOver } from './workload.mjs';

/** The whole tree of one customer over HTTP, of customers chosen by their share of the events, with a million events in the house. */
export async function measureTree({ rig, demoMix, postedForm, say, events = 1_000_000 }) {
  const there = await acceptedEvents(rig);
  if (there < events) {
    const poster = new Poster(rig.api, 2);
    const loaded = await poster.drive(untilOver(demoBatches({ demoMix, postedForm, writeKey: rig.secrets.writeKey, count: events, size: 500 })));
    poster.close();
    await untilVisible(rig, there + loaded, 1_800_000);
  }
  const ids = (
    await rig.query('select customer_id, events from sessionization.read_journey_head where events > 0 order by md5(customer_id::text) limit 4000')
  ).map((row) => row.customer_id);
  const agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const url = new URL(rig.adminApi);
  const read = (id) =>
    new Promise((resolve, reject) => {
      const startedAt = performance.now();
      request(
        { host: url.hostname, port: url.port, path: `/v1/customers/${id}`, agent, headers: { authorization: `Bearer ${rig.secrets.readToken}` } },
        (response) => {
          response.resume();
          response.on('end', () => (response.statusCode === 200 ? resolve(performance.now() - startedAt) : reject(new Error(`${id}: ${response.statusCode}`))));
        },
      )
        .on('error', reject)
        .end();
    });
  for (const id of ids.slice(0, 100)) await read(id);
  const times = [];
  let next = 100;
  await Promise.all(
    Array.from({ length: 2 }, async () => {
      while (next < ids.length) times.push(await read(ids[next++]));
    }),
  );
  agent.destroy();
  const p99 = percentile(times, 0.99);
  const bars = [
    bar(
      'customer tree p99 ms',
      p99,
      50,
      'less',
      `p50 ${percentile(times, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, n ${times.length}, at ${await acceptedEvents(rig)} events`,
    ),
  ];
  for (const one of bars) say(tell(one));
  return { p99, n: times.length, bars };
}

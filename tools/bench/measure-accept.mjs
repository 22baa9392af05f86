import { percentile, Poster } from './poster.mjs';
import { bar, demoBatches, ratios, tell, untilOver } from './workload.mjs';

/** Durable events a second through POST /v1/events in batches of 200, the rest of the house held still so that accepting alone is measured, and the answer times. */
export async function measureAccept({ rig, limit, demoMix, postedForm, say, seconds = 20 }) {
  for (const service of ['identity', 'sessionization', 'scoring', 'feedback', 'admin-api']) rig.kill(service, { hold: true, signal: 'SIGTERM' });
  const writeKey = rig.secrets.writeKey;
  const batches = demoBatches({ demoMix, postedForm, writeKey, count: Math.round(limit.keyed * 0.6 * (seconds + 5)) });
  const warm = new Poster(rig.api, 4);
  await warm.drive(untilOver(batches.splice(0, 100)));
  warm.close();
  const poster = new Poster(rig.api, 4);
  const startedAt = performance.now();
  const events = await poster.drive(untilOver(batches, startedAt + seconds * 1000));
  const rate = events / ((performance.now() - startedAt) / 1000);
  poster.close();
  const p99 = percentile(poster.latenciesMs, 0.99);
  const bars = [
    bar('accept over HTTP ÷ COPY', rate / limit.keyed, 0.2, 'more', `${ratios(rate, limit)}; aim 0.4`),
    bar('accept p99 ms', p99, 150, 'less', `p50 ${percentile(poster.latenciesMs, 0.5).toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`),
  ];
  for (const one of bars) say(tell(one));
  return { limit, rate, events, p99, statuses: poster.statuses, bars };
}

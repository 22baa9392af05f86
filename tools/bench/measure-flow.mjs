import { sleep } from '../start/processes.mjs';
import { cpuOfParts, cpuPerEvent, tellCpu } from './cpu-of-parts.mjs';
import { Poster } from './poster.mjs';
import { untilVisible, visibleEvents } from './visible.mjs';
import { bar, demoBatches, ratios, tell } from './workload.mjs';

const backlog = 30_000;

/** HTTP accept → hierarchy visible, sustained: as much as the house digests, with at most `backlog` events between the two ends, for two minutes and until the last is visible. */
export async function measureFlow({ rig, limit, demoMix, postedForm, say, seconds = 120 }) {
  const batches = demoBatches({ demoMix, postedForm, writeKey: rig.secrets.writeKey, count: Math.round(limit.keyed * 0.15 * seconds) });
  const poster = new Poster(rig.api, 2);
  let sent = 0;
  let visible = 0;
  let over = false;
  const watching = (async () => {
    for (; !over; await sleep(1_000)) visible = await visibleEvents(rig);
  })();
  const cpuBefore = cpuOfParts(rig);
  const startedAt = performance.now();
  const deadline = startedAt + seconds * 1000;
  let next = 0;
  const paced = async () => {
    while (sent - visible > backlog && performance.now() < deadline) await sleep(20);
    if (performance.now() >= deadline || next >= batches.length) return undefined;
    sent += batches[next].events;
    return batches[next++];
  };
  const events = await poster.drive(paced);
  over = true;
  await watching;
  await untilVisible(rig, events);
  const rate = events / ((performance.now() - startedAt) / 1000);
  poster.close();
  const cpu = cpuPerEvent(cpuBefore, cpuOfParts(rig), events);
  const bars = [bar('accept → hierarchy visible ÷ COPY', rate / limit.keyed, 0.06, 'more', `over ${seconds} s ${ratios(rate, limit)}; aim 0.12`)];
  for (const one of bars) say(tell(one));
  for (const line of tellCpu(cpu)) say(line);
  return { limit, rate, events, cpu: Object.fromEntries(cpu), bars };
}

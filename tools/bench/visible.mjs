// How much of what was accepted stands in the hierarchy.
import { sleep } from '../start/processes.mjs';

export const visibleEvents = async (rig) => Number((await rig.query('select coalesce(sum(events), 0) as n from sessionization.read_journey_head'))[0].n);
export const acceptedEvents = async (rig) => Number((await rig.query('select count(*) as n from ingestion.event'))[0].n);

/** Resolves when all `count` events are visible; tells how long it took. */
export async function untilVisible(rig, count, patienceMs = 300_000) {
  const startedAt = performance.now();
  for (; ; await sleep(250)) {
    const seen = await visibleEvents(rig);
    if (seen >= count) return performance.now() - startedAt;
    if (performance.now() - startedAt > patienceMs) throw new Error(`${seen} of ${count} events visible after ${patienceMs / 1000} s`);
  }
}

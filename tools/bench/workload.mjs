// Bodies of the demo mix, made before the clock starts: the measured time is the house's, not the simulator's.

/** Batches of `size` events of the demo mix, `count` events in all, as `{ body, events, writeKey }`. One write key serves all sources, so ids carry the source's name. */
export function demoBatches({ demoMix, postedForm, writeKey, count, size = 200, seed = 1 }) {
  const batches = [];
  let bodies = [];
  let made = 0;
  for (const event of demoMix({ seed })) {
    bodies.push(JSON.stringify({ ...postedForm(event), sourceEventId: `${event.source}:${event.sourceEventId}`, aboutEventId: undefined }));
    made += 1;
    if (bodies.length === size || made === count) {
      batches.push({ body: Buffer.from(`[${bodies.join(',')}]`), events: bodies.length, writeKey });
      bodies = [];
    }
    if (made === count) return batches;
  }
  return batches;
}

/** Hands out a list's members one by one, until it is empty or the time is over. */
export function untilOver(list, deadline = Infinity) {
  let next = 0;
  return () => (performance.now() < deadline && next < list.length ? list[next++] : undefined);
}

export const bar = (name, value, limit, better, words) => ({ name, value, limit, holds: better === 'more' ? value >= limit : value <= limit, words });
export const tell = ({ name, value, limit, holds, words }) => `  ${holds ? '✓' : '✗'} ${name}: ${words ?? value} (bar ${limit})`;
/** A rate in words, against both limits. */
export const ratios = (rate, { keyed, bare }) =>
  `${Math.round(rate)} events/s = ${(rate / keyed).toFixed(3)} × COPY (${(rate / bare).toFixed(3)} × the bare heap)`;

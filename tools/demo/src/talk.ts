import { setTimeout as sleep } from 'node:timers/promises';
import type { Delivery } from './disorder';
import { Disorder } from './disorder';
import { day } from './local-time';
import { emptySummary, postInOrder, type Access, type PostSummary } from './post-batches';
import { live } from './simulate';
import { townOf, type Size } from './sizes';

/** How many events a minute a town of people makes by itself: measured on S. */
const eventsPerPersonAndDay = 0.45;

/**
 * Lets the same town live on from now, at the pace of the clock, and sends what happens in the second it happens; `perMinute` hastens the town so that there is something to
 * see. Ends when the signal says so. A platform that is away is waited for.
 */
export async function talk(
  access: Access,
  options: { readonly size: Size; readonly seed: number; readonly perMinute: number },
  signal: AbortSignal,
  heard: (summary: PostSummary) => void,
): Promise<void> {
  const { people } = townOf[options.size];
  const from = Math.floor(Date.now() / 60_000) * 60_000;
  const haste = Math.max(1, (options.perMinute * 24 * 60) / (people * eventsPerPersonAndDay));
  const due: Delivery[] = [];
  // Wrong clocks and late records stay out of it: what comes is what is.
  const disorder = new Disorder(options.seed + from / 60_000, false, (delivery) => due.push(delivery));
  const town = live(
    { seed: options.seed, people, from, until: from + 365 * day, staged: false, haste, idPrefix: `t${(from / 60_000).toString(36)}-` },
    disorder.hear.bind(disorder),
  );
  let toldUntil = from;
  const summary = emptySummary();
  while (!signal.aborted) {
    const now = Date.now();
    while (toldUntil < now + 5_000) {
      const hour = town.next();
      if (hour.done) return;
      toldUntil = hour.value;
    }
    due.sort((a, b) => a.at - b.at);
    let ready = 0;
    while (ready < due.length && (due[ready] as Delivery).at <= now) ready++;
    if (ready > 0) {
      await postInOrder(access, due.splice(0, ready), 2, summary).catch((error: unknown) => {
        if (!signal.aborted) throw error;
      });
      heard(summary);
    }
    await sleep(1_000, undefined, { signal }).catch(() => undefined);
  }
}

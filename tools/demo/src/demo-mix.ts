import type { Instant } from '@throughline/contracts';
import type { DemoEvent } from './demo-event';
import { hour } from './local-time';
import { live } from './simulate';

/**
 * Events of the simulated contact centre without end, in the order in which they reach the platform, each once and right: the workload that the bench states as "demo mix".
 * 50,000 people make about 22,000 events a day, so a million events are six or seven weeks.
 */
export function* demoMix(options: { readonly seed?: number; readonly people?: number; readonly from?: Instant } = {}): Generator<DemoEvent, void, void> {
  const { seed = 1, people = 50_000, from = Date.UTC(2026, 2, 1) } = options;
  const slots = new Map<number, { at: Instant; event: DemoEvent }[]>();
  const slotOf = (at: Instant): number => Math.floor((at - from) / hour);
  const hear = (event: DemoEvent, _truth: unknown, at: Instant): void => {
    const list = slots.get(slotOf(at));
    if (list) list.push({ at, event });
    else slots.set(slotOf(at), [{ at, event }]);
  };
  for (const told of live({ seed, people, from, until: Infinity, staged: false }, hear)) {
    const slot = slotOf(told) - 1;
    const list = slots.get(slot);
    if (!list) continue;
    slots.delete(slot);
    for (const { event } of list.sort((a, b) => a.at - b.at)) yield event;
  }
}

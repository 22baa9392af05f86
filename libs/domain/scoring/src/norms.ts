import type { Channel, Family, Norm, Norms } from '@throughline/contracts';

/** What is usual for a family on a channel: the most special norm there is. Undefined: nothing says. */
export function usual(norms: Readonly<Record<string, Norm>>, family: Family, channel: Channel | null): Norm | undefined {
  return (channel === null ? undefined : (norms[`${family}|${channel}`] ?? norms[channel])) ?? norms['*'];
}

/** How many times the usual a value lies beyond what three of four stay under; 0 within it. Rises with the value. */
export function beyond(value: number, { median, upper }: Norm): number {
  return value <= upper ? 0 : (value - upper) / Math.max(median, 1);
}

/** Quantiles of one measure over some contacts; `family` or `channel` null: over all of them. */
export interface MeasuredNorm extends Norm {
  readonly measure: keyof Norms;
  readonly family: Family | null;
  readonly channel: Channel | null;
}

/** Fewer contacts say nothing of what is usual. */
const fewest = 50;

/** Norms from measured quantiles: by family and channel where there are enough, by channel, and over all. What was not measured keeps its present norm. */
export function learnNorms(measured: readonly MeasuredNorm[], present: Norms): Norms {
  const learnt = { lengthMs: { ...present.lengthMs }, events: { ...present.events }, waitMs: { ...present.waitMs } };
  for (const { measure, family, channel, from, median, upper } of measured) {
    if (from < fewest || (family !== null && channel === null)) continue;
    const name = channel === null ? '*' : family === null ? channel : `${family}|${channel}`;
    learnt[measure][name] = { from, median: Math.round(median), upper: Math.round(Math.max(median, upper)) };
  }
  return learnt;
}

/** Whether any norm moved by more than `share` (0.2 = a fifth), came or went. */
export function normsMoved(before: Norms, after: Norms, share: number): boolean {
  return (['lengthMs', 'events', 'waitMs'] as const).some((measure) => {
    const names = new Set([...Object.keys(before[measure]), ...Object.keys(after[measure])]);
    return [...names].some((name) => {
      const [old, now] = [before[measure][name], after[measure][name]];
      if (!old || !now || (old.from === 0) !== (now.from === 0)) return true;
      return Math.abs(now.median - old.median) > share * old.median || Math.abs(now.upper - old.upper) > share * old.upper;
    });
  });
}

/** How V8 is asked to collect; there only when the process was started with `--expose-gc`. */
type Collect = (options: { type: 'major'; execution: 'async'; flavor: 'last-resort' }) => Promise<void>;

const intervalMs = 10_000;
/** Shares of one core. */
const busy = 0.25;
const calm = 0.1;

/**
 * After hard work a service holds garbage that V8 would collect only when it allocates again: once it is calm, it is collected, and the memory goes back to the machine.
 * Gives the way to stop watching. Does nothing where Node was started without `--expose-gc`.
 */
export function releaseMemoryWhenCalm(
  collect: Collect | undefined = (globalThis as { gc?: Collect }).gc,
  usedMs: () => number = () => process.cpuUsage().user / 1000,
  everyMs = intervalMs,
): () => void {
  if (!collect) return () => undefined;
  let before = usedMs();
  let worked = true;
  const timer = setInterval(() => {
    const share = (usedMs() - before) / everyMs;
    before += share * everyMs;
    if (share > busy) worked = true;
    else if (worked && share < calm) {
      worked = false;
      void collect({ type: 'major', execution: 'async', flavor: 'last-resort' });
    }
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

/** Milliseconds to wait before try number `attempt` + 1: doubles from 100 ms to 15 s, with half of it left to chance so that replicas do not come back in step. */
export function backoffMs(attempt: number): number {
  const full = Math.min(15_000, 100 * 2 ** Math.min(attempt - 1, 10));
  return full / 2 + Math.random() * (full / 2);
}

/** Resolves after the time, or as soon as the signal says so. Never throws. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) {
      resolve();
      return;
    }
    const timer = setTimeout(done, ms);
    function done(): void {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    }
    signal?.addEventListener('abort', done);
  });
}

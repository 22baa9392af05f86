import { pause } from './backoff';

/** Who gives way does a piece of work after a rest this many times as long as the last one took, and never sooner than that. */
const restFactor = 20;
const shortestRestMs = 2_000;
const lookAgainMs = 1_000;

/** How work lets other work come first: while that is behind, one piece at a time with long rests between, so that it never stands still for ever. */
export class GiveWay {
  private notBefore = -Infinity;

  /** @param isBehind whether what comes first still has work to do; undefined: nothing comes first. */
  constructor(
    private readonly most: number,
    private readonly isBehind: (() => Promise<boolean>) | undefined,
  ) {}

  /** How many pieces may be done now; waits before it says so. */
  async mayTake(signal: AbortSignal): Promise<number> {
    while (!signal.aborted && (await this.isBehind?.())) {
      if (performance.now() >= this.notBefore) return 1;
      await pause(lookAgainMs, signal);
    }
    return this.most;
  }

  handled(tookMs: number): void {
    this.notBefore = performance.now() + Math.max(shortestRestMs, restFactor * tookMs);
  }
}

import { pause } from './backoff';

/** Who gives way does a piece of work after a rest this many times as long as the last one took, and never sooner than that. */
const restFactor = 20;
const shortestRestMs = 2_000;
const lookAgainMs = 1_000;
/** Work in hand is not interrupted: who gives way takes no more at once than is done in about this time. */
const longestWorkMs = 2_000;

/**
 * How work lets other work come first: while that is behind, one piece at a time with long rests between, so that it never stands still for ever. When it no longer is,
 * one piece at first and then twice as many each time, up to `most` or what is done in two seconds: what comes first may be back soon.
 */
export class GiveWay {
  private notBefore = -Infinity;
  private pieces: number;

  /** @param isBehind whether what comes first still has work to do; undefined: nothing comes first, and `most` may always be taken. */
  constructor(
    private readonly most: number,
    private readonly isBehind: (() => Promise<boolean>) | undefined,
  ) {
    this.pieces = isBehind ? 1 : most;
  }

  /** How many pieces may be done now; waits before it says so. */
  async mayTake(signal: AbortSignal): Promise<number> {
    while (!signal.aborted && (await this.isBehind?.())) {
      this.pieces = 1;
      if (performance.now() >= this.notBefore) break;
      await pause(lookAgainMs, signal);
    }
    return this.pieces;
  }

  handled(tookMs: number): void {
    if (!this.isBehind) return;
    this.notBefore = performance.now() + Math.max(shortestRestMs, restFactor * tookMs);
    this.pieces = tookMs > longestWorkMs ? Math.max(1, this.pieces >> 1) : Math.min(this.most, this.pieces * 2);
  }
}

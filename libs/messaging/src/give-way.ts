import { pause } from './backoff';

/** A consumer that gives way handles a message after it has rested this many times as long as the last one took, and never sooner than that. */
const restFactor = 20;
const shortestRestMs = 2_000;
const lookAgainMs = 1_000;

/** How a consumer lets others come first: while they are behind, one message at a time with long rests between, so that it never stands still for ever. */
export class GiveWay {
  private notBefore = -Infinity;

  /** @param isBehind whether one of those that come first lets messages wait. */
  constructor(
    private readonly most: number,
    private readonly isBehind: () => Promise<boolean>,
  ) {}

  /** How many messages may be handled now; waits before it says so. */
  async mayTake(signal: AbortSignal): Promise<number> {
    while (!signal.aborted && (await this.isBehind())) {
      if (performance.now() >= this.notBefore) return 1;
      await pause(lookAgainMs, signal);
    }
    return this.most;
  }

  handled(tookMs: number): void {
    this.notBefore = performance.now() + Math.max(shortestRestMs, restFactor * tookMs);
  }
}

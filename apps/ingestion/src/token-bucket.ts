/** So many events a second with a burst above it. Time is an argument. */
export class TokenBucket {
  private tokens: number;
  private at = 0;

  constructor(
    private readonly perSecond: number,
    private readonly burst: number,
  ) {
    this.tokens = burst;
  }

  /** Takes `events` tokens, or says after how many milliseconds they will be there. A batch larger than the burst passes when the bucket is full. */
  take(events: number, nowMs: number): { readonly ok: true } | { readonly ok: false; readonly retryAfterMs: number } {
    if (nowMs > this.at) {
      this.tokens = Math.min(this.burst, this.tokens + ((nowMs - this.at) * this.perSecond) / 1000);
      this.at = nowMs;
    }
    const needed = Math.min(events, this.burst);
    if (this.tokens >= needed) {
      this.tokens -= events;
      return { ok: true };
    }
    return { ok: false, retryAfterMs: Math.ceil(((needed - this.tokens) * 1000) / this.perSecond) };
  }
}

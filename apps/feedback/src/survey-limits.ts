import { Injectable } from '@nestjs/common';
import { RateLimiterMemory } from 'rate-limiter-flexible';

/** How often one address may try: ten links a minute that open nothing, and two hundred requests of any kind. */
@Injectable()
export class SurveyLimits {
  private readonly misses = new RateLimiterMemory({ points: 10, duration: 60 });
  private readonly requests = new RateLimiterMemory({ points: 200, duration: 60 });

  /** Counts a request; false: too many. */
  async allow(address: string): Promise<boolean> {
    const missed = await this.misses.get(address);
    if (missed && missed.remainingPoints <= 0) return false;
    return taken(this.requests.consume(address));
  }

  /** Counts a link that opened nothing. A link that somebody holds may be opened as often as they like: scanners do. */
  async miss(address: string): Promise<void> {
    await taken(this.misses.consume(address));
  }
}

const taken = (consumed: Promise<unknown>): Promise<boolean> =>
  consumed.then(
    () => true,
    () => false,
  );

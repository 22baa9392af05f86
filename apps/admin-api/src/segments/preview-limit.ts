import { Injectable } from '@nestjs/common';
import { Problem } from '@throughline/service';
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** Counts of rules: thirty a minute for each user. Kept in memory: it spares the database and guards nothing. */
@Injectable()
export class PreviewLimit {
  private readonly perUser = new RateLimiterMemory({ points: 30, duration: 60 });

  async take(userId: string): Promise<void> {
    try {
      await this.perUser.consume(userId);
    } catch (reason) {
      if (!(reason instanceof RateLimiterRes)) throw reason;
      const seconds = Math.ceil(reason.msBeforeNext / 1000);
      throw new Problem(429, 'Thirty counts a minute are enough', `Please ask again in ${seconds} seconds.`, { retryAfterSeconds: seconds });
    }
  }
}

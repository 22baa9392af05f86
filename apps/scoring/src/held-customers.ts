import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@throughline/service';
import { JourneyScorer } from './journey-scorer';

const againAfterMs = 500;

/**
 * Scores customers, and comes back soon to those that another worker held or whose hierarchy moved meanwhile. What is remembered here is only for speed: a customer that is
 * still due when this process ends is found by `ring-unscored-customers`.
 */
@Injectable()
export class HeldCustomers implements OnModuleDestroy {
  private readonly held = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly scorer: JourneyScorer,
    private readonly log: Log,
  ) {}

  async score(customerIds: readonly string[]): Promise<void> {
    for (const id of await this.scorer.score(customerIds)) this.held.add(id);
    this.comeBack();
  }

  onModuleDestroy(): void {
    this.stopped = true;
    clearTimeout(this.timer);
  }

  private comeBack(): void {
    if (this.held.size === 0 || this.timer || this.stopped) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      const ids = [...this.held].sort();
      this.held.clear();
      this.score(ids).catch((error: unknown) =>
        this.log.warn({ err: error, customers: ids.length }, 'customers that could not be scored now are left to the reconciler'),
      );
    }, againAfterMs).unref();
  }
}

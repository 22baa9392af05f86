import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { Log } from '@throughline/service';
import { JourneyBuilder } from './journey-builder';

const againAfterMs = 500;

/**
 * Builds customers, and comes back soon to those that another worker held. What is remembered here is only for speed: a customer that is still due when this process
 * ends is found by `ring-unbuilt-customers`.
 */
@Injectable()
export class HeldCustomers implements OnModuleDestroy {
  private readonly held = new Set<string>();
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly builder: JourneyBuilder,
    private readonly log: Log,
  ) {}

  async build(customerIds: readonly string[]): Promise<void> {
    for (const id of await this.builder.build(customerIds)) this.held.add(id);
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
      this.build(ids).catch((error: unknown) =>
        this.log.warn({ err: error, customers: ids.length }, 'customers that another worker held are left to the reconciler'),
      );
    }, againAfterMs).unref();
  }
}

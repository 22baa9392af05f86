import { TransientError } from '@throughline/database';
import type { Readiness } from './readiness';

const windowItems = 1_000;
const enoughItems = 100;
const bearableShare = 0.05;

/**
 * Poison is rare. When more than 5 % of what was lately worked on fails for good, the fault is ours: nothing more is set aside, the batch comes again, the service is
 * not ready, and with the growing pauses between its tries it hardly pulls. It heals by itself when a batch goes well again.
 */
export class FailureGuard {
  private window: { total: number; failed: number }[] = [];

  constructor(private readonly readiness: Readiness) {}

  /** To be asked before the failures of a batch are recorded. Throws a transient error when there are too many. */
  check(total: number, failed: number): void {
    this.window.push({ total, failed });
    let items = this.window.reduce((sum, one) => sum + one.total, 0);
    while (this.window.length > 1 && items - this.window[0]!.total >= windowItems) items -= this.window.shift()!.total;
    const failures = this.window.reduce((sum, one) => sum + one.failed, 0);
    if (items < enoughItems || failures <= items * bearableShare) return this.readiness.accept('failures');
    if (failed === 0) {
      // This batch went well: what failed before it is history.
      this.window = [{ total, failed }];
      return this.readiness.accept('failures');
    }
    this.readiness.refuse('failures', 'more than 5 % of the latest work fails');
    throw new TransientError(`${failures} of the latest ${items} items failed: more than poison explains`);
  }
}

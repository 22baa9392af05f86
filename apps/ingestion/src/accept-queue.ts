import { isTransient } from '@throughline/database';
import type { Stored } from './accept-store';
import type { Prepared } from './prepared';

interface Waiting {
  readonly items: readonly Prepared[];
  readonly resolve: (stored: Stored[]) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Joins requests that wait at the same moment into one transaction (group commit), with a few transactions at a time. Each request gets exactly the answers of its own items, after the commit.
 * A transaction that fails for good is tried again request by request, so that one bad request fails alone.
 */
export class AcceptQueue {
  private readonly waiting: Waiting[] = [];
  private writing = 0;
  private queued = 0;

  constructor(
    private readonly store: (items: readonly Prepared[]) => Promise<Stored[]>,
    private readonly options: { readonly writers: number; readonly itemsPerTransaction: number },
  ) {}

  /** Items that wait or are being written. */
  get size(): number {
    return this.queued;
  }

  accept(items: readonly Prepared[]): Promise<Stored[]> {
    if (items.length === 0) return Promise.resolve([]);
    return new Promise((resolve, reject) => {
      this.waiting.push({ items, resolve, reject });
      this.queued += items.length;
      void this.write();
    });
  }

  private async write(): Promise<void> {
    if (this.writing >= this.options.writers) return;
    this.writing += 1;
    try {
      while (this.waiting.length > 0) await this.writeOne(this.take());
    } finally {
      this.writing -= 1;
    }
  }

  private take(): Waiting[] {
    const taken: Waiting[] = [];
    let items = 0;
    while (this.waiting.length > 0 && (taken.length === 0 || items + this.waiting[0]!.items.length <= this.options.itemsPerTransaction)) {
      const next = this.waiting.shift()!;
      taken.push(next);
      items += next.items.length;
    }
    return taken;
  }

  private async writeOne(requests: readonly Waiting[]): Promise<void> {
    try {
      const stored = await this.store(requests.length === 1 ? requests[0]!.items : requests.flatMap((request) => request.items));
      let from = 0;
      for (const { items, resolve } of requests) {
        this.queued -= items.length;
        resolve(stored.slice(from, from + items.length));
        from += items.length;
      }
    } catch (error) {
      if (requests.length > 1 && !isTransient(error)) {
        for (const request of requests) await this.writeOne([request]);
        return;
      }
      for (const { items, reject } of requests) {
        this.queued -= items.length;
        reject(error);
      }
    }
  }
}

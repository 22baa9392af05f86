import { computed, inject, Injectable, signal } from '@angular/core';
import type { CustomerTree } from '@throughline/contracts';
import { ApiProblem } from '../../api/api-problem';
import type { StateKind } from '../ui/state';
import { CustomersApi, type NewCorrection } from './customers-api';
import { timelineOf } from './timeline';

/** One customer on the screen. Provided by the page. */
@Injectable()
export class CustomerStore {
  private readonly api = inject(CustomersApi);
  private readonly loaded = signal<CustomerTree | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly reading = signal(false);
  private asked: { readonly id: string; readonly cursor: string | undefined } | undefined;
  private stop = new AbortController();

  readonly tree = this.loaded.asReadonly();
  readonly problem = this.failed.asReadonly();
  /** What is on the screen is being read again. */
  readonly busy = computed(() => this.reading() && this.loaded() !== undefined);
  readonly state = computed<StateKind | undefined>(() => (this.loaded() ? undefined : this.failed() ? 'error' : 'loading'));
  readonly nodes = computed(() => {
    const tree = this.loaded();
    return tree ? timelineOf(tree) : [];
  });

  async load(id: string, cursor: string | undefined): Promise<void> {
    if (this.asked?.id !== id || this.asked.cursor !== cursor) this.loaded.set(undefined);
    this.asked = { id, cursor };
    await this.refresh();
  }

  /** Reads again; the latest question wins. */
  async refresh(): Promise<void> {
    if (!this.asked) return;
    this.stop.abort();
    const stop = (this.stop = new AbortController());
    this.reading.set(true);
    try {
      const tree = await this.api.tree(this.asked.id, { cursor: this.asked.cursor, signal: stop.signal });
      if (stop.signal.aborted) return;
      this.loaded.set(tree);
      this.failed.set(undefined);
    } catch (error) {
      if (!stop.signal.aborted) this.failed.set(ApiProblem.from(error));
    } finally {
      if (!stop.signal.aborted) this.reading.set(false);
    }
  }

  /** Records a correction and shows its effect; gives what withdraws it. */
  async correct(correction: NewCorrection): Promise<() => Promise<void>> {
    const id = await this.api.correct(correction);
    await this.refresh();
    return async () => {
      await this.api.withdraw(id);
      await this.refresh();
    };
  }
}

import { computed, signal, type Signal } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { StateKind } from './state';

/** One answer of the server on the screen: what was loaded last stays while it is read again; the latest question wins. */
export class Loaded<Value> {
  private readonly kept = signal<Value | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly reading = signal(false);
  private asked = 0;

  readonly value: Signal<Value | undefined> = this.kept.asReadonly();
  readonly problem = this.failed.asReadonly();
  readonly busy = computed(() => this.reading() && this.kept() !== undefined);
  readonly state = computed<StateKind | undefined>(() => (this.kept() !== undefined ? undefined : this.failed() ? 'error' : 'loading'));

  async load(ask: () => Promise<Value>): Promise<void> {
    const mine = (this.asked += 1);
    this.reading.set(true);
    try {
      const value = await ask();
      if (mine !== this.asked) return;
      this.kept.set(value);
      this.failed.set(undefined);
    } catch (error) {
      if (mine === this.asked) this.failed.set(ApiProblem.from(error));
    } finally {
      if (mine === this.asked) this.reading.set(false);
    }
  }

  /** Puts what an act has answered in place. */
  set(value: Value): void {
    this.kept.set(value);
  }

  clear(): void {
    this.asked += 1;
    this.kept.set(undefined);
    this.failed.set(undefined);
  }
}

import { computed, signal } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { StateKind } from './state';

/** One answer of the server on the screen: what was read last stays while it is read again; the latest question wins and ends the one before. */
export class Loaded<Value> {
  private readonly kept = signal<Value | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly reading = signal(false);
  private stop = new AbortController();

  readonly value = this.kept.asReadonly();
  readonly problem = this.failed.asReadonly();
  /** What is on the screen is being read again. */
  readonly busy = computed(() => this.reading() && this.kept() !== undefined);
  readonly state = computed<StateKind | undefined>(() => (this.kept() !== undefined ? undefined : this.failed() ? 'error' : 'loading'));

  async load(ask: (signal: AbortSignal) => Promise<Value>): Promise<void> {
    this.stop.abort();
    const stop = (this.stop = new AbortController());
    this.reading.set(true);
    try {
      const value = await ask(stop.signal);
      if (stop.signal.aborted) return;
      this.kept.set(value);
      this.failed.set(undefined);
    } catch (error) {
      if (!stop.signal.aborted) this.failed.set(ApiProblem.from(error));
    } finally {
      if (!stop.signal.aborted) this.reading.set(false);
    }
  }

  /** Puts what an act has answered in place. */
  set(value: Value): void {
    this.kept.set(value);
  }

  clear(): void {
    this.stop.abort();
    this.kept.set(undefined);
    this.failed.set(undefined);
    this.reading.set(false);
  }
}

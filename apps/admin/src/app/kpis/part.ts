import { computed, signal } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import type { StateKind } from '../ui/state';

/** One part of a page: what was read last stays while the next is read, and the latest question wins. */
export class Part<Answer> {
  private readonly read = signal<Answer | undefined>(undefined);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly reading = signal(false);
  private stop = new AbortController();

  readonly answer = this.read.asReadonly();
  readonly problem = this.failed.asReadonly();
  /** What is on the screen is being read again. */
  readonly busy = computed(() => this.reading() && this.read() !== undefined);
  readonly state = computed<StateKind | undefined>(() => (this.failed() ? 'error' : this.read() ? undefined : 'loading'));

  async load(ask: (signal: AbortSignal) => Promise<Answer>): Promise<void> {
    this.stop.abort();
    const stop = (this.stop = new AbortController());
    this.reading.set(true);
    try {
      const answer = await ask(stop.signal);
      if (stop.signal.aborted) return;
      this.read.set(answer);
      this.failed.set(undefined);
    } catch (error) {
      if (!stop.signal.aborted) this.fail(ApiProblem.from(error));
    } finally {
      if (!stop.signal.aborted) this.reading.set(false);
    }
  }

  fail(problem: ApiProblem): void {
    this.failed.set(problem);
    this.reading.set(false);
  }

  /** Forgets what was read: the next question is about something else. */
  clear(): void {
    this.stop.abort();
    this.read.set(undefined);
    this.failed.set(undefined);
  }
}

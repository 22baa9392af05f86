import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { UrlState } from '../shell/url-state';
import { SourcesApi, type ArrivedEvent } from './sources-api';

const pollMs = 1_000;
const shownAtMost = 500;

/** Every event that arrives, while somebody looks. What comes while it is paused waits and is counted; an event that is told twice is shown once. */
@Injectable()
export class LiveStore {
  private readonly api = inject(SourcesApi);
  private readonly url = inject(UrlState);
  readonly source = this.url.text('source');
  readonly type = this.url.text('type');
  readonly customer = this.url.text('customer');
  readonly isFiltered = computed(() => [this.source(), this.type(), this.customer()].some((value) => value !== ''));
  readonly paused = signal(false);

  private readonly shown = signal<readonly ArrivedEvent[]>([]);
  private readonly held = signal<readonly ArrivedEvent[]>([]);
  private readonly counted = signal(0);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly begun = signal(false);
  /** The newest first. */
  readonly events = this.shown.asReadonly();
  readonly waiting = computed(() => this.held().length);
  readonly seen = this.counted.asReadonly();
  readonly problem = this.failed.asReadonly();
  readonly hasBegun = this.begun.asReadonly();

  private known = new Set<string>();
  private cursor: string | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private stop = new AbortController();

  constructor() {
    effect(() => {
      this.source();
      this.type();
      this.customer();
      untracked(() => this.restart());
    });
    inject(DestroyRef).onDestroy(() => this.end());
  }

  clearFilters(): void {
    for (const filter of [this.source, this.type, this.customer]) filter.set('');
  }

  pause(still: boolean): void {
    this.paused.set(still);
    if (still) return;
    this.show(this.held());
    this.held.set([]);
  }

  restart(): void {
    this.end();
    this.stop = new AbortController();
    this.known = new Set();
    this.cursor = undefined;
    this.shown.set([]);
    this.held.set([]);
    this.counted.set(0);
    this.begun.set(false);
    void this.ask(this.stop.signal);
  }

  private end(): void {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  private async ask(signal: AbortSignal): Promise<void> {
    let more = false;
    try {
      const filter = { source: this.source(), type: this.type(), customer: this.customer() };
      const answer = await this.api.events(filter, this.cursor, signal);
      this.cursor = answer.cursor;
      more = answer.more;
      this.take(answer.events);
      this.failed.set(undefined);
      this.begun.set(true);
    } catch (error) {
      if (signal.aborted) return;
      this.failed.set(ApiProblem.from(error));
    }
    if (signal.aborted) return;
    this.timer = setTimeout(() => void this.ask(signal), more ? 0 : pollMs);
  }

  private take(events: readonly ArrivedEvent[]): void {
    const fresh = events.filter(({ id }) => !this.known.has(id));
    if (fresh.length === 0) return;
    for (const { id } of fresh) this.known.add(id);
    // Only what the server may tell again has to be remembered.
    if (this.known.size > 20_000) this.known = new Set([...this.known].slice(-10_000));
    this.counted.update((n) => n + fresh.length);
    if (this.paused()) this.held.update((held) => [...held, ...fresh]);
    else this.show(fresh);
  }

  private show(fresh: readonly ArrivedEvent[]): void {
    this.shown.update((shown) => [...[...fresh].reverse(), ...shown].slice(0, shownAtMost));
  }
}

import { computed, DestroyRef, effect, inject, Injectable, signal, untracked } from '@angular/core';
import { ApiProblem } from '../../api/api-problem';
import { UrlState } from '../shell/url-state';
import { SourcesApi, type ArrivedEvent, type EventFilter } from './sources-api';

const pollMs = 1_000;
/** While it follows, and of what waits: what went by is given by `older`. */
const keptAtMost = 500;

/**
 * Every event that arrives, while somebody looks: the newest at once, all others by going back. What comes while it is paused waits and is counted; an event that is told twice
 * is shown once.
 */
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
  private readonly heldCount = signal(0);
  private readonly counted = signal(0);
  private readonly failed = signal<ApiProblem | undefined>(undefined);
  private readonly past = signal<'more' | 'asked' | 'none'>('more');
  private readonly pastFailed = signal<ApiProblem | undefined>(undefined);
  private readonly begun = signal(false);
  /** The newest first. */
  readonly events = this.shown.asReadonly();
  readonly waiting = this.heldCount.asReadonly();
  /** All that was told since the page was opened, shown or not. */
  readonly seen = this.counted.asReadonly();
  readonly problem = computed(() => this.failed() ?? this.pastFailed());
  readonly hasBegun = this.begun.asReadonly();
  /** Whether something may lie before what is shown, and whether it is being asked for. */
  readonly before = this.past.asReadonly();

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
    this.hold([], 0);
  }

  /** Shows what arrived before what is shown; what comes meanwhile waits. */
  async older(): Promise<void> {
    const last = this.shown().at(-1);
    if (!last || this.past() === 'asked') return;
    const { signal } = this.stop;
    this.pause(true);
    this.past.set('asked');
    this.pastFailed.set(undefined);
    try {
      const { events, more } = await this.api.before(last.id, this.filter(), signal);
      if (signal.aborted) return;
      for (const { id } of events) this.known.add(id);
      this.shown.update((shown) => [...shown, ...[...events].reverse()]);
      this.counted.update((n) => Math.max(n, this.shown().length + this.heldCount()));
      this.past.set(more ? 'more' : 'none');
    } catch (error) {
      if (signal.aborted) return;
      this.past.set('more');
      this.pastFailed.set(ApiProblem.from(error));
    }
  }

  restart(): void {
    this.end();
    this.stop = new AbortController();
    this.known = new Set();
    this.cursor = undefined;
    this.shown.set([]);
    this.hold([], 0);
    this.counted.set(0);
    this.past.set('more');
    this.pastFailed.set(undefined);
    this.begun.set(false);
    void this.ask(this.stop.signal);
  }

  private filter(): EventFilter {
    return { source: this.source(), type: this.type(), customer: this.customer() };
  }

  private end(): void {
    this.stop.abort();
    clearTimeout(this.timer);
  }

  private async ask(signal: AbortSignal): Promise<void> {
    let more = false;
    try {
      const answer = await this.api.events(this.filter(), this.cursor, signal);
      if (signal.aborted) return;
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
    if (this.paused()) this.hold(newest([...fresh, ...this.held()]), this.heldCount() + fresh.length);
    else this.show(fresh);
  }

  private hold(held: readonly ArrivedEvent[], count: number): void {
    this.held.set(held);
    this.heldCount.set(count);
  }

  private show(fresh: readonly ArrivedEvent[]): void {
    const all = [...fresh, ...this.shown()];
    this.shown.set(newest(all));
    if (all.length > keptAtMost) this.past.set('more');
  }
}

/** In the order in which they arrived, so that what lies before the last is exactly what is not shown. One that was committed late may have come both ways. */
const newest = (events: readonly ArrivedEvent[]): readonly ArrivedEvent[] =>
  [...new Map(events.map((event) => [event.id, event])).values()].sort((a, b) => b.receivedAt - a.receivedAt || (a.id < b.id ? 1 : -1)).slice(0, keptAtMost);

import { Inject, Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { SETTINGS } from '@throughline/service';
import { exhaustMap, finalize, interval, map, merge, startWith, Subject, takeUntil, takeWhile, timer, type Observable } from 'rxjs';
import type { AdminApiSettings } from '../settings';

/** A stream ends after this long and the browser opens the next: so whom a team no longer reaches is heard of no more. */
const lifeMs = 10 * 60_000;

/** Tells open pages that something changed, never what: they read again. A page that is away is not told later. */
@Injectable()
export class LiveHub implements OnModuleDestroy {
  private readonly said = new Map<string, Set<Subject<MessageEvent>>>();
  private readonly ending = new Subject<void>();

  constructor(@Inject(SETTINGS) private readonly settings: Pick<AdminApiSettings, 'LIVE_BEAT_MS'>) {}

  /** Tells every page that listens to this topic. */
  say(topic: string): void {
    for (const page of this.said.get(topic) ?? []) page.next({ type: 'changed', data: { topic } });
  }

  /** One page's stream over its topics, with a beat now and then; it ends with the beat at which `mayListen` says no. */
  listen(topics: readonly string[], mayListen: () => Promise<boolean>): Observable<MessageEvent> {
    const page = new Subject<MessageEvent>();
    for (const topic of topics) this.said.set(topic, (this.said.get(topic) ?? new Set()).add(page));
    const beats = interval(this.settings.LIVE_BEAT_MS).pipe(
      exhaustMap(mayListen),
      takeWhile((may) => may),
      startWith(true),
      map((): MessageEvent => ({ type: 'beat', data: {} })),
      finalize(() => page.complete()),
    );
    return merge(page, beats).pipe(
      takeUntil(merge(this.ending, timer(lifeMs))),
      finalize(() => this.forget(topics, page)),
    );
  }

  /** Streams never end by themselves: the drain would wait for them. */
  onModuleDestroy(): void {
    this.ending.next();
  }

  private forget(topics: readonly string[], page: Subject<MessageEvent>): void {
    for (const topic of topics) {
      const pages = this.said.get(topic);
      pages?.delete(page);
      if (pages?.size === 0) this.said.delete(topic);
    }
  }
}

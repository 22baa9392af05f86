import { Injectable, type MessageEvent, type OnModuleDestroy } from '@nestjs/common';
import { finalize, interval, map, merge, startWith, Subject, takeUntil, timer, type Observable } from 'rxjs';

const beatMs = 15_000;
/** A stream ends after this long and the browser opens the next: so a session that has ended hears no more. */
const lifeMs = 10 * 60_000;

/** Tells open pages that something changed, never what: they read again. A page that is away is not told later. */
@Injectable()
export class LiveHub implements OnModuleDestroy {
  private readonly said = new Map<string, Set<Subject<MessageEvent>>>();
  private readonly ending = new Subject<void>();

  /** Tells every page that listens to this topic. */
  say(topic: string): void {
    for (const page of this.said.get(topic) ?? []) page.next({ type: 'changed', data: { topic } });
  }

  /** One page's stream over its topics, with a beat every 15 seconds. */
  listen(topics: readonly string[]): Observable<MessageEvent> {
    const page = new Subject<MessageEvent>();
    for (const topic of topics) this.said.set(topic, (this.said.get(topic) ?? new Set()).add(page));
    const beats = interval(beatMs).pipe(
      startWith(0),
      map((): MessageEvent => ({ type: 'beat', data: {} })),
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

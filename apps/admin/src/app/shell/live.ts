import { computed, DestroyRef, inject, Injectable, signal } from '@angular/core';

type Hear = (topic: string) => void;

const pollMs = 30_000;

/**
 * What changed, told by the server while a page is open: one stream a tab over the topics that its pages ask for. A message says that something changed, never what: the page reads again.
 * After a break every listener is told once, since a change may have been missed; while there is no stream they are told every 30 seconds.
 */
@Injectable({ providedIn: 'root' })
export class Live {
  private readonly hearers = new Map<string, Set<Hear>>();
  private stream: EventSource | undefined;
  private streamed = '';
  private scheduled = false;
  private broken = false;
  private polling: ReturnType<typeof setInterval> | undefined;

  private readonly held = signal<ReadonlySet<string>>(new Set());
  private readonly still = signal(false);

  readonly isLive = signal(false);
  readonly paused = this.still.asReadonly();
  /** Topics that changed while the page stands still. */
  readonly missed = computed(() => this.held().size);

  /** Stands still; going on tells what was missed. */
  pause(still: boolean): void {
    this.still.set(still);
    if (still) return;
    const missed = this.held();
    this.held.set(new Set());
    for (const topic of missed) this.tell(topic);
  }

  /** Hears of these topics for as long as the caller lives; returns what ends it earlier. */
  on(topics: readonly string[], hear: Hear, destroyRef = inject(DestroyRef)): () => void {
    for (const topic of topics) this.hearers.set(topic, (this.hearers.get(topic) ?? new Set()).add(hear));
    this.refresh();
    const off = (): void => {
      for (const topic of topics) {
        const hearers = this.hearers.get(topic);
        hearers?.delete(hear);
        if (hearers?.size === 0) this.hearers.delete(topic);
      }
      this.refresh();
    };
    destroyRef.onDestroy(off);
    return off;
  }

  private refresh(): void {
    if (this.scheduled) return;
    this.scheduled = true;
    queueMicrotask(() => {
      this.scheduled = false;
      const topics = [...this.hearers.keys()].sort().join(',');
      if (topics !== this.streamed) this.open(topics);
    });
  }

  private open(topics: string): void {
    this.stream?.close();
    this.stream = undefined;
    this.streamed = topics;
    this.isLive.set(false);
    clearInterval(this.polling);
    if (topics === '') return;
    const stream = new EventSource(`/v1/stream?topics=${encodeURIComponent(topics)}`);
    this.stream = stream;
    stream.addEventListener('open', () => {
      this.isLive.set(true);
      clearInterval(this.polling);
      if (this.broken) this.tellAll();
      this.broken = false;
    });
    stream.addEventListener('changed', ({ data }: MessageEvent<string>) => {
      const { topic } = JSON.parse(data) as { topic: string };
      this.tell(topic);
    });
    stream.addEventListener('error', () => {
      this.isLive.set(false);
      this.broken = true;
      clearInterval(this.polling);
      this.polling = setInterval(() => {
        this.tellAll();
        // The browser tries again by itself, unless the server said no.
        if (stream.readyState === EventSource.CLOSED) this.open(this.streamed);
      }, pollMs);
    });
  }

  private tellAll(): void {
    for (const topic of this.hearers.keys()) this.tell(topic);
  }

  private tell(topic: string): void {
    if (this.still()) this.held.update((held) => new Set(held).add(topic));
    else for (const hear of this.hearers.get(topic) ?? []) hear(topic);
  }
}

import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject, input, output, signal, effect } from '@angular/core';
import type { ApiProblem } from '../../api/api-problem';
import { texts } from '../../texts';

export type StateKind = 'loading' | 'empty' | 'filtered' | 'denied' | 'error';

const nothingMs = 150;
const longMs = 5_000;

/**
 * What stands where content is not, or not yet. `loading`: nothing for 150 ms, then bones of the content's shape (`rows` high, or the projected ones). `empty`: what will be here and the
 * one thing to do next. `filtered`: nothing matches. `denied`: not for this role. `error`: what happened, what was kept, what to do.
 */
@Component({
  selector: 'tl-state',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[attr.aria-busy]': 'state() === "loading"' },
  template: `
    @if (state() === 'loading') {
      <span class="tl-hidden" role="status">{{ text.loading }}</span>
      @if (waited()) {
        <div class="bones" aria-hidden="true">
          <ng-content>
            @for (row of bones(); track $index) {
              <span class="bone" [style.width.%]="row"></span>
            }
          </ng-content>
        </div>
        @if (long()) {
          <p class="tl-small">{{ text.stillWorking }}</p>
        }
      }
    } @else {
      <div class="said" [attr.role]="state() === 'error' ? 'alert' : null">
        <p class="what">{{ what() }}</p>
        @if (more(); as words) {
          <p class="tl-mute">{{ words }}</p>
        }
        @if (problem()?.traceId; as id) {
          <p class="tl-small tl-mono">{{ text.trace(id) }}</p>
        }
        @if (act(); as words) {
          <button class="tl-button" type="button" (click)="acted.emit()">{{ words }}</button>
        }
      </div>
    }
  `,
  styles: `
    :host {
      display: block;
    }

    .bones {
      display: grid;
      gap: 12px;
    }

    .bone {
      display: block;
      height: 14px;
      border-radius: 4px;
      background: var(--tl-line-soft);
    }

    .said {
      display: grid;
      gap: 8px;
      justify-items: start;
      padding: 8px 0;
      font-size: 13px;
    }

    .what {
      font-weight: 500;
      font-size: 14px;
    }
  `,
})
export class State {
  readonly state = input.required<StateKind>();
  /** In place of the usual words. */
  readonly sentence = input<string>();
  readonly detail = input<string>();
  /** Words of the one thing to do; of an error "Try again" unless told, of filters "Clear filters". */
  readonly action = input<string>();
  readonly problem = input<ApiProblem>();
  /** Of the bones. */
  readonly rows = input(3);
  readonly acted = output();

  protected readonly text = texts.ui;
  protected readonly waited = signal(false);
  protected readonly long = signal(false);
  protected readonly bones = computed(() => Array.from({ length: this.rows() }, (_, i) => [100, 82, 92, 74][i % 4]!));
  protected readonly what = computed(() => {
    const { empty, filtered, denied, error } = this.text;
    return this.sentence() ?? this.problem()?.title ?? { loading: '', empty, filtered, denied, error }[this.state()];
  });
  protected readonly more = computed(() => {
    if (this.detail()) return this.detail();
    if (this.state() === 'denied') return this.text.deniedDetail;
    return this.state() === 'error' ? (this.problem()?.detail ?? (this.problem()?.traceId ? this.text.errorTraced : this.text.errorDetail)) : undefined;
  });
  protected readonly act = computed(
    () => this.action() ?? { error: this.text.retry, filtered: this.text.clearFilters, loading: '', empty: '', denied: '' }[this.state()],
  );

  constructor() {
    const timers: ReturnType<typeof setTimeout>[] = [];
    const stop = (): void => timers.splice(0).forEach(clearTimeout);
    effect(() => {
      stop();
      this.waited.set(false);
      this.long.set(false);
      if (this.state() !== 'loading') return;
      timers.push(
        setTimeout(() => this.waited.set(true), nothingMs),
        setTimeout(() => this.long.set(true), longMs),
      );
    });
    inject(DestroyRef).onDestroy(stop);
  }
}

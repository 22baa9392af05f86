import { afterNextRender, ChangeDetectionStrategy, Component, DestroyRef, ElementRef, inject, input, output, viewChild } from '@angular/core';
import { texts } from '../../texts';

/**
 * What belongs to one chosen thing, at the right edge. It takes the focus when it opens, gives it back when it closes (Escape, or the button), and leaves the page usable beside it.
 * Shown with `@if` by its owner; `docked` makes it a column of the page from 1,280 px on.
 */
@Component({
  selector: 'tl-drawer',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'complementary', '[attr.aria-label]': 'heading()', '[class.docked]': 'docked()', '(keydown.escape)': 'close($event)' },
  template: `
    <div class="head">
      <h2 #title tabindex="-1">{{ heading() }}</h2>
      <button class="tl-button quiet icon tl-push" type="button" [attr.aria-label]="text.close" (click)="closed.emit()">
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><path d="m3 3 10 10M13 3 3 13" stroke="currentColor" stroke-width="1.5" /></svg>
      </button>
    </div>
    <div class="body"><ng-content /></div>
  `,
  styles: `
    :host {
      position: fixed;
      z-index: 20;
      top: 0;
      right: 0;
      bottom: 0;
      width: min(400px, 100vw);
      display: flex;
      flex-direction: column;
      background: var(--tl-raise);
      border-left: 1px solid var(--tl-line);
      box-shadow: var(--tl-shadow);
    }

    .head {
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: var(--tl-head);
      padding: 6px 8px 6px 16px;
      border-bottom: 1px solid var(--tl-line);
    }

    h2 {
      outline: none;
    }

    .body {
      display: grid;
      gap: 16px;
      align-content: start;
      padding: 16px;
      overflow-y: auto;
      min-height: 0;
    }

    @media (max-width: 767px) {
      :host {
        z-index: 25; /* above the button of the menu */
      }
    }

    @media (min-width: 1280px) {
      :host(.docked) {
        position: sticky;
        top: calc(var(--tl-head) + 20px);
        bottom: auto;
        width: auto;
        max-height: calc(100vh - var(--tl-head) - 40px);
        border: 1px solid var(--tl-line);
        border-radius: var(--tl-radius);
        box-shadow: none;
        background: var(--tl-card);
      }
    }
  `,
})
export class Drawer {
  readonly heading = input.required<string>();
  readonly docked = input(false);
  /** Leaves the focus where it is: nobody asked for it. */
  readonly quiet = input(false);
  readonly closed = output();
  protected readonly text = texts.ui;
  private readonly title = viewChild.required<ElementRef<HTMLElement>>('title');

  constructor() {
    const before = document.activeElement;
    afterNextRender(() => {
      if (!this.quiet()) this.title().nativeElement.focus({ preventScroll: true });
    });
    inject(DestroyRef).onDestroy(() => {
      const here = document.activeElement === document.body || document.activeElement === null;
      if (here && before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    });
  }

  protected close(event: Event): void {
    event.stopPropagation();
    this.closed.emit();
  }
}

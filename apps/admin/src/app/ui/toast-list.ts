import { ChangeDetectionStrategy, Component, inject } from '@angular/core';
import { texts } from '../../texts';
import { Toasts } from './toasts';

@Component({
  selector: 'tl-toast-list',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { role: 'region', '[attr.aria-label]': 'text.notifications' },
  template: `
    <div role="status" class="list">
      @for (toast of toasts.list(); track toast.id) {
        <div
          class="toast"
          [class.problem]="toast.kind === 'problem'"
          (pointerenter)="toasts.hold(toast.id)"
          (pointerleave)="toasts.start(toast.id)"
          (focusin)="toasts.hold(toast.id)"
          (focusout)="toasts.start(toast.id)"
        >
          <span>{{ toast.text }}</span>
          @if (toast.undo) {
            <button class="tl-link" type="button" (click)="toasts.undo(toast)">
              {{ text.undo }} <kbd>{{ text.undoKey }}</kbd>
            </button>
          }
          <button class="tl-button quiet icon" type="button" [attr.aria-label]="text.dismiss" (click)="toasts.dismiss(toast.id)">
            <svg viewBox="0 0 16 16" width="12" height="12" aria-hidden="true"><path d="m3 3 10 10M13 3 3 13" stroke="currentColor" stroke-width="1.5" /></svg>
          </button>
        </div>
      }
    </div>
  `,
  styles: `
    :host {
      position: fixed;
      z-index: 40;
      bottom: 16px;
      left: 50%;
      transform: translateX(-50%);
      width: max-content;
      max-width: calc(100vw - 24px);
    }

    .list {
      display: grid;
      gap: 8px;
    }

    .toast {
      display: flex;
      align-items: center;
      gap: 12px;
      padding: 6px 6px 6px 16px;
      background: var(--tl-raise);
      border: 1px solid var(--tl-line);
      border-radius: var(--tl-radius);
      box-shadow: var(--tl-shadow);
      font-size: 13px;
    }

    .problem {
      border-color: var(--tl-bad);
    }

    span {
      margin-right: auto;
      max-width: 60ch;
    }
  `,
})
export class ToastList {
  protected readonly toasts = inject(Toasts);
  protected readonly text = texts.ui;
}

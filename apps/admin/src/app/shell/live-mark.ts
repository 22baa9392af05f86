import { ChangeDetectionStrategy, Component, computed, inject } from '@angular/core';
import { texts } from '../../texts';
import { Live } from './live';

/** Whether the page follows what happens; pressed, it stands still until pressed again. */
@Component({
  selector: 'tl-live-mark',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <button type="button" class="tl-button quiet" [attr.aria-pressed]="live.paused()" [title]="hint()" (click)="live.pause(!live.paused())">
      <span class="dot" aria-hidden="true" [class.on]="live.isLive() && !live.paused()"></span>{{ words() }}
    </button>
  `,
  styles: `
    button {
      color: var(--tl-mute);
      font-size: 12px;
      font-weight: 400;
    }

    .dot {
      width: 8px;
      height: 8px;
      border-radius: 50%;
      border: 1.5px solid var(--tl-faint);
    }

    .dot.on {
      background: var(--tl-good);
      border-color: var(--tl-good);
    }
  `,
})
export class LiveMark {
  protected readonly live = inject(Live);
  protected readonly words = computed(() => {
    const { paused, on, off, changes } = texts.shell.live;
    if (this.live.paused()) return this.live.missed() > 0 ? changes(this.live.missed()) : paused;
    return this.live.isLive() ? on : off;
  });
  protected readonly hint = computed(() =>
    this.live.paused() ? texts.shell.live.resume : this.live.isLive() ? texts.shell.live.pause : texts.shell.live.polling,
  );
}

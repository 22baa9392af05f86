import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { texts } from '../../texts';

export type LevelName = 'event' | 'transaction' | 'interaction' | 'engagement' | 'journey';

/** The shape of a level: event a dot, transaction a short bar, interaction a block, engagement a thread, journey the line through all. The same shape everywhere. */
@Component({
  selector: 'tl-level',
  changeDetection: ChangeDetectionStrategy.OnPush,
  template: `
    <svg
      viewBox="0 0 20 20"
      width="18"
      height="18"
      [attr.aria-hidden]="quiet()"
      [attr.role]="quiet() ? null : 'img'"
      [attr.aria-label]="quiet() ? null : names[of()]"
    >
      @switch (of()) {
        @case ('event') {
          <circle cx="10" cy="10" r="4" fill="currentColor" />
        }
        @case ('transaction') {
          <rect x="3" y="7.5" width="14" height="5" rx="1.5" fill="currentColor" />
        }
        @case ('interaction') {
          <rect x="2.5" y="5" width="15" height="10" rx="2" fill="none" stroke="currentColor" stroke-width="2" />
        }
        @case ('engagement') {
          <path d="M1 12c2.5-6 4.5-6 6.5-1s4 4 6-1 3-4 4.5-2.5" fill="none" stroke="currentColor" stroke-width="2" />
        }
        @case ('journey') {
          <path d="M1 10h18" stroke="currentColor" stroke-width="2.5" />
        }
      }
    </svg>
  `,
  styles: `
    :host {
      display: inline-flex;
      flex: none;
    }
  `,
})
export class Level {
  readonly of = input.required<LevelName>();
  /** Beside its name in words it says nothing itself. */
  readonly quiet = input(false);
  protected readonly names = texts.ui.level;
}

import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { texts } from '../../texts';
import type { JudgedCriterion } from './maturity-api';

/** Met, not met, or not known: in shape, hue and words. `bare` shows the shape and says the word to those who cannot see it. */
@Component({
  selector: 'tl-standing',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'is()' },
  template: `<span class="mark" aria-hidden="true">{{ marks[is()] }}</span
    ><span [class.tl-hidden]="bare()">{{ words[is()] }}</span>`,
  styles: `
    :host {
      display: inline-flex;
      gap: 6px;
      align-items: baseline;
      font-size: 12px;
      font-weight: 500;
      color: var(--tl-mute);
    }

    .mark {
      width: 12px;
      text-align: center;
    }

    :host(.met) {
      color: var(--tl-good);
    }

    :host(.notMet) {
      color: var(--tl-bad);
    }
  `,
})
export class Standing {
  readonly is = input.required<JudgedCriterion['standing']>();
  readonly bare = input(false);
  protected readonly marks = { met: '✓', notMet: '✕', unknown: '?' };
  protected readonly words = texts.maturity.standing;
}

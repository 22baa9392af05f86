import { ChangeDetectionStrategy, Component, input } from '@angular/core';
import { texts } from '../../texts';

export type Direction = 'better' | 'worse' | 'none';

/** A change in shape, hue and words: ▲ better, ▼ worse, ◆ no clear change. */
@Component({
  selector: 'tl-delta',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'is()' },
  template: `<span aria-hidden="true">{{ shapes[is()] }}</span> {{ words() ?? names[is()] }}`,
  styles: `
    :host {
      font-size: 13px;
      font-weight: 500;
      color: var(--tl-mute);
    }

    :host(.better) {
      color: var(--tl-good);
    }

    :host(.worse) {
      color: var(--tl-bad);
    }
  `,
})
export class Delta {
  readonly is = input.required<Direction>();
  /** "3.1 points worse"; the bare word unless told. */
  readonly words = input<string>();
  protected readonly shapes = { better: '▲', worse: '▼', none: '◆' };
  protected readonly names = texts.ui.delta;
}

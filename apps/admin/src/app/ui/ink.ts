import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { texts } from '../../texts';

/** How we know: the customer said so, a system recorded it, or a rule inferred it (always with its confidence where there is one). */
export type InkKind = 'said' | 'recorded' | 'inferred';

@Component({
  selector: 'tl-ink',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'of()' },
  template: `<span class="dot" aria-hidden="true"></span>{{ words() }}`,
  styles: `
    :host {
      display: inline-flex;
      align-items: center;
      gap: 5px;
      font-size: 12px;
      font-weight: 500;
      white-space: nowrap;
    }

    .dot {
      width: 10px;
      height: 10px;
      border-radius: 3px;
      background: currentcolor;
    }

    :host(.said) {
      color: var(--tl-voice);
    }

    :host(.inferred) {
      color: var(--tl-guess);
    }

    :host(.inferred) .dot {
      background: none;
      border: 1.5px dashed currentcolor;
    }
  `,
})
export class Ink {
  readonly of = input.required<InkKind>();
  /** 0 to 1000. */
  readonly confidence = input<number | null>();
  protected readonly words = computed(() => {
    const confidence = this.confidence();
    return confidence == null ? texts.ui.ink[this.of()] : `${texts.ui.ink[this.of()]} ${Math.round(confidence / 10)} %`;
  });
}

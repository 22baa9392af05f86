import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import { texts } from '../../texts';
import { formatNumber } from './format';

/**
 * A number as we show it: value large, unit small, interval muted, n below. Fewer than 30: hollow, with "small n". Unknown is a dash with its reason, never 0.
 */
@Component({
  selector: 'tl-number',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class.small]': 'size() === "small"', '[class.hollow]': 'fewer()' },
  template: `
    @if (value() === null) {
      <span class="value" aria-hidden="true">–</span><span class="tl-hidden">{{ text.unknown }}</span>
      <span class="side">{{ reason() ?? text.unknown }}</span>
    } @else {
      <span class="value"
        >{{ shown() }}
        @if (unit()) {
          <span class="unit"> {{ unit() }}</span>
        }
      </span>
      @if (half(); as half) {
        <span class="side"
          ><span aria-hidden="true">± {{ half }}</span
          ><span class="tl-hidden">{{ text.interval(half) }}</span></span
        >
      }
      @if (n() !== undefined) {
        <span class="side n"
          >{{ text.n(count()) }}
          @if (fewer()) {
            , {{ text.small }}
          }
        </span>
      }
    }
  `,
  styles: `
    :host {
      display: flex;
      align-items: baseline;
      flex-wrap: wrap;
      gap: 0 8px;
    }

    .value {
      font-size: 28px;
      font-weight: 600;
      line-height: 1.2;
      letter-spacing: -0.02em;
    }

    :host(.small) .value {
      font-size: 20px;
    }

    .unit {
      font-size: 14px;
      font-weight: 500;
      color: var(--tl-mute);
      letter-spacing: 0;
    }

    .side {
      font-size: 13px;
      color: var(--tl-mute);
    }

    .n {
      margin-left: auto;
      font-size: 12px;
    }

    :host(.hollow) .value {
      font-weight: 400;
      color: var(--tl-mute);
    }
  `,
})
export class NumberFigure {
  readonly value = input.required<number | null>();
  readonly unit = input<string>();
  /** Half of the interval's width, in the value's unit. */
  readonly interval = input<number | null>();
  /** Observations behind it. */
  readonly n = input<number>();
  readonly digits = input(0);
  /** With a plus before what is above zero. */
  readonly signed = input(false);
  /** Why it is unknown. */
  readonly reason = input<string>();
  readonly size = input<'large' | 'small'>('large');

  protected readonly text = texts.ui.number;
  protected readonly fewer = computed(() => (this.n() ?? 30) < 30);
  protected readonly shown = computed(() => formatNumber(this.value() ?? 0, { digits: this.digits(), signed: this.signed() }));
  protected readonly half = computed(() => {
    const half = this.interval();
    return half == null ? undefined : formatNumber(half, { digits: this.digits() });
  });
  protected readonly count = computed(() => formatNumber(this.n() ?? 0));
}

import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

const width = 240;

/** An estimate as a dot with its interval as a whisker, on a common scale, with a stroke for what it is compared with. Hollow below 30 observations. The numbers stand in the row. */
@Component({
  selector: 'tl-dot-whisker',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 240 16" width="100%" height="16">
      <path d="M0 8h240" stroke="var(--tl-line-soft)" />
      @if (zero(); as x) {
        <path [attr.d]="'M' + x + ' 0v16'" stroke="var(--tl-line-strong)" stroke-dasharray="2 2" />
      }
      @if (value() !== null) {
        @if (low() !== null && high() !== null) {
          <path [attr.d]="'M' + at(low()) + ' 8H' + at(high())" stroke="var(--tl-act)" stroke-width="2" />
        }
        <circle
          [attr.cx]="at(value())"
          cy="8"
          r="4"
          [attr.fill]="(n() ?? 30) < 30 ? 'var(--tl-card)' : 'var(--tl-act)'"
          stroke="var(--tl-act)"
          stroke-width="1.5"
        />
      }
      @if (against() !== null) {
        <path [attr.d]="'M' + at(against()) + ' 3v10'" stroke="var(--tl-faint)" stroke-width="2" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
      min-width: 120px;
    }
  `,
})
export class DotWhisker {
  readonly value = input.required<number | null>();
  readonly low = input<number | null>(null);
  readonly high = input<number | null>(null);
  readonly against = input<number | null>(null);
  readonly n = input<number>();
  /** Of the common scale of all rows. */
  readonly least = input(0);
  readonly most = input(100);

  protected readonly zero = computed(() => (this.least() < 0 && this.most() > 0 ? this.at(0) : 0));

  protected at(value: number | null): number {
    const share = ((value ?? 0) - this.least()) / (this.most() - this.least() || 1);
    return 4 + Math.max(0, Math.min(1, share)) * (width - 8);
  }
}

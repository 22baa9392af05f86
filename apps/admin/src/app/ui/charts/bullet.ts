import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';

/** A value against another way to count it, and a target as a stroke: two bars from zero. The words stand beside it. */
@Component({
  selector: 'tl-bullet',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 200 36" preserveAspectRatio="none">
      @if (against() !== null) {
        <rect x="0" y="6" [attr.width]="at(against())" height="8" rx="2" fill="var(--tl-line)" />
      }
      <rect x="0" y="20" [attr.width]="at(value())" height="8" rx="2" fill="var(--tl-act)" />
      @if (target() !== null) {
        <path [attr.d]="'M' + at(target()) + ' 2v32'" stroke="var(--tl-text)" stroke-width="2" vector-effect="non-scaling-stroke" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
    }

    svg {
      width: 100%;
      height: 36px;
    }
  `,
})
export class Bullet {
  readonly value = input.required<number | null>();
  readonly against = input<number | null>(null);
  readonly target = input<number | null>(null);
  readonly most = input(100);
  private readonly scale = computed(() => 200 / this.most());

  protected at(value: number | null): number {
    return Math.max(0, Math.min(200, (value ?? 0) * this.scale()));
  }
}

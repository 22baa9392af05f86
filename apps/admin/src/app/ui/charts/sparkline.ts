import { ChangeDetectionStrategy, Component, computed, input } from '@angular/core';
import type { InkKind } from '../ink';

export interface SparkPoint {
  readonly value: number | null;
  readonly low?: number | null;
  readonly high?: number | null;
}

const [width, height, margin] = [200, 40, 4];

/** The course of a number in little: a line in the ink of its kind, with its interval as a band. A period without a value is a gap. Says nothing to assistive technology: the tile does. */
@Component({
  selector: 'tl-sparkline',
  changeDetection: ChangeDetectionStrategy.OnPush,
  host: { '[class]': 'ink()', 'aria-hidden': 'true' },
  template: `
    <svg viewBox="0 0 200 40" preserveAspectRatio="none">
      @for (band of bands(); track $index) {
        <polygon [attr.points]="band" fill="currentColor" opacity="0.12" />
      }
      @for (line of lines(); track $index) {
        <polyline [attr.points]="line" fill="none" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" vector-effect="non-scaling-stroke" />
      }
    </svg>
  `,
  styles: `
    :host {
      display: block;
      color: var(--tl-trace);
    }

    :host(.said) {
      color: var(--tl-voice);
    }

    :host(.inferred) {
      color: var(--tl-guess);
    }

    svg {
      width: 100%;
      height: 36px;
    }
  `,
})
export class Sparkline {
  readonly points = input.required<readonly SparkPoint[]>();
  readonly ink = input<InkKind>('recorded');

  private readonly scale = computed(() => {
    const values = this.points()
      .flatMap(({ value, low, high }) => [value, low, high])
      .filter((value): value is number => value != null);
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const step = width / Math.max(1, this.points().length - 1);
    const y = (value: number): number => (most === least ? height / 2 : height - margin - ((value - least) / (most - least)) * (height - 2 * margin));
    return { x: (i: number): number => i * step, y };
  });

  /** Runs of points that have a value. */
  private readonly runs = computed(() => {
    const runs: { readonly i: number; readonly point: SparkPoint }[][] = [[]];
    this.points().forEach((point, i) => (point.value === null ? runs.push([]) : runs.at(-1)!.push({ i, point })));
    return runs.filter((run) => run.length > 0);
  });

  protected readonly lines = computed(() => {
    const { x, y } = this.scale();
    return this.runs().map((run) => run.map(({ i, point }) => `${x(i)},${y(point.value!)}`).join(' '));
  });

  protected readonly bands = computed(() => {
    const { x, y } = this.scale();
    return this.runs()
      .filter((run) => run.every(({ point }) => point.low != null && point.high != null))
      .map((run) => [...run.map(({ i, point }) => `${x(i)},${y(point.high!)}`), ...run.map(({ i, point }) => `${x(i)},${y(point.low!)}`).reverse()].join(' '));
  });
}

import { ChangeDetectionStrategy, Component, computed, input, ViewEncapsulation } from '@angular/core';
import { LineChartModule } from '@swimlane/ngx-charts';
import { formatDay, formatNumber, ownZone } from '../format';
import { colourOf, type LineSeries } from './series';

/** Digits after the point that a tick needs: 4.5, not 4.50. */
const fractionOf = (value: number, most: number): number => String(Number(value.toFixed(Math.max(1, most)))).split('.')[1]?.length ?? 0;

/** Courses over time with their intervals as bands. Goes into `tl-chart`, which has the words and the table. Instants are told in `zone`. */
@Component({
  selector: 'tl-line-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  encapsulation: ViewEncapsulation.None,
  imports: [LineChartModule],
  template: `
    <ngx-charts-line-chart
      [results]="results()"
      [customColors]="colours()"
      [xAxis]="true"
      [yAxis]="true"
      [showGridLines]="true"
      [autoScale]="!fromZero()"
      [roundDomains]="true"
      [rangeFillOpacity]="0.12"
      [trimYAxisTicks]="false"
      [xAxisTicks]="ticks()"
      [rotateXAxisTicks]="false"
      [xAxisTickFormatting]="day"
      [yAxisTickFormatting]="number"
      [referenceLines]="references()"
      [showRefLines]="references().length > 0"
      [showRefLabels]="references().length > 0"
      [tooltipDisabled]="true"
      [animations]="false"
    />
  `,
  styleUrl: './picture.css',
})
export class LineChart {
  readonly series = input.required<readonly LineSeries[]>();
  readonly zone = input(ownZone());
  readonly unit = input('');
  readonly digits = input(0);
  readonly fromZero = input(false);
  /** Levels to compare with, e.g. a target. */
  readonly references = input<{ name: string; value: number }[]>([]);

  protected readonly results = computed(() =>
    this.series().map(({ name, points }) => ({
      name,
      series: points.flatMap(({ at, value, low, high }) => (value === null ? [] : [{ name: new Date(at), value, min: low ?? value, max: high ?? value }])),
    })),
  );
  protected readonly colours = computed(() => this.series().map(({ name, colour }, place) => ({ name, value: colour ?? colourOf(place) })));
  /** Six days at most: more would not be read. */
  protected readonly ticks = computed(() => {
    const instants = [...new Set(this.series().flatMap(({ points }) => points.map(({ at }) => at)))].sort((a, b) => a - b);
    const step = Math.max(1, Math.ceil(instants.length / 6));
    return instants.filter((_, i) => i % step === 0).map((at) => new Date(at));
  });
  protected readonly day = (at: Date): string => formatDay(at.getTime(), this.zone()).replace(/^\w+ /, '');
  protected readonly number = (value: number): string =>
    `${formatNumber(value, { digits: fractionOf(value, this.digits()) })}${this.unit() ? ` ${this.unit()}` : ''}`;
}

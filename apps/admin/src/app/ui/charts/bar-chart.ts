import { ChangeDetectionStrategy, Component, computed, input, ViewEncapsulation } from '@angular/core';
import { BarChartModule } from '@swimlane/ngx-charts';
import { formatNumber } from '../format';
import { colourOf, type Bar } from './series';

/** Sizes side by side, from zero, lying so that their names can be read. Goes into `tl-chart`. */
@Component({
  selector: 'tl-bar-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  encapsulation: ViewEncapsulation.None,
  imports: [BarChartModule],
  template: `
    <ngx-charts-bar-horizontal
      [results]="results()"
      [customColors]="colours()"
      [xAxis]="true"
      [yAxis]="true"
      [showGridLines]="true"
      [barPadding]="6"
      [roundEdges]="false"
      [maxYAxisTickLength]="24"
      [xAxisTickFormatting]="number"
      [showDataLabel]="true"
      [dataLabelFormatting]="number"
      [animations]="false"
    />
  `,
  styleUrl: './picture.css',
})
export class BarChart {
  readonly bars = input.required<readonly Bar[]>();
  readonly unit = input('');
  readonly digits = input(0);

  protected readonly results = computed(() => this.bars().map(({ name, value }) => ({ name, value })));
  protected readonly colours = computed(() => this.bars().map(({ name, colour }) => ({ name, value: colour ?? colourOf(0) })));
  protected readonly number = (value: number): string => `${formatNumber(value, { digits: this.digits() })}${this.unit() ? ` ${this.unit()}` : ''}`;
}

import { ChangeDetectionStrategy, Component, computed, input, model, output } from '@angular/core';
import { RouterLink, type Params } from '@angular/router';
import type { ApiProblem } from '../../../api/api-problem';
import { texts } from '../../../texts';
import { csvOf, saveAs } from '../csv';
import { formatNumber } from '../format';
import { State, type StateKind } from '../state';
import { OutOfReach } from './out-of-reach';

/** The same data as the picture, in rows. A row with `link` leads to what is behind it: the keyboard's way down. */
export interface ChartTable {
  /** The first column names the rows. */
  readonly columns: readonly { readonly head: string; readonly unit?: string; readonly digits?: number }[];
  readonly rows: readonly {
    readonly cells: readonly (string | number | null)[];
    readonly link?: { readonly commands: readonly unknown[]; readonly queryParams?: Params };
  }[];
}

/** One series in the legend; `colour` is a CSS value. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: string;
  readonly shown: boolean;
  readonly dashed?: boolean;
}

let charts = 0;

/**
 * The shell of every chart: a title that says the finding, a line that says what is drawn, the picture, its table, a legend of real buttons, CSV, and every state.
 * The picture goes in as content; assistive technology and the keyboard get the sentence and the table instead.
 */
@Component({
  selector: 'tl-chart',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, State, OutOfReach],
  host: { role: 'region', '[attr.aria-labelledby]': 'id' },
  template: `
    <div class="head">
      <div class="words">
        <h2 [id]="id">{{ heading() }}</h2>
        @if (sentence()) {
          <p class="tl-small">{{ sentence() }}</p>
        }
      </div>
      <div class="controls">
        <ng-content select="[controls]" />
        @if (!state()) {
          <button class="tl-button" type="button" [attr.aria-pressed]="tabled()" (click)="tabled.set(!tabled())">{{ text.table }}</button>
          <button class="tl-button" type="button" (click)="save()">{{ text.csv }}</button>
        }
      </div>
    </div>
    @if (state(); as state) {
      <tl-state [state]="state" [problem]="problem()" [sentence]="empty()" (acted)="acted.emit()">
        <div class="bone" [style.height.px]="height()"></div>
      </tl-state>
    } @else {
      @if (legend().length > 1) {
        <div class="legend" role="group" [attr.aria-label]="text.series">
          @for (entry of legend(); track entry.name) {
            <button type="button" [attr.aria-pressed]="entry.shown" (click)="toggled.emit(entry.name)">
              <span class="line" aria-hidden="true" [class.dashed]="entry.dashed" [style.border-color]="entry.colour"></span>{{ entry.name }}
            </button>
          }
        </div>
      }
      @if (tabled()) {
        <div class="scroll" role="region" tabindex="0" [attr.aria-label]="heading()">
          <table>
            <thead>
              <tr>
                @for (column of table().columns; track $index) {
                  <th scope="col">
                    {{ column.head }}
                    @if (column.unit) {
                      <span> {{ column.unit }}</span>
                    }
                  </th>
                }
              </tr>
            </thead>
            <tbody>
              @for (row of table().rows; track $index) {
                <tr>
                  @for (cell of row.cells; track $index) {
                    @if ($first) {
                      <th scope="row">
                        @if (row.link; as link) {
                          <a [routerLink]="link.commands" [queryParams]="link.queryParams">{{ shown(cell, $index) }}</a>
                        } @else {
                          {{ shown(cell, $index) }}
                        }
                      </th>
                    } @else {
                      <td>{{ shown(cell, $index) }}</td>
                    }
                  }
                </tr>
              }
            </tbody>
          </table>
        </div>
      } @else {
        <div class="picture" tlOutOfReach [style.height.px]="height() || null"><ng-content /></div>
        <p class="tl-hidden">{{ spoken() }}</p>
      }
      <ng-content select="[foot]" />
    }
  `,
  styleUrl: './chart.css',
})
export class Chart {
  /** The finding: "Billing calls drove the drop". */
  readonly heading = input.required<string>();
  /** What is drawn, of what, since when. */
  readonly sentence = input<string>();
  /** Read out in place of the picture, where it says more than heading and sentence do. */
  readonly summary = input<string>();
  readonly table = input.required<ChartTable>();
  readonly legend = input<readonly LegendEntry[]>([]);
  /** Of the picture, in pixels; 0: as high as what is in it. */
  readonly height = input(240);
  readonly state = input<StateKind | undefined>();
  readonly problem = input<ApiProblem>();
  /** The sentence of the state. */
  readonly empty = input<string>();
  readonly tabled = model(false);
  readonly toggled = output<string>();
  readonly acted = output();

  protected readonly text = texts.ui.chart;
  protected readonly id = `chart-${(charts += 1)}`;
  protected readonly spoken = computed(() => this.summary() ?? '');

  protected shown(cell: string | number | null, column: number): string {
    if (cell === null) return '–';
    return typeof cell === 'number' ? formatNumber(cell, { digits: this.table().columns[column]?.digits ?? 0 }) : cell;
  }

  protected save(): void {
    const { columns, rows } = this.table();
    const head = columns.map(({ head, unit }) => (unit ? `${head} (${unit})` : head));
    const name = this.heading()
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-|-$/g, '');
    saveAs(
      `${name || 'chart'}.csv`,
      csvOf(
        head,
        rows.map(({ cells }) => cells),
      ),
    );
  }
}

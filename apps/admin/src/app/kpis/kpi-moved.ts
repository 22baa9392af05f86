import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import type { MetricMoved } from '../../api/schema';
import { texts } from '../../texts';
import { Card } from '../ui/card';
import { State } from '../ui/state';
import { dimensions, KpiAddress, type Dimension } from './kpi-address';
import { capitalised } from '../ui/format';
import { signed, sliceName } from './kpi-figures';
import type { Definition } from './kpis-api';
import type { Part } from './part';

/** Parts that have a line of their own. */
const lines = 6;

interface Line {
  readonly slice: string | null;
  readonly name: string;
  readonly total: number;
  readonly canFilter: boolean;
}

/** By how much each part moved the number: bars from a middle line, summing to the change. */
@Component({
  selector: 'tl-kpi-moved',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, State],
  template: `
    <tl-card [heading]="text.title" [sub]="sub()">
      <label controls>
        <span class="tl-hidden">{{ by }}</span>
        <select class="tl-select compact" (change)="address.movedBy.set($any($event.target).value)">
          @for (dimension of offered(); track dimension) {
            <option [value]="dimension" [selected]="dimension === address.movedBy()">{{ names[dimension] }}</option>
          }
        </select>
      </label>
      @if (!comparing()) {
        <tl-state state="empty" [sentence]="text.nothing" />
      } @else if (moved().state(); as state) {
        <tl-state [state]="state" [problem]="moved().problem()" [rows]="6" (acted)="again.emit()" />
      } @else if (shown().length === 0) {
        <tl-state state="empty" [sentence]="text.too" />
      } @else {
        <table [class.busy]="moved().busy()">
          <thead>
            <tr>
              <th scope="col">{{ capitalised(names[address.movedBy()]) }}</th>
              <th scope="col" class="bars">
                <span class="tl-hidden">{{ text.bar }}</span>
              </th>
              <th scope="col">{{ points() }}</th>
            </tr>
          </thead>
          <tbody>
            @for (line of shown(); track line.name) {
              <tr>
                <th scope="row">
                  @if (line.canFilter) {
                    <button class="tl-link" type="button" [title]="add(line.name)" (click)="address.add(address.movedBy(), line.slice ?? unknown)">
                      {{ line.name }}
                    </button>
                  } @else {
                    {{ line.name }}
                  }
                </th>
                <td class="bars">
                  <svg viewBox="0 0 100 12" width="100%" height="12" preserveAspectRatio="none" aria-hidden="true">
                    <path d="M50 0v12" stroke="var(--tl-line-strong)" vector-effect="non-scaling-stroke" />
                    <rect
                      [attr.x]="line.total < 0 ? 50 - width(line.total) : 50"
                      y="2"
                      height="8"
                      [attr.width]="width(line.total)"
                      [attr.fill]="isBetter(line.total) ? 'var(--tl-good)' : 'var(--tl-bad)'"
                      opacity="0.8"
                    />
                  </svg>
                </td>
                <td>{{ number(line.total) }}</td>
              </tr>
            }
          </tbody>
        </table>
        <div class="tl-foot" [title]="text.mixHelp">{{ sum() }}</div>
      }
    </tl-card>
  `,
  styles: `
    tl-card {
      height: 100%;
    }

    table {
      width: 100%;
      border-collapse: collapse;
      font-size: 13px;
    }

    .busy {
      opacity: 0.55;
    }

    th,
    td {
      height: 36px;
      padding: 0 8px;
      text-align: right;
      font-weight: 400;
      border-bottom: 1px solid var(--tl-line-soft);
    }

    th:first-child {
      text-align: left;
      padding-left: 0;
      max-width: 160px;
      overflow-wrap: anywhere;
    }

    td:last-child,
    th:last-child {
      padding-right: 0;
    }

    thead th {
      height: 28px;
      font-size: 12px;
      font-weight: 500;
      color: var(--tl-mute);
      border-bottom-color: var(--tl-line);
    }

    .bars {
      width: 42%;
    }
  `,
})
export class KpiMoved {
  protected readonly address = inject(KpiAddress);
  readonly definition = input.required<Definition>();
  readonly moved = input.required<Part<MetricMoved>>();
  readonly comparing = input(true);
  readonly again = output();

  protected readonly text = texts.kpis.moved;
  protected readonly by = texts.kpis.by;
  protected readonly names = texts.kpis.dimension;
  protected readonly add = (name: string): string => texts.kpis.addFilter(this.names[this.address.movedBy()], name);
  protected readonly unknown = '~';
  protected readonly capitalised = capitalised;
  protected readonly number = (value: number): string => signed(value, this.definition().unit === 'mean' ? 2 : 1);
  protected readonly points = computed(() => (this.definition().unit === 'mean' ? this.definition().of : this.text.points));
  /** A customer may be in several segments: their parts would not sum. */
  protected readonly offered = computed(() => dimensions.filter((dimension) => dimension !== 'segment' && !this.definition().notBy.includes(dimension)));

  protected readonly sub = computed(() => {
    const change = this.moved().answer()?.change;
    return change == null ? undefined : this.text.sub(this.number(change), this.names[this.address.movedBy()]);
  });
  protected readonly shown = computed<Line[]>(() => {
    const answer = this.moved().answer();
    if (!answer) return [];
    const all = answer.slices.map(({ slice, label, total }) => ({
      slice,
      name: sliceName(answer.by as Dimension, slice, label),
      total,
      canFilter: slice === null || !slice.startsWith('\u0001'),
    }));
    const rest = all.slice(lines);
    if (rest.length < 2) return all;
    return [
      ...all.slice(0, lines),
      { slice: null, name: this.text.others(rest.length), total: rest.reduce((sum, { total }) => sum + total, 0), canFilter: false },
    ];
  });
  protected readonly sum = computed(() => {
    const answer = this.moved().answer();
    return answer?.change == null ? '' : this.text.sum(this.number(answer.mix), this.number(answer.rate), this.number(answer.change));
  });
  private readonly largest = computed(() => Math.max(...this.shown().map(({ total }) => Math.abs(total)), 1e-9));

  protected width(total: number): number {
    return (Math.abs(total) / this.largest()) * 48;
  }

  protected isBetter(total: number): boolean {
    return total > 0 === (this.definition().better === 'higher');
  }
}

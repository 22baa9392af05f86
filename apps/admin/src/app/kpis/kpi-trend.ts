import { ChangeDetectionStrategy, Component, computed, inject, input, output } from '@angular/core';
import { RouterLink } from '@angular/router';
import type { MetricMoved, MetricSeries } from '../../api/schema';
import { texts } from '../../texts';
import { Chart, type ChartTable } from '../ui/charts/chart';
import { LineChart } from '../ui/charts/line-chart';
import type { LineSeries } from '../ui/charts/series';
import { formatDay, formatMoment, formatNumber } from '../ui/format';
import { KpiAddress, type Dimension } from './kpi-address';
import { sliceName, unitOf } from './kpi-figures';
import type { Definition, Tile } from './kpis-api';
import type { Part } from './part';

/** The chosen number over time, over the compared period in grey, with its rows one key away. */
@Component({
  selector: 'tl-kpi-trend',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [RouterLink, Chart, LineChart],
  template: `
    <tl-chart
      [heading]="heading()"
      [sentence]="sentence()"
      [summary]="heading() + '. ' + sentence()"
      [table]="table()"
      [height]="262"
      [state]="state()"
      [problem]="series().problem()"
      [empty]="text.empty"
      (acted)="again.emit()"
    >
      @if (canDraw()) {
        <tl-line-chart [series]="lines()" [zone]="address.zone()" [unit]="unit()" [digits]="digits()" />
      } @else {
        <p class="tl-mute">{{ text.tooFew }}</p>
      }
      <div foot class="tl-foot">
        @if (waits()) {
          <span>{{ text.waits }} </span>
        }
        {{ text.source[definition().ink] }} · {{ text.definition(definition().id, definition().version) }} · {{ text.zone(address.zone()) }}
        @if (lookedSolved(); as looked) {
          · <a [routerLink]="looked.link.commands" [queryParams]="looked.link.queryParams">{{ looked.words }} ›</a>
        }
      </div>
    </tl-chart>
  `,
  styles: `
    :host {
      display: grid;
      grid-template-columns: minmax(0, 1fr);
    }

    .tl-foot a {
      text-decoration: underline;
      text-underline-offset: 2px;
    }
  `,
})
export class KpiTrend {
  protected readonly address = inject(KpiAddress);
  readonly definition = input.required<Definition>();
  readonly tile = input<Tile | undefined>();
  readonly series = input.required<Part<MetricSeries>>();
  readonly moved = input<MetricMoved | undefined>();
  /** What looked solved and was not; only beside true first-time resolution. */
  readonly falseSuccess = input<Tile | undefined>();
  readonly again = output();

  protected readonly text = texts.kpis.trend;
  protected readonly state = computed(() => {
    const answer = this.series().answer();
    return this.series().state() ?? (answer?.now.every(({ figure }) => figure.value === null) ? 'empty' : undefined);
  });
  protected readonly unit = computed(() => (this.definition().unit === 'percent' ? '%' : ''));
  protected readonly digits = computed(() => (this.definition().unit === 'mean' ? 2 : 1));

  protected readonly heading = computed(() => {
    const [title, change, moved] = [this.definition().title, this.tile()?.change, this.moved()];
    if (!change) return title;
    const top = moved?.metric === this.definition().id ? moved.slices[0] : undefined;
    const isMost = top && moved?.change && Math.abs(top.total) > Math.abs(moved.change) / 2 && Math.sign(top.total) === Math.sign(moved.change);
    const isClear = change.direction === 'better' || change.direction === 'worse';
    return isClear && isMost
      ? this.text.mostly(title, change.words, sliceName(moved!.by as Dimension, top.slice, top.label))
      : this.text.finding(title, change.words);
  });
  protected readonly sentence = computed(() => {
    const answer = this.series().answer();
    if (!answer) return undefined;
    const compared = answer.asked.compared;
    return [this.text.drawn[answer.bucket], ...(compared ? [this.text.compared(compared.words)] : []), this.text.band].join(' · ');
  });
  /** The wait of seven days reaches into the period. */
  protected readonly waits = computed(() => {
    const answer = this.series().answer();
    return answer !== undefined && /^(fcr\.|contact\.repeat)/.test(this.definition().id) && answer.asked.period.until > answer.asked.asOf - 7 * 86_400_000;
  });

  protected readonly lines = computed<LineSeries[]>(() => {
    const answer = this.series().answer();
    if (!answer) return [];
    const [least, most] = this.unit() === '%' ? [0, 100] : [-Infinity, Number(/^of (\d+)$/.exec(this.definition().of)?.[1] ?? Infinity)];
    const now = answer.now.map(({ start, figure: { value, low, high } }) => ({
      at: start,
      value,
      low: low === null ? null : Math.max(least, low),
      high: high === null ? null : Math.min(most, high),
    }));
    // Laid over the present by its place in the period; it has no band, so that two bands need not be told apart.
    const before = answer.before.flatMap(({ figure }, place) => (answer.now[place] ? [{ at: answer.now[place].start, value: figure.value }] : []));
    // The line that matters is drawn last, over the other.
    return [
      ...(before.some(({ value }) => value !== null) ? [{ name: this.text.before, colour: 'var(--tl-line-strong)', points: before }] : []),
      { name: this.text.now, colour: 'var(--tl-act)', points: now },
    ];
  });

  /** A line needs two instants. */
  protected readonly canDraw = computed(
    () => new Set(this.lines().flatMap(({ points }) => points.flatMap(({ at, value }) => (value === null ? [] : [at])))).size > 1,
  );

  protected readonly table = computed<ChartTable>(() => {
    const answer = this.series().answer();
    const digits = this.digits();
    const unit = unitOf(this.definition());
    const column = (head: string) => ({ head, ...(unit && { unit }), digits });
    return {
      columns: [
        { head: this.text.when },
        column(this.text.value),
        column(this.text.low),
        column(this.text.high),
        { head: this.text.n },
        ...(answer?.before.length ? [column(this.text.before)] : []),
      ],
      rows: (answer?.now ?? []).map(({ start, figure }, place) => ({
        cells: [
          answer!.bucket === 'hour' ? formatMoment(start, this.address.zone()) : formatDay(start, this.address.zone()),
          figure.value,
          figure.low,
          figure.high,
          figure.n,
          ...(answer!.before.length ? [answer!.before[place]?.figure.value ?? null] : []),
        ],
        link: this.address.linkToRows(this.definition().id, { bucket: String(start) }),
      })),
    };
  });

  protected readonly lookedSolved = computed(() => {
    const numerator = this.falseSuccess()?.now.numerator;
    if (this.definition().id !== 'fcr.true' || !numerator) return undefined;
    return { words: this.text.lookedSolved(formatNumber(numerator)), link: this.address.linkToRows('fcr.falseSuccess', { only: 'numerator' }) };
  });
}

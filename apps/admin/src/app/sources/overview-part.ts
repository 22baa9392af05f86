import { ChangeDetectionStrategy, Component, computed, DestroyRef, inject } from '@angular/core';
import { texts } from '../../texts';
import { Loaded } from '../ui/loaded';
import { Card } from '../ui/card';
import { Sparkline } from '../ui/charts/sparkline';
import { formatAgo, formatNumber, formatShare } from '../ui/format';
import { State } from '../ui/state';
import { Table, TableCell, type Column } from '../ui/table';
import { PipelineStrip } from './pipeline-strip';
import { SourcesApi, type Source, type SourcesAnswer } from './sources-api';

const refreshMs = 5_000;
const words = texts.sources;

/** Every source with what is usual for it, and how far everything is. Read again every few seconds. */
@Component({
  selector: 'tl-sources-overview',
  changeDetection: ChangeDetectionStrategy.OnPush,
  imports: [Card, PipelineStrip, Sparkline, State, Table, TableCell],
  template: `
    @if (silent(); as names) {
      <p class="silent" role="status"><span aria-hidden="true">▼</span> {{ text.silentHeading(names) }}</p>
    }
    <tl-card [heading]="text.pipeline" [sub]="text.pipelineDetail">
      @if (answer.value(); as value) {
        <tl-pipeline-strip [stages]="value.pipeline" />
      } @else {
        <tl-state [state]="answer.state() ?? 'loading'" [problem]="answer.problem()" (acted)="read()" />
      }
    </tl-card>
    <tl-card [heading]="text.list" [sub]="text.learningDetail">
      <tl-table
        [label]="text.list"
        [columns]="columns"
        [rows]="rows()"
        [keyOf]="nameOf"
        [state]="answer.state() ?? (rows().length === 0 ? 'empty' : undefined)"
        [problem]="answer.problem()"
        [sentence]="answer.value() && rows().length === 0 ? text.listEmpty : undefined"
        [detail]="answer.value() && rows().length === 0 ? text.listEmptyDetail : undefined"
        (acted)="read()"
      >
        <ng-template tlCell="name" let-source>
          {{ source.name }}
          @if (source.disabled) {
            <span class="tl-chip">{{ text.disabled }}</span>
          } @else if (source.silence === 'silent') {
            <span class="tl-chip bad">▼ {{ text.silent(count(source.missed)) }}</span>
          } @else if (source.silence === 'never') {
            <span class="tl-chip">{{ text.never }}</span>
          }
        </ng-template>
        <ng-template tlCell="hour" let-source>
          {{ count(source.lastHour) }}
          @if (source.rate === 'low' || source.rate === 'high') {
            <span class="tl-small">{{ rateOf(source) }}</span>
          }
        </ng-template>
        <ng-template tlCell="course" let-source>
          <span class="course"><tl-sparkline [points]="pointsOf(source)" /></span>
          <span class="tl-hidden">{{ text.course(count(source.lastDay)) }}</span>
        </ng-template>
      </tl-table>
    </tl-card>
  `,
  styles: `
    :host {
      display: grid;
      gap: 16px;
      grid-template-columns: minmax(0, 1fr);
    }

    .silent {
      max-width: none;
      padding: 8px 16px;
      font-size: 13px;
      font-weight: 500;
      color: var(--tl-bad);
      background: var(--tl-bad-soft);
      border-radius: var(--tl-radius);
    }

    .course {
      display: block;
      width: 160px;
      margin-left: auto;
    }
  `,
})
export class OverviewPart {
  private readonly api = inject(SourcesApi);
  protected readonly text = words;
  protected readonly answer = new Loaded<SourcesAnswer>();
  protected readonly rows = computed(() => this.answer.value()?.sources ?? []);
  protected readonly silent = computed(() =>
    this.rows()
      .filter(({ silence }) => silence === 'silent')
      .map(({ name }) => name)
      .join(', '),
  );

  protected readonly columns: readonly Column<Source>[] = [
    { name: 'name', head: words.columns.name, text: ({ name }) => name },
    { name: 'last', head: words.columns.last, text: ({ lastReceivedAt }) => (lastReceivedAt === null ? null : formatAgo(lastReceivedAt)) },
    { name: 'hour', head: words.columns.hour, text: ({ lastHour }) => lastHour },
    { name: 'usual', head: words.columns.usual, text: ({ usual }) => (usual ? words.band(formatNumber(usual.low), formatNumber(usual.high)) : words.learning) },
    { name: 'course', head: words.columns.course, text: () => '' },
    { name: 'day', head: words.columns.day, text: ({ lastDay }) => lastDay },
    { name: 'errors', head: words.columns.errors, text: ({ errorShare }) => (errorShare === null ? null : formatShare(errorShare, 1)) },
  ];

  constructor() {
    void this.read();
    const timer = setInterval(() => {
      if (!document.hidden) void this.read();
    }, refreshMs);
    inject(DestroyRef).onDestroy(() => clearInterval(timer));
  }

  protected read(): Promise<void> {
    return this.answer.load((signal) => this.api.sources(signal));
  }

  protected pointsOf({ hours }: Source): readonly { value: number }[] {
    return hours.map(({ count }) => ({ value: count }));
  }

  protected rateOf = ({ rate }: Source): string => words.rates[rate];
  protected count = (n: number): string => formatNumber(n);
  protected nameOf = ({ name }: Source): string => name;
}
